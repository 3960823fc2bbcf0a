"""A real server on a free port, in a process of its own, and the plainest of clients."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

ROOT = Path(__file__).parents[3]
TOKEN = "a-token-for-tests-0123456789"  # noqa: S105
AUTHORIZATION = {"Authorization": f"Bearer {TOKEN}"}


class Got(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self):
        return self.body.decode()


@dataclass
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen
    log: Path

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method, path, body=None, headers=None, timeout=60):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            data = body.encode() if isinstance(body, str) else body
            connection.request(method, path, data, headers or {})
            answer = connection.getresponse()
            return Got(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def query(self, text, accept="application/sparql-results+json", **parameters):
        path = "/sparql?" + urlencode({"query": text, **parameters}, quote_via=quote)
        return self.ask("GET", path, headers={"Accept": accept})

    def update(self, text, token=TOKEN):
        headers = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {token}"}
        return self.ask("POST", "/sparql", text, headers)


@contextmanager
def served(graph_dir, *options, token=TOKEN):
    """Run ``newsgraph serve`` over a store."""
    folder = graph_dir.parent
    folder.mkdir(parents=True, exist_ok=True)
    if token:
        (folder / "token").write_text(token + "\n")
        options = (*options, "--write-token-file", str(folder / "token"))
    log = folder / "log"
    command = [sys.executable, "-m", "app.cli", "serve", "--port", "0", *options]
    environment = {**os.environ, "NEWSGRAPH_GRAPH_DIR": str(graph_dir), "PYTHONPATH": str(ROOT)}
    with log.open("w") as errors:
        process = subprocess.Popen(command, stderr=errors, cwd=folder, env=environment)
    try:
        yield Server(_port(process, log), process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _port(process, log):
    for _ in range(600):
        if found := re.search(r"http://[^/]*:(\d+)/", log.read_text()):
            return int(found[1])
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(f"the server does not begin: {log.read_text()}")
