"""What speaks for and against a thing that a pronoun may mean, as features with readable names."""

from __future__ import annotations

from collections.abc import Iterator, Set
from operator import attrgetter

from extractors.clauses import is_passive, objects_of, subjects_of
from extractors.clusters import Cluster
from extractors.commitment_marks import VERBS
from extractors.families import are_all_of_a_surname
from extractors.mentions import THIRD_PERSONS, Referring
from extractors.name_spans import VALUES
from extractors.name_types import given_names
from extractors.names_beside import NAMES
from extractors.nouns import gendered_nouns, nominal_types, singular
from extractors.passing import PLURALS, SOMEBODY
from extractors.words import Doc, Token
from newsgraph.records import MentionKind

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
GENDERS = frozenset({"male", "female"})
SELF = "thing voice own=True quoted=False"  # what a firm says of "it" is of itself
REFLEXIVE = ("self", "selves")
_BESIDE = frozenset({"flat", "compound", "appos", "conj"})
_ROLES = frozenset({"obj", "iobj", "obl", "nmod", "obl:agent"})
_CLAUSES = frozenset({"VERB", "AUX", "ADJ"})
_THINGS = frozenset({"ORG", "PRODUCT", "LOC", "FAC", "MISC"})
_CERTAIN = 0.9  # confidence in a full name from which a person's is one
_GROUPS = frozenset({"ORG", "NORP"})
_MANY = frozenset({"many"})
_ALL = GENDERS | _MANY | {"thing"}


def told_genders(doc: Doc, cluster: Cluster, kind: str) -> Iterator[str]:
    """Yield what a person's given name, and the nouns for him or her, tell of "he" and "she"."""
    nouns = {gender for noun in cluster.called(doc) if (gender := gendered_nouns().get(singular(noun)))}
    if nouns:
        yield f"noun {'of the kind' if kind in nouns else 'of the other'} {cluster.is_passing}"
    if cluster.gender is not None or not cluster.is_named:
        return
    names = [name.lower().split() for name in cluster.forms(doc)]
    full = next((gender for name in names if len(name) > 1 and (gender := given_names().get(name[0]))), None)
    alone = next(
        (gender for name in names if len(name) == 1 and (gender := given_names().get(name[0]))), None
    )
    for told, how in ((full, "full"), (None if full else alone, "alone")):
        if told is not None:
            yield f"given name {how} {'of the kind' if told == kind else 'of the other'}"
            return
    yield f"given name unknown {any(len(name) > 1 for name in names)}"


def are_fellows(doc: Doc, one: Referring, other: Referring, others: Set[int]) -> bool:
    """Say whether both act in one clause, and so are two: "he met Dorn", "Bello had promised her".

    Args:
        doc: Where they stand.
        one: The pronoun.
        other: What it may mean.
        others: As ``others_than`` gives them for the pronoun.
    """
    if other.kind == "pronoun":
        return False
    token, top = doc.tokens[one.head], top_of(doc.tokens[other.head])
    if top.i in others:
        return True
    if token.head is not top.head or token.lower_.endswith(REFLEXIVE):
        return False
    roles = {role_of(token), role_of(top)}
    if roles == {"subject", "obl"}:  # "as president, he …" is one
        return token.dep_ not in SUBJECTS or other.kind == "name"
    return roles in ({"subject", "obj"}, {"subject", "iobj"})


def others_than(pronoun: Token) -> frozenset[int]:
    """Return the words for those whom a pronoun cannot mean: who does it to him, who is called his.

    Through control, coordination, relative clauses: "Berg chose to replace him", "Hale, who is not related
    to her". And "named Berg as his deputy", "Berg became his lawyer".
    """
    if pronoun.lower_.endswith(REFLEXIVE):
        return frozenset()
    role, above = role_of(pronoun), pronoun.head
    if role == "owner":
        others = _called(above) + _beaten(above)
    else:
        # "went, giving him a chance": what happened does, and not who went
        is_outcome = above.dep_ == "advcl" and above.i > above.head.i
        is_object = role in {"obj", "iobj"} or (role == "obl" and not objects_of(above))
        others = _acting(above) if is_object and above.pos_ in VERBS and not is_outcome else []
    return frozenset(top_of(one).i for one in others)


