"""sources.toml: where articles come from, and how politely they are fetched."""

from __future__ import annotations

from pathlib import Path

from newsgraph.fetched import FetchLimits, Source


def load_sources(path: Path) -> tuple[tuple[Source, ...], FetchLimits]:
    """Read the sources, in the order of the file, and the limits.

    Raises:
        SourcesError: If there is no such file, or something in it does not fit: names the table and the key.
    """
    raise NotImplementedError
