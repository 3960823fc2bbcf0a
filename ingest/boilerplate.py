"""Which lines of a text are none of the article's words: adverts, links to elsewhere, credits.

The lines are found, not cut out: every offset counts characters of the text as it was received. What is
looked for lies in boilerplate.txt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from newsgraph.records import TextSpan

PATTERNS = Path(__file__).with_name("boilerplate.txt")
LONGEST_CHARS = 250  # beyond that a line is somebody's prose

_LINE = re.compile(r"[^\r\n]+")


def find_lines(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Yield the lines of ``text`` from ``start`` on that are not empty, without what ends them."""
    return _LINE.finditer(text, start)


def find_boilerplate(text: str, start: int = 0) -> Iterator[TextSpan]:
    """Yield the lines of ``text`` from ``start`` on that are boilerplate, in order."""
    is_boilerplate = boilerplate_pattern().fullmatch
    for line in find_lines(text, start):
        if line.end() - line.start() <= LONGEST_CHARS and is_boilerplate(line[0].strip()):
            yield TextSpan(line.start(), line.end())


@cache
def boilerplate_pattern() -> re.Pattern[str]:
    lines = PATTERNS.read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line.strip() and not line.startswith("#")]
    return re.compile("|".join(f"(?:{line})" for line in wanted), re.IGNORECASE)
