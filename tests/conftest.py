"""What all tests share. Each test makes its own files in a temporary folder."""

import shutil
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Run in the background of a shell, tests and all processes that they begin would have Ctrl-C ignored.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

HERE = Path(__file__).parent
# What other programs' pace decides: a browser, a terminal, a cluster, Prefect's server. One that fails
# is run once more, and told of. Kills are not among them: what they look for shows now and then.
PACED = [
    HERE / place
    for place in (
        "app/test_interruptible.py",
        "app/test_query_export.py",
        "app/test_review_terminal.py",
        "app/web/test_limits.py",
        "browser",
        "flows/test_cluster.py",
        "flows/test_ingest_flow.py",
        "flows/test_schedule.py",
    )
]
SAMPLES = Path(__file__).parents[1] / "data" / "raw" / "samples"


@pytest.hookimpl(trylast=True)  # after the shuffling
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)
    for item in items:
        if any(item.path.is_relative_to(place) for place in PACED):
            item.add_marker(pytest.mark.flaky(reruns=1))


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
        "REMOTE_STORE",
        "REMOTE_QUERY",
        "REMOTE_TOKEN",
        "REMOTE_USER",
        "REMOTE_PASSWORD",
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
