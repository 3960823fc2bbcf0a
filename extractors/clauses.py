"""Who stands where around a verb or a noun: subjects, objects, phrases with a preposition.

Through coordination (coordination.py), relative clauses and control. Only the dependency tree is asked, and
where it is known to err, the order of the words.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence

from extractors.commitment_marks import words_of_commitment
from extractors.coordination import coordinated, group_around
from extractors.quick import quick_record
from extractors.spans import name_around
from extractors.words import Token
from newsgraph.records import EntityType

SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
_ANY_SUBJECTS = SUBJECTS | {"nsubj:pass"}
# "asked him to leave": who is asked leaves. Under other verbs whoever acts there acts here as well.
_OBJECT_CONTROL = frozenset(
    {
        *(
            "ask",
            "urge",
            "order",
            "tell",
            "force",
            "allow",
            "help",
            "want",
            "invite",
            "persuade",
            "expect",
            "enable",
        ),
        *(
            "encourage",
            "instruct",
            "compel",
            "cause",
            "get",
            "permit",
            "advise",
            "warn",
            "beg",
            "press",
            "push",
        ),
        *(
            "convince",
            "require",
            "request",
            "command",
            "send",
            "see",
            "hear",
            "find",
            "let",
            "make",
            "have",
            "keep",
        ),
        *(
            "authorise",
            "authorize",
            "direct",
            "lead",
            "appoint",
            "name",
            "train",
            "hire",
            "pay",
            "accuse",
            "charge",
        ),
        *("lobby", "pressure", "prod", "petition", "challenge", "dare", "nudge", "coax", "recruit"),
        *(
            "need",
            "choose",
            "pick",
            "select",
            "elect",
            "nominate",
            "inspire",
            "prompt",
            "motivate",
            "implore",
        ),
    }
)
_GIVING = frozenset({"give", "offer", "grant", "lend"})  # "gave her the money to buy it": she buys
# Who speaks for or against its being done need not do it: "recommended indicting Roe".
_NOT_DOING = frozenset({"recommend", "advocate", "urge", "discourage", "prohibit", "forbid", "condemn"})
_SENDING = frozenset(
    {"send", "dispatch", "deploy", "ask", "urge", "order", "tell", "support", "assist", "help"}
)
_PUTTING = frozenset({"name", "appoint", "nominate", "pick", "choose", "elect", "tap", "hire", "promote"})
_IN_POST = frozenset({"succeed", "replace", "lead", "head", "run", "chair"})
# "called on her to leave": who is meant stands behind a preposition.
_CONTROL_BY = {
    "call": ("on", "upon", "for"),
    **dict.fromkeys(("ask", "campaign", "push", "lobby", "pray", "beg", "press"), ("for",)),
    "appeal": ("to",),
    "plead": ("with",),
    "rely": ("on", "upon"),
    "count": ("on", "upon"),
    "wait": ("for",),
    "prevail": ("on", "upon"),
}
_SUSPICIONS = frozenset({"suspicion", "charge", "accusation", "allegation", "count"})
_WAS = frozenset({"was", "were"})
_NOBODY = frozenset({"LOC", "FAC", "ORG", "NORP"})
_PAYABLE = frozenset({"PERSON", "ORG", "NORP"})
_QUOTES = frozenset("\"“”„«»'‘’")
_TOGETHER = frozenset({"together", "jointly", "both"})
_RECIPROCAL = frozenset({"each", "one"})
_VERBS = frozenset({"VERB", "AUX"})
_HELPERS = frozenset({"aux", "aux:pass", "cop"})
_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl", "acl:relcl"})
_UNLIKE_PAST = frozenset(
    {"would", "will", "was", "were", "is", "are", "could", "might", "should", "can", "may"}
)  # none of them shares a past tense


@quick_record
class Party:
    """An entity at a place in the text."""

    entity: int  # index into the article's entities
    type: EntityType
    is_named: bool
    head: int = -1  # token that heads the phrase


PartyAt = Callable[[Token], Party | None]


def may_be_of_words(subject: Party, other: Party) -> bool:
    """Say whether an attack may be one of words alone: a person's on people or on a body."""
    return subject.type == "PERSON" and subject.is_named and other.type in {"PERSON", "ORG", "NORP"}


