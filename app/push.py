"""newsgraph push: the graph to a remote SPARQL server, or a check of what is there."""

from __future__ import annotations

import argparse
from dataclasses import replace

from app.terminal import Terminal
from flows.push import run_check, run_push
from newsgraph.errors import RemoteError, StoreBusyError
from newsgraph.settings import Settings, remote_address


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    settings = _aimed(options, settings)
    if not options.check:
        report = run_push(settings, anew=options.anew, progress=terminal)
        terminal.note(f"newsgraph: {report}")
        return 0
    findings = run_check(settings)
    for finding in findings:
        terminal.warn(f"{settings.remote_store}: {finding}")
    if not findings:
        terminal.note(f"newsgraph: {settings.remote_store} holds what was pushed last")
    return 1 if findings else 0


def pushed(settings: Settings, terminal: Terminal) -> int:
    """Let the remote store, if one is set, follow what was just ingested; return an exit status."""
    if not settings.remote_store:
        return 0
    try:
        terminal.note(f"newsgraph: {run_push(settings, progress=terminal)}")
    except (RemoteError, StoreBusyError) as error:
        terminal.warn(f"newsgraph: {error}; what was ingested is safe, the next push brings it there")
        return 1
    return 0


def _aimed(options: argparse.Namespace, settings: Settings) -> Settings:
    """Return the settings with what was given on the command line, which goes first."""
    if options.url is not None:  # another server: the setting's address for queries is not its
        settings = replace(
            settings, remote_store=remote_address("remote_store", options.url), remote_query=""
        )
    if options.query_url is not None:
        settings = replace(settings, remote_query=remote_address("remote_query", options.query_url))
    return settings
