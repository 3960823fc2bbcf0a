"""Links to known things: what a mention is said to be, against what it is, on passages written blind.

    python -m benchmarks.quality.linking [tune | check] [--quiet]
    python -m benchmarks.quality.linking --speed FILE...       the share of time that it takes

The passages and their form are told in tests/linking/README.md. A link counts where its mention overlaps the
gold one by half. It is right if its identifier is one of the gold ones, or, where either has none, if one of
its names is the gold name; a weapon's designation may stand in a longer gold name. On a mention that means
nothing known every link is wrong. Precision: of the links given at gold mentions, how many are right. Recall:
of the gold mentions of known things, how many have a right link. The second line of figures is on identifiers
alone.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import process_time

from spacy.language import Language

from benchmarks.quality.attributions import HALF, letters_of, overlap
from benchmarks.quality.counts import Scores
from benchmarks.quality.excerpts import excerpt
from extractors.linking import links_of
from extractors.pipeline import extract, load_pipeline
from extractors.statements import things_of
from newsgraph.gazetteer import WIKIDATA, load_gazetteer, plain_name, thing_of
from newsgraph.records import Article, Entity, Extraction, TextSpan

FOLDER = Path(__file__).parents[2] / "tests" / "linking" / "passages"
PARTS = ("tune", "check")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a mention may be: an identifier, a name, or both."""

    wikidata: str | None
    known: str


@dataclass(frozen=True, slots=True)
class GoldLink:
    """A mention and what it is; no answers: nothing known."""

    span: TextSpan
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A short text with all its mentions."""

    id: str
    published: date
    text: str
    links: tuple[GoldLink, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", nargs="?", choices=PARTS, default="tune")
    parser.add_argument("--speed", nargs="+", type=Path, metavar="FILE", help="measure time on these texts")
    parser.add_argument("--quiet", action="store_true", help="print the figures, not the errors")
    options = parser.parse_args(arguments)
    if options.speed:
        print(f"linking takes {share_of_reading(options.speed):.1%} of the time of nlp.pipe")
        return 0
    scores = score_part(options.part, load_pipeline())
    if not options.quiet:
        print("\n".join(f"{kind}: {line}" for kind, lines in sorted(scores.errors.items()) for line in lines))
    for name in ("links", "identifiers"):
        counts = scores.counts[name]
        print(
            f"{name}: precision {counts.precision:.3f} ({counts.hits:.0f} of {counts.predicted}),"
            f" recall {counts.recall:.3f} (of {counts.gold})"
        )
    return 0


def share_of_reading(files: Sequence[Path]) -> float:
    """Return the time that links take over that of the pipeline before them, on the same texts."""
    nlp, linking = load_pipeline(), 0.0
    load_gazetteer()
    begun = process_time()
    docs = list(nlp.pipe(path.read_text(encoding="utf-8") for path in files))
    reading = process_time() - begun
    for doc in docs:
        things = things_of(doc)
        begun = process_time()
        links_of(doc, things, None)
        linking += process_time() - begun
    return linking / reading


def score_part(part: str, nlp: Language) -> Scores:
    """Return what the product is worth on a part of the passages."""
    passages = list(read_passages(FOLDER / f"{part}.jsonl"))
    articles = [Article(one.id, one.text, published=one.published) for one in passages]
    scores = Scores()
    for passage, read in zip(passages, extract(nlp, articles), strict=True):
        for gold in passage.links:
            score_link(scores, read, gold)
    return scores


def read_passages(path: Path) -> Iterator[Passage]:
    for line in path.read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        links = tuple(_gold_link(given["text"], one) for one in given["mentions"])
        yield Passage(given["id"], date.fromisoformat(given["published"]), given["text"], links)


def _gold_link(text: str, given: dict[str, object]) -> GoldLink:
    words, place = str(given["text"]), -1
    for _ in range(int(str(given["occurrence"])) + 1):
        place = text.index(words, place + 1 if place < 0 else place + len(words))
    also = given.get("also", [])
    told = [given, *also] if isinstance(also, list) else [given]
    answers = tuple(Answer(one["wikidata"], str(one["known"])) for one in told)
    is_known = given["known"] != "none"
    return GoldLink(TextSpan(place, place + len(words)), answers if is_known else ())


# --- Against what was read --------------------------------------------------------------------------------


def score_link(scores: Scores, read: Extraction, gold: GoldLink) -> None:
    ours = linked_at(read, gold.span)
    is_right = ours is not None and is_answered(ours, gold.answers)
    scores.add("links", int(is_right), int(ours is not None), int(bool(gold.answers)))
    identified = [one.wikidata for one in gold.answers if one.wikidata]
    given = "" if ours is None or not ours.same_as else ours.same_as[0].removeprefix(WIKIDATA)
    is_wrong = bool(given) and given not in identified and not is_right
    scores.add(
        "identifiers",
        int(given in identified),
        int(bool(given) and (is_wrong or given in identified)),
        int(bool(identified)),
    )
    if ours is not None and not is_right:
        scores.error(
            "wrong", f"{excerpt(read.text, *gold.span)}  is {_shown(gold)}, read as {ours.known} {given}"
        )
    elif ours is None and gold.answers:
        scores.error("missed", f"{excerpt(read.text, *gold.span)}  is {_shown(gold)}")


def linked_at(read: Extraction, span: TextSpan) -> Entity | None:
    """Return what is linked at a gold mention."""
    wanted = letters_of(read.text, [span])
    entities = {one.id: one for one in read.entities if one.known}
    for one in read.mentions:
        if one.kind == "name" and one.entity in entities:
            found = letters_of(read.text, [TextSpan(one.start, one.end)])
            if overlap(wanted, found) >= HALF:
                return entities[one.entity]
    return None


def is_answered(ours: Entity, answers: Sequence[Answer]) -> bool:
    """Say whether a link is one of the right ones: by identifier, else by name."""
    identifiers = {one.removeprefix(WIKIDATA) for one in ours.same_as}
    thing = thing_of(ours.known)
    names = {
        plain_name(name) for name in (*(thing.names if thing else ()), thing.name if thing else ours.name)
    }
    for answer in answers:
        if answer.wikidata and identifiers:
            if answer.wikidata in identifiers:
                return True
            continue
        wanted = plain_name(re.sub(r" \(.*\)$", "", answer.known))
        short = plain_name(re.sub(r",.*$", "", answer.known))
        if {wanted, short, plain_name(answer.known)} & names or _is_designated(ours.known, wanted):
            return True
    return False


def _is_designated(key: str, wanted: str) -> bool:
    kind, _, code = key.partition("/")
    return kind == "weapon" and f" {plain_name(code)} " in f" {wanted} "


def _shown(gold: GoldLink) -> str:
    return " / ".join(f"{one.known} {one.wikidata or ''}".strip() for one in gold.answers) or "nothing known"


if __name__ == "__main__":
    sys.exit(main())
