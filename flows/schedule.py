"""Serves the deployments of prefect.yaml on this machine: a Prefect server with its UI, and a runner.

Nothing leaves the machine: the server listens on loopback and tells nobody that it runs. Each run is a
process of its own, which ends with it, so that months of runs need no more memory than one.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx

from newsgraph.errors import ScheduleError

HOST = "127.0.0.1"
START_SECONDS = 180.0  # on a busy machine Prefect takes its time
LOOK_SECONDS = 0.5
STOP_SECONDS = 20
LOG = "prefect-server.log"
QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
}
_FILES = (Path(__file__).with_name("prefect.yaml"), Path(__file__).parents[1] / "prefect.yaml")


def run_schedule(port: int, log_dir: Path, *, tell: Callable[[str], None]) -> None:
    """Serve all deployments until interrupted.

    Args:
        port: Of the server on loopback. Not used if PREFECT_API_URL says where one runs.
        log_dir: Where the server's log goes.
        tell: Is told what there is to know.

    Raises:
        ScheduleError: If the server does not start, or prefect.yaml cannot be used.
    """
    signal.signal(signal.SIGTERM, _end)  # until Prefect sets its own: else the server would outlive us
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    with _server(port, log_dir, tell):
        from prefect import serve  # only now: it reads the environment while it is imported

        from flows.ingest_flow import keep_terminal_tidy

        keep_terminal_tidy(logging.INFO)
        warnings.filterwarnings(
            "ignore", message="coroutine 'Runner.astop' was never awaited"
        )  # when it ends
        deployments = load_deployments()
        for one in deployments:
            times = ", ".join(str(schedule.schedule.cron) for schedule in one.schedules or ())
            tell(f"{one.flow_name}/{one.name}: {times or 'by hand'}")
        serve(*deployments, print_starting_message=False)


def _end(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def load_deployments(file: Path | None = None) -> list[Any]:
    """Return the deployments of prefect.yaml as Prefect's RunnerDeployments.

    Raises:
        ScheduleError: If there is no such file, or something in it does not fit.
    """
    import yaml
    from prefect.deployments.runner import EntrypointType  # type: ignore[attr-defined]

    file = file or next((one for one in _FILES if one.exists()), _FILES[0])
    try:
        given = yaml.safe_load(file.read_text(encoding="utf-8"))["deployments"]
        deployments = []
        for one in given:
            module, _, name = one["entrypoint"].partition(":")
            flow = getattr(import_module(module.removesuffix(".py").replace("/", ".")), name)
            deployments.append(
                flow.to_deployment(
                    one["name"],
                    cron=[schedule["cron"] for schedule in one["schedules"]] or None,
                    parameters=one.get("parameters"),
                    description=one["description"],
                    concurrency_limit=_limit(one["concurrency_limit"]),
                    entrypoint_type=EntrypointType.MODULE_PATH,
                )
            )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise ScheduleError(f"{file}: {type(error).__name__}: {reason}") from error
    return deployments


def _limit(given: dict[str, Any]) -> Any:
    from prefect.client.schemas.objects import ConcurrencyLimitConfig

    return ConcurrencyLimitConfig(**given)


@contextmanager
def _server(port: int, log_dir: Path, tell: Callable[[str], None]) -> Iterator[None]:
    if url := os.environ.get("PREFECT_API_URL"):
        tell(f"the Prefect server at {url} is used")
        yield
        return
    os.environ["PREFECT_API_URL"] = url = f"http://{HOST}:{port}/api"
    if _is_there(url):
        tell(f"the Prefect server that runs already is used: http://{HOST}:{port}")
        yield
        return
    log_dir.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)]
    with (log_dir / LOG).open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)  # noqa: S603
    try:
        tell("a Prefect server starts, which takes a while")
        _wait_for(server, url, log_dir / LOG)
        tell(f"Prefect's UI: http://{HOST}:{port}   (Ctrl-C ends all)")
        yield
    finally:
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait_for(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _is_there(url):
        if server.poll() is not None or time.monotonic() > deadline:
            lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            last = " ".join(lines[-1].split()) if lines else "it says nothing"
            raise ScheduleError(f"the Prefect server does not start: {last} (all of it: {log})")
        time.sleep(LOOK_SECONDS)


def _is_there(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=5).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