def _beaten(noun: Token) -> list[Token]:
    """Return whom somebody did something to for what is his own: "beat Hale to reach her first final"."""
    verb = noun.head
    is_aim = verb.dep_ == "advcl" and any(child.lower_ == "to" and child.tag_ == "TO" for child in verb.lefts)
    is_object = noun.dep_ == "obj" and is_aim and verb.head.i < verb.i
    return objects_of(verb.head) if is_object and subjects_of(verb.head) else []


def _acting(verb: Token) -> list[Token]:
    return subjects_of(verb, passive=is_passive(verb)) or subjects_of(verb)


def _called(noun: Token) -> list[Token]:
    """Return who is called a noun: "Berg is his lawyer", "chose Berg as his lawyer"; not "his own man"."""
    case = next((child.lower_ for child in noun.children if child.dep_ == "case"), None)
    if any(child.lower_ == "own" for child in noun.children):
        return []
    if case == "as" and noun.head.pos_ in VERBS:
        before = [child for child in noun.head.rights if child.i < noun.i and child.dep_ in _ROLES]
        return before if before and all(child.dep_ == "obj" for child in before) else []
    is_copula = any(child.dep_ == "cop" for child in noun.children)
    return _acting(noun) if case is None and is_copula is not (noun.dep_ == "xcomp") else []


def is_owner(doc: Doc, one: Referring, other: Referring) -> bool:
    """Say whether a pronoun owns what a mention stands for: "his wife, Ann Roe", "Ann Roe, his wife".

    Not "her stage name, Lotta Stein".
    """
    pronoun = doc.tokens[one.head]
    if pronoun.dep_ != "nmod:poss" or pronoun.head.lower_ in NAMES:
        return False
    owned = pronoun.head
    while owned.dep_ == "appos" and owned.head != owned:
        owned = owned.head
    return top_of(doc.tokens[other.head]) in {pronoun.head, owned}


def group_of(kind: str) -> str:
    return "person" if kind in GENDERS else kind


def relative_to(token: Token) -> Token | None:
    """Return the noun that "which" stands for."""
    verb = token.head
    return verb.head if token.lower_ == "which" and verb.dep_ == "acl:relcl" else None


def top_of(token: Token) -> Token:
    """Return the word that stands in the tree for a name: the head of "Shoigu" in "minister Shoigu"."""
    while token.dep_ in _BESIDE and token.head != token:
        token = token.head
    return token


def role_of(token: Token) -> str:
    if token.dep_ in SUBJECTS:
        return "subject"
    if token.dep_ == "nmod:poss":
        return "owner"
    return token.dep_.partition(":")[0] if token.dep_ in _ROLES else "other"


def clauses_around(token: Token) -> Iterator[Token]:
    """Yield the heads of the clauses around a word, the innermost first."""
    while token.head != token:
        token = token.head
        if token.pos_ in _CLAUSES or token.head == token:
            yield token


def fits(doc: Doc, cluster: Cluster, kind: str) -> bool:
    """Say whether a thing's type, number and gender allow a kind of pronoun."""
    if kind in GENDERS:
        is_one = cluster.type == "PERSON"
        is_one = is_one and not _is_called_other(doc, cluster, kind)
        is_one = is_one and (cluster.gender or _gender_by_full_name(doc, cluster)) in {None, kind}
    elif kind == "thing":
        is_one = cluster.type in _THINGS or (is_odd(cluster, kind) and not _is_surely_somebody(doc, cluster))
    else:
        return cluster.type in _GROUPS or _is_many(doc, cluster) or is_odd(cluster, kind)
    return is_one and not _is_many(doc, cluster)


def _is_surely_somebody(doc: Doc, cluster: Cluster) -> bool:
    """Say whether a person's name is no mistyped thing's: "Leo Abara", "the treasurer, Rua"."""
    full = [one for one in cluster.mentions if one.kind == "name" and one.end - one.start > 1]
    is_known = any(one.confidence >= _CERTAIN or doc[one.start].lower_ in given_names() for one in full)
    return is_known or any(nominal_types().get(singular(noun)) == "PERSON" for noun in cluster.called(doc))


