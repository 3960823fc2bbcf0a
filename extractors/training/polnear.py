"""PolNeAR (attributions), in brat's stand-off format, https://brat.nlplab.org/standoff.html."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.training.names_common import Text
from extractors.training.samples import CorpusError, GoldAttribution, Part, Sample

CharSpans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CharAttribution:
    """An attribution as brat has it: characters ``[start, end)`` of its parts, several pieces each."""

    source: CharSpans = ()
    cue: CharSpans = ()
    content: CharSpans = ()


def read_polnear(root: Path, part: Part) -> Iterator[Sample]:
    """Yield the articles of PolNeAR, each with the annotator who found most."""
    folder = root / "networkdynamics+PolNeAR/data" / part
    by_article: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        by_article[path.stem.rpartition("_")[0]].append(path)
    for text_path in sorted((folder / "text").glob("*.txt")):
        readings = [read_standoff(path) for path in by_article[text_path.stem]]
        if readings:
            yield _article_sample(text_path, max(readings, key=len))  # the first of equals


def read_standoff(path: Path) -> list[CharAttribution]:
    """Return the attributions of a brat file; notes and torn lines are passed over."""
    spans: dict[str, CharSpans] = {}
    events: list[str] = []
    with path.open(encoding="utf-8", newline="") as lines:
        for number, line in enumerate(lines, start=1):
            columns = line.rstrip("\r\n").split("\t")
            if re.fullmatch(r"T\d+", columns[0]) and len(columns) > 1:
                spans[columns[0]] = _char_spans(path, number, columns[1])
            elif re.fullmatch(r"E\d+", columns[0]) and len(columns) > 1:
                events.append(columns[1])
    found = [_char_attribution(event, spans) for event in events]
    return [attribution for attribution in found if attribution != CharAttribution()]


def _char_spans(path: Path, number: int, cell: str) -> CharSpans:
    try:
        pieces = [piece.split() for piece in cell.split(" ", 1)[1].split(";")]
        return tuple((int(start), int(end)) for start, end in pieces)
    except (ValueError, IndexError) as error:
        raise CorpusError(f"{path}:{number}: {cell!r} does not name characters") from error


def _char_attribution(event: str, spans: dict[str, CharSpans]) -> CharAttribution:
    parts: defaultdict[str, CharSpans] = defaultdict(tuple)
    for argument in event.split()[1:]:
        role, _, span_id = argument.partition(":")
        parts[role.rstrip("0123456789")] += spans.get(span_id, ())
    return CharAttribution(parts["Source"], parts["Cue"], parts["Content"])


def _article_sample(text_path: Path, attributions: Sequence[CharAttribution]) -> Sample:
    text = Text.of(text_path.read_bytes().decode("utf-8"))  # as bytes: offsets count all of a line's end
    gold = (
        GoldAttribution(*(_words_in(spans, text) for spans in (found.source, found.cue, found.content)))
        for found in attributions
    )
    return Sample(
        corpus="polnear",
        id=text_path.stem,
        words=text.words,
        gaps=text.gaps,
        attributions=tuple(sorted(set(gold) - {GoldAttribution((), (), ())}, key=_first_word)),
    )


def _words_in(spans: CharSpans, text: Text) -> tuple[int, ...]:
    """Return the words that share a character with any of the spans."""
    return tuple(sorted({index for start, end in spans for index in text.word_at[start:end]} - {-1}))


def _first_word(attribution: GoldAttribution) -> tuple[int, ...]:
    return tuple(sorted(attribution.cue + attribution.source + attribution.content))
