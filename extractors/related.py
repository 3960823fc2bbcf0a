"""From relations found to records: whose they are, when and where, and what nobody answers for.

What stands in somebody's content is his; what nobody here answers for is not told at all: words in quotation
marks that no attribution owns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from datetime import date

from extractors.clusters import Cluster
from extractors.drafts import Draft, in_any
from extractors.found import Found
from extractors.granted import granted_in
from extractors.meanings import Meanings
from extractors.mentions import FIRST_PERSONS
from extractors.posts import made_by
from extractors.quotations import Quotation
from extractors.spans import text_span
from extractors.stance import main_verb, stance_of
from extractors.times import Resolved, duration_of, phrase_around, resolve
from extractors.values import values_at
from extractors.words import Doc, Token
from newsgraph.records import PassedOver, Relation, Stance, Value

_DATE_REACH = 8  # words on each side of a date that may belong to it
_BACKGROUND = frozenset({"leads", "holdsPostAt", "founded", "relativeOf", "marriedTo"})
_TO_COME = frozenset({"would", "may", "might", "'d", "’d"})
_PLACED = frozenset({"in", "at", "near", "over", "off", "on"})
_MAY_BE_DENIED = "the clause may be part of what is denied or asked, or be taken for granted"


class Contents:
    """Which content a word stands in: of several the innermost."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts = drafts
        self._around: defaultdict[int, list[int]] = defaultdict(list)  # the innermost last
        self._places = [frozenset(draft.content) for draft in drafts]
        self._mains: dict[int, Token | None] = {}
        self._stances: dict[int, Stance] = {}
        for number in sorted(range(len(drafts)), key=lambda one: (-len(drafts[one].content), -one)):
            for place in drafts[number].content:
                self._around[place].append(number)

    def number_at(self, place: int) -> int | None:
        return self._around[place][-1] if place in self._around else None

    def numbers_at(self, place: int) -> list[int]:
        """Return all contents in which a word stands, the innermost first."""
        return self._around.get(place, [])[::-1]

    def draft(self, number: int) -> Draft:
        return self._drafts[number]

    def places_of(self, number: int) -> Set[int]:
        return self._places[number]

    def stance_at(self, doc: Doc, number: int) -> Stance:
        if number not in self._stances:
            draft = self._drafts[number]
            cue, content = ([doc[place] for place in part] for part in (draft.cue, draft.content))
            self._stances[number] = stance_of(cue, content)
        return self._stances[number]

    def around(self, place: int) -> list[Draft]:
        """Return all whose words stand around a word."""
        return [self._drafts[number] for number in self._around.get(place, ())]

    def main_at(self, doc: Doc, place: int) -> Token | None:
        """Return the main verb of the innermost content around a word."""
        number = self._around[place][-1]
        if number not in self._mains:
            self._mains[number] = main_verb([doc[each] for each in sorted(self._places[number])])
        return self._mains[number]

    def places_at(self, place: int) -> Set[int] | None:
        number = self.number_at(place)
        return None if number is None else self._places[number]


def relations_of(
    doc: Doc,
    found: Sequence[Found],
    contents: Contents,
    quotations: Sequence[Quotation],
    meanings: Meanings,
    reference: date | None,
) -> tuple[tuple[Relation, ...], dict[str, int], tuple[PassedOver, ...]]:
    """Return records of the relations, the word of each, and what nobody answers for."""
    relations, passed_over = list[Relation](), list[PassedOver]()
    words = dict[str, int]()
    for one in found:
        inner, is_doubtful = _voice_of(doc, one, contents, meanings)
        if _is_granted(doc, one, contents, quotations):
            inner, is_doubtful = None, False
        span = text_span(doc, *_evidence(one, contents))
        reason = _unowned(one, inner, quotations) or _himself(doc, one, contents, quotations, meanings)
        if reason := reason or (_MAY_BE_DENIED if is_doubtful else ""):
            passed_over.append(PassedOver(*span, one.predicate, reason))
            continue
        words[f"r{len(relations)}"] = one.word
        is_to_come = one.told.modality == "planned" or (inner is not None and _is_foretold(doc[one.word]))
        when = _when(doc, one, meanings, reference, is_future=is_to_come)
        relations.append(
            Relation(
                f"r{len(relations)}",
                one.predicate,
                f"e{one.subject.entity}",
                f"e{one.object.entity}",
                *span,
                one.told.negated,
                one.told.modality,
                None if inner is None else f"a{inner}",
                when.value if when else None,
                _place(doc, one, meanings),
                one.confidence,
                until=when.until if when else None,
                duration=(when.duration if when else None) or _duration(doc, one),
                time_basis=when.basis if when else None,
                post=one.post,
                values=_values(doc, one),
                rule=one.rule,
            )
        )
    return tuple(relations), words, tuple(passed_over)


