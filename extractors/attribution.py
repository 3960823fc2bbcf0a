"""Who says what: the reader's marks (source, cue, content) put together to whole attributions.

The network marks words; here contents are fitted to the quotation marks, quotations over several paragraphs
are joined to one content, twins are merged, missing sources are looked up in the tree, relays ("according to
Reuters", "told CNN", "via Tass") are told from speakers. Entities are attached in statements.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from extractors.known_names import LEXICONS, rows_of
from extractors.mentions import nominal_types
from extractors.quotations import Quotation
from extractors.reader import ATTRIBUTION, CONFIDENCE, attribution_key
from extractors.spans import runs_of
from extractors.stance import cue_words
from newsgraph.records import Speech

SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_COVERED = 0.5  # part of a quotation that a content must hold to own it
_SAME = 0.6  # overlap from which two attributions with one cue or source are twins
MIN_CONFIDENCE = 0.35
_BEHIND_CUES = frozenset({"DET", "ADJ", "PUNCT", "SPACE", "ADP", "CCONJ"})
_CUE_PREPOSITIONS = frozenset({"to", "of", "for", "about", "on", "with", "against", "as"})
_NO_CUES = frozenset({"ADV", "PRON", "DET", "CCONJ", "SCONJ", "PART", "NUM", "SPACE", "AUX"})


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution as token indices, before its speaker is an entity."""

    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]
    via: tuple[int, ...]  # words that name the relay
    confidence: float


def find_attributions(doc: Doc, quotations: Sequence[Quotation], skipped: frozenset[int]) -> list[Draft]:
    """Return the attributions of a Doc in the order of their contents."""
    doubles = [quotation for quotation in quotations if quotation.is_double]
    drafts = [_fitted(doc, draft, quotations) for draft in _marked(doc) if draft.confidence >= MIN_CONFIDENCE]
    drafts = _without_twins([draft for draft in drafts if draft.content and _is_cue(doc, draft)])
    drafts = _continued(doc, drafts, doubles)
    drafts = [_sourced(doc, draft) for draft in drafts]
    drafts += [inner for draft in drafts if (inner := _passed_on(doc, draft, drafts)) is not None]
    drafts = [_relayed(doc, draft, drafts) for draft in drafts]
    drafts = [_trimmed(doc, draft, skipped) for draft in drafts if not _is_relay_only(doc, draft, drafts)]
    return sorted((draft for draft in drafts if draft.content), key=lambda draft: (draft.content, draft.cue))


def _marked(doc: Doc) -> Iterator[Draft]:
    parts: dict[int, dict[str, set[int]]] = {}
    for span in doc.spans.get(ATTRIBUTION, ()):
        roles = parts.setdefault(span.id, {"SOURCE": set(), "CUE": set(), "CONTENT": set()})
        roles[span.label_].update(range(span.start, span.end))
    confidence = doc.user_data.get(CONFIDENCE, {})
    for number, roles in sorted(parts.items()):
        content = roles["CONTENT"] - roles["CUE"]
        sure = float(confidence.get(attribution_key(number), 0.5))
        source, cue = roles["SOURCE"] - content, _cue_words(doc, sorted(roles["CUE"]))
        yield Draft(tuple(sorted(source)), cue, tuple(sorted(content)), (), sure)


def _cue_words(doc: Doc, cue: list[int]) -> tuple[int, ...]:
    """Return a cue without what the network marked behind it: "stated at the recent" is "stated"."""
    while len(cue) > 1 and doc[cue[-1]].pos_ in _BEHIND_CUES and doc[cue[-1]].lower_ not in _CUE_PREPOSITIONS:
        cue = cue[:-1]
    return tuple(cue)


def _is_cue(doc: Doc, draft: Draft) -> bool:
    """Say whether a cue can carry an attribution: "also" alone cannot, "according to" and ":" can."""
    return any(doc[place].pos_ not in _NO_CUES for place in draft.cue)


def _fitted(doc: Doc, draft: Draft, quotations: Sequence[Quotation]) -> Draft:
    """Let a content that mostly lies in quotation marks fill them; drop scraps far from the rest."""
    content = set(draft.content)
    within = [
        quotation
        for quotation in quotations
        if quotation.is_double and _share(quotation, content) >= _COVERED
    ]
    quoted = {place for quotation in within for place in range(quotation.start, quotation.end)}
    if within and len(content & quoted) >= 0.8 * len(_words_of(doc, content)):
        content &= quoted
    content |= quoted - set(draft.cue) - set(draft.source)
    runs = [run for run in runs_of(content) if _words_of(doc, range(*run))]
    if len(runs) > 1:
        longest = max(end - start for start, end in runs)
        runs = [run for run in runs if 4 * (run[1] - run[0]) > longest or _in_any(run[0], within)]
    kept = tuple(place for start, end in runs for place in range(start, end))
    return replace(
        draft, content=kept, source=tuple(place for place in draft.source if place not in set(kept))
    )


