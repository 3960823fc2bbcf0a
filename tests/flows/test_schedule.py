"""The one command that serves the schedule: with a real Prefect server, until it is told to end."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Anna Berg denied on Tuesday that a drone had crossed the border.")
    (tmp_path / "in" / "b.txt").write_text(
        "Der Hafen von Lissa bleibt geschlossen, sagte der Bürgermeister am Dienstag. " * 2
    )
    (tmp_path / "sources.toml").write_text('[sources.desk]\nkind = "folder"\npath = "in"\n')
    return tmp_path


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(what, *, seconds=150):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.5)
    raise AssertionError("it took too long")


@pytest.mark.slow
@pytest.mark.model
def test_runs_are_planned_and_done_until_the_command_is_ended(folder):
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    environment |= {
        "PYTHONPATH": str(ROOT),
        "PREFECT_HOME": str(folder / "prefect"),
        "NEWSGRAPH_WORKERS": "1",
    }
    log = folder / "log"
    with log.open("w") as out:
        command = [sys.executable, "-m", "app.cli", "schedule", "--port", str(port)]
        served = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=out)
    try:
        wait_for(lambda: "backfill/days: by hand" in log.read_text() or served.poll() is not None)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}/api", timeout=30) as api:

            def runs(state):
                asked = {"flow_runs": {"state": {"type": {"any_": [state]}}}}
                return api.post("/flow_runs/filter", json=asked).json()

            # Update and maintenance are planned by the clock, backfill is not.
            wait_for(lambda: len({run["deployment_id"] for run in runs("SCHEDULED")}) == 2)

            deployment = api.get("/deployments/name/update/quarter-hourly").json()
            assert deployment["global_concurrency_limit"]["limit"] == 1
            api.post(f"/deployments/{deployment['id']}/create_flow_run", json={})
            [done] = wait_for(lambda: runs("COMPLETED"))

            asked = {"artifacts": {"flow_run_id": {"any_": [done["id"]]}}}
            [artifact] = api.post("/artifacts/filter", json=asked).json()
        assert "| articles added | 1 |" in artifact["data"]
        assert "| 1 | not English (de) |" in artifact["data"]
        assert (folder / "data/reports/latest-update.md").read_text() == artifact["data"]
    finally:
        served.send_signal(signal.SIGTERM)
        served.wait(60)
    assert "Traceback" not in log.read_text()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/api/health")
