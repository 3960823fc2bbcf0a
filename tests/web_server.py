"""A web server on loopback, as well-behaved or as faulty as a test wants it; it counts its requests."""

import asyncio
import threading
import time
from collections import Counter
from contextlib import suppress

HOST = "127.0.0.1"


class Request:
    def __init__(self, target, headers):
        self.target, self.headers = target, headers
        self.at = time.monotonic()


def reply(body=b"", status=200, kind="text/html; charset=utf-8", **headers):
    """Return what a handler does that says just this; headers in lower case, with _ for -."""
    body = body.encode() if isinstance(body, str) else body
    head = {"content-type": kind, "content-length": str(len(body)), "connection": "close"}
    head |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items() if value is not None)

    async def answer(request, writer):
        writer.write(f"HTTP/1.1 {status} Told\r\n{lines}\r\n".encode("latin-1") + body)

    return answer


def redirect(location, status=302):
    """Send on to ``location``; {port} in it is the server's own."""

    async def answer(request, writer):
        port = request.headers["host"].rpartition(":")[2]
        await reply(status=status, location=location.replace("{port}", port))(request, writer)

    return answer


def in_turn(*handlers):
    """Answer as the first of them, then as the second, at last always as the last."""
    left = list(handlers)

    async def answer(request, writer):
        await (left.pop(0) if len(left) > 1 else left[0])(request, writer)

    return answer


def conditional(body, etag='"1"', **options):
    """Answer 304 to whoever knows the page already."""
    whole, same = reply(body, etag=etag, **options), reply(status=304, etag=etag, content_length=None)

    async def answer(request, writer):
        await (same if request.headers.get("if-none-match") == etag else whole)(request, writer)

    return answer


def drip(first=b"", piece=b"x", seconds=0.05, pieces=10_000):
    """Say ``first``, then one piece after another."""

    async def answer(request, writer):
        writer.write(first)
        for _ in range(pieces):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(seconds)

    return answer


def raw(payload):
    async def answer(request, writer):
        writer.write(payload)

    return answer


class WebServer:
    """Serves ``pages`` (path -> handler); what is not there is 404, a robots.txt that is not there, too."""

    def __init__(self):
        self.pages = {}
        self.requests = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        self._server = self._call(asyncio.start_server(self._serve, HOST, 0))
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_):
        self._call(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def url(self, path=""):
        return f"http://{HOST}:{self.port}{path}"

    @property
    def hits(self):
        return Counter(request.target for request in self.requests)

    @property
    def asked(self):
        """What was asked for and how often, without robots.txt."""
        return {target: count for target, count in self.hits.items() if target != "/robots.txt"}

    def serve(self, **pages):
        """Serve pages by the names of their paths."""
        self.pages |= {f"/{name}": page for name, page in pages.items()}

    def _call(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _stop(self):
        self._server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader, writer):
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.strip().split("\r\n")
            headers = {
                name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
            }
            request = Request(first.split(" ")[1], headers)
            self.requests.append(request)
            await self.pages.get(request.target, reply("Not here", 404))(request, writer)
            await writer.drain()
        writer.close()
        with suppress(ConnectionError, asyncio.CancelledError):
            await writer.wait_closed()


# ---- what is served


def page(title, text=None):
    """Return a page whose main text can be made out."""
    text = (
        text
        or f"{title}. " + "Rain fell on the harbour, the minister said on Tuesday, and nobody was hurt. " * 5
    )
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )


def rss(*links, **more):
    """Return a feed of these addresses; more: address of an item -> further elements of it."""
    items = "".join(
        f"<item><title>On {link}</title><link>{link}</link>{more.get(link, '')}</item>" for link in links
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
