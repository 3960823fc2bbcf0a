"""What all tests share. Each test makes its own files in a temporary folder."""

import pytest
from hypothesis import settings

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.hookimpl(trylast=True)  # after the shuffling
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    """No test reads the settings, or writes to the store, of the person who runs it."""
    monkeypatch.chdir(tmp_path)
    for name in (
        "RAW_DIR",
        "GRAPH_DIR",
        "REPORTS_DIR",
        "BACKUP_DIR",
        "WORKERS",
        "BATCH_SIZE",
        "DASK",
        "SOURCES_FILE",
        "CONTACT",
        "DEBUG",
    ):
        monkeypatch.delenv(f"NEWSGRAPH_{name}", raising=False)
