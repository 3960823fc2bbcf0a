"""Names that an article gives beside another name for the same thing: an acronym, an alias, a name of before.

"the Union of Free Readers (URL)", where the letters may stand in the order of another language; "URL (Union
of Free Readers)"; "Anna Berg, née Lund"; "Omar Sadi, also known as Abu Layth", "who calls himself Abu Layth";
"Velt, formerly Brightbook"; "Lund (Danish: Lunden)".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from extractors.clauses import subjects_of
from extractors.clusters import Cluster
from extractors.known_alike import are_told_apart
from extractors.mentions import Referring
from extractors.nouns import titles
from extractors.quotations import OPENING_MARKS
from extractors.spans import end_of_marked, name_words
from extractors.words import Doc, Token
from newsgraph.records import EntityType

_WITH_ACRONYMS: frozenset[EntityType] = frozenset({"ORG", "FAC", "MISC"})
_OPENING = frozenset({",", "(", "–", "—", "-", ";"})
_QUOTES = OPENING_MARKS | {"`"}  # between two names it is hardly an accent
_ADVERBS = frozenset({"also", "better", "otherwise", "commonly", "popularly", "widely", "sometimes", "often"})
_BEFORE = frozenset({"formerly", "previously", "originally"})
_CALLED = frozenset({"called", "named", "nicknamed", "dubbed", "styled"})
_ALIAS = frozenset({"née", "nee", "alias", "aka", "a.k.a.", "born"})
NAMES = frozenset({"name", "pseudonym", "nickname", "moniker"})
_NAMING = _OPENING | _QUOTES | _ADVERBS | _BEFORE | _CALLED | _ALIAS | NAMES
_NAMING |= {
    "known",
    "identified",
    "professionally",
    "as",
    "the",
    "simply",
    "just",
    "by",
    "his",
    "her",
    "their",
}
_NAMING |= {"whose", "real", "is", "was", "stage", "pen"}
_NAMING_ONESELF = frozenset({"call", "name", "rename", "style", "dub", "proclaim", "declare", "crown"})
_ONESELF = frozenset({"himself", "herself", "itself", "themselves"})
_DENYING = frozenset({"not", "n't", "n’t", "never"})
_ASIDE = 40  # words of a bracket behind a name, behind which another name may be told


def join_given(doc: Doc, clusters: Sequence[Cluster]) -> list[Cluster]:
    """Return the clusters in order, those made one of which the text gives one name as the other's."""
    heads = {one.head: one.start for cluster in clusters for one in cluster.mentions}
    given = [
        (one.start, start)
        for cluster in clusters
        for one in cluster.mentions
        for start in (_given_behind(doc, one), _who_calls_himself(doc, one, heads))
        if start is not None
    ]
    joined = list(clusters)
    for first, second in given:
        one, other = _named_at(joined, first), _named_at(joined, second)
        if one is None or other is None or one is other or one.type != other.type:
            continue
        if not _are_apart(doc, one, other):
            one.mentions += other.mentions
            joined = [each for each in joined if each is not other]
    return joined


def _named_at(clusters: Sequence[Cluster], start: int) -> Cluster | None:
    return next((each for each in clusters if any(one.start == start for one in each.mentions)), None)


def _are_apart(doc: Doc, one: Cluster, other: Cluster) -> bool:
    return any(are_told_apart(left, right, one.type) for left in one.forms(doc) for right in other.forms(doc))


def _given_behind(doc: Doc, one: Referring) -> int | None:
    """Return where the name begins that the text gives as another one of the name ``one``."""
    place = one.end
    if one.type == "NORP" or place + 1 >= len(doc) or doc[place].lower_ not in _OPENING | _ALIAS:
        return None
    if doc[place].text == "(" and _is_told_in_bracket(doc, one, place + 1):
        return place + 1
    if [token.text for token in doc[place : place + 3]][::2] == ["(", ":"] and doc[
        place + 1
    ].ent_type_ == "NORP":
        return place + 3
    for opening in (place, _behind_aside(doc, place)):
        words = list(_words_of_naming(doc, opening))
        start = opening + len(words)
        while start < len(doc) and doc[start].lower_ in titles():
            start += 1  # "known as Sheikh Omar"
        if start >= len(doc) or doc[start].ent_type_ in {"", "DATE"}:
            continue  # "(born 1986)"
        if _is_naming(words, is_person=one.type == "PERSON"):
            behind = end_of_marked(doc, start)
            # "known as Berg's rival"
            return None if behind < len(doc) and doc[behind].tag_ == "POS" else start
    return None


