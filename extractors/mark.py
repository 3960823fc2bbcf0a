"""The mark of what extracts: the trained model and, if there is one, the analyst's own list of names."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from extractors.network import model_hash
from newsgraph.watch_list import read_watch_list


def extractor_mark(watch_list: Path | None) -> str:
    """Return sixteen hex digits that change with the model or the list: what another one read is read again.

    Raises:
        ModelError: If a file of the model is missing.
        SettingsError: If the list cannot be read or a line of it cannot be used.
    """
    if watch_list is None:
        return model_hash()
    return sha256(f"{model_hash()} {read_watch_list(watch_list).mark}".encode()).hexdigest()[:16]
