"""newsgraph serve: the page and the SPARQL endpoint, until the server is stopped."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import uvicorn
from starlette.routing import BaseRoute

from app.terminal import Terminal
from app.web.endpoint import Endpoint
from app.web.page.errors import error_page
from app.web.page.page import Page
from app.web.page.routes import page_routes
from app.web.page.sessions import Sessions
from app.web.site import build_site
from graph.endpoint.messages import Limits
from graph.endpoint.pool import Pool
from graph.guard import Turn
from graph.snapshots import holds_articles, is_searchable, newest_snapshot, open_reader
from graph.store import open_writer
from newsgraph.errors import ServeError, StoreError
from newsgraph.settings import Settings

TOKEN = "NEWSGRAPH_WRITE_TOKEN"  # noqa: S105 - the name of a variable
LEAST_TOKEN = 16  # characters
MIB = 2**20
WRITER_FACTOR = 4  # a change is kept in memory until it is committed, and only those with the token make one
FOLLOW_SECONDS = 1.0  # how often is looked for a new checkpoint, for those who have nothing to do
FAREWELL_SECONDS = 5  # what is under way when the server is stopped may take that long


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    token = _token(options.write_token_file)
    _check_store(settings.graph_dir, any_graph=options.any_graph)
    if not options.any_graph:
        _make_searchable(settings.graph_dir, terminal)
    with _bound(options.host, options.port) as bound:
        asyncio.run(_serve(options, settings, terminal, token, bound))
    return 0


async def _serve(
    options: argparse.Namespace,
    settings: Settings,
    terminal: Terminal,
    token: str | None,
    bound: socket.socket,
) -> None:
    graph_dir = settings.graph_dir
    limits = Limits(
        options.time_limit, options.row_limit, options.answer_limit * MIB, options.memory_limit * MIB
    )
    readers = Pool(
        graph_dir,
        limits,
        size=options.processes,
        waiting=options.queue,
        any_graph=options.any_graph,
        spare=options.processes,
    )
    more_memory = replace(limits, memory_bytes=WRITER_FACTOR * limits.memory_bytes)
    writers = Pool(graph_dir, more_memory, size=1, waiting=options.queue, any_graph=options.any_graph)
    pools = [readers, writers] if token else [readers]
    endpoint = Endpoint(graph_dir, readers, writers if token else None, token, options.any_graph)
    hosts = [options.host, *options.allow_host]
    routes, told = list[BaseRoute](), None
    if not options.any_graph:
        page = Page(settings.graph_dir, settings.reports_dir, readers, endpoint.writers, Sessions(token))
        routes, told = page_routes(page), partial(error_page, page)
    site = build_site(endpoint, terminal.note, hosts=hosts, origins=options.cors, page=routes, told=told)
    server = _Server(
        uvicorn.Config(
            site,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # whatever a client claims of itself
            ws="none",
            lifespan="off",
            timeout_graceful_shutdown=FAREWELL_SECONDS,
        )
    )
    try:
        await asyncio.gather(*(pool.open() for pool in pools))
        _greet(terminal, bound, readers, token, has_page=bool(routes))
        following = asyncio.create_task(_follow(graph_dir, readers))
        await server.serve(sockets=[bound])
        following.cancel()
    finally:
        await asyncio.gather(*(pool.close() for pool in pools))
    terminal.note("stopped")


class _Server(uvicorn.Server):
    """Ends in order on SIGTERM as on Ctrl-C, and does not raise the signal anew afterwards."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, self.handle_exit, each, None)
        yield
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(each)


async def _follow(graph_dir: Path, readers: Pool) -> None:
    """Let idle processes go over to each new checkpoint, so that old ones can be deleted."""
    seen = newest_snapshot(graph_dir)
    while True:
        await asyncio.sleep(FOLLOW_SECONDS)
        with suppress(OSError):
            newest = newest_snapshot(graph_dir)
            if newest != seen:
                seen = newest
                await readers.refresh()


def _greet(
    terminal: Terminal, bound: socket.socket, readers: Pool, token: str | None, *, has_page: bool
) -> None:
    host, port = bound.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    if has_page:
        terminal.note(f"http://{shown}:{port}/ shows the graph")
    terminal.note(f"http://{shown}:{port}/sparql answers {'and writes' if token else 'and only reads'}")
    if not readers.is_offline:
        terminal.warn(
            "this system cannot cut queries off from the network; SERVICE is refused by its name alone"
        )


def _token(file: Path | None) -> str | None:
    """Return the token that writing needs; None where nothing is written.

    Raises:
        ServeError: If there is one that protects nothing.
    """
    token, place = os.environ.get(TOKEN), TOKEN
    if file is not None:
        try:
            token, place = file.read_text("utf-8"), str(file)
        except UnicodeDecodeError:
            raise ServeError(f"{file}: not a token: the file is no UTF-8 text") from None
    if token is None:
        return None
    token = token.strip()
    if len(token) < LEAST_TOKEN or len(token.split()) != 1:
        raise ServeError(f"{place}: a token is one word of {LEAST_TOKEN} characters or more")
    return token


def _check_store(graph_dir: Path, *, any_graph: bool) -> None:
    if not any_graph:
        open_reader(graph_dir)  # which says what is wrong with it
        return
    if holds_articles(graph_dir):
        raise ServeError(
            f"{graph_dir}: holds articles, which --any-graph would let clients write over;"
            " set NEWSGRAPH_GRAPH_DIR to another folder"
        )
    with open_writer(graph_dir, is_general=True):
        pass  # makes one where there is none, and says what is wrong with it


def _make_searchable(graph_dir: Path, terminal: Terminal) -> None:
    """Make the search index of a store that came without it, such as a copy, or one of an older newsgraph."""
    if is_searchable(graph_dir):
        return
    terminal.note("newsgraph: making the search index, once")
    try:
        turn = Turn("newsgraph serve", seconds=0)
        is_copy = not holds_articles(graph_dir)  # pushed here: what it says of decisions stays as it is
        with open_writer(graph_dir, turn, must_exist=True, is_general=is_copy) as writer:
            writer.publish()
    except StoreError as error:  # who writes now makes it; else all but the search is served
        terminal.warn(f"the page cannot be searched yet: {error.reason}")


@contextmanager
def _bound(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        bound = socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ServeError(f"cannot listen on {host}:{port}: {reason}; choose another --port") from None
    with bound:
        yield bound