def parties_at(heads: Sequence[Token], party_at: PartyAt) -> list[Party]:
    return [party for head in heads if (party := party_at(head)) is not None]


def is_passive(verb: Token) -> bool:
    links = {child.dep_ for child in verb.children}
    if "aux:pass" in links or ("nsubj:pass" in links and "obj" not in links):
        return True
    if verb.tag_ == "VBN" and verb.dep_ == "conj" and "obl:agent" in links:
        return is_passive(verb.head)  # "was dismissed and replaced by"
    # "the clip, released by the command": a participle after its noun
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in {"acl", "acl:relcl", "advcl"}
        and not any(c.dep_ in {"aux", *SUBJECTS} for c in verb.children)
    )


def is_past(word: Token) -> bool:
    """Say whether a verb, or a noun with its copula, tells of the past: "led", "was secretary"."""
    helpers = [child.tag_ for child in word.children if child.dep_ in {"aux", "aux:pass", "cop"}]
    return "VBD" in helpers or (word.tag_ == "VBD" and not helpers) or used_to(word)


def used_to(verb: Token) -> bool:
    """Say whether something was so and is no more: "used to operate the mine"."""
    above = verb.head
    is_behind = verb.dep_ == "xcomp" or (verb.dep_ == "advcl" and verb.i - above.i == 2)
    return is_behind and above.lower_ == "used" and above.tag_ == "VBD"


def subjects_of(verb: Token, *, passive: bool = False) -> list[Token]:
    """Return the heads of a verb's subjects, through coordination, control and relative clauses."""
    wanted = _ANY_SUBJECTS if passive or not is_passive(verb) else SUBJECTS
    given = (
        child
        for child in verb.children
        if child.dep_ in wanted and not _has_preposition(child) and not _is_bracketed(child, verb)
    )
    own = [one for child in _without_titles(list(given)) for one in who_act(child, verb)] or _made_to(verb)
    if own:
        return own
    above = verb.head
    if verb.dep_ in {"acl", "acl:relcl"} and (passive or verb.tag_ == "VBG"):
        return _chanced(verb) or _suspected(verb) or _nearest(_before(coordinated(above), verb), verb)
    if passive and verb.dep_ == "advcl" and verb.tag_ == "VBN" and above.pos_ in _VERBS:
        return _all_subjects(above)  # "Kidnapped in 2015, she now runs …"
    if (told := told_around(verb)) is not None:
        return _all_subjects(told)
    if verb.dep_ == "conj" and above.pos_ in _VERBS and is_passive(above) == passive:
        return subjects_of(told_beside(verb) or above, passive=passive)
    if verb.dep_ == "conj" and (beside := told_beside(verb)) is not None and not passive:
        return subjects_of(beside)
    if verb.dep_ in {"xcomp", "advcl", "ccomp"} and _is_controlled(verb) and above.pos_ in {*_VERBS, "ADJ"}:
        return _controllers(verb, above) or _all_subjects(above)
    return []


def _without_titles(subjects: list[Token]) -> list[Token]:
    """Return subjects without a title that the tree took for one: "[Commissioner for Refugees] [Ann Roe]"."""
    named = {one.left_edge.i for one in subjects if one.ent_type_ == "PERSON"}
    return [one for one in subjects if one.ent_type_ == "PERSON" or one.right_edge.i + 1 not in named]


def _is_bracketed(noun: Token, verb: Token) -> bool:
    """Say whether a noun stands in brackets behind a verb: "Roe leads. [Daily Post]"."""
    if noun.i < verb.i:
        return False
    first = noun.left_edge.i
    return any(one.text in {"(", "["} for one in noun.doc[max(0, first - 1) : first + 1])


def _made_to(verb: Token) -> list[Token]:
    """Return who is made to do it, where the tree joins that to the verb: "make the Danes pay"."""
    before = verb.nbor(-1) if verb.i else verb
    is_bare = verb.tag_ == "VB" and verb.dep_ == "conj" and not any(one.dep_ == "cc" for one in verb.lefts)
    is_object = before.dep_ == "obj" and before.head.lemma_ in {"make", "let", "have", "help"}
    return [before] if is_bare and is_object else []


