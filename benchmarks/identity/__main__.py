"""Measure how well things are known again across articles, in B³, and hold that against floors.

    python -m benchmarks.identity [--corpora CORPORA] [--pin]

Of the namesakes (tests/namesakes), the parts "tune" and "wide" were looked at, and the weights are fitted on
them; of "check" nobody who works on the resolver has read a text, and of "fresh", which is as hard as "wide",
nobody has looked at what is wrong. Each is measured twice: with the names and things of the gold, which is
the resolver by itself, and as the product reads the articles, where names that are missed and things that
are mixed up within an article count against it. With CORPORA, which holds amir-zeldes+gum, the linked
entities of GUM are measured by their names alone; two thirds of its judged pairs are alike in name.

Exit status 1 if a figure is below its floor; --pin writes the floors anew.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.identity.measure import Figures, figures, resolved
from benchmarks.identity.sets import PARTS, gold_extraction, names_only, read_gum, read_namesakes
from flows.workers import load_extract

FLOORS = Path(__file__).with_name("floors.json")
MARGIN = 0.005  # that a floor is below what was measured: another library may round otherwise


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, help="measure GUM, too")
    parser.add_argument("--pin", action="store_true", help="write the floors anew")
    options = parser.parse_args(arguments)
    measured = measure_namesakes()
    if options.corpora is not None:
        gold = read_gum(options.corpora)
        measured["GUM, names alone"] = figures(gold, resolved([names_only(one) for one in gold]))
    show(measured)
    values = {
        f"{name}: {part}": getattr(one, part)
        for name, one in measured.items()
        for part in ("precision", "recall")
    }
    if options.pin:
        floors = {name: round(value - MARGIN, 3) for name, value in values.items() if "GUM" not in name}
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n", "utf-8")
        return 0
    floors = json.loads(FLOORS.read_text("utf-8"))
    broken = [
        f"{name}: {values[name]:.3f} is below its floor, {floor}"
        for name, floor in floors.items()
        if values[name] < floor
    ]
    print("\n".join(broken) or f"all {len(floors)} floors hold")
    return int(bool(broken))


def measure_namesakes() -> dict[str, Figures]:
    """Return the figures for all parts, by the resolver alone and by the whole product."""
    extract, measured = load_extract(), dict[str, Figures]()
    for part in PARTS:
        gold = read_namesakes(part)
        read = list(extract([one.article for one in gold]))
        alone = [gold_extraction(one, told) for one, told in zip(gold, read, strict=True)]
        measured[f"{part}, resolver"] = figures(gold, resolved(alone))
        measured[f"{part}, product"] = figures(gold, resolved(read))
    return measured


def show(measured: dict[str, Figures]) -> None:
    print(f"{'':<20}{'precision':>10}{'lenient':>10}{'recall':>10}{'found':>10}")
    for name, one in measured.items():
        print(f"{name:<20}{one.precision:>10.3f}{one.lenient:>10.3f}{one.recall:>10.3f}{one.found:>10.3f}")


if __name__ == "__main__":
    raise SystemExit(main())
