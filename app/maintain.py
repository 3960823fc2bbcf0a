"""newsgraph maintain: the nightly part. Exit status 1 if something is not as it should be."""

from __future__ import annotations

import argparse

from app.terminal import Terminal
from flows.maintain import run_maintenance
from flows.reports import summary
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    report = run_maintenance(settings, wait_seconds=0.0)
    for finding in report.findings:
        terminal.warn(finding)
    terminal.note(f"newsgraph: {summary(report)} (report: {settings.reports_dir / 'latest-maintenance.md'})")
    return 1 if report.findings else 0