def _behind_aside(doc: Doc, place: int) -> int:
    """Return where a text goes on behind an age or a bracket: "Mara Lund (born 1986), known as"."""
    if doc[place].text == "(":
        inside = range(place + 1, min(place + _ASIDE, len(doc)))
        return next((end + 1 for end in inside if doc[end].text == ")"), place)
    is_age = place + 2 < len(doc) and doc[place + 1].text.isdigit() and doc[place + 2].text == ","
    return place + 2 if is_age else place


def _words_of_naming(doc: Doc, place: int) -> Iterator[Token]:
    while place < len(doc) and doc[place].lower_ in _NAMING and not doc[place].ent_type_:
        yield doc[place]
        place += 1


def _is_naming(words: Sequence[Token], *, is_person: bool) -> bool:
    """Say whether the words between two names give one for the other.

    "Berg, called Lund a liar" does not, nor does "Berg, previously Lund's aide".
    """
    told = {word.lower_ for word in words}
    if told & _ALIAS or {"known", "as"} <= told or {"identified", "as"} <= told:
        return True
    if told & NAMES and (told & {"known", "real"}):  # "known by her stage name", "whose real name is"
        return True
    if told & _CALLED:
        is_participle = any(word.tag_ == "VBN" for word in words) and bool(told & (_ADVERBS | _BEFORE))
        return "(" in told or is_participle
    return bool(told & _BEFORE) and not is_person


def _is_told_in_bracket(doc: Doc, one: Referring, place: int) -> bool:
    """Say whether a bracket holds the letters of a name before it, or the name of the letters before it."""
    end = end_of_marked(doc, place)
    if one.type not in _WITH_ACRONYMS or end >= len(doc) or doc[end].text != ")":
        return False
    before, inside = one.words(doc), doc[place:end].text
    return _is_acronym(inside, before) or (doc[place].ent_type_ == one.type and _is_acronym(before, inside))


def _is_acronym(letters: str, name: str) -> bool:
    """Say whether a word's capitals begin the words of a name, in any order: "MDGs", "MoD"."""
    capitals = "".join(letter for letter in letters if letter.isupper())
    if not letters.isalpha() or not letters[0].isupper() or len(capitals) < 2 or " " not in name:
        return False
    initials = Counter(word[:1] for word in name_words(name))
    return not Counter(capitals.casefold()) - initials


def _who_calls_himself(doc: Doc, one: Referring, heads: Mapping[int, int]) -> int | None:
    """Return where the name stands of who gives himself the name ``one``: "Dorn, who calls himself Layth"."""
    place = one.start
    while place > 1 and (doc[place - 1].lower_ == "the" or doc[place - 1].is_punct):
        place -= 1
    oneself = doc[place - 1]
    verb = oneself.head
    if oneself.lower_ not in _ONESELF or verb.lemma_ not in _NAMING_ONESELF:
        return None
    is_owner = one.end < len(doc) and doc[one.end].tag_ == "POS"  # "called himself Roe's rival"
    if is_owner or any(child.lower_ in _DENYING for child in verb.children):
        return None
    subjects = [_no_place(noun) for noun in subjects_of(verb)]
    beside = [child for noun in subjects for child in noun.children if child.dep_ in {"nsubj", "appos"}]
    beside += [noun.head for noun in subjects if noun.dep_ == "appos"]
    return next((heads[word.i] for word in (*subjects, *beside) if word.i in heads), None)


def _no_place(noun: Token) -> Token:
    """Return whom "a citizen of Lund, who calls himself" means, where the tree has the place."""
    while noun.ent_type_ == "LOC" and noun.dep_ == "nmod":
        noun = noun.head
    return noun
