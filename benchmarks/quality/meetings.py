"""Score how the shipped model brings together who speaks of the same thing.

    python -m benchmarks.quality.meetings [--model DIR] [--errors N]

The passages (tests/meetings/) list which attributions are on one thing, with which stances. Counted are pairs
of attributions of a passage: two on the same proposition of ours against two on the same thing of the gold,
each with the right stance. What the article itself says is not judged.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from benchmarks.quality.counts import Scores
from benchmarks.quality.gold_texts import GoldText
from benchmarks.quality.product import Product
from benchmarks.quality.score import THREADS, show
from extractors.network import MODEL_DIR
from newsgraph.records import Extraction, Stance

FOLDER = Path(__file__).parents[2] / "tests" / "meetings"
STANCES: Mapping[str, Stance] = {"asserts": "asserts", "denies": "denies", "open": "undetermined"}
Pair = frozenset[tuple[int, Stance]]  # place of a cue, and its stance


@dataclass(frozen=True, slots=True)
class Meeting:
    """A passage with the things that several voices in it speak of."""

    id: str
    text: str
    things: tuple[Mapping[str, Sequence[str]], ...]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=MODEL_DIR)
    parser.add_argument("--errors", type=int, default=0, help="samples to print of each kind of error")
    options = parser.parse_args(arguments)
    meetings = load_meetings()
    product = Product.load(options.model, threads=THREADS)
    show(f"all {len(meetings)} passages", score(product, meetings), options.errors)


def load_meetings() -> list[Meeting]:
    """Return the passages of the file."""
    given = tomllib.loads((FOLDER / "passages.toml").read_text(encoding="utf-8"))["passage"]
    return [Meeting(one["id"], one["text"].strip(), tuple(one["things"])) for one in given]


def score(product: Product, meetings: Sequence[Meeting]) -> Scores:
    """Return how many pairs are right, ours, and the gold's."""
    scores = Scores()
    texts = [GoldText(one.id, one.text) for one in meetings]
    for meeting, (_, reading) in zip(meetings, product.read(texts), strict=True):
        wanted, ours = set(gold_pairs(meeting)), set(own_pairs(reading.extraction, meeting))
        scores.add("meetings", len(wanted & ours), len(ours), len(wanted))
        for kind, pairs in (("meeting missed", wanted - ours), ("meeting that is none", ours - wanted)):
            for pair in sorted(pairs, key=sorted):
                shown = ", ".join(f"“{meeting.text[place:][:20]}” {stance}" for place, stance in sorted(pair))
                scores.error(kind, f"{meeting.id}: {shown}")
    return scores


def gold_pairs(meeting: Meeting) -> Iterator[Pair]:
    for thing in meeting.things:
        voices = [(place_of(cue, meeting.text), STANCES[key]) for key, cues in thing.items() for cue in cues]
        yield from map(frozenset, combinations(voices, 2))


def own_pairs(read: Extraction, meeting: Meeting) -> Iterator[Pair]:
    """Yield the pairs of an extraction, each voice where the gold's cue stands, if there is one."""
    places = [
        place_of(cue, meeting.text) for thing in meeting.things for cues in thing.values() for cue in cues
    ]
    cues = {one.id: one.cue or one.content for one in read.attributions}
    for proposition in read.propositions:
        voices = set[tuple[int, Stance]]()
        for voice in proposition.voices:
            if voice.attribution is not None:
                own = cues[voice.attribution]
                within = [place for place in places if any(start <= place < end for start, end in own)]
                voices.add((within[0] if within else own[0].start, voice.stance))
        yield from map(frozenset, combinations(sorted(voices), 2))


def place_of(cue: str, text: str) -> int:
    """Return where a cue stands: "said#2" is the second "said".

    Raises:
        ValueError: If it does not stand there so often.
    """
    word, _, number = cue.partition("#")
    place = -1
    for _ in range(int(number or 1)):
        place = text.index(word, place + 1)
    return place


if __name__ == "__main__":
    main()
