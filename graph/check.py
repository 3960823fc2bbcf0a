"""Is the store what its articles make it? What is not as it should be, a line each. Reads, never writes.

All that is kept must be there. For a sample of the articles everything that they add is worked out again
and looked up: their own graph must hold just that, articles, decisions and evidence at least that. Counts
in the view (mentions of a thing, articles that call it so, evidence for an edge) are counted again, a small
graph of the sample must pass the shapes, and the search index must hold all that the graph has, and no more.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from graph import search_index
from graph.build import article_quads, decision_quads, version_quads
from graph.changes import Batch
from graph.held import all_held, values
from graph.kept import is_kept, read_kept
from graph.prepared import prepare
from graph.resolve import NOTHING_DECIDED, Resolver
from graph.search_documents import all_nodes, document_of
from graph.shares import share_of, told_in
from graph.snapshots import EXTRACTIONS, Reader, snapshot_id
from graph.terms import (
    ALT_LABEL,
    IDENTITY,
    LABEL,
    NAMES_IN_USE,
    OBJECT,
    PREDICATE,
    SUBJECT,
    VIEW,
    counts_literal,
    ng,
    term,
    value_of,
    version_graph,
)
from graph.validate import violations
from newsgraph.errors import StoreError
from newsgraph.records import Article, Extraction

SAMPLE = 50  # articles
SHAPED = 10  # of these, because the shapes take a second for an article
MOST_COUNTED = 200  # things and edges of the sample
TOLD_OF_ONE = 3  # faults

_NAMES = (LABEL, ALT_LABEL)

Kept = tuple[Article, Extraction]


def check(graph_dir: Path, reader: Reader, *, salt: str = "", sample: int = SAMPLE) -> list[str]:
    """Return what is wrong with the store that ``reader`` reads; nothing if it is as it should be.

    Args:
        graph_dir: Where it lies.
        reader: Of its newest snapshot.
        salt: Another one, such as the day, chooses other articles.
        sample: How many articles to work out again.
    """
    store, folder = reader.store, graph_dir / EXTRACTIONS
    held = all_held(store)
    missing = [version_id for version_id, digest in held if not is_kept(folder, version_id, digest)]
    found = [
        f"the kept extraction of doc/{one} is missing; 'newsgraph ingest' reads it again" for one in missing
    ]
    pairs: list[Kept] = []
    for version_id, digest in _chosen([one for one in held if one[0] not in set(missing)], salt, sample):
        try:
            pairs.append(read_kept(folder, version_id, digest))
        except StoreError as error:
            found.append(error.reason)
    resolver = reader.resolver()
    for article, extraction in pairs:
        found += _told(article, _differences(store, article, extraction, resolver))
    found += _counted_again(store, pairs, resolver)
    found += _shaped(pairs[:SHAPED])
    found += _searched(graph_dir, reader, salt, sample)
    return found


def _searched(graph_dir: Path, reader: Reader, salt: str, sample: int) -> Iterator[str]:
    """Yield in what the search index is not what the snapshot makes it."""
    name, mend = f"{search_index.FILE}, the search index,", "delete it: 'newsgraph serve' makes it anew"
    if reader.snapshot is None:
        return
    try:
        with search_index.open_index(graph_dir) as connection:
            if not search_index.knows(connection, snapshot_id(reader.snapshot)):
                yield f"{name} does not hold the newest checkpoint; 'newsgraph serve' mends that"
                return
            [damage] = connection.execute("PRAGMA quick_check(1)").fetchone()
            held = search_index.held(connection, int(reader.snapshot.name))
    except sqlite3.Error as error:
        yield f"{name} cannot be read ({error}); {mend}"
        return
    nodes = set(all_nodes(reader.store))
    looked_at = sorted(nodes, key=lambda iri: sha256(f"{salt}{iri}".encode()).digest())[:sample]
    documents = (
        document_of(reader.store, graph_dir / EXTRACTIONS, iri)
        for iri in {*looked_at, *(nodes - held.keys())}
    )
    wrong = {one.iri for one in documents if one and held.get(one.iri) != one.digest()}
    wrong |= held.keys() - nodes
    if damage != "ok":
        yield f"{name} is damaged ({damage}); {mend}"
    if wrong:
        yield f"{name} tells of {len(wrong)} things what the graph does not, {min(wrong)} among them; {mend}"


def _chosen(held: Sequence[tuple[str, str]], salt: str, count: int) -> list[tuple[str, str]]:
    return sorted(held, key=lambda one: sha256(f"{salt}{one[0]}".encode()).digest())[:count]


def _differences(
    store: Store, article: Article, extraction: Extraction, resolver: Resolver
) -> Iterator[Quad]:
    """Yield what one of the store and the article has, and the other has not."""
    graph = version_graph(article.version_id)
    own = Store()  # which writes numbers as the other one does
    own.extend(version_quads(article, extraction))
    yield from set(own) ^ set(store.quads_for_pattern(None, None, None, graph))
    identity = resolver.identities(extraction, article.version_id)
    for quad in (
        *article_quads(article),
        *decision_quads(article.version_id, identity),
        *share_of(told_in(article, extraction, identity), identity).quads(),
    ):
        if quad not in store:
            yield quad


def _told(article: Article, differences: Iterable[Quad]) -> list[str]:
    lines = sorted(f"{quad.subject} {quad.predicate} {quad.object}" for quad in differences)
    more = f" and {len(lines) - TOLD_OF_ONE} more" if len(lines) > TOLD_OF_ONE else ""
    told = "; ".join(line[:200] for line in lines[:TOLD_OF_ONE])
    return [f"{article.id}: graph and kept extraction differ in {told}{more}"] if lines else []


def _counted_again(store: Store, pairs: Sequence[Kept], resolver: Resolver) -> Iterator[str]:
    things: dict[NamedNode, None] = {}
    edges: dict[tuple[NamedNode, NamedNode, NamedNode], None] = {}
    for article, extraction in pairs:
        identity = resolver.identities(extraction, article.version_id)
        share = share_of(told_in(article, extraction, identity), identity)
        things |= dict.fromkeys(one.canonical for one in identity.values())
        edges |= dict.fromkeys(share.edges)
    for thing in list(things)[:MOST_COUNTED]:
        yield from _thing_counted_again(store, thing)
    for edge in list(edges)[:MOST_COUNTED]:
        yield from _edge_counted_again(store, edge)


def _thing_counted_again(store: Store, thing: NamedNode) -> Iterator[str]:
    mentions = 0
    called = set[tuple[NamedNode, str]]()  # text, name: two entities of a text may be one thing
    for decision in store.quads_for_pattern(None, ng("right"), thing, IDENTITY):
        for left in values(store, NamedNode(value_of(decision.subject)), ng("left"), IDENTITY):
            entity, graph = NamedNode(left), version_graph(left.rpartition("#")[0].rpartition("/")[2])
            mentions += sum(1 for _ in store.quads_for_pattern(None, term("gaf:denotes"), entity, graph))
            called |= {(graph, name) for one in _NAMES for name in values(store, entity, one, graph)}
    if [str(mentions)] != (told := values(store, thing, ng("mentionCount"), VIEW)):
        yield f"{thing.value}: {mentions} mentions counted, the view says {', '.join(told) or 'nothing'}"
    names = Counter(name for _, name in called)
    in_use = [counts_literal(names).value] if names else []
    found_by = [name for one in _NAMES for name in values(store, thing, one, VIEW)]
    if in_use != values(store, thing, NAMES_IN_USE, VIEW) or sorted(names) != sorted(found_by):
        yield f"{thing.value}: its names in use are not those of its articles"


def _edge_counted_again(store: Store, edge: tuple[NamedNode, NamedNode, NamedNode]) -> Iterator[str]:
    subject, predicate, other = edge
    count = 0
    for first, second in ((subject, other), (other, subject)):
        for quad in store.quads_for_pattern(None, SUBJECT, first, VIEW):
            node = NamedNode(value_of(quad.subject))
            if (
                second.value in values(store, node, OBJECT, VIEW)
                and predicate.value in values(store, node, PREDICATE, VIEW)
                and ng("NarratorAsserted").value in values(store, node, ng("factuality"), VIEW)
                and (first == subject or values(store, node, ng("symmetric"), VIEW))
            ):
                count += 1
    nodes = store.quads_for_pattern(None, SUBJECT, subject, VIEW)
    told = [
        number
        for node in (NamedNode(value_of(quad.subject)) for quad in nodes)
        if predicate.value in values(store, node, PREDICATE, VIEW)
        and other.value in values(store, node, OBJECT, VIEW)
        for number in values(store, node, ng("evidenceCount"), VIEW)
    ]
    if told != [str(count)]:
        names = " ".join(one.value.rpartition("/")[2] for one in edge)
        yield f"{names}: evidence of {count} counted, the view says {', '.join(told) or 'nothing'}"


def _shaped(pairs: Sequence[Kept]) -> list[str]:
    if not pairs:
        return []
    store = Store()
    batch = Batch(
        store, NOTHING_DECIDED, {article.version_id: (article, one) for article, one in pairs}.__getitem__
    )
    for article, extraction in pairs:
        batch.add(prepare(article, extraction, digest="0" * 16))
    store.update(batch.changes().text())
    return [f"a graph of {len(pairs)} articles: {line}" for line in violations(store)]