def _voice_of(doc: Doc, one: Found, contents: Contents, meanings: Meanings) -> tuple[int | None, bool]:
    """Return whose a relation is, and whether it is doubtful that he who denies or asks around it tells it.

    What a denial takes for granted is of whoever tells of the denial.
    """
    is_doubtful = False
    for number in contents.numbers_at(one.word):
        if contents.stance_at(doc, number) == "asserts":
            return number, is_doubtful
        granted = granted_in(doc[one.word], contents.places_of(number))
        if granted == "no":
            return number, is_doubtful
        speaker = meanings.speaker_of(contents.draft(number))
        is_doubtful |= granted == "doubtful" and (speaker is None or speaker in one.parties)
        is_doubtful |= one.told.modality != "actual"
    return None, is_doubtful


def _is_granted(doc: Doc, one: Found, contents: Contents, quotations: Sequence[Quotation]) -> bool:
    """Say whether a role beside a name is the article's own, though in what somebody says or plans.

    "plans to sue Falk, the head of Norvik": what is planned has nobody's words. "said Falk, the head of
    Norvik, had lied": a post or a family tie beside a name is the reporter's where he tells it in his own
    words; that somebody belongs to something or owns it may be what is claimed.
    """
    places = contents.places_at(one.word)
    word = doc[one.word]
    is_beside = not any(child.dep_ == "cop" for child in word.children) and made_by(word) is None
    if places is None or one.rule not in {"role", "post", "site", "placed"} or not is_beside:
        return False
    if one.rule in {"site", "placed"} and not any(child.lower_ == "the" for child in word.lefts):
        return False  # "promised a bridge at Lund"
    if one.rule in {"role", "post"} and _is_background(word, one, quotations):
        return True
    main = contents.main_at(doc, one.word)
    return main is not None and main.tag_ == "VB" and any(child.lower_ == "to" for child in main.lefts)


def _is_background(noun: Token, one: Found, quotations: Sequence[Quotation]) -> bool:
    """Say whether a family tie or, between commas, a post stands beside a name outside quotation marks.

    "Its auditor, Falk" may be what is said.
    """
    is_owned = any(child.dep_ == "nmod:poss" and child.pos_ == "PRON" for child in noun.children)
    is_family = one.predicate in {"relativeOf", "marriedTo"}
    first, last = sorted((noun.i, one.subject.head))
    is_set_off = any(token.text == "," for token in noun.doc[first:last])
    fits = is_family or (is_set_off and not is_owned)
    return one.predicate in _BACKGROUND and fits and not in_any(one.word, quotations)


def _unowned(one: Found, inner: int | None, quotations: Sequence[Quotation]) -> str:
    if inner is not None:
        return ""
    if in_any(one.word, [quotation for quotation in quotations if quotation.is_double]):
        return "it stands in quotation marks, and nobody is found who said it"
    return ""


def _himself(
    doc: Doc, one: Found, contents: Contents, quotations: Sequence[Quotation], meanings: Meanings
) -> str:
    """Return why nothing is told of "he" who would be the speaker in his own words, or of another's "I"."""
    doubles = [quotation for quotation in quotations if quotation.is_double]
    quoted = [place for place in (one.subject.head, one.object.head) if in_any(place, doubles)]
    around = [(place, draft) for place in quoted for draft in contents.around(place)]
    told = [(place, draft) for place, draft in around if not any(in_any(cue, doubles) for cue in draft.cue)]
    if any(doc[place].lower_ in FIRST_PERSONS and _is_repeated(doc, place, doubles) for place in quoted):
        return "he says in whose words somebody else says “I”"
    is_he = any(meanings.is_himself(place, meanings.speaker_of(draft)) for place, draft in told)
    return "nobody calls himself “he” or “she” in his own words" if is_he else ""


def _is_repeated(doc: Doc, place: int, doubles: Sequence[Quotation]) -> bool:
    """Say whether a word stands in single marks within double ones: "“They say, ‘I know him’,” Roe said"."""
    start = next(one.start for one in doubles if one.start <= place < one.end)
    marks = [token for token in doc[start:place] if token.text in {"'", "‘", "’"} and token.tag_ != "POS"]
    opening = sum(token.i == start or bool(doc[token.i - 1].whitespace_) for token in marks)
    return opening > len(marks) - opening


