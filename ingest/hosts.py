"""When which host may be asked: at one pace, not while it asks for a pause, no more when it keeps failing.

The state of one run; nothing here is kept.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from protego import Protego

from ingest.addresses import origin_of
from ingest.web import WebError
from newsgraph.fetched import FetchLimits

MAX_FAILED_IN_A_ROW = 10  # requests to a host; then it is left alone


class HostClosedError(WebError):
    """The host is left alone for the rest of the run."""

    def __init__(self, reason: str, until: datetime | None) -> None:
        super().__init__(reason)
        self.until = until  # as the host asked; None: it did not say


class RunOverError(WebError):
    """The run has lasted long enough: what is left comes with the next one."""


class Host:
    """What is known of one host, with its port, in this run."""

    def __init__(self, concurrency: int, seconds_per_request: float) -> None:
        self.slots = asyncio.Semaphore(concurrency)
        self.seconds_per_request = seconds_per_request
        self.next_at = 0.0  # by the monotonic clock
        self.robots: dict[str, asyncio.Future[Protego | WebError]] = {}  # by origin
        self._closed: tuple[str, datetime | None] | None = None
        self._failed_in_a_row = 0

    def wait(self, seconds: float) -> None:
        """Ask nothing for so long."""
        self.next_at = max(self.next_at, time.monotonic() + seconds)

    def close(self, reason: str, until: datetime | None) -> None:
        """Ask nothing more in this run."""
        self._closed = (reason, until)

    def check_open(self) -> None:
        """Raise HostClosedError if nothing may be asked any more."""
        if self._closed is not None:
            raise HostClosedError(*self._closed)

    def count(self, failure: str | None) -> None:
        """Note how a request to it did; close it if too many fail one after another."""
        self._failed_in_a_row = 0 if failure is None else self._failed_in_a_row + 1
        if self._failed_in_a_row >= MAX_FAILED_IN_A_ROW and self._closed is None:
            many = f"{MAX_FAILED_IN_A_ROW} requests to the host failed one after another"
            self.close(f"{many}; the last one: {failure}", None)


class Hosts:
    """All hosts of a run, and how much may be under way at a time."""

    def __init__(self, limits: FetchLimits) -> None:
        self._limits = limits
        self._slots = asyncio.Semaphore(limits.concurrency)
        self._over_at = time.monotonic() + limits.run_seconds
        self._hosts: dict[str, Host] = {}

    def of(self, url: str, seconds_per_request: float | None) -> Host:
        """Return the host of an address; of the paces that several sources want, the slowest counts."""
        pace = self._limits.seconds_per_request if seconds_per_request is None else seconds_per_request
        name = origin_of(url).partition("://")[2]
        host = self._hosts.setdefault(name, Host(self._limits.host_concurrency, pace))
        host.seconds_per_request = max(host.seconds_per_request, pace)
        return host

    @asynccontextmanager
    async def turn(self, host: Host) -> AsyncIterator[None]:
        """Wait until the host may be asked, and count as asking it meanwhile.

        Raises:
            HostClosedError: If it may not be asked any more.
            RunOverError: If its turn would come after the end of the run.
        """
        async with host.slots:
            while True:
                wait = host.next_at - time.monotonic()
                if time.monotonic() + max(wait, 0.0) > self._over_at:
                    raise RunOverError("the run is over")
                await asyncio.sleep(max(wait, 0.0))
                async with self._slots:
                    if host.next_at > time.monotonic():  # another had its turn, or was told to wait
                        continue
                    host.check_open()
                    host.next_at = time.monotonic() + host.seconds_per_request
                    yield
                    return
