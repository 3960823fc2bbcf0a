"""Who says what: the reader's marks (source, cue, content) put together to whole attributions.

The network marks words (drafts.py); here quotations over several paragraphs are joined to one content and
twins are merged; who speaks through whom is told in sources.py. Entities are attached in statements.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.appended import with_appended
from extractors.clauses import told_around
from extractors.drafts import Draft, drafts_of, in_any, near, owns, share, words_of
from extractors.frames import violent_verbs
from extractors.further_voices import parted, with_answers, with_quoted
from extractors.laid_out import with_laid_out
from extractors.quotations import MARK_CHARACTERS, Quotation
from extractors.relays import is_relay_only, names_relay, with_relay
from extractors.sources import (
    asked,
    passed_on,
    said_before,
    source_of,
    spoken,
    with_cited,
    with_source,
    without_accused,
)
from extractors.spans import name_around, runs_of
from extractors.stance import main_verb
from extractors.words import Doc
from newsgraph.records import Speech

_REPEATING = frozenset({"repeat", "reiterate", "renew", "restate", "reaffirm", "echo"})
_ENDS = frozenset({".", "!", "?"})
_SPEECH = 4  # words: fewer in marks may be a title
_SAME = 0.6  # overlap from which two attributions with one cue or source are twins


def find_attributions(doc: Doc, quotations: Sequence[Quotation], skipped: frozenset[int]) -> list[Draft]:
    """Return the attributions of a Doc in the order of their contents."""
    doubles = [quotation for quotation in quotations if quotation.is_double]
    drafts = [_of_its_line(doc, draft) for draft in drafts_of(doc, quotations)]
    drafts = _continued(doc, _without_twins(drafts), doubles)
    drafts = [_without_another_paragraph(doc, draft, doubles) for draft in drafts]
    drafts = with_laid_out(doc, drafts, skipped)
    drafts = [asked(doc, without_accused(doc, with_source(doc, one))) for one in _without_others(doc, drafts)]
    drafts = with_answers(doc, parted(doc, drafts, doubles), doubles)
    drafts = with_appended(doc, with_quoted(doc, drafts))
    drafts = _of_repeated(doc, [*drafts, *spoken(doc, drafts)])
    drafts += [inner for draft in drafts if (inner := passed_on(doc, draft, drafts)) is not None]
    relaying = [draft for draft in drafts if names_relay(doc, draft.source)]
    drafts = [with_relay(doc, draft, relaying) for draft in with_cited(doc, drafts)]
    drafts = [draft for draft in drafts if not is_relay_only(doc, draft, drafts)]
    drafts = [_with_rest(doc, _of_who_adds(doc, draft, drafts), doubles) for draft in drafts]
    drafts = [_trimmed(doc, draft, skipped, doubles) for draft in drafts]
    return sorted((draft for draft in drafts if draft.content), key=lambda draft: (draft.content, draft.cue))


def _without_twins(drafts: Sequence[Draft]) -> list[Draft]:
    """Of attributions that share cue words and content, keep the surest; of equal ones the first."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: -draft.confidence):
        if not any(_are_twins(draft, other) for other in kept):
            kept.append(draft)
    return sorted(kept, key=lambda draft: draft.content)


def _without_others(doc: Doc, drafts: Sequence[Draft]) -> list[Draft]:
    """Take from each content the pieces that are another's: its cue is outside, and no farther."""
    kept = []
    contents = [frozenset(draft.content) for draft in drafts]
    holding: defaultdict[int, list[tuple[Draft, frozenset[int]]]] = defaultdict(list)  # by word
    for draft, content in zip(drafts, contents, strict=True):
        held = draft, content
        for place in content:
            holding[place].append(held)
    for draft, content in zip(drafts, contents, strict=True):
        pieces = runs_of(content)
        own = [run for run in pieces if not _is_anothers(doc, draft, run, holding)]
        places = tuple(place for run in own or pieces for place in range(*run))
        kept.append(draft if places == draft.content else replace(draft, content=places))
    return kept


def _is_anothers(
    doc: Doc, draft: Draft, run: tuple[int, int], holding: Mapping[int, list[tuple[Draft, frozenset[int]]]]
) -> bool:
    """Say whether another content holds the words of a piece and more, and its cue is no farther."""
    words = words_of(doc, range(*run))
    others = [
        one
        for one, other in (holding[words[0]] if words else ())
        if one is not draft
        and len(other) > len(words)
        and other.issuperset(words)
        and not set(draft.content) & {*one.cue}
    ]
    return bool(others) and min(_gap(doc, one, run) for one in others) <= _gap(doc, draft, run)


def _gap(doc: Doc, draft: Draft, run: tuple[int, int]) -> tuple[bool, int]:
    """Say whether a piece is in no sentence of a cue, and how many words stand between them."""
    ends = [doc[place].sent for place in (run[0], run[1] - 1)]
    words = (max(run[0] - place - 1, place - run[1], 0) for place in draft.cue)
    return not any(doc[place].sent in ends for place in draft.cue), min(words, default=0)