def _evidence(one: Found, contents: Contents) -> tuple[int, int]:
    """Return the relation's clause, cut to the content that it stands in."""
    content = contents.places_at(one.word)
    if content is None:
        return one.start, one.end
    start, end = one.word, one.word + 1
    while start - 1 >= one.start and start - 1 in content:
        start -= 1
    while end < one.end and end in content:
        end += 1
    return start, end


def date_words(doc: Doc, clusters: Sequence[Cluster]) -> list[str]:
    """Return the words of all dates of an article."""
    return [
        _with_bracket(doc, one.start, one.end)
        for cluster in clusters
        if cluster.type == "DATE"
        for one in cluster.mentions
    ]


def _date_phrase(doc: Doc, start: int, end: int) -> str:
    """Return a date with what belongs to it: the bracket behind it, or "from 3 to" before it."""
    bracketed = _with_bracket(doc, start, end)
    if bracketed != doc[start:end].text:
        return bracketed
    begin, last = doc[max(0, start - _DATE_REACH)], doc[min(len(doc), end + _DATE_REACH) - 1]
    around = doc[begin.i : last.i + 1].text
    low, high = text_span(doc, start, end)
    span = phrase_around(around, low - begin.idx, high - begin.idx)
    return around[span.start : span.end]


def _with_bracket(doc: Doc, start: int, end: int) -> str:
    """Return the words of a date with the bracket that explains it: "Wednesday (15 March)"."""
    if end < len(doc) and doc[end].text == "(":
        close = next((place for place in range(end, min(end + 6, len(doc))) if doc[place].text == ")"), end)
        return doc[start : close + 1].text if close > end else doc[start:end].text
    return doc[start:end].text


def _dependents(verb: Token) -> list[Token]:
    """Return what hangs on a verb, or on the noun that it takes, and could tell when and where."""
    direct = list(verb.children)
    return [
        *direct,
        *(child for one in direct if one.dep_ in {"obj", "obl", "xcomp"} for child in one.children),
    ]


def _is_foretold(verb: Token) -> bool:
    """Say whether a verb in what somebody says tells of what is to come: "said he would travel on Friday"."""
    helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return bool(helpers & _TO_COME) and not helpers & {"have", "'ve", "’ve"}


def _when(
    doc: Doc, one: Found, meanings: Meanings, reference: date | None, *, is_future: bool
) -> Resolved | None:
    """Return when it was, by the first date that hangs on the relation and is certain."""
    for token in _dependents(doc[one.word]):
        number = meanings.entity_at(token)
        if number is None or meanings.clusters[number].type != "DATE":
            continue
        for mention in meanings.clusters[number].mentions:
            words = _date_phrase(doc, mention.start, mention.end)
            resolved = resolve(words, reference, is_future=is_future)
            if resolved is not None:
                return resolved
    return None


def _duration(doc: Doc, one: Found) -> str | None:
    """Return how long it took, where the text says so: "for three days"."""
    for child in doc[one.word].children:
        if child.dep_.startswith("obl") and (length := duration_of(_phrase(child))) is not None:
            return length
    return None


def _phrase(head: Token) -> str:
    return head.doc[head.left_edge.i : head.right_edge.i + 1].text


def _values(doc: Doc, one: Found) -> tuple[Value, ...]:
    if one.rule in {"site", "placed"}:
        return ()  # "300 workers demonstrated outside its headquarters in Lund" counts no headquarters
    parties = [party.head for party in (one.subject, one.object) if party.head >= 0]
    return tuple(
        Value(found.kind, found.amount, found.unit, *text_span(doc, found.start, found.end), found.bound)
        for found in values_at(doc, one.word, parties)
    )


def _place(doc: Doc, one: Found, meanings: Meanings) -> str | None:
    parties = {one.subject.entity, one.object.entity}
    for token in _dependents(doc[one.word]):
        number = meanings.entity_at(token)
        if token.dep_ not in {"obl", "nmod"} or number is None or number in parties:
            continue
        prepositions = {child.lower_ for child in token.children if child.dep_ == "case"}
        if meanings.clusters[number].type in {"LOC", "FAC"} and prepositions & _PLACED:
            return f"e{number}"
    return None
