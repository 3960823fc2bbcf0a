"""newsgraph export: the graph, or a part of it, as a file for Gephi and other programs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.query import query_text
from app.terminal import Terminal
from graph.network import Selection, load_network
from graph.snapshots import Reader, open_reader
from newsgraph.errors import ExportError
from newsgraph.settings import Settings

if TYPE_CHECKING:
    from graph.export.drawn import Look
    from graph.export.sheet import Sheet


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    from graph.export.drawn import Look
    from graph.export.formats import RDF_FORMATS, format_of

    form = format_of(options.file, options.format)
    selection = _selection(options)
    if options.query is not None and selection != Selection():
        raise ExportError("--query says itself what is wanted; leave out the other conditions")
    query = None if options.query is None else query_text(options.query)
    if form in RDF_FORMATS:
        if selection != Selection():
            raise ExportError(
                f"{form} holds statements, not a network; choose them with --query 'CONSTRUCT …'"
            )
        _export_rdf(open_reader(settings.graph_dir), query, form, options.file, terminal)
        return 0
    look = Look(options.size, options.colour, not options.no_layout)
    _export_network(open_reader(settings.graph_dir), query or selection, look, form, options.file, terminal)
    return 0


def export(graph_dir: Path, target: str, terminal: Terminal) -> None:
    """Write the whole network of facts and claims for Gephi."""
    from graph.export.drawn import Look

    reader = open_reader(graph_dir)
    _export_network(reader, Selection(claims=True), Look(), "gexf", target, terminal)


def _selection(options: argparse.Namespace) -> Selection:
    if options.since and options.until and options.since > options.until:
        raise ExportError(f"--from {options.since} is later than --to {options.until}")
    if options.depth is not None and not options.around:
        raise ExportError("--depth counts steps from --around; say from what")
    return Selection(
        options.since,
        options.until,
        frozenset(one.upper() for part in options.type for one in part.split(",")),
        tuple(options.around),
        1 if options.depth is None else options.depth,
        options.min_sources,
        options.claims,
    )


def _export_network(
    reader: Reader, wanted: str | Selection, look: Look, form: str, target: str, terminal: Terminal
) -> None:
    from graph.export.asked import asked_sheet
    from graph.export.drawn import sheet_of
    from graph.export.formats import ONE_FILE, write_file

    if isinstance(wanted, str):
        sheet = asked_sheet(reader, wanted, look)
    else:
        sheet = sheet_of(load_network(reader, wanted), look)
    nodes, edges = _Counted(sheet.nodes), _Counted(sheet.edges)
    counted: Sheet = replace(sheet, nodes=nodes, edges=edges)
    if target == "-":
        ONE_FILE[form](counted, sys.stdout.buffer)
        return
    write_file(counted, Path(target), form)
    if not nodes.count:
        terminal.note(f"newsgraph: nothing in the graph is so; {target} has no nodes")
        return
    terminal.note(f"newsgraph: {nodes.count} entities and {edges.count} edges in {target}")


def _export_rdf(reader: Reader, query: str | None, form: str, target: str, terminal: Terminal) -> None:
    from graph.export.formats import complete_file
    from graph.export.quads import write_store, write_triples

    def write(file: Any) -> None:
        if query is None:
            write_store(reader, form, file)
        else:
            write_triples(reader, query, form, file)

    if target == "-":
        write(sys.stdout.buffer)
        return
    with complete_file(Path(target)) as file:
        write(file)
    terminal.note(f"newsgraph: {Path(target).stat().st_size:,} bytes in {target}")


class _Counted:
    """Rows that are counted while they are written."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Any]:
        for row in self._rows:
            self.count += 1
            yield row
