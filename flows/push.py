"""The graph to a remote SPARQL server: what changed since the last push, in small requests, then a check.

The store here stays the truth and the copy follows it. Before the first step the copy says that a push is
under way, after the last one and the check that it is whole, and of which checkpoint. Safe to repeat and to
interrupt: the next push goes on where this one stopped.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from flows.progress import Silence
from flows.remote import Credentials, Remote, credentials_in
from graph.remote.check import Check, graphs_query, statement_query, told
from graph.remote.differences import Changed, Parcel, differences, dropped, parcels, sent_graphs
from graph.remote.pushed import Pushed, open_pushed
from graph.remote.statement import UNDER_WAY, WHOLE, Statement, read_statement
from newsgraph.errors import RemoteError, RemoteRefusedError, SettingsError
from newsgraph.settings import Settings

MOST_STEPS = 2_000  # of a request: Virtuoso's compiler has no memory for 5,000
MOST_BYTES = 2**20
MOST_TOLD = 200  # characters of a quad that a server will not take


class PushProgress(Protocol):
    def note(self, message: str) -> None:
        """Tell something that is worth knowing but no failure."""

    def progress(self, line: str) -> None:
        """Tell how far it has come."""


class _Silence(Silence):
    def progress(self, line: str) -> None:
        pass


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did."""

    address: str
    checkpoint: str  # that is there now
    sent: int = 0  # graphs dropped, quads deleted and inserted
    is_exact: bool = True  # texts were compared by checksum, not only counted

    def __str__(self) -> str:
        sent = f"{self.sent} changes sent" if self.sent else "nothing to send"
        how = "" if self.is_exact else "; checked by count alone, because it cannot tell checksums"
        return f"{self.address} holds checkpoint {self.checkpoint}; {sent}{how}"


def run_push(
    settings: Settings,
    *,
    anew: bool = False,
    credentials: Credentials | None = None,
    progress: PushProgress | None = None,
    connect: Callable[[str, str, Credentials], Remote] = Remote,
) -> PushReport:
    """Let the server of the setting ``remote_store`` hold what the newest checkpoint holds.

    Args:
        settings: Of the installation.
        anew: Take away all graphs of newsgraph's that are there, whoever's they are, and send all.
        credentials: None: those of the environment.
        progress: Is told what happens while it happens.
        connect: Makes the connection to an address for updates and one for queries.

    Raises:
        SettingsError: If no server is set.
        NoGraphError: If nothing has been ingested yet.
        StoreBusyError: If another push to this server is under way.
        RemoteError: If the server cannot be used, holds another graph, or not what was sent.
    """
    credentials = credentials_in(os.environ) if credentials is None else credentials
    with (
        open_pushed(settings.graph_dir, _address(settings)) as pushed,
        closing(connect(settings.remote_store, settings.remote_query, credentials)) as remote,
    ):
        push = _Push(remote, pushed, progress or _Silence())
        push.prepare(anew=anew)
        return push.run()


def run_check(settings: Settings, *, credentials: Credentials | None = None) -> list[str]:
    """Compare all that a server holds with the checkpoint that was pushed last; return what differs.

    Raises:
        RemoteError: If the server cannot be used; otherwise as :func:`run_push`.
    """
    credentials = credentials_in(os.environ) if credentials is None else credentials
    with (
        open_pushed(settings.graph_dir, _address(settings)) as pushed,
        closing(Remote(settings.remote_store, settings.remote_query, credentials)) as remote,
    ):
        whole, state = pushed.whole(), pushed.state
        said = read_statement(remote.select(statement_query()))
        if whole is None or said != Statement(state.store, state.whole, WHOLE):
            return ["it does not say that it holds what was pushed last; run 'newsgraph push'"]
        check = Check(remote.select, whole)
        graphs = sent_graphs(whole)
        return check.findings(graphs) or check.stray(graphs)


def _address(settings: Settings) -> str:
    if not settings.remote_store:
        raise SettingsError("no server to push to: name it, or set remote_store in newsgraph.toml")
    return settings.remote_store