def _before(nouns: list[Token], verb: Token) -> list[Token]:
    """Return of joined nouns those before a participle; none where the verb of its sentence parts them.

    "Leaders in the House looked for help - led by Roe": nobody led the House.
    """
    noun = nouns[0]
    above = next((one for one in noun.ancestors if one.pos_ == "VERB"), noun)
    is_deep = noun.dep_ in {"nmod", "conj"} and noun.i < above.i < verb.i
    return [] if is_deep else [one for one in nouns if one.i < verb.i or noun.i > verb.i]


def _nearest(nouns: list[Token], verb: Token) -> list[Token]:
    """Return of joined nouns before a participle the last alone, if only that is bare: "Roe and groups"."""
    last = nouns[-1] if nouns else verb
    is_bare = last.tag_ == "NNS" and last.left_edge.dep_ == "cc"
    others = [
        one for one in nouns[:-1] if not one.ent_type_ and any(_tells_which(word) for word in one.lefts)
    ]
    return [last] if verb.tag_ == "VBG" and is_bare and others and last.i < verb.i else nouns


def _tells_which(word: Token) -> bool:
    return word.dep_ in {"det", "nmod:poss"}


def who_act(subject: Token, verb: Token) -> list[Token]:
    """Return whom a subject means, with those joined to it.

    Of a list "who" means none behind its verb, and "who is" the last before it.
    """
    whom = meant(subject)
    if whom == subject:
        return coordinated(whom)
    joined = group_around([whom]) if _are_all_meant(whom, verb) else coordinated(whom)
    before = [one for one in joined if one.i < verb.i or whom.i > verb.i]
    if subject.i > 0 and subject.nbor(-1).text == "(":
        return before[-1:]  # "Roe, Falk and Dahl (who married Holm)"
    is_one = any(one.tag_ == "VBZ" or one.lower_ == "was" for one in (verb, *verb.lefts))
    return before[-1:] if is_one and len(before) > 1 and before[-1].i < subject.i else before


def _are_all_meant(whom: Token, verb: Token) -> bool:
    """Say whether "who" behind joined people must be all of them: "Roe and Falk, who were jailed".

    By a plural that the last alone has not, or by what one alone cannot do: "who studied together".
    """
    if whom.tag_ not in {"NN", "NNP"}:
        return False
    words = (verb, *verb.children)
    is_plural = any(one.tag_ == "VBP" or one.lower_ == "were" for one in words if one.i <= verb.i)
    is_joint = any(one.lower_ in _TOGETHER for one in words) or are_each_other(verb)
    is_meeting = verb.lemma_ in {"meet", "marry"} and not any(
        child.dep_ == "obj" or preposition_of(child) == "with" for child in verb.rights
    )
    return is_plural or is_joint or is_meeting


def told_beside(verb: Token) -> Token | None:
    """Return the verb of saying that a past tense is joined to, and not to what is said, as the tree has it.

    "said two boats were missing and called on": what goes on behind "were" or "would" is no past tense. "said
    he had met Roe and praised her" may be either.
    """
    first, outer = verb.head, verb.head.head
    if verb.dep_ != "conj" or verb.tag_ != "VBD" or first.dep_ != "ccomp" or outer.tag_ != "VBD":
        return None
    if any(child.dep_ in _ANY_SUBJECTS or child.dep_ in _HELPERS for child in verb.lefts):
        return None
    helpers = {child.lower_ for child in first.children if child.dep_ in _HELPERS}
    is_active = any(child.dep_ in {"obj", "ccomp", "xcomp", "obl"} for child in verb.rights)
    is_open = any(child.lower_ == "that" for child in verb.lefts)
    return outer if is_active and not is_open and helpers & _UNLIKE_PAST else None


def told_around(verb: Token) -> Token | None:
    """Return the verb of what goes on behind its cue: "Roe was in Lund, his aide said, and had met Falk".

    Behind a quotation it is the speaker who does more: "“We lost,” he said, and left".
    """
    cue = verb.head
    told = [child for child in cue.lefts if child.dep_ == "ccomp"] if verb.dep_ == "conj" else []
    links = {child.dep_ for child in verb.lefts} if told else set()
    if not told or links & _ANY_SUBJECTS or not links & _HELPERS:
        return None  # a bare "and called for" may be the speaker's
    first = verb.left_edge.i
    joining = [child for child in verb.lefts if child.dep_ == "cc"]
    is_set_off = bool(joining) and "," in {verb.doc[first].text, verb.doc[first - 1].text}
    is_quoted = any(token.text in _QUOTES for token in verb.doc[cue.left_edge.i : cue.i])
    return told[-1] if is_set_off and not is_quoted else None


