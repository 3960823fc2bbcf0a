"""Names of one article that mean the same known thing, or two different ones, whatever their words.

"The Pentagon" and "the Defense Department" are one body; George H. W. Bush and George W. Bush are two people,
though one name could be short for the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from extractors.clusters import Cluster
from extractors.known_names import WATCH_LIST
from extractors.words import Doc
from newsgraph.gazetteer import Known, load_gazetteer, plain_name
from newsgraph.watch_list import Watched, kept_watch_list

BODIES = frozenset(
    {
        "org",
        "media",
        "ministry",
        "force",
        "service",
        "parliament",
        "court",
        "bank",
        "group",
        "party",
        "company",
    }
)
# Kinds whose names mean the same whatever else an article says, by the types that they may be read as.
_CERTAIN = {
    "ORG": BODIES | {"government"},
    "LOC": frozenset({"country"}),
    "FAC": frozenset({"ministry"}),
    "PERSON": frozenset({"person"}),
}


@lru_cache(maxsize=8192)
def known_by_name(name: str, kind: str) -> Known | None:
    """Return the one thing that a name of that type means whatever stands around it."""
    found = [one for one in load_gazetteer().named(name) if one.kind in _CERTAIN.get(kind, ())]
    return found[0] if len(found) == 1 else None


def are_told_apart(one: str, other: str, kind: str) -> bool:
    """Say whether two names mean two different known things."""
    left, right = known_by_name(one, kind), known_by_name(other, kind)
    return left is not None and right is not None and left is not right


def own_thing(doc: Doc, cluster: Cluster) -> Watched | None:
    """Return the thing of the analyst's own list that a cluster's names mean; None for none, or two."""
    path = doc.user_data.get(WATCH_LIST)
    by_name = kept_watch_list(Path(path)).by_name if path else {}
    found = {one for name in cluster.forms(doc) if (one := by_name.get((plain_name(name), cluster.type)))}
    return found.pop() if len(found) == 1 else None


def join_known(doc: Doc, clusters: Sequence[Cluster]) -> list[Cluster]:
    """Return the clusters in order, those of one type whose names mean the same known thing made one.

    A name that means a thing only beside another name of it ("the Defense Department") joins that one.
    """
    first: dict[tuple[str, str], Cluster] = {}
    keys = [_key(doc, cluster) for cluster in clusters]
    for cluster, key in zip(clusters, keys, strict=True):
        if key is not None:
            first.setdefault((key, cluster.type), cluster)
    kept: list[Cluster] = []
    for cluster, key in zip(clusters, keys, strict=True):
        meant = key or _key_beside(doc, cluster, first)
        same = cluster if meant is None else first[meant, cluster.type]
        if same is cluster:
            kept.append(cluster)
        else:
            same.mentions += cluster.mentions
    return kept


def _key(doc: Doc, cluster: Cluster) -> str | None:
    """Return what the names of a cluster mean, if all that mean something mean the same."""
    if (own := own_thing(doc, cluster)) is not None:
        return own.key
    found = {one.key for name in cluster.forms(doc) if (one := known_by_name(name, cluster.type)) is not None}
    return found.pop() if len(found) == 1 else None


def _key_beside(doc: Doc, cluster: Cluster, first: Mapping[tuple[str, str], Cluster]) -> str | None:
    weak = load_gazetteer().weak
    found = {
        one.key
        for name in cluster.forms(doc)
        for one in weak.get(plain_name(name), ())
        if (one.key, cluster.type) in first
    }
    return found.pop() if len(found) == 1 else None