def _share(quotation: Quotation, places: set[int]) -> float:
    size = quotation.end - quotation.start
    return sum(place in places for place in range(quotation.start, quotation.end)) / size


def _words_of(doc: Doc, places: Sequence[int] | set[int] | range) -> list[int]:
    return [place for place in places if not (doc[place].is_punct or doc[place].is_space)]


def _in_any(place: int, quotations: Sequence[Quotation]) -> bool:
    return any(place in quotation for quotation in quotations)


def _without_twins(drafts: Sequence[Draft]) -> list[Draft]:
    """Of attributions that share cue words and content, keep the surest; of equal ones the first."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: -draft.confidence):
        if not any(_are_twins(draft, other) for other in kept):
            kept.append(draft)
    return sorted(kept, key=lambda draft: draft.content)


def _are_twins(left: Draft, right: Draft) -> bool:
    a, b = set(left.content), set(right.content)
    if set(left.cue) <= b or set(right.cue) <= a:
        return False  # "according to Reuters, the Kremlin claimed …": one inside the other
    overlap = len(a & b) / len(a | b)
    return (
        overlap >= _SAME and bool(set(left.cue) & set(right.cue) or set(left.source) & set(right.source))
    ) or overlap > 0.9


def _continued(doc: Doc, drafts: list[Draft], quotations: Sequence[Quotation]) -> list[Draft]:
    """Give quotations that nobody owns to whoever spoke in the paragraph before: a speech goes on."""
    owner: dict[int, int] = {}  # quotation -> draft
    for number, quotation in enumerate(quotations):
        shares = [(_share(quotation, set(draft.content)), -index) for index, draft in enumerate(drafts)]
        best, index = max(shares, default=(0.0, 0))
        if best >= _COVERED:
            owner[number] = -index
        elif (before := _goes_on(doc, number, quotations)) is not None and before in owner:
            owner[number] = owner[before]
            added = range(quotation.start, quotation.end)
            grown = drafts[owner[number]]
            drafts[owner[number]] = replace(grown, content=tuple(sorted({*grown.content, *added})))
    return drafts


def _goes_on(doc: Doc, number: int, quotations: Sequence[Quotation]) -> int | None:
    """Return the quotation that this one continues: the last of the paragraph before, which ended with it."""
    this = quotations[number]
    if number == 0 or not this.opens_paragraph:
        return None
    before = quotations[number - 1]
    if before.paragraph != this.paragraph - 1:
        return None
    after = doc[before.end : this.start - 1]
    ended_so = all(token.is_space or token.is_punct for token in after)
    return number - 1 if not before.is_closed or ended_so else None


def _sourced(doc: Doc, draft: Draft) -> Draft:
    """Look up the subject of a cue verb where the network gave no source, or a part ("Russian")."""
    for place in draft.cue:
        for child in (*_subjects(doc[place]), *_owners(doc[place])):
            if child.i in draft.content:
                continue
            phrase = _noun_phrase(child, {*draft.content, *draft.cue})
            if not draft.source or set(draft.source) < set(phrase) - {child.i}:
                return replace(draft, source=tuple(phrase))
    return draft


def _owners(cue: Token) -> Iterator[Token]:
    """Yield whose a cue noun is: "the Kremlin's denial"."""
    if cue.pos_ == "NOUN":
        yield from (child for child in cue.children if child.dep_ == "nmod:poss")


def _noun_phrase(head: Token, taken: set[int]) -> range:
    """Return the words around a noun that belong to it, up to a participle or to what is ``taken``."""
    free = {token.i for token in head.subtree} - taken
    for child in head.children:
        if child.dep_ == "acl" and child.i > head.i:
            free -= {token.i for token in child.subtree if token.i > head.i}
    [phrase] = [range(*run) for run in runs_of(free) if head.i in range(*run)]
    return phrase


def _subjects(cue: Token) -> Iterator[Token]:
    """Yield the subject of a cue verb, which it may share: "officials denied contact and said that …"."""
    if cue.pos_ != "VERB":
        return
    if cue.dep_ == "acl" and cue.head.i < cue.i and nominal_types().get(cue.head.lemma_.lower()) == "PERSON":
        yield cue.head  # "officials previously denied …" taken for officials who were denied something
    while (
        cue.dep_ == "conj" and cue.head.pos_ == "VERB" and not any(c.dep_ in SUBJECTS for c in cue.children)
    ):
        cue = cue.head
    yield from (child for child in cue.children if child.dep_ == "nsubj")


@cache
def relays() -> frozenset[str]:
    """Return names of agencies and outlets, in lower case: who passes on what others say."""
    return frozenset(row[0].lower() for row in rows_of(LEXICONS / "relays.tsv"))


def _relayed(doc: Doc, draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Find the relay: an agency whose attribution is around this one, "(via Tass)", "told CNN"."""
    for outer in drafts:
        encloses = set(draft.cue) <= set(outer.content) or set(draft.content) < set(outer.content)
        if outer is not draft and encloses and _names_relay(doc, outer.source):
            return replace(draft, via=outer.source)
    near = [token for place in draft.cue for token in _neighbours(doc[place])]
    for token in near:
        if token.i not in draft.source and token.lower_ in relays():
            return replace(draft, via=(token.i,))
    return replace(draft, via=_mentioned_relay(doc, draft))


