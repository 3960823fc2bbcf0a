"""Made-up news with known copies: reports, what other outlets make of them, and reports that only look alike.

The same seed gives the same articles. Of every ten stories one is taken over by other outlets with changes,
one grows into an update, of one an excerpt is printed, and three are made from a template.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsgraph.records import Article

PHRASES = Path(__file__).with_name("phrases.toml")
OUTLETS = ("Northern Wire", "Calder Tribune", "Basin Courier", "Aegean Ledger", "Sundvik Telegraph")
CREDITS = ("{} contributed to this report.", "(Reporting by {}; Editing by {})", "By {} and {}")
_SLOT = re.compile(r"\{(\w+)\}")

Sentences = list[str]


@dataclass(frozen=True, slots=True)
class Made:
    """An article, and which others it is a copy of: those of the same family that are no excerpts."""

    article: Article
    family: int
    kind: str  # report, copy, update, excerpt, template


class Newsroom:
    """Writes articles."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._phrases = tomllib.loads(PHRASES.read_text(encoding="utf-8"))

    def articles(self) -> Iterator[Made]:
        """Yield articles without end."""
        family = 0
        stories: tuple[Callable[[], list[tuple[str, Sentences]]], ...] = (
            *(self._lone,) * 4, self._syndicated, self._updated, self._excerpted, *(self._alike,) * 3,
        )  # fmt: skip
        while True:
            for story in stories:
                told = story()
                for number, (kind, sentences) in enumerate(told):
                    yield Made(self._article(f"made-{family}-{number}", sentences), family, kind)
                family += 1

    def _lone(self) -> list[tuple[str, Sentences]]:
        return [("report", self._report())]

    def _alike(self) -> list[tuple[str, Sentences]]:
        template = self.random.choice(self._phrases["templates"])
        return [("template", [self._filled(one) for one in template["sentences"]])]

    def _syndicated(self) -> list[tuple[str, Sentences]]:
        report = self._report()
        copies = [("copy", self._taken_over(report)) for _ in range(self.random.randint(1, 4))]
        return [("report", report), *copies]

    def _updated(self) -> list[tuple[str, Sentences]]:
        report = self._report()
        place = self.random.randrange(len(report))
        return [("report", report), ("update", [*report[:place], *self._report(4), *report[place:]])]

    def _excerpted(self) -> list[tuple[str, Sentences]]:
        report = self._report(30)
        place = self.random.randrange(len(report) - 9)
        return [("report", report), ("excerpt", report[place : place + self.random.randint(6, 9)])]

    def _report(self, size: int | None = None) -> Sentences:
        return [self.sentence() for _ in range(size or self.random.randint(10, 24))]

    def sentence(self) -> str:
        """Return a sentence in which many things could be meant and nothing is told of anybody twice."""
        parts = (self.random.choice(self._phrases[name]) for name in ("leads", "clauses", "tails"))
        return self._filled(" ".join(parts))

    def _filled(self, frame: str) -> str:
        words = _SLOT.sub(lambda match: self._word(match[1]), frame)
        return words[0].upper() + words[1:]

    def _word(self, slot: str) -> str:
        return str(
            self.random.randint(2, 990) if slot == "number" else self.random.choice(self._phrases[slot])
        )

    def _taken_over(self, report: Sentences) -> Sentences:
        """Return a report as another outlet prints it: its end cut, words changed in some sentences."""
        kept = report[: max(6, round(len(report) * self.random.uniform(0.55, 1)))]
        share = self.random.choice((0, 0.1, 0.3, 0.5))
        return [self._edited(one) if self.random.random() < share else one for one in kept]

    def _edited(self, sentence: str) -> str:
        words = sentence.split()
        place = self.random.randrange(1, len(words))
        words[place : place + self.random.randint(0, 2)] = self.random.choice(
            ([], ["also"], ["in", "the", "end"])
        )
        return " ".join(words)

    def _article(self, name: str, sentences: Sequence[str]) -> Article:
        """Set the sentences as some outlet does: dateline, paragraphs, quotation marks, credit."""
        place, outlet = self._word("place"), self.random.choice(OUTLETS)
        dateline = self.random.choice(
            (
                "",
                f"{place.upper()} — ",
                f"{place.upper()}, {self._word('month')} 3 (NWN) - ",
                f"{place} (AP) – ",
            )
        )
        text = dateline + "".join(one + self.random.choice(("\n\n", " ", "\n\n")) for one in sentences)
        if self.random.random() < 0.5:
            text = text.replace(' "', " “").replace('"', "”").replace("'", "’")
        credit = self.random.choice(CREDITS).format(self._word("person"), self._word("person"))
        return Article(name, f"{text.rstrip()}\n\n{credit}", self.sentence(), publisher=outlet)

    def _dateline(self) -> str:
        place, month = self._word("place"), self._word("month")
        capitals = place.upper()
        return self.random.choice(
            ("", f"{capitals} — ", f"{capitals}, {month} 3 (NWN) - ", f"{place} (AP) – ")
        )
