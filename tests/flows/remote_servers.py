"""Real SPARQL servers on loopback to push to: our own, Oxigraph's, Virtuoso; each in a process of its own."""

import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.app.web.serving import TOKEN, served

VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{isql}
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
"""


@contextmanager
def newsgraph(folder):
    """Our own server, as a general store that clients with the token may write; yield URL and credentials."""
    with served(folder / "graph", "--any-graph") as server:
        yield f"{server.url}/sparql", {"token": TOKEN}


@contextmanager
def oxigraph(folder):
    """The server of the package ``oxigraph``, which asks for no password."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("the package oxigraph is not installed")
    port = free_port()
    command = [program, "serve", "--location", folder / "ox", "--bind", f"127.0.0.1:{port}"]
    with running([*command, "--union-default-graph"], folder, port):
        yield f"http://127.0.0.1:{port}/update", {}


@contextmanager
def virtuoso(folder):
    """Virtuoso, which lets its administrator write and asks for a digest of his password."""
    if shutil.which("virtuoso-t") is None:
        pytest.skip("Virtuoso is not installed (Debian: virtuoso-opensource-7)")
    http, isql = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(http=http, isql=isql))
    with running(["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"], folder, http):
        yield f"http://127.0.0.1:{http}/sparql-auth", {"user": "dba", "password": "dba"}


@contextmanager
def running(command, folder, port):
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(port, process):
    for _ in range(600):
        assert process.poll() is None, "the server has ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server does not begin")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
