"""The same run as a Prefect flow, with a passing Prefect server of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.snapshots import open_reader

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.model
def test_a_flow_writes_what_a_plain_run_writes_and_sets_aside(tmp_path):
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    (raw / "a.txt").write_text("Anna Berg denied on Tuesday that a drone had crossed the border at Vello.")
    (raw / "b.txt").write_bytes(b"")

    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "ingest", "--flow", "--workers", "1"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PREFECT_HOME": str(tmp_path / "prefect")},
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "1 added, 0 unchanged, 1 set aside" in done.stderr
    reader = open_reader(tmp_path / "data" / "graph")
    assert reader.store.query("ASK { GRAPH ?g { ?r <https://w3id.org/newsgraph/ns#prefectFlowRun> ?name } }")
    assert reader.store.query("ASK { GRAPH ?g { ?a <https://w3id.org/newsgraph/ns#cueLemma> 'deny' } }")
