"""What everybody but the writer sees of the store (store.py): its newest snapshot, which nobody changes."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from pyoxigraph import NamedNode, Store

from graph import search_index
from graph.decisions import Decisions
from graph.former import Former, former_names, read_former
from graph.guard import Hold, damaged
from graph.held import held, values
from graph.kept import all_kept, read_kept
from graph.placing import Clusters, Compared, compared_with
from graph.profiles import Profile
from graph.provenance import RunInfo
from graph.readings import Reading, outdated, reading_of
from graph.resolve import Resolver
from graph.reviewed import entries_in
from graph.terms import LABEL, VIEW, is_of_today, shown_iri
from newsgraph.errors import NoGraphError, StoreError
from newsgraph.records import Article, Extraction

CURRENT, EXTRACTIONS = "current", "extractions"


class Reader:
    """Answers questions about a snapshot. Made by :func:`open_reader`."""

    def __init__(self, graph_dir: Path, store: Store, hold: Hold | None = None) -> None:
        self._graph_dir = graph_dir
        self._kept = graph_dir / EXTRACTIONS
        self._hold = hold  # the snapshot stays on disk for as long as the reader lives
        self.store = store

    @property
    def graph_dir(self) -> Path:
        """The folder of the store."""
        return self._graph_dir

    @property
    def snapshot(self) -> Path | None:
        """The folder that is read; None for what a writer has committed but not published."""
        return self._hold.folder if self._hold else None

    def kept(self, article_id: str) -> tuple[Article, Extraction] | None:
        """Return an article with what was read in it; None if the store does not hold it.

        Raises:
            StoreError: If what was kept of it is damaged.
        """
        found = next(held(self.store, article_id), None)
        return found and read_kept(self._kept, *found)

    def reading(self, article_id: str) -> Reading | None:
        """Return the same with the runs that read it; None if the store does not hold it.

        Raises:
            StoreError: If what was kept of it is damaged.
        """
        for version_id, digest in held(self.store, article_id):
            return reading_of(self.store, *read_kept(self._kept, version_id, digest), digest)
        return None

    def outdated(self, run: RunInfo) -> list[tuple[str, str]]:
        """Return text version and digest of all that was not read by a run's software and model."""
        return outdated(self.store, run)

    def kept_of(self, version_id: str, digest: str) -> tuple[Article, Extraction] | None:
        """Return what was read in a text version; None if another reading has replaced it by now."""
        try:
            return read_kept(self._kept, version_id, digest)
        except StoreError:
            return None

    def former(self, article_id: str) -> list[Former]:
        """Return the readings of an article that others have replaced, oldest first.

        Raises:
            StoreError: If what was kept of one is damaged.
        """
        found = [read_former(self._graph_dir, name) for name in former_names(self.store, article_id)]
        return sorted(found, key=lambda one: (one.known_until, one.known_from, one.name))

    def decisions(self) -> Decisions:
        """Return what reviewers have decided."""
        return Decisions(entries_in(self.store))

    def resolver(self) -> Resolver:
        """Return what says who is who here."""
        return Resolver(self.decisions(), Clusters(self.store).of)

    def compared(self, profile: Profile) -> list[Compared]:
        """Return what newsgraph decided on a profile."""
        return compared_with(self.store, profile)

    def name_of(self, canonical: NamedNode) -> str:
        """Return how the view shows a canonical entity, with its IRI."""
        names = values(self.store, canonical, LABEL, VIEW)
        return " ".join([*names[:1], f"({shown_iri(canonical.value)})"])

    def dump(self, file: BinaryIO, *, without_provenance: bool = False) -> None:
        """Write all quads as sorted N-Quads: two stores that say the same give the same bytes.

        Without provenance, what runs and times leave is left out: former readings and retractions, too.
        """
        quads = (quad for quad in self.store if not without_provenance or is_of_today(quad.graph_name))
        for line in sorted(
            f"{quad.subject} {quad.predicate} {quad.object} {quad.graph_name} .\n" for quad in quads
        ):
            file.write(line.encode())


def open_reader(graph_dir: Path) -> Reader:
    """Open the newest snapshot, which no writer changes any more, nor deletes while it is read.

    Raises:
        NoGraphError: If nothing has been ingested yet.
        StoreError: If the snapshot is damaged.
    """
    while (folder := newest_snapshot(graph_dir)) is not None:
        try:
            hold = Hold(folder)
        except FileNotFoundError:  # deleted just now: there is a newer one, or none
            continue
        if newest_snapshot(graph_dir) != folder:  # a writer may have begun to delete it before it was held
            continue
        try:
            return Reader(graph_dir, Store.read_only(str(folder)), hold)
        except (OSError, RuntimeError) as error:
            raise damaged(graph_dir, error) from None
    raise no_graph(graph_dir)


def holds_articles(graph_dir: Path) -> bool:
    """Say whether articles were ingested here; what was pushed here is a copy."""
    return bool(all_kept(graph_dir / EXTRACTIONS))


def newest_snapshot(graph_dir: Path) -> Path | None:
    """Return the folder of what readers are to see; None if nothing has been published."""
    current = graph_dir / CURRENT
    return current.resolve() if current.exists() else None


def snapshot_id(snapshot: Path | None) -> str:
    """Return what tells a snapshot from all others, earlier ones of the same number too; "" for none."""
    if snapshot is None:
        return ""
    try:
        return f"{snapshot.name}-{(snapshot / 'CURRENT').stat().st_mtime_ns:x}"  # which is written once
    except OSError:  # just deleted: there is a newer one
        return ""


def is_searchable(graph_dir: Path) -> bool:
    """Say whether what readers see now can be searched."""
    return search_index.has(graph_dir, snapshot_id(newest_snapshot(graph_dir)))


def no_graph(graph_dir: Path) -> NoGraphError:
    """Return what is raised where nothing has been ingested yet."""
    return NoGraphError(graph_dir, "there is no graph yet; run 'newsgraph ingest' first")
