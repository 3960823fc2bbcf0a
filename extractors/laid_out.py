"""Who speaks by the layout alone: the turns of a transcript, signed quotations, headlines with a dash.

"AUSTIN: We spoke. ¶ SHOIGU: We did not.", "“They closed the school.” — Ann Roe" and "Ferry was overloaded -
coast guard" have no verb of saying; the network marks some of them, and lets them run into each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.drafts import Draft, words_of
from extractors.quotations import DOUBLE_MARKS, MARK_CHARACTERS
from extractors.sources import can_speak
from extractors.spans import paragraphs
from extractors.words import FINITE_OR_MODAL, Doc, Token

_BY_LAYOUT = 0.9  # confidence: all 36 of PolNeAR's development part are right
_MARKS = "".join(MARK_CHARACTERS)
_DASHES = frozenset({"―", "—", "–", "-", "--"})
_LABEL, _SIGNATURE = 5, 12  # words, at most
_TURNS = 2  # of a transcript, at least
_VERBS = frozenset({"VERB", "AUX"})


def with_laid_out(doc: Doc, drafts: Sequence[Draft], skipped: frozenset[int]) -> list[Draft]:
    """Return the drafts with those that the layout shows, and cut to these where they run over them."""
    lines = list(_lines(doc, skipped))
    laid = [*_turns(doc, lines), *_signed(doc, lines), *_headline(doc, lines[:1])]
    if not laid:
        return list(drafts)
    cut = (_within(doc, draft, laid) for draft in drafts)
    return [*laid, *(draft for draft in cut if draft is not None)]


def _lines(doc: Doc, skipped: frozenset[int]) -> Iterator[range]:
    for start, end in paragraphs(doc, ()):
        if start not in skipped:
            yield range(start, end)


def _turns(doc: Doc, lines: Sequence[range]) -> Iterator[Draft]:
    """Yield the turns of a transcript: lines that open with somebody's name and a colon.

    One of the names has to be a person's elsewhere in the text, and two have to take turns.
    """
    colons = [_colon_of(doc, line) for line in lines]
    labels = [
        None if colon is None else _unquoted(doc, line, colon)
        for line, colon in zip(lines, colons, strict=True)
    ]
    spoken = {doc[label[-1]].text for label in labels if label}
    if len(spoken) < _TURNS or not any(_is_somebody(doc, label) for label in labels if label):
        return
    for number, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label and (colon := colons[number]) is not None:
            content = [*range(colon + 1, line.stop), *_going_on(doc, lines, labels, number)]
            if words_of(doc, content):
                yield Draft(tuple(label), (colon,), tuple(content), (), _BY_LAYOUT)


def _colon_of(doc: Doc, line: range) -> int | None:
    """Return the colon behind a name in capitals that opens a line."""
    words = _unquoted(doc, line, min(line.stop, line.start + _LABEL + 2))
    colon = next((place for place in words if doc[place].text == ":"), None)
    if colon is None or colon + 1 == line.stop or not (label := _unquoted(doc, line, colon)):
        return None
    is_name = all(doc[place].text.isupper() or doc[place].is_punct for place in label)
    return colon if is_name and len(doc[label[-1]].text) > 1 and doc[label[-1]].text.isupper() else None


def _unquoted(doc: Doc, line: range, end: int) -> range:
    return range(line.start + (doc[line.start].text in DOUBLE_MARKS), end)


def _is_somebody(doc: Doc, label: range) -> bool:
    """Say whether a name in capitals is a person's, written otherwise: "WALLACE" of "Chris Wallace"."""
    name = doc[label[-1]].lower_
    return any(
        token.lower_ == name and token.ent_type_ == "PERSON" and not token.text.isupper() for token in doc
    )


def _going_on(doc: Doc, lines: Sequence[range], labels: Sequence[range | None], number: int) -> Iterator[int]:
    """Yield the words of the lines behind a turn that open with a mark as it does, up to the next turn."""
    if doc[lines[number].start].text not in DOUBLE_MARKS:
        return
    after = next((other for other in range(number + 1, len(lines)) if labels[other]), number)
    for line in lines[number + 1 : after]:
        if doc[line.start].text not in DOUBLE_MARKS or doc[line.start + 1].text == "(":
            return
        yield from range(line.start + 1, line.stop)


def _signed(doc: Doc, lines: Sequence[range]) -> Iterator[Draft]:
    """Yield quotations that fill a line up to a dash and a name: "“They closed it.” — Ann Roe, 34"."""
    tokens = doc.tokens
    for line in lines:
        closing = next(
            (place for place in reversed(line) if tokens[place].text[0] in DOUBLE_MARKS), line.start
        )
        if closing == line.start or doc[line.start].text not in DOUBLE_MARKS:
            continue
        behind = [doc[place] for place in range(closing + 1, line.stop) if not doc[place].is_space]
        if doc[closing].text[1:] in _DASHES:  # "”―" may be one word
            behind.insert(0, doc[closing])
        if not 1 < len(behind) <= _SIGNATURE or behind[0].text.lstrip(_MARKS) not in _DASHES:
            continue
        name = tuple(_name_of(behind[1:]))
        is_told = any(one.pos_ in _VERBS and one.text.islower() for one in behind)  # "” — Roe said so twice"
        if name and not is_told:
            yield Draft(name, (behind[0].i,), tuple(range(line.start + 1, closing)), (), _BY_LAYOUT)


def _headline(doc: Doc, lines: Sequence[range]) -> Iterator[Draft]:
    """Yield what a headline says by its last words: "Ferry was overloaded when it sank - coast guard".

    A name there may be that of the paper, or of the author.
    """
    tokens = doc.tokens
    for line in lines:
        dash = next((place for place in reversed(line) if tokens[place].text in _DASHES), line.start)
        voice, told = range(dash + 1, line.stop), range(line.start, dash)
        if not told or not 0 < len(voice) <= _LABEL or not doc[dash - 1].whitespace_:
            continue
        words = [doc[place] for place in voice]
        is_low = all(word.text.islower() and word.pos_ not in _VERBS for word in words)
        is_told = any(doc[place].tag_ in FINITE_OR_MODAL for place in told)
        if is_low and is_told and can_speak(words[-1]):
            yield Draft(tuple(voice), (dash,), tuple(told), (), _BY_LAYOUT)


def _name_of(words: Sequence[Token]) -> Iterator[int]:
    """Yield the words of a name up to a comma, a bracket or the full stop."""
    for token in words:
        if not token.text[0].isupper():
            return
        yield token.i


def _within(doc: Doc, draft: Draft, laid: Sequence[Draft]) -> Draft | None:
    """Return a draft without what others say by the layout; one inside their words stays there."""
    cue = set(draft.cue)
    for one in laid:
        if cue & {*one.cue, *one.source}:
            return None
        if cue and cue <= set(one.content):
            inside = set(one.content)
            kept = tuple(place for place in draft.content if place in inside)
            source = tuple(place for place in draft.source if place in inside)
            return replace(draft, content=kept, source=source) if words_of(doc, kept) else None
    taken = {place for one in laid for place in (*one.source, *one.cue, *one.content)}
    kept = tuple(place for place in draft.content if place not in taken)
    return replace(draft, content=kept) if words_of(doc, kept) else None