def subjects_within(verb: Token, content: Container[int] | None, *, passive: bool = False) -> list[Token]:
    """Return a verb's subjects; for the first verb of somebody's content the noun before it in there.

    "officials denied its jet came into contact": a tree that takes the jet for what they denied, and the
    officials for those who came, is put right by the border of the content.
    """
    found = subjects_of(verb, passive=passive)
    if content is None or verb.i not in content or any(one.i in content for one in found):
        return found
    if (told := _told_before(verb, content)) is not None:
        return _all_subjects(told)
    place, nouns = verb.i - 1, list[Token]()
    while place in content and verb.doc[place].pos_ not in {*_VERBS, "SCONJ"} | {"PUNCT", "CCONJ"}:
        nouns += [verb.doc[place]] if verb.doc[place].pos_ in {"NOUN", "PROPN", "PRON"} else []
        place -= 1
    own = [one for one in nouns if one.head not in nouns]
    if len(own) == 1 and place not in content and not (found and verb.dep_ in {"xcomp", "advcl"}):
        return own
    # A finite verb of somebody's content has its subject there, and not in who says so.
    is_finite = verb.tag_ in {"VBD", "VBZ", "VBP"} and verb.dep_ not in {"xcomp", "advcl", "acl:relcl", "acl"}
    return [] if is_finite else found


def _told_before(verb: Token, content: Container[int]) -> Token | None:
    """Return the verb of a content behind whose cue an outcome stands: "fired, he said, wounding four"."""
    while verb.dep_ == "conj" and verb.head.i in content:
        verb = verb.head
    if verb.tag_ != "VBG" or verb.dep_ != "advcl":
        return None
    told = [child for child in verb.head.lefts if child.dep_ == "ccomp" and child.i in content]
    return told[-1] if told and verb.head.i not in content and verb.head.i < verb.i else None


def _chanced(verb: Token) -> list[Token]:
    """Return who may do it by a noun that leaves it open: "the odds of Vane defeating Tew"."""
    noun = verb.head
    if verb.tag_ != "VBG" or noun.lemma_.lower() not in words_of_commitment()["nouns"]["possible"]:
        return []
    return [one for one in obliques(noun, "of") if one.i < verb.i]


def _suspected(verb: Token) -> list[Token]:
    """Return who is said to have done it: "is wanted on suspicion of", "arrested Roe on charges of"."""
    noun, above = verb.head, verb.head.head
    if verb.tag_ != "VBG" or noun.lemma_.lower() not in _SUSPICIONS or above.pos_ not in _VERBS:
        return []
    return subjects_of(above, passive=True) if is_passive(above) else objects_of(above)


def _all_subjects(verb: Token) -> list[Token]:
    """Return whoever stands as a verb's subject: of "was forced to leave" who was forced."""
    return subjects_of(verb, passive=is_passive(verb)) or subjects_of(verb)


def _controllers(verb: Token, above: Token) -> list[Token]:
    """Return whom the verb above asks, keeps from or blames for it: he does it, not who asks or blames."""
    marks = {child.lower_ for child in verb.lefts if child.dep_ in {"mark", "case"}}
    lemma = above.lemma_.lower()
    if lemma == "use" and is_passive(above) and (users := obliques(above, "by")):
        return users  # "was used by Danes to attack Lund"
    if lemma == "pay" and "to" in marks and (paid := _paid(verb, above)):
        return paid
    if between := _between_for_and_to(verb, above):
        return coordinated(meant(between))
    if verb.dep_ in {"xcomp", "advcl"} and "to" in marks and lemma in _CONTROL_BY:  # "called on her to go"
        asked = [one for word in _CONTROL_BY[lemma] for one in obliques(above, word) if one.i < verb.i]
        if any(has_particle(above, word) for word in _CONTROL_BY[lemma]):
            asked += objects_of(above)  # "calling on her to", as the tree has it
        if asked:
            return coordinated(meant(asked[0]))
    is_put = verb.lemma_.lower() in _IN_POST and lemma in _PUTTING  # "named Roe on Friday to succeed Falk"
    is_sent = verb.dep_ == "advcl" and "to" in marks and (lemma in _SENDING or is_put)
    is_asked = is_sent or (verb.dep_ == "xcomp" and lemma in _OBJECT_CONTROL)
    given = {child.dep_: child for child in above.children if child.dep_ in {"obj", "iobj"}}
    is_given = verb.dep_ == "xcomp" and lemma in _GIVING and "iobj" in given
    if not (is_asked or is_given or marks & {"from", "of", "for"}):
        return []
    aimed_at = obliques(above, "at") if "for" in marks else []  # "lashed out at Roe for selling it"
    chosen = given.get("iobj") or given.get("obj") or _left_out(above) or next(iter(aimed_at), None)
    return [] if chosen is None else coordinated(meant(chosen))


