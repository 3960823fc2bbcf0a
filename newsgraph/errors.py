"""Every exception raised on purpose: each message is one line that names the place and the mend."""

from __future__ import annotations

from pathlib import Path


class NewsGraphError(Exception):
    """Base class: catch this to catch all of ours and nothing else."""


class RecordError(NewsGraphError):
    """A JSON value is not the record it should be."""


class SettingsError(NewsGraphError):
    """A setting, from the environment or newsgraph.toml, cannot be used."""


class ModelError(NewsGraphError):
    """The shipped model is missing or damaged."""


class ClusterError(NewsGraphError):
    """The Dask cluster of the setting ``dask`` cannot be used."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"dask = {address!r}: {reason}")
        self.address = address
        self.reason = reason


class ArticleError(NewsGraphError):
    """Something about one article; a run goes on without it."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


class SourcesError(NewsGraphError):
    """sources.toml cannot be used: the message names the file, the table, the key and the mend."""


class ArchiveError(NewsGraphError):
    """The archive under data/raw/ cannot be read or written."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


class ArchiveBusyError(ArchiveError):
    """Another process is writing to the archive."""


class StoreError(NewsGraphError):
    """The store under data/graph/ cannot be read or written."""

    def __init__(self, graph_dir: Path, reason: str) -> None:
        super().__init__(f"{graph_dir}: {reason}")
        self.graph_dir = graph_dir
        self.reason = reason


class StoreBusyError(StoreError):
    """Another process is writing to the store."""


class RunBusyError(StoreError):
    """Another run of fetching, ingesting or maintenance is under way."""


class ReportError(NewsGraphError):
    """The report of a run cannot be written."""


class ScheduleError(NewsGraphError):
    """The scheduled runs cannot be served."""


class NoGraphError(StoreError):
    """Nothing has been ingested yet."""


class DecisionError(NewsGraphError):
    """What a reviewer wants to decide on identity is unclear or contradicts what was decided before."""


class UnknownArticleError(NewsGraphError):
    """It is not clear which article, or which run, a person means."""


class QueryError(NewsGraphError):
    """A SPARQL query cannot be run."""


class UnknownThingError(QueryError):
    """The graph holds nothing of that name."""


class UnclearError(QueryError):
    """What was given means several things; or none, but perhaps one of these."""

    def __init__(
        self, message: str, written: str, reason: str, candidates: tuple[tuple[str, str], ...]
    ) -> None:
        super().__init__(message)
        self.written = written  # as it was given
        self.reason = reason  # the message without the candidates
        self.candidates = candidates  # "id:person-…", what it is: those mentioned most first, not all of many


class RefusedError(QueryError):
    """A request is well formed, but asks for what is not allowed here."""


class AnswerError(QueryError):
    """A query was right, but no answer came: it took too long, too much, or its process died."""


class ServeError(NewsGraphError):
    """The endpoint cannot be started."""


class RemoteError(NewsGraphError):
    """A remote SPARQL server cannot be used, or does not hold what it should."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address}: {reason}")
        self.address = address
        self.reason = reason


class RemoteRefusedError(RemoteError):
    """A remote server will not do what it is asked; a smaller request it may."""


class ExportError(NewsGraphError):
    """The graph cannot be written in that form or to that place."""


class UnknownQueryError(QueryError):
    """There is no saved SPARQL query of that name."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"no saved query {name!r}; known: {', '.join(known) or 'none'}")
        self.name = name
        self.known = known


def as_sentence(message: str) -> str:
    """Return a message of ours, which begins small, as it stands on a page."""
    told = " ".join(message.split())
    return told[:1].upper() + told[1:]
