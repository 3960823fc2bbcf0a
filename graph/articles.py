"""Which article a person means, and taking it out for good: each function is one whole step."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Store

from graph.guard import Turn
from graph.held import article_ids, values
from graph.lookup import is_iri
from graph.retractions import Restoration, Retraction, Retractions, retractions_in
from graph.review import one_line
from graph.store import open_writer
from graph.terms import ARTICLES, BASE, article_iri, given_iri, term, value_of, version_graph, version_of
from newsgraph.errors import UnknownArticleError

A_RETRACTION = Turn("a retraction")
_BARE_TEXT = re.compile(
    rf"(?:{re.escape(BASE)})?doc/[0-9a-f]{{16}}", re.ASCII
)  # as 'newsgraph versions' shows one


class Retracted(NamedTuple):
    """What came of taking an article out, or letting it in again."""

    article: str  # its id
    readings: int  # that went, the present one and former ones
    is_new: bool  # False: it had been so before


def find_article(store: Store, written: str) -> str:
    """Return the id of the article that is meant.

    Args:
        store: That holds it.
        written: Its id, its URL or an IRI: of the article, of its text or of anything in that.

    Raises:
        UnknownArticleError: If the store holds none, or several of that URL.
    """
    found = _called(store, written) if _is_text(written) else []
    if not found and (out := _out(retractions_in(store), written)) is not None:
        raise UnknownArticleError(f"{out} is retracted; 'newsgraph query retracted' tells why")
    if not found:
        mend = "'newsgraph query articles' lists those that are there"
        raise UnknownArticleError(f"no article in the graph is {written!r}; {mend}")
    if len(found) > 1:
        raise UnknownArticleError(f"{len(found)} articles are at {written!r}: {', '.join(found)}; name one")
    return found[0]


def retract(
    graph_dir: Path, written: str, *, by: str, at: datetime, reason: str = "", turn: Turn = A_RETRACTION
) -> Retracted:
    """Take an article out for good: no run brings it in again.

    Args:
        graph_dir: Where the store lies.
        written: The article, as :func:`find_article` takes it.
        by: Who decides.
        at: When; a time without zone is taken for local time.
        reason: Why, in words.
        turn: How to wait for others who write.

    Raises:
        UnknownArticleError: If it is not clear which article is meant.
        StoreBusyError: If others who write take longer than ``turn`` has time.
        StoreError: If there is no store, or it cannot be written.
    """
    who, why = one_line(by, "who decides"), one_line(reason or "taken out", "the reason")
    with open_writer(graph_dir, turn, must_exist=True) as writer:
        if (out := _out(writer.retractions, written)) is not None:
            return Retracted(out, 0, is_new=False)
        article = find_article(writer.reader.store, written)
        readings = writer.retract(Retraction(article, who, at.astimezone(UTC), why))
        return Retracted(article, readings, is_new=True)


def restore(graph_dir: Path, written: str, *, by: str, at: datetime, turn: Turn = A_RETRACTION) -> Retracted:
    """Let an article that was taken out come in again, with the next run that finds it.

    Raises:
        UnknownArticleError: If no such article is out.
        StoreBusyError: If others who write take longer than ``turn`` has time.
        StoreError: If there is no store, or it cannot be written.
    """
    who = one_line(by, "who decides")
    with open_writer(graph_dir, turn, must_exist=True) as writer:
        article = _out(writer.retractions, written)
        if article is None:
            mend = "'newsgraph query retracted' lists those that are"
            raise UnknownArticleError(f"no article {written!r} is retracted; {mend}")
        # Not before what it ends, whatever the clock says.
        began = writer.retractions.in_force[article].at
        writer.retract(Restoration(article, who, max(began, at.astimezone(UTC))))
        return Retracted(article, 0, is_new=True)


def _called(store: Store, written: str) -> list[str]:
    if by_id := _ids(store, article_iri(written)):
        return by_id
    if iri := given_iri(f"{written}#text" if _BARE_TEXT.fullmatch(written) else written):
        text = version_of(iri)
        graph = iri.removeprefix(version_graph("").value)
        if text or graph != iri:
            return article_ids(store, text[0] if text else graph)
        return _ids(store, NamedNode(iri)) if is_iri(iri) else []
    quads = store.quads_for_pattern(None, term("schema:url"), Literal(written), ARTICLES)
    return sorted(one for quad in quads for one in _ids(store, NamedNode(value_of(quad.subject))))


def _ids(store: Store, node: NamedNode) -> list[str]:
    return values(store, node, term("schema:identifier"), ARTICLES)


def _out(retractions: Retractions, written: str) -> str | None:
    """Return the id of a retracted article that was written as id or as IRI."""
    iri = given_iri(written)
    out = retractions.in_force
    return next((one for one in out if written == one or iri == article_iri(one).value), None)


def _is_text(written: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in written)