def _paid(verb: Token, paying: Token) -> list[Token]:
    """Return who is paid to do it: "paid her $3 to lobby the Senate"; nobody of "paid $3 to settle"."""
    given = [
        child for child in paying.rights if child.dep_ in {"obj", "iobj"} and child.ent_type_ in _PAYABLE
    ]
    given += obliques(paying, "to")
    return coordinated(meant(given[0])) if given and given[0].i < verb.i else []


def _between_for_and_to(verb: Token, above: Token) -> Token | None:
    """Return who is to do it, where the tree hung him on the verb above: "campaign for Britain to leave"."""
    opening = next((child for child in verb.lefts if child.lower_ == "for" and child.dep_ == "mark"), None)
    to = next((child for child in verb.lefts if child.lower_ == "to" and child.dep_ == "mark"), None)
    if opening is None or to is None:
        return None
    return next((child for child in above.rights if opening.i < child.i < to.i and not child.is_punct), None)


def _left_out(verb: Token) -> Token | None:
    """Return the noun that a clause without a pronoun is about: "the firm it accuses of cheating"."""
    has_own = any(
        child.dep_ in SUBJECTS and all(meant(one) == one for one in (child, *child.lefts))
        for child in verb.lefts
    )
    is_about = verb.dep_ == "acl:relcl" and verb.lemma_.lower() in _OBJECT_CONTROL and has_own
    return verb.head if is_about and not is_passive(verb) else None


def _is_controlled(verb: Token) -> bool:
    """Say whether a clause takes its subject from the one above: an infinitive or a participle."""
    if verb.tag_ == "VBG" and verb.dep_ != "advcl" and verb.head.lemma_.lower() in _NOT_DOING:
        return False
    if verb.dep_ == "xcomp":
        return True
    if verb.dep_ == "ccomp":  # "admitted having met", "denied meeting"
        helpers = [child.tag_ for child in verb.children if child.dep_ in {"aux", "aux:pass"}]
        is_gerund = verb.tag_ == "VBG" or "VBG" in helpers[:1]
        return is_gerund and verb.left_edge.i == verb.head.i + 1  # not "recalled him talking"
    is_infinitive = verb.tag_ == "VB" and any(
        child.lower_ in {"to", "than", "rather"} for child in verb.lefts
    )
    return is_infinitive or verb.tag_ in {"VBG", "VBN"}


def meant(token: Token) -> Token:
    """Return the noun that a relative pronoun stands for."""
    if token.tag_ not in {"WP", "WDT", "WP$"} and not (token.lower_ == "that" and token.pos_ == "PRON"):
        return token
    clause, links = token.head, {"conj", "xcomp", "aux"}
    if token.tag_ == "WP$":  # "Vireo, whose chairman has resigned"
        links |= {"nsubj", "nsubj:pass", "obj", "obl", "nmod", "appos", "nmod:poss"}
    while clause.dep_ in links and clause.head != clause:
        clause = clause.head
    if clause.dep_ in {"acl:relcl", "acl", "advcl:relcl"}:  # the last: "Was it Gabon that expelled"
        return _one_of(token, clause)
    return _noun_before(token) if token.tag_ == "WP$" or token.lower_ == "who" else token


