"""Fail when the challenge set or the battery is read worse than it was when the floors were pinned.

    python -m benchmarks.quality.gate [--model DIR]                          exit 1, a line for each breach
    python -m benchmarks.quality.gate --pin [--allow-lower] [--model DIR]    write floors: what is there now

A floor is a total of benchmarks.quality.challenge, of benchmarks.quality.battery ("battery: …") or of
benchmarks.quality.linking ("linking: …", the part that nothing was tuned on), less a margin; of what must not
be there (``absent``, wrongly merged, leaks) the count is a ceiling without a margin. Floors hold for the
passages that they were measured on: floors.json keeps their hash. It keeps the model's, too, for whoever asks
where they are from.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from math import floor
from pathlib import Path

from benchmarks.quality.battery import FOLDER as BATTERY
from benchmarks.quality.battery import LEAKS
from benchmarks.quality.battery import total_of as battery_scores
from benchmarks.quality.challenge import total_of
from benchmarks.quality.challenge_counts import Violations
from benchmarks.quality.counts import Scores
from benchmarks.quality.linking import FOLDER as LINKING
from benchmarks.quality.linking import score_part
from benchmarks.quality.meetings import FOLDER as MEETINGS
from benchmarks.quality.meetings import load_meetings
from benchmarks.quality.meetings import score as score_meetings
from benchmarks.quality.product import Product
from benchmarks.quality.score import THREADS
from extractors.network import MODEL_DIR, model_hash
from tests.challenge.passages import FOLDER

FLOORS = Path(__file__).with_name("floors.json")
MARGIN = 0.01  # what another processor or a passage more or less may cost
_PIN = "python -m benchmarks.quality.gate --pin"
_F1 = ("names", "values", "attributions")
_RECALL_AND_PRECISION = ("weapons",)


@dataclass(frozen=True, slots=True)
class Totals:
    """The measures of all passages together: those that have a floor, and counts that have a ceiling."""

    values: dict[str, float]
    violations: dict[str, int]

    def __or__(self, other: Totals) -> Totals:
        return Totals(self.values | other.values, self.violations | other.violations)


@dataclass(frozen=True, slots=True)
class Pinned:
    """What floors.json holds."""

    gold: str  # hash of the passages
    model: str  # hash of the model that it was measured with
    floors: dict[str, float]
    ceilings: dict[str, int]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=MODEL_DIR)
    parser.add_argument("--floors", type=Path, default=FLOORS)
    parser.add_argument("--pin", action="store_true", help="write floors from what is measured now")
    parser.add_argument("--allow-lower", action="store_true", help="with --pin: lower ones, too")
    options = parser.parse_args(arguments)
    old, gold = read_floors(options.floors), gold_hash(FOLDER, BATTERY, LINKING, MEETINGS)
    if not options.pin and (old is None or old.gold != gold):
        print(f"{options.floors} was not pinned for these passages; look at the totals, then: {_PIN}")
        return 1
    totals = measured(options.model)
    if options.pin:
        new = pinned_from(totals, gold, model_hash(options.model))
        return pin(options.floors, old, new, allow_lower=options.allow_lower)
    return check(old, totals)


def check(old: Pinned, totals: Totals) -> int:
    """Print what is broken and return the exit status."""
    lines = broken(old, totals)
    print("\n".join(lines) or f"all {len(old.floors) + len(old.ceilings)} floors hold")
    return 1 if lines else 0


def pin(path: Path, old: Pinned | None, new: Pinned, *, allow_lower: bool) -> int:
    """Write new floors, unless one of them is lower and that is not allowed; return the exit status."""
    lines = [] if old is None else lowered(old, new)
    if lines and not allow_lower:
        print("\n".join([*lines, "nothing is written; to lower floors: --pin --allow-lower"]))
        return 1
    path.write_text(json.dumps(asdict(new), indent=2) + "\n", encoding="utf-8")
    print("\n".join([*lines, f"{path}: {len(new.floors)} floors and {len(new.ceilings)} ceilings"]))
    return 0


# --- What is measured -------------------------------------------------------------------------------------


def measured(model_dir: Path) -> Totals:
    """Return what a model is worth on all sets."""
    product = Product.load(model_dir, threads=THREADS)
    totals = totals_from(total_of(product)) | battery_totals(battery_scores(product))
    totals |= meeting_totals(score_meetings(product, load_meetings()))
    return totals | linking_totals(score_part("check", product.nlp))


def totals_from(scores: Scores) -> Totals:
    counts = scores.counts
    values = {f"{name} F1": counts[name].f1 for name in _F1 if name in counts}
    for name in _RECALL_AND_PRECISION:
        if name in counts:
            values |= {f"{name} recall": counts[name].recall, f"{name} precision": counts[name].precision}
    violations = {}
    for name, share in sorted(scores.shares.items()):
        if isinstance(share, Violations):
            violations[name] = share.hits
        else:
            values[name] = share.hits / max(1, share.total)
    return Totals(values, violations)


def meeting_totals(scores: Scores) -> Totals:
    """Return how far those who speak of one thing meet, under names of their own."""
    meetings = scores.counts["meetings"]
    values = {"meetings: precision": meetings.precision, "meetings: recall": meetings.recall}
    return Totals(values, {})


def battery_totals(scores: Scores) -> Totals:
    """Return the measures of the battery, under names of their own."""
    relations, stance, leaks = scores.counts["relations"], scores.shares["stance"], scores.shares[LEAKS]
    values = {
        "battery: attributions F1": scores.counts["attributions"].f1,
        "battery: relations precision": relations.precision,
        "battery: relations recall": relations.recall,
        "battery: stance": stance.hits / max(1, stance.total),
    }
    return Totals(values, {f"battery: {LEAKS}": leaks.hits})


def linking_totals(scores: Scores) -> Totals:
    """Return the measures of links to known things."""
    counts = scores.counts
    values = {f"linking: {name} precision": counts[name].precision for name in ("links", "identifiers")}
    return Totals(values | {"linking: links recall": counts["links"].recall}, {})


def pinned_from(totals: Totals, gold: str, model: str) -> Pinned:
    floors = {measure: floor_under(value) for measure, value in totals.values.items()}
    return Pinned(gold, model, floors, dict(totals.violations))


def floor_under(value: float) -> float:
    """Return a value less the margin, rounded down to three digits: 0.8567 gives 0.846."""
    thousandths = round((value - MARGIN) * 1000, 6)  # 0.85 - 0.01 is a hair less than 0.84
    return max(0, floor(thousandths)) / 1000


# --- Against what was pinned ------------------------------------------------------------------------------


def broken(old: Pinned, totals: Totals) -> list[str]:
    """Return a line for each floor that a measure is under, and each ceiling that a count is over."""
    lines = []
    for measure, least in old.floors.items():
        if (value := totals.values.get(measure)) is None:
            lines.append(f"{measure}: not measured any more, floor {least:.3f}")
        elif value < least:
            lines.append(f"{measure}: {value:.4f} is under its floor {least:.3f}")
    for measure, most in old.ceilings.items():
        if (number := totals.violations.get(measure, 0)) > most:
            lines.append(f"{measure}: {number} is over its ceiling {most}")
    return lines


def lowered(old: Pinned, new: Pinned) -> list[str]:
    """Return a line for each floor that would be lower than it is, and each ceiling that would be higher."""
    lines = [
        f"{measure}: floor {least:.3f} would fall to {new.floors.get(measure, 0.0):.3f}"
        for measure, least in old.floors.items()
        if new.floors.get(measure, 0.0) < least
    ]
    return lines + [
        f"{measure}: ceiling {most} would rise to {new.ceilings[measure]}"
        for measure, most in old.ceilings.items()
        if new.ceilings.get(measure, 0) > most
    ]


# --- Files ------------------------------------------------------------------------------------------------


def gold_hash(*folders: Path) -> str:
    """Return the sha256 over the names and bytes of the passages' files."""
    digest = sha256()
    for path in (
        path for folder in folders for path in sorted([*folder.glob("*.toml"), *folder.glob("*.jsonl")])
    ):
        digest.update(f"{path.name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def read_floors(path: Path) -> Pinned | None:
    """Return what is pinned, ``None`` if nothing is yet."""
    if not path.exists():
        return None
    return Pinned(**json.loads(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    sys.exit(main())
