"""Readings of articles that others have replaced: as files under data/graph/former/, and as quads.

A reading is what one run read in one text of an article. One that a newer text, or another model, has
replaced is kept for two questions: what changed, and what did we know then. It is kept in a vocabulary of its
own (ng:FormerStatement and what it has), in a named graph of its own, so no question about what the graph
holds today sees it. The file holds all of it, and the graph is made from the file: transaction time is the
one thing here that articles cannot give back.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.held import values
from graph.links import Link
from graph.stated import Change, Stated
from graph.terms import (
    ARTICLES,
    STANCES,
    TYPE,
    article_iri,
    date_literal,
    former_graph,
    former_iri,
    moment_literal,
    name_of_former,
    ng,
    run_iri,
    term,
    text_literal,
    value_of,
)
from newsgraph.codec import from_json, to_json
from newsgraph.disk import write_whole
from newsgraph.errors import RecordError, StoreError
from newsgraph.records import Article

FOLDER = "former"


@dataclass(frozen=True, slots=True)
class Former:
    """A reading that was replaced."""

    article: Article
    digest: str  # of the extraction
    runs: tuple[str, ...]  # that read just this, the first one last; none if nobody knows
    known_from: datetime  # aware, UTC
    replaced_by: str  # the text version that came, perhaps the same one, read anew
    until_run: str  # that replaced it
    known_until: datetime  # aware, UTC
    statements: tuple[Change, ...]  # all of its own, then those that are new in what replaced it
    links: tuple[Link, ...] | None = None  # what its entities were taken for at its end; None: not kept then

    @property
    def name(self) -> str:
        key = (self.article.id, self.article.version_id, self.digest, *self.runs, self.known_from.isoformat())
        return sha256("\0".join(key).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def stated(self) -> tuple[Stated, ...]:
        """Return what it stated itself."""
        return tuple(one.stated for one in self.statements if one.fate != "gained")


def write_former(graph_dir: Path, one: Former) -> None:
    """Keep a reading in its file."""
    path = _path(graph_dir, one.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    payload = json.dumps(to_json(one), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    packed = gzip.compress(payload.encode("utf-8", "surrogatepass"), compresslevel=6, mtime=0)
    write_whole(path, packed, lasting=False)


def read_former(graph_dir: Path, name: str) -> Former:
    """Read back what :func:`write_former` wrote.

    Raises:
        StoreError: If the file is missing or damaged.
    """
    path = _path(graph_dir, name)
    try:
        return from_json(Former, json.loads(gzip.decompress(path.read_bytes())))
    except (OSError, EOFError, ValueError, RecordError) as error:
        mend = "'newsgraph rebuild' goes on without what it held of the past"
        raise StoreError(graph_dir, f"{FOLDER}/{path.name} cannot be read ({error}); {mend}") from error


def all_former(graph_dir: Path) -> list[str]:
    """Return the names of all that are kept in files."""
    return sorted(path.name.removesuffix(".json.gz") for path in (graph_dir / FOLDER).glob("*/*.json.gz"))


def delete_former(graph_dir: Path, name: str) -> None:
    _path(graph_dir, name).unlink(missing_ok=True)


def former_names(store: Store, article_id: str | None = None) -> list[str]:
    """Return the names of the former readings that a store holds, of one article or of all."""
    article = None if article_id is None else article_iri(article_id)
    found = store.quads_for_pattern(None, ng("formerlyOf"), article, None)
    return sorted(name_of_former(value_of(quad.subject)) for quad in found)


def former_articles(store: Store, run: str) -> set[str]:
    """Return the ids of those articles of which a run read what another one has replaced."""
    return _articles_with(store, "readThenBy", run)


def articles_replaced(store: Store, run: str) -> set[str]:
    """Return the ids of those articles of which a run replaced what another one had read."""
    return _articles_with(store, "replacedByRun", run)


def _articles_with(store: Store, predicate: str, run: str) -> set[str]:
    quads = store.quads_for_pattern(None, ng(predicate), run_iri(run), None)
    graphs = [NamedNode(value_of(quad.subject)) for quad in quads]
    nodes = {node for graph in graphs for node in values(store, graph, ng("formerlyOf"), graph)}
    ids = (values(store, NamedNode(node), term("schema:identifier"), ARTICLES) for node in nodes)
    return {one for found in ids for one in found}


def former_quads(one: Former) -> Iterator[Quad]:
    """Yield a former reading, all in its own named graph, which is its subject, too."""
    graph = former_graph(one.name)
    about: list[tuple[NamedNode, NamedNode | Literal]] = [
        (TYPE, ng("FormerReading")),
        (ng("formerlyOf"), article_iri(one.article.id)),
        (ng("textThen"), text_literal(one.article.version_id)),
        (ng("replacedByText"), text_literal(one.replaced_by)),
        *((ng("readThenBy"), run_iri(run)) for run in one.runs),
        (ng("knownFrom"), moment_literal(one.known_from)),
        (ng("replacedByRun"), run_iri(one.until_run)),
        (ng("knownUntil"), moment_literal(one.known_until)),
    ]
    if one.article.published is not None:
        about.append((ng("publishedThen"), date_literal(one.article.published)))
    if one.article.title is not None:
        about.append((ng("headlineThen"), text_literal(one.article.title)))
    if one.article.publisher is not None:
        about.append((ng("publisherThen"), text_literal(one.article.publisher)))
    for predicate, value in about:
        yield Quad(graph, predicate, value, graph)
    for number, change in enumerate(one.statements):
        for predicate, value in _statement(change):
            yield Quad(former_iri(one.name, number), predicate, value, graph)


def _statement(change: Change) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    one = change.stated
    yield TYPE, ng("GainedStatement" if change.fate == "gained" else "FormerStatement")
    yield ng("stanceThen"), STANCES[one.stance]
    told = {
        "fate": change.fate,
        "kindThen": one.kind,
        "saidBy": one.who,
        "wordsThen": one.words,
        "standingThen": one.standing,
        "predicateThen": one.predicate,
        "timeThen": one.time,
        "sentenceThen": one.sentence,
        "positionAfter": change.after.position if change.after else "",
    }
    for name, value in told.items():
        if value:
            yield ng(name), text_literal(value)


def _path(graph_dir: Path, name: str) -> Path:
    return graph_dir / FOLDER / name[:2] / f"{name}.json.gz"
