"""How much is worth a write into the graph.

The database merges its files after each write, so that a small write into a large graph costs what the graph
is large. A write in proportion to the graph costs what it is large itself. docs/decisions/0033, 0050, 0054
"""

from __future__ import annotations

from pathlib import Path

SHARE = 1.0  # of the graph
BYTES_OF_A_CHARACTER = 260  # what a character of text, with all that was read in it, takes in the database
LEAST_CHARACTERS = 250_000
MOST_CHARACTERS = 14_900_000  # some 14,000 articles of 180 words: in less than 2 GB


def worth_writing(database: Path) -> int:
    """Return how many characters of text are worth a write into a database, which need not be there yet."""
    size = sum(map(_size, database.glob("*.sst")))
    return int(min(max(SHARE * size / BYTES_OF_A_CHARACTER, LEAST_CHARACTERS), MOST_CHARACTERS))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:  # merged away by the database meanwhile
        return 0