class _Push:
    """One push to one server."""

    def __init__(self, remote: Remote, pushed: Pushed, progress: PushProgress) -> None:
        self._remote, self._pushed, self._progress = remote, pushed, progress
        self._most_steps, self._sent = MOST_STEPS, 0
        self._is_exact = True
        remote.tell = progress.note

    def prepare(self, *, anew: bool) -> None:
        """See what is there, and where it is not what was sent, take it away.

        Raises:
            RemoteError: If that is not ours.
        """
        said = read_statement(self._remote.select(statement_query()))
        state = self._pushed.state
        if not anew:
            self._check_owner(said)
        under_way = Statement(state.store, state.target, UNDER_WAY)
        is_known = state.whole and said == Statement(state.store, state.whole, WHOLE)
        is_known = is_known or (state.target and said in (under_way, under_way._replace(state=WHOLE)))
        if anew or not is_known:
            if said is not None:
                self._progress.note("what is there is not what was sent last: all of it is sent anew")
            # First, so that a server that lets us write nothing changes nothing here.
            self._remote.update(Statement(state.store, "", UNDER_WAY).text())
            self._pushed.forget()

    def _check_owner(self, said: Statement | None) -> None:
        mend = "to replace that, run 'newsgraph push --anew'"
        if said is not None and said.store != self._pushed.state.store:
            raise RemoteError(self._remote.address, f"it holds the graph of another store; {mend}")
        if said is None and self._remote.select(graphs_query()):
            raise RemoteError(
                self._remote.address, f"it holds newsgraph's graphs, but no push made them; {mend}"
            )

    def run(self) -> PushReport:
        """Finish the push that is under way, if one is, then push what is newer."""
        while self._pushed.aim():
            self._to_target()
        return PushReport(self._remote.address, self._pushed.state.whole, self._sent, self._is_exact)

    def _to_target(self) -> None:
        state = self._pushed.state
        statement = Statement(state.store, state.target, UNDER_WAY)
        self._remote.update(statement.text())
        if not state.whole and not state.done:
            self._clear()
        self._check(self._send_all())
        self._remote.update(statement._replace(state=WHOLE).text())
        self._pushed.finish()

    def _clear(self) -> None:
        """Take away what is there under newsgraph's names, but the statement."""
        while graphs := dropped(row["g"] for row in self._remote.select(graphs_query())):
            for parcel in parcels(graphs, most_steps=100, most_bytes=MOST_BYTES):
                self._send(parcel)

    def _send_all(self) -> Changed:
        """Send what is not known to be there, and return what the whole push changes."""
        pushed, before = self._pushed, self._pushed.whole()
        changed = Changed(before)
        steps = differences(before, pushed.target(), same_format=pushed.same_format)
        done = pushed.state.done
        left = islice(changed.noted(steps), done, None)
        for parcel in parcels(left, most_steps=MOST_STEPS, most_bytes=MOST_BYTES):
            self._send(parcel)
            done += len(parcel.steps)
            self._sent += len(parcel.steps)
            pushed.acknowledge(done)
            self._progress.progress(f"{done} changes sent")
        return changed

    def _send(self, parcel: Parcel) -> None:
        """Send steps; where the server will not, in halves, because it may be that they are too many."""
        if len(parcel.steps) > self._most_steps:
            for half in parcel.halves():
                self._send(half)
            return
        try:
            self._remote.update(parcel.text(self._remote.software))
        except RemoteRefusedError as error:
            if len(parcel.steps) == 1:
                what = str(parcel.steps[0].what)[:MOST_TOLD]
                raise RemoteError(error.address, f"{error.reason}; asked to {parcel.kind} {what}") from None
            self._most_steps = (len(parcel.steps) + 1) // 2
            self._send(parcel)

    def _check(self, changed: Changed) -> None:
        """Compare what was changed; if it differs, the next push trusts nothing that is there."""
        check = Check(self._remote.select, self._pushed.target())
        if findings := check.findings(changed.graphs, changed.subjects):
            self._pushed.forget()
            reason = f"it does not hold what was sent: {told(findings)}; the next push sends all anew"
            raise RemoteError(self._remote.address, reason)
        self._is_exact = self._is_exact and check.by_checksum
