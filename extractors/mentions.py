"""Where a text refers to something: names, values, nouns with a name's role, pronouns.

Which of them mean the same thing is decided in coreference.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from extractors.empty_pronouns import stands_for_nothing
from extractors.families import words_with_surname
from extractors.kinds_in_names import DEFINITE, ToldBy, kind_taken_up, kinds_told
from extractors.name_spans import VALUES
from extractors.nouns import nominal_types, singular
from extractors.quick import quick_record
from extractors.reader import ATTRIBUTION
from extractors.spans import phrase_before, words_at
from extractors.typed_names import typed_names
from extractors.words import Doc, Token
from newsgraph.gazetteer import load_gazetteer, plain_name
from newsgraph.records import EntityType, MentionKind

THIRD_PERSONS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
    **dict.fromkeys(("it", "its", "itself"), "thing"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "many"),
}
FIRST_PERSONS = {
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "one"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), "many"),
}
_BESIDE = frozenset({"amod", "compound", "flat", "nmod:desc"})
ANONYMOUS = frozenset({"one", "another", "some", "others", "many", "several"})


@quick_record
class Referring:
    """A mention before its entity is known: tokens ``[start, end)``."""

    start: int
    end: int
    head: int
    type: EntityType
    kind: MentionKind
    confidence: float

    def words(self, doc: Doc) -> str:
        return words_at(doc, self.start, self.end)

    def whole_name(self, doc: Doc) -> str:
        """Return the words of a name, a person's with the surname that two share: "John and Ann Berg"."""
        return words_with_surname(doc, self.start, self.end) if self.type == "PERSON" else self.words(doc)


def find_mentions(doc: Doc) -> list[Referring]:
    """Return the mentions of a Doc in text order; a name may stand inside a longer nominal."""
    names = list(_names(doc))
    inside_names = {place for name in names for place in range(name.start, name.end)}
    told = kinds_told(ToldBy(one.start, one.words(doc), one.type) for one in names if one.kind == "name")
    others = [
        *_nominals(doc, inside_names, told),
        *_pronouns(doc, inside_names),
        *_anonymous(doc, inside_names),
    ]
    found = {(one.start, one.end): one for one in (*others, *names)}
    return sorted(found.values(), key=lambda one: (one.start, -one.end))


def _names(doc: Doc) -> Iterator[Referring]:
    for one in typed_names(doc):
        kind: MentionKind = "value" if one.label in VALUES else "name"
        head = doc[one.start : one.end].root
        if one.label == "NORP" and _is_one_person(head, one.words(doc)):
            yield Referring(phrase_before(head), one.end, head.i, "PERSON", "nominal", one.sure)
        else:
            yield Referring(one.start, one.end, head.i, cast("EntityType", one.label), kind, one.sure)


def _is_one_person(head: Token, people: str) -> bool:
    """Say whether one of a people is meant: "the 23-year-old Nigerian", "a Dane"; not "the Swiss"."""
    words = {one.lower_ for child in head.lefts for one in child.subtree}
    is_one = "a" in words or "an" in words or {"year", "old"} <= words
    is_one = is_one or ("the" in words and people.endswith("an"))  # "the Japanese" may be all of them
    is_noun = head.dep_ not in _BESIDE and not any(child.dep_ == "flat" for child in head.children)
    return is_one and is_noun and head.tag_ != "NNPS" and plain_name(people) in load_gazetteer().people


def _nominals(doc: Doc, inside_names: set[int], told: Mapping[str, Sequence[ToldBy]]) -> Iterator[Referring]:
    types = nominal_types()
    for token in doc:
        if token.i in inside_names:
            continue
        kind = types.get(singular(token)) if _is_noun(token) or _is_title(token) else None
        if kind is None and token.pos_ in {"NOUN", "PROPN"}:
            kind = kind_taken_up(token, told)
        if kind is not None:
            yield Referring(phrase_before(token), token.i + 1, token.i, kind, "nominal", 0.6)


def _is_noun(token: Token) -> bool:
    is_plain = token.lower_ == token.text or token.text.isupper()  # "our UAV"
    is_noun = token.pos_ == "NOUN" or (token.pos_ == "PROPN" and (is_plain or _is_post(token)))
    return is_noun and token.dep_ != "compound"


def _is_post(token: Token) -> bool:
    """Say whether a post is written as a name is: "the President said"."""
    is_person = nominal_types().get(token.lower_) == "PERSON"
    return is_person and any(child.dep_ == "det" and child.lower_ in DEFINITE for child in token.lefts)


def _is_title(token: Token) -> bool:
    """Say whether a word stands as a post before a person's name: "Defense Secretary Lloyd Austin"."""
    after = token.i + 1
    return (
        token.pos_ in {"NOUN", "PROPN"} and after < len(token.doc) and token.doc[after].ent_type_ == "PERSON"
    )


def _pronouns(doc: Doc, inside_names: set[int]) -> Iterator[Referring]:
    for token in doc:
        is_pronoun = token.pos_ == "PRON" and token.i not in inside_names  # not in "Abbas I"
        is_pronoun = is_pronoun and (token.lower_ in THIRD_PERSONS or token.lower_ in FIRST_PERSONS)
        if is_pronoun and not stands_for_nothing(token):
            thing = THIRD_PERSONS.get(token.lower_) == "thing"
            yield Referring(token.i, token.i + 1, token.i, "ORG" if thing else "PERSON", "pronoun", 0.5)


def _anonymous(doc: Doc, inside_names: set[int]) -> Iterator[Referring]:
    """Yield voices without a name that are the source of something: "one wrote", "others said"."""
    for span in doc.spans.get(ATTRIBUTION, ()):
        if (
            span.label_ == "SOURCE"
            and len(span) == 1
            and span[0].lower_ in ANONYMOUS
            and span.start not in inside_names
        ):
            yield Referring(span.start, span.end, span.start, "PERSON", "nominal", 0.5)