def _passed_on(doc: Doc, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return what an agency passes on of somebody else's words: "according to Reuters, the Kremlin claimed …".

    The network marks the outer of the two; the inner one is the main clause of its content.
    """
    if not _names_relay(doc, draft.source):
        return None
    inside = set(draft.content)
    for verb in (doc[place] for place in draft.content):
        is_top = verb.head.i not in inside or verb.head == verb
        if not is_top or verb.lemma_.lower() not in cue_words()["speech"]:
            continue
        if any(verb.i in other.cue for other in drafts):
            return None
        said = [
            child
            for child in verb.children
            if child.dep_ in {"ccomp", "parataxis", "obj"} and child.i > verb.i
        ]
        for subject in _subjects(verb):
            content = tuple(token.i for child in said[:1] for token in child.subtree if token.i in inside)
            if subject.i in inside and content:
                source = _noun_phrase(subject, {verb.i, *content})
                return Draft(tuple(source), (verb.i,), content, (), draft.confidence)
    return None


def _neighbours(cue: Token) -> Iterator[Token]:
    """Yield objects and prepositional phrases of a cue: "told CNN", "said on Twitter", "quoted by Tass"."""
    for child in cue.children:
        if child.dep_ in {"obj", "iobj", "obl", "obl:agent", "nmod", "parataxis"}:
            yield from (token for token in child.subtree if token.i - child.i in range(-3, 3))


def _mentioned_relay(doc: Doc, draft: Draft) -> tuple[int, ...]:
    """Return a relay that the sentence names by "according to", "via" … outside source and content."""
    used = {*draft.source, *draft.content}
    sent = doc[draft.cue[0]].sent
    for token in sent:
        if token.lower_ not in relays() or token.i in used:
            continue
        before = [doc[place].lower_ for place in range(max(sent.start, token.i - 3), token.i)]
        if "via" in before or before[-2:] == ["according", "to"] or before[-1:] in (["by"], ["citing"]):
            return (token.i,)
    return ()


def _names_relay(doc: Doc, source: Sequence[int]) -> bool:
    return any(doc[place].lower_ in relays() for place in source)


def _is_relay_only(doc: Doc, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Say whether an agency's attribution only carries another's, and so adds no voice."""
    return _names_relay(doc, draft.source) and any(
        other.via == draft.source and other is not draft and set(other.cue) <= set(draft.content)
        for other in drafts
    )


_OUTER = frozenset("\"“”„«»'‘’,;:—–- ")


def _trimmed(doc: Doc, draft: Draft, skipped: frozenset[int]) -> Draft:
    """Take quotation marks, commas and passed-over words off the content's outer borders."""
    places = [place for place in draft.content if place not in skipped]
    kept: list[int] = []
    for start, end in runs_of(places):
        first, last = start, end
        while first < last and (doc[first].is_space or set(doc[first].text) <= _OUTER):
            first += 1
        while last > first and (doc[last - 1].is_space or set(doc[last - 1].text) <= _OUTER):
            last -= 1
        kept.extend(range(first, last))
    content = tuple(kept) if _words_of(doc, kept) else ()
    return replace(
        draft, content=content, source=tuple(place for place in draft.source if place not in skipped)
    )


def speech_of(doc: Doc, content: Sequence[int], quotations: Sequence[Quotation]) -> Speech:
    """Return whether a content is given word for word, in the reporter's words, or partly."""
    words = _words_of(doc, content)
    quoted = sum(_in_any(place, quotations) for place in words)
    if quoted == 0:
        return "indirect"
    return "direct" if quoted >= 0.9 * len(words) else "mixed"