def _one_of(token: Token, clause: Token) -> Token:
    """Return what a relative clause tells of: of "exporters, among them Agrisol, which is" the one.

    And of "its chief for Lund, Ann Roe, who met" her: no place is "who".
    """
    group, one = clause.head, _noun_before(token)
    if token.lower_ == "which" and group.ent_type_ == "PERSON" and one.ent_type_ in _NOBODY:
        return _head_of_name(one)  # "Roe, the head of the Workers of Lund, which"
    if token.lower_ in {"who", "whom"} and one.dep_ == "appos" and one.ent_type_ == "PERSON":
        return one if group.ent_type_ in _NOBODY else group
    if token.lower_ == "which" and group.dep_ == "nmod" and _is_share(group.head):
        return group.head  # "14.9% of Norvik Oil, which it bought" is not the firm
    is_beside = group.tag_ == "NNS" and one.tag_ == "NNP" and one.dep_ == "appos" and one.head == group
    finite = [word for word in (clause, *clause.lefts) if word.tag_ in {"VBZ", "VBP"} or word.lower_ in _WAS]
    is_many = any(word.tag_ == "VBP" or word.lower_ == "were" for word in finite)
    return one if is_beside and not is_many else group


def _head_of_name(word: Token) -> Token:
    """Return the word of a name that the others hang on."""
    while word.head.ent_type_ == word.ent_type_ and word.head.i < word.i and word.dep_ != "conj":
        word = word.head
    return word


def _is_share(noun: Token) -> bool:
    """Say whether a noun is a part of a firm: "a stake in", "5% of"."""
    return noun.lemma_.lower() in {"stake", "share", "holding", "interest", "%", "percent"} or any(
        child.text == "%" for child in noun.children
    )


def _noun_before(token: Token) -> Token:
    """Return the noun before a relative pronoun whose clause the tree hung elsewhere."""
    place = token.i - 1
    while place > token.sent.start and token.doc[place].text == ",":
        place -= 1
    noun = token.doc[place]
    while noun.dep_ in {"flat", "compound"} and noun.head != noun:
        noun = noun.head
    return noun if noun.pos_ in {"NOUN", "PROPN"} and token.i - place < 3 else token


def obliques(word: Token, preposition: str) -> list[Token]:
    """Return the heads of a verb's or noun's phrases with a preposition."""
    return [
        one
        for child in word.children
        if _is_oblique(child) and preposition_of(child) == preposition
        for one in _meant_there(child)
    ]


def has_oblique(word: Token, prepositions: Container[str | None]) -> bool:
    """Say whether a verb or noun has a phrase with one of these prepositions."""
    return any(_is_oblique(child) and preposition_of(child) in prepositions for child in word.children)


def _meant_there(noun: Token) -> list[Token]:
    """Return whom a noun means, with those joined to it; of a list "whom" means none behind it."""
    whom = meant(noun)
    own = _own_prepositions(noun)
    # not the bank of "worked with Roe and at the bank"
    found = [one for one in coordinated(whom) if one.dep_ != "conj" or _own_prepositions(one) <= own]
    if noun.lower_ not in {"who", "whom"}:
        return found
    return [one for one in found if one == whom or one.i < noun.i]


def any_obliques(word: Token) -> dict[str | None, list[Token]]:
    """Return the heads of a verb's or noun's phrases by their prepositions."""
    found: dict[str | None, list[Token]] = {}
    for child in word.children:
        if _is_oblique(child):
            found.setdefault(preposition_of(child), []).extend(_meant_there(child))
    return found


def _is_oblique(child: Token) -> bool:
    """Say whether a phrase has a preposition, whatever the tree makes of it."""
    link = child.dep_
    if link.startswith(("obl", "nmod")):
        return True
    return link.startswith(("obj", "nsubj")) and _has_preposition(child)


def _has_preposition(token: Token) -> bool:
    return bool(_own_prepositions(token))


def _own_prepositions(token: Token) -> set[str]:
    return {
        child.lower_
        for child in token.children
        if child.dep_ == "case" and child.tag_ in {"IN", "TO"} and child.i < token.i
    }


def preposition_of(token: Token) -> str | None:
    for child in token.children:
        if child.dep_ == "case":
            return child.lower_
    first = token.left_edge
    if first.dep_ == "case" and first.tag_ == "IN":
        return first.lower_  # "of Poland's Agency", where the tree hangs "of" on Poland
    # A preposition right before the phrase that the parser hung on the verb: "spoke with his".
    words = (child for child in token.head.children if child.dep_ == "case" and child.i + 1 == first.i)
    return next((word.lower_ for word in words), None)


