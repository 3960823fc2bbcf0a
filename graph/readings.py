"""Which runs read what the store holds, since when; what to keep of it when another reading replaces it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, Store

from graph.former import Former
from graph.held import all_held, values
from graph.links import links_in
from graph.provenance import RunInfo
from graph.stated import compared, stated_in
from graph.terms import PROVENANCE, ng, run_iri, run_of, software_iri, term, value_of, version_graph
from newsgraph.records import Article, Extraction


class Reading(NamedTuple):
    """What the store has of an article, and whence."""

    article: Article
    extraction: Extraction
    digest: str
    runs: tuple[str, ...]  # that read just this, the one that it counts for first; none if nobody knows
    since: datetime | None


def reading_of(store: Store, article: Article, extraction: Extraction, digest: str) -> Reading:
    """Return what the store holds of an article with what it knows of how it came there."""
    graph = version_graph(article.version_id)
    runs = values(store, graph, term("prov:wasGeneratedBy"), PROVENANCE)
    runs += sorted(values(store, graph, ng("alsoReadBy"), PROVENANCE))
    since = values(store, graph, term("prov:generatedAtTime"), PROVENANCE)
    moment = datetime.fromisoformat(since[0]).astimezone(UTC) if since else None
    return Reading(article, extraction, digest, tuple(map(run_of, runs)), moment)


def former_of(
    store: Store, old: Reading, article: Article, extraction: Extraction, run: RunInfo, at: datetime
) -> Former:
    """Return what to keep of a reading of a store's that another one replaces."""
    since = at if old.since is None else old.since
    statements = compared(stated_in(old.extraction), stated_in(extraction))
    by = run_of(run_iri(run.id).value)
    # A clock that was put back must not end anything before it began.
    until = max(since, at)
    links = links_in(store, old.extraction, old.article.version_id)
    return Former(old.article, old.digest, old.runs, since, article.version_id, by, until, statements, links)


def also_read_quads(old: Reading, run: RunInfo) -> Iterator[Quad]:
    """Yield which runs had read just the same, before the one that it counts for now."""
    by = run_iri(run.id)
    for earlier in old.runs:
        if run_iri(earlier) != by:
            yield Quad(version_graph(old.article.version_id), ng("alsoReadBy"), run_iri(earlier), PROVENANCE)


def outdated(store: Store, run: RunInfo) -> list[tuple[str, str]]:
    """Return text version and digest of all that other software, another model or nobody knows who read."""
    software = software_iri(run.software_version, run.model_hash)
    runs = store.quads_for_pattern(None, term("prov:wasAssociatedWith"), software, PROVENANCE)
    fresh = {
        value_of(quad.subject)
        for one in runs
        for quad in store.quads_for_pattern(
            None, term("prov:wasGeneratedBy"), NamedNode(value_of(one.subject)), PROVENANCE
        )
    }
    return [one for one in all_held(store) if version_graph(one[0]).value not in fresh]