def gender_of_noun(noun: Token) -> str | None:
    return gendered_nouns().get(singular(noun))


def is_surely(doc: Doc, cluster: Cluster, kind: str) -> bool:
    """Say whether a pronoun, title, noun or given name has told that a person is a man or a woman."""
    nouns = map(gender_of_noun, cluster.called(doc))
    return kind in {cluster.gender, _gender_by_full_name(doc, cluster), *nouns}


def _gender_by_full_name(doc: Doc, cluster: Cluster) -> str | None:
    """Return what the given name tells of who is named in full at first.

    Who is told by surname first, may be a daughter of whom the article names in full then.
    """
    names = (one for one in cluster.mentions if one.kind == "name")
    first = min(names, key=attrgetter("start"), default=None)
    if first is None or first.end - first.start < 2:
        return None
    return given_names().get(doc[first.start].lower_)


def _is_called_other(doc: Doc, cluster: Cluster, kind: str) -> bool:
    """Say whether a person is called by a noun of the other gender: "his daughter" is not he.

    A chairman or a spokesman may be a woman.
    """
    told = {
        gender
        for noun in map(singular, cluster.called(doc))
        if (gender := gendered_nouns().get(noun)) == "female" or noun == "man" or not noun.endswith("man")
    } - {None}
    return bool(told) and kind not in told


def is_odd(cluster: Cluster, kind: str) -> bool:
    """Say whether a pronoun is hardly used of a name of this type: "it" of a person, "they" of a town.

    The name may have been given the wrong type; and some people are "they".
    """
    is_unlike = (
        cluster.type == "PERSON" if kind == "thing" else kind == "many" and cluster.type not in _GROUPS
    )
    return is_unlike and cluster.is_named and cluster.gender is None and cluster.type not in VALUES


def is_one_of_several(doc: Doc, mention: Referring) -> bool:
    """Say whether a name stands beside another: "Norvik and Lund … their merger" is of both."""
    if mention.kind != "name":
        return False
    top = top_of(doc.tokens[mention.head])
    beside = [top.head] if top.dep_ == "conj" else [child for child in top.rights if child.dep_ == "conj"]
    return any(other.pos_ == "PROPN" for other in beside)


def kinds_in_passing(noun: Token, mention: MentionKind) -> frozenset[str]:
    """Return the kinds of pronouns that may mean a thing spoken of in passing, by its first mention."""
    if mention == "pronoun":
        return frozenset({THIRD_PERSONS[noun.lower_]})
    if noun.tag_ in PLURALS or noun.lower_ in {"those", "others"}:
        return _MANY
    if noun.lower_ in SOMEBODY:  # "someone … they"
        return _MANY | GENDERS
    return _ALL if noun.tag_ == "NN" else _ALL - _MANY  # "the crew … they"


def tree_features(token: Token, heads: Set[int]) -> tuple[str, ...]:
    """Return how a thing, by its heads in a pronoun's sentence, stands to it: fellow or subject above it."""
    reflexive = "reflexive" if token.lower_.endswith(REFLEXIVE) else "plain"
    for depth, verb in enumerate(clauses_around(token)):
        fellows = [role_of(child) for child in verb.children if child.i in heads]
        if "subject" in fellows:
            return (f"tree subject {min(depth, 2)} {role_of(token)} {reflexive}",)
        if fellows:
            return (f"tree fellow {min(depth, 2)} {role_of(token)} {reflexive}",)
    return ()


def _is_many(doc: Doc, cluster: Cluster) -> bool:
    """Say whether a thing is several: called by plural nouns only, or all of a surname, "the Bergs"."""
    if cluster.is_named:
        names = [one for one in cluster.mentions if one.kind == "name"]
        return cluster.type == "PERSON" and all(
            are_all_of_a_surname(doc, one.start, one.end) for one in names
        )
    heads = [doc.tokens[one.head] for one in cluster.mentions if one.kind != "pronoun"]
    return bool(heads) and all(head.tag_ in {"NNS", "NNPS"} for head in heads)
