"""A SPARQL server on loopback over a real engine, as faulty as a test wants it."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from pyoxigraph import QueryResultsFormat, Store

JSON = "application/sparql-results+json"


class Sparql:
    """What it holds, what it was asked, and what it is to do otherwise.

    ``faults`` are asked in turn, one for each request: None does what is right, a function of this object and
    the request (``update``, ``query`` as texts) returns status, headers, body, or None to do what is right.
    """

    def __init__(self):
        self.store, self.updates, self.authorizations = Store(), [], []
        self.faults, self.always, self.url = [], None, ""

    def answer(self, asked):
        fault = self.faults.pop(0) if self.faults else self.always
        told = fault(self, asked) if fault else None
        return told or self.right(asked)

    def right(self, asked):
        if "update" in asked:
            self.updates.append(asked["update"])
            self.store.update(asked["update"])
            return 204, {}, b""
        found = self.store.query(asked["query"])
        return 200, {"Content-Type": JSON}, found.serialize(format=QueryResultsFormat.JSON)


@contextmanager
def sparql_server():
    state = Sparql()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            state.authorizations.append(self.headers.get("Authorization"))
            is_update = self.headers["Content-Type"] == "application/sparql-update"
            asked = {"update": body} if is_update else {"query": parse_qs(body)["query"][0]}
            status, headers, answer = state.answer(asked)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(answer))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_port}/sparql"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def says(status, body=b"", **headers):
    """Return a fault that says just this, and does nothing."""
    text = json.dumps(body).encode() if isinstance(body, dict) else body
    return lambda state, asked: (
        status,
        {name.replace("_", "-"): value for name, value in headers.items()},
        text,
    )


def after_doing_it(status):
    """Return a fault that does what is asked, but says that it failed."""

    def fault(state, asked):
        state.right(asked)
        return status, {}, b"too late"

    return fault