def _of_repeated(doc: Doc, drafts: list[Draft]) -> list[Draft]:
    """Let who repeats a denial deny what it does: "she repeated its denial that …"; an own one is one."""
    kept, gone = list(drafts), set[int]()
    for number, draft in enumerate(drafts):
        verbs = [doc[place] for place in draft.cue if doc[place].lemma_.lower() in _REPEATING]
        nouns = {child.i for verb in verbs for child in verb.children if child.dep_ == "obj"}
        for other, inner in enumerate(drafts) if nouns else ():
            repeated = nouns.intersection(inner.cue)
            if repeated and set(inner.content) < set(draft.content):
                kept[number] = replace(
                    draft, cue=tuple(sorted({*draft.cue, *repeated})), content=inner.content
                )
                if all(doc[place].tag_ == "PRP$" for place in inner.source):
                    gone.add(other)
    return [draft for number, draft in enumerate(kept) if number not in gone]


def _of_who_adds(doc: Doc, draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Give what is added to whoever spoke before: "fired, the mayor said, adding that"."""
    heads = {
        doc[place].head.i for place in draft.cue if doc[place].tag_ == "VBG" and doc[place].dep_ == "advcl"
    }
    if not heads:
        return draft
    sources = [
        one.source for one in drafts if one.source and heads & {*one.cue} and one.cue[-1] < draft.cue[0]
    ]
    return replace(draft, source=sources[0]) if sources and not set(sources[0]) & {*draft.content} else draft


def _with_rest(doc: Doc, draft: Draft, quotations: Sequence[Quotation]) -> Draft:
    """Give a content what follows behind its cue and only what is told can have done.

    "A vessel fired at the boat, the coast guard said, wounding four": the tree hangs "wounding" on "said".
    "He had the van, the statement said, but denied having hit her": what is joined to what is told. Behind a
    quotation, or of words that people may do by speaking ("said, adding"), it is left there.
    """
    cues = {place for place in draft.cue if doc[place].pos_ == "VERB"}
    words = words_of(doc, draft.content)
    if not cues or not words or in_any(words[-1], quotations):
        return draft
    told = main_verb(list(map(doc.tokens.__getitem__, draft.content)))
    if told is None or told.head.i not in cues or told.i > told.head.i or told.dep_ != "ccomp":
        return draft
    added = set(draft.content)
    for child in told.head.rights:
        is_outcome = child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_.lower() in violent_verbs()
        if is_outcome and child.left_edge.i >= child.i - 1 and doc[child.i - 1].text == ",":
            added.update(range(child.i, child.right_edge.i + 1))
    for child in (*told.rights, *(one for one in told.head.rights if told_around(one) == told)):
        if child.dep_ == "conj" and child.left_edge.i > draft.cue[-1] >= told.i:
            added.update(range(child.left_edge.i, child.right_edge.i + 1))
    return replace(draft, content=tuple(sorted(added)))


def _of_its_line(doc: Doc, draft: Draft) -> Draft:
    """Give a cue that ends its line the clause before it, not the next paragraph: "…, doctors say ¶"."""
    if not draft.cue or not draft.content or draft.cue[-1] >= draft.content[0]:
        return draft
    between = [doc[place].text for place in range(draft.cue[-1], draft.content[0])]
    if not any("\n" in text for text in between) or ":" in between:
        return draft
    for verb in (doc[place] for place in draft.cue):
        clauses, voices = said_before(verb)
        if clauses and voices:
            content = tuple(token.i for token in clauses[0].subtree)
            return replace(draft, content=content, source=source_of(voices[0], {verb.i, *content}))
    return draft


def _are_twins(left: Draft, right: Draft) -> bool:
    if left.content[-1] < right.content[0] or right.content[-1] < left.content[0]:
        return False
    a, b = set(left.content), set(right.content)
    if set(left.cue) <= b or set(right.cue) <= a:
        return False  # "according to Reuters, the Kremlin claimed …": one inside the other
    overlap = len(a & b) / len(a | b)
    return (
        overlap >= _SAME and bool(set(left.cue) & set(right.cue) or set(left.source) & set(right.source))
    ) or overlap > 0.9


def _continued(doc: Doc, drafts: list[Draft], quotations: Sequence[Quotation]) -> list[Draft]:
    """Give quotations that nobody owns to whoever spoke before them, or in the paragraph before."""
    owner: dict[int, int] = {}  # quotation -> draft
    for number, quotation in enumerate(quotations):
        shares = [(share(quotation, draft.content), -index) for index, draft in enumerate(drafts)]
        _, index = max(shares, default=(0.0, 0))
        if drafts and owns(quotation, drafts[-index].content):
            owner[number] = -index
            continue
        before = _goes_on(doc, number, quotations)
        speaker = (
            _speaking_on(doc, number, quotations, drafts, owner) if before is None else owner.get(before)
        )
        if speaker is not None:
            owner[number] = speaker
            added = range(quotation.start, quotation.end)
            grown = drafts[owner[number]]
            drafts[owner[number]] = replace(grown, content=tuple(sorted({*grown.content, *added})))
    return drafts


def _speaking_on(
    doc: Doc,
    number: int,
    quotations: Sequence[Quotation],
    drafts: Sequence[Draft],
    owner: Mapping[int, int],
) -> int | None:
    """Return whose draft a quotation is of that opens a sentence behind his words: "…," said Roe. "We …".

    Nobody else may have spoken in between.
    """
    this, before = quotations[number], quotations[number - 1] if number else None
    if before is None or before.paragraph != this.paragraph or number - 1 not in owner:
        return None
    opens = doc[this.start - 2].text in _ENDS and doc[this.start].text[0].isupper()
    if not opens or len(words_of(doc, range(this.start, this.end))) < _SPEECH:
        return None
    between = range(before.end, this.start)
    cues = [(max(one.cue), index) for index, one in enumerate(drafts) if set(one.cue) & set(between)]
    speaker = drafts[owner[number - 1]]
    if not cues or not set(speaker.cue) & set(between):
        return None
    _, last = max(cues)
    return last if drafts[last].source == speaker.source else None


def _without_another_paragraph(doc: Doc, draft: Draft, quotations: Sequence[Quotation]) -> Draft:
    """Take from a content a quotation of a paragraph in which somebody else acts: "“We shall see.” Roe left".

    Not what goes on from the paragraph before.
    """
    gone = set[int]()
    for number, one in enumerate(quotations):
        if not draft.cue or not owns(one, draft.content) or draft.cue[-1] > one.start:
            continue
        is_apart = one.opens_paragraph and "\n" in doc[draft.cue[-1] : one.start].text
        if is_apart and _goes_on(doc, number, quotations) is None and _acts_behind(doc, one, draft):
            gone.update(range(one.start, one.end))
    kept = [place for place in draft.content if place not in gone]
    if not gone or not words_of(doc, kept):
        return draft
    return replace(draft, content=tuple(kept[:-1] if doc[kept[-1]].text == "." else kept))


def _acts_behind(doc: Doc, quotation: Quotation, draft: Draft) -> bool:
    """Say whether a sentence behind a quotation opens with the name of somebody other than who speaks."""
    first = next((token for token in doc[quotation.end + 1 : quotation.end + 3] if not token.is_punct), None)
    if first is None or first.is_space or first.ent_type_ != "PERSON" or not quotation.is_closed:
        return False
    name = [doc[place] for place in name_around(doc, first.i)]
    spoken = {doc[place].lower_ for place in draft.source}
    return any(one.dep_ == "nsubj" for one in name) and not {one.lower_ for one in name} & spoken


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


_OUTER = MARK_CHARACTERS | frozenset(",;:—–- ")


def _trimmed(doc: Doc, draft: Draft, skipped: frozenset[int], quotations: Sequence[Quotation]) -> Draft:
    """Take quotation marks, commas and passed-over words off the content's outer borders."""
    places = [place for place in draft.content if place not in skipped]
    kept: list[int] = []
    for start, end in runs_of(places):
        first, last = start, end
        while first < last and (doc[first].is_space or set(doc[first].text) <= _OUTER):
            first += 1
        while last > first and (doc[last - 1].is_space or _is_outer(doc, last - 1)):
            last -= 1
        kept.extend(range(*_with_both_marks(first, last, quotations)))
    content = tuple(kept) if words_of(doc, kept) else ()
    source = tuple(place for place in draft.source if place not in skipped)
    is_same = content == draft.content and source == draft.source
    return draft if is_same else replace(draft, content=content, source=source)


def _with_both_marks(first: int, last: int, quotations: Sequence[Quotation]) -> tuple[int, int]:
    """Return a piece of a content with the other mark of each quotation of which it has one."""
    for one in quotations:
        if first < one.start and one.end == last and one.is_closed:
            return first, last + 1
        if first == one.start and one.end < last:
            return first - 1, last
    return first, last


def _is_outer(doc: Doc, place: int) -> bool:
    """Say whether a word behind a content is none of it; a comma before a closing mark was quoted, too."""
    text = doc[place].text
    is_quoted = (
        text not in MARK_CHARACTERS and place + 1 < len(doc) and set(doc[place + 1].text) <= MARK_CHARACTERS
    )
    return set(text) <= _OUTER and not is_quoted


def speech_of(doc: Doc, content: Sequence[int], quotations: Sequence[Quotation]) -> Speech:
    """Return whether a content is given word for word, in the reporter's words, or partly."""
    words = words_of(doc, content)
    around = near(content, quotations)
    inside = {place for one in around for place in range(one.start, one.end)}
    quoted = sum(place in inside for place in words)
    if quoted == 0:
        return "indirect"
    return "direct" if quoted >= 0.9 * len(words) else "mixed"
