"""newsgraph export: the graph of entities as a file for Gephi."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from pathlib import Path

from app.terminal import Terminal
from graph.gexf import write_gexf
from graph.network import entity_network
from graph.store import open_reader
from newsgraph.errors import ExportError
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    if options.file != "-" and Path(options.file).suffix.lower() != ".gexf":
        raise ExportError(f"{options.file}: the name must end in .gexf, the format that Gephi opens")
    export(settings.graph_dir, options.file, terminal)
    return 0


def export(graph_dir: Path, target: str, terminal: Terminal) -> None:
    """Write the graph to a file, whole or not at all, or to standard output ("-")."""
    network = entity_network(open_reader(graph_dir))
    if target == "-":
        write_gexf(network, sys.stdout.buffer)
        return
    path = Path(target)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            write_gexf(network, file)
        unfinished.replace(path)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    terminal.note(f"newsgraph: {len(network)} entities and {network.size()} edges in {path}")
