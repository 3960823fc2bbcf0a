"""What all tests share. Each test makes its own files in a temporary folder."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SAMPLES = Path(__file__).parents[1] / "data" / "raw" / "samples"


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


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory):
    """A folder with the sample articles (raw/) and a graph of them (graph/), read once; never written to."""
    from flows.ingest import run_ingest
    from newsgraph.settings import Settings

    folder = tmp_path_factory.mktemp("samples")
    shutil.copytree(SAMPLES, folder / "raw")
    run_ingest([str(folder / "raw")], Settings(folder / "raw", folder / "graph", workers=1))
    return folder
