"""Which run, with which software and model, made which graph: quads for the provenance graph. Pure.

The only part of the graph that holds a time of day; it is handed in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad

from graph.terms import (
    PROVENANCE,
    TYPE,
    moment_literal,
    ng,
    run_iri,
    software_iri,
    term,
    text_iri,
    text_literal,
    version_graph,
)
from newsgraph.codec import to_json
from newsgraph.records import Article


@dataclass(frozen=True, slots=True)
class RunInfo:
    """One execution of an ingest."""

    id: str
    started_at: datetime  # aware, UTC
    software_version: str
    model_hash: str
    flow_run: str | None = None  # Prefect's id of the run, if it ran as a flow

    def input_digest(self, article: Article) -> str:
        """Return what changes when an article is to be read again: its text, metadata, model or software."""
        given = to_json(article)
        del given["fetched"]  # the same text, received again, is not read again
        key = [given, self.model_hash, self.software_version]
        return sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()[:16]


def run_quads(run: RunInfo) -> Iterator[Quad]:
    """Yield what is known of a run."""
    node, software = run_iri(run.id), software_iri(run.software_version, run.model_hash)
    statements: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (node, TYPE, term("prov:Activity")),
        (node, term("prov:startedAtTime"), moment_literal(run.started_at)),
        (node, term("prov:wasAssociatedWith"), software),
        (software, TYPE, term("prov:SoftwareAgent")),
        (software, term("schema:softwareVersion"), text_literal(run.software_version)),
        (software, ng("modelHash"), text_literal(run.model_hash)),
    ]
    if run.flow_run is not None:
        statements.append((node, ng("prefectFlowRun"), text_literal(run.flow_run)))
    for statement in statements:
        yield Quad(*statement, PROVENANCE)


def input_quads(article: Article, run: RunInfo, since: datetime) -> Iterator[Quad]:
    """Yield from what, by which run the graph of an article was made, and since when the store holds it."""
    graph = version_graph(article.version_id)
    yield Quad(graph, term("prov:wasGeneratedBy"), run_iri(run.id), PROVENANCE)
    yield Quad(graph, term("prov:wasDerivedFrom"), text_iri(article.version_id), PROVENANCE)
    yield Quad(graph, term("prov:generatedAtTime"), moment_literal(since), PROVENANCE)
    yield Quad(graph, ng("inputDigest"), text_literal(run.input_digest(article)), PROVENANCE)