def objects_of(verb: Token) -> list[Token]:
    bare = [child for child in verb.children if child.dep_ in {"obj", "iobj"} and not _has_preposition(child)]
    direct = [child for child in bare if child.dep_ == "obj"] or bare  # "warned its rival to stay away"
    direct = [one for one in direct if not _is_of_another(one, verb)] or _found_so(verb)
    found = [one for child in direct for one in _meant_there(child)]
    # not Roe of "groups that back it, and from Roe"
    return [one for one in found if one.dep_ != "conj" or not _has_preposition(one)]


def _is_of_another(noun: Token, verb: Token) -> bool:
    """Say whether a noun is no object of a verb that the tree hung it on.

    It stands in brackets, "oppose concessions (Ann Roe)", or right behind a participle: "struck a deal with
    unions representing the staff"; behind the verb of another clause, "barring Danes from entering Norway";
    in apposition to what stands before, "courting miners in Narvik, a town"; or it is the rest of a name
    behind a preposition, or owns what is the object: "erased Ann Roe's mark".
    """
    if _is_rest_of_name(noun) or _is_owner(noun) or (noun.i > verb.i and _is_behind_another(noun, verb)):
        return True
    tokens, first = verb.doc.tokens, noun.left_edge.i
    between = [token.text for token in tokens[verb.i : max(verb.i, noun.i)]]
    before = tokens[first - 1] if first > verb.i + 1 else verb
    is_participles = before != verb and before.tag_ == "VBG" and before.dep_ == "acl"
    return between.count("(") > between.count(")") or is_participles


def _is_rest_of_name(word: Token) -> bool:
    """Say whether a name's first word hangs elsewhere by a preposition: "over Ann Roe", split by the tree."""
    first = word.doc[name_around(word.doc, word.i).start] if word.ent_iob_ == "I" else word
    return first.head not in {word, first} and first.dep_ in {"obl", "nmod"}


def _is_owner(word: Token) -> bool:
    """Say whether a name only tells whose something is, split by the tree: "Ann Roe's"."""
    end = name_around(word.doc, word.i).stop
    return end < len(word.doc) and word.doc[end].tag_ == "POS"


def _is_behind_another(noun: Token, verb: Token) -> bool:
    """Say whether the verb of another clause, or a thing and a comma, stand between a verb and a noun."""
    first = noun.left_edge.i
    between = verb.doc.tokens[verb.i + 1 : first]
    if any(one.pos_ == "VERB" and one.dep_ in _CLAUSES and verb in one.ancestors for one in between):
        return True
    is_beside = (
        first > verb.i + 1 and verb.doc[first - 1].text == "," and verb.doc[first].lower_ in {"a", "an"}
    )
    return is_beside and any(one.dep_ == "obj" and one.head == verb for one in between)


def _found_so(verb: Token) -> list[Token]:
    """Return of whom an adjective is said by the verb: "found the firm guilty"."""
    clauses = [child for child in verb.rights if child.dep_ in {"ccomp", "xcomp"} and child.pos_ == "ADJ"]
    bare = [one for one in clauses if not any(child.dep_ in {"cop", "mark", "aux"} for child in one.children)]
    return [child for one in bare for child in one.lefts if child.dep_ in SUBJECTS]


def are_each_other(verb: Token) -> bool:
    """Say whether a verb's subjects do it to each other."""
    return any(
        child.lower_ in _RECIPROCAL
        and child.i + 1 < len(child.doc)
        and child.nbor().lower_ in {"other", "another"}
        for one in verb.children
        if one.dep_ in {"obj", "obl", "det"}
        for child in (one, *one.children)
    )


def has_particle(verb: Token, particle: str) -> bool:
    return any(
        child.lower_ == particle
        and child.doc[max(0, child.i - 1)].lower_ != "not"  # "found him not guilty"
        and child.dep_ in {"compound:prt", "advmod", "compound", "xcomp", "amod", "obl", "ccomp"}
        for child in verb.children
    )


def owners_of(noun: Token) -> Iterator[Token]:
    for child in noun.children:
        if child.dep_ == "nmod:poss":
            yield from coordinated(meant(child))
