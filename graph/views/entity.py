"""The view of an entity: what it is, what it says, what is said of it, what it does, who it is held to be.

Without ``part`` a little of each; with it all of one, page by page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from pyoxigraph import NamedNode, Store

from graph.held import most_used, values
from graph.placing import Clusters
from graph.snapshots import Reader
from graph.terms import (
    IDENTITY,
    LABEL,
    NAMES_IN_USE,
    VIEW,
    decision_iri,
    known_iri,
    ng,
    shown_iri,
    term,
    value_of,
    version_graph,
    version_of,
)
from graph.views.around_it import AroundIt, Evidence, PostKey
from graph.views.given import given_iri, given_number, given_one_of
from graph.views.identity import Decided, Held, now
from graph.views.statements import (
    PAGE,
    ArticleRef,
    Event,
    Rows,
    Said,
    Statements,
    Thing,
    label_of,
    page_of,
)
from newsgraph.errors import UnknownThingError
from newsgraph.vocabulary import load_vocabulary

PARTS = ("", "said", "about", "posts", "contacts", "timeline", "neighbours", "articles", "identity")
_LISTS = ("said", "about", "posts", "contacts", "timeline", "neighbours")
SOME = 5  # rows of each part where all are shown
MOST_NAMES = 30
MOST_KNOWN = 8
MOST_SAME = 200  # quads that say the same, each in the graph of another article
MOST_PAGES = 10_000

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class NameUsed:
    """One of the entity's names, and in how many articles it is called so."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class KnownAs:
    """The known thing that it is."""

    name: str
    same_as: tuple[str, ...]  # IRIs in outside knowledge bases
    part_of: str  # the known thing that it counts for; "" if for none


@dataclass(frozen=True, slots=True)
class Post:
    """A post, a membership or another state, over all articles that tell of it."""

    subject: Thing
    predicate: str  # its label
    object: Thing
    post: str  # in the words of the article
    first: str  # ISO 8601; as of when it holds, by the first article that says so
    last: str
    articles: int
    facts: int  # articles that say so in their own voice
    event: Event  # the latest


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What the entity has to do with another, summed up."""

    thing: Thing
    ways: tuple[str, ...]  # "→ struck": what the entity does; "← struck": what is done to it; "↔ met"
    facts: int  # pieces of evidence that articles tell in their own voice
    claims: int
    articles: int


@dataclass(frozen=True, slots=True)
class Placed:
    """An article's entity that is this one."""

    iri: str  # such as doc/93f0…#e3, as same and different take it
    name: str
    article: ArticleRef
    reason: str


@dataclass(frozen=True, slots=True)
class EntityView:
    """All that the page shows; a part that was not asked for is None."""

    thing: Thing
    shown: str  # its IRI, short
    names: tuple[NameUsed, ...]
    known: tuple[KnownAs, ...]
    mentions: int
    counts: Mapping[str, int]  # rows of each part
    part: str
    said: Rows[Said] | None
    about: Rows[Said] | None
    posts: Rows[Post] | None
    contacts: Rows[Event] | None
    timeline: Rows[Event] | None
    neighbours: Rows[Neighbour] | None
    articles: Rows[Placed] | None
    identity: Decided | None


def view(reader: Reader, parameters: Mapping[str, str]) -> EntityView:
    """Return what is to be shown of the canonical entity ``iri``.

    Raises:
        UnknownThingError: If the view holds none of that IRI.
        QueryError: If a parameter (iri, part, page) makes no sense.
    """
    iri = given_iri(parameters, "iri")
    part = given_one_of(parameters, "part", PARTS)
    page = given_number(parameters, "page", 1, most=MOST_PAGES)
    store, statements = reader.store, Statements(reader.store)
    thing = _meant(reader, statements, iri)
    iri = NamedNode(thing.iri)
    held, there = Held(reader, iri, statements), AroundIt(store, iri)
    shown = _Shown(statements, there, part, page)
    counts = {name: len(getattr(there, name)) for name in _LISTS}
    return EntityView(
        thing,
        shown_iri(iri.value),
        _names(store, iri),
        tuple(_known_as(store, held.known())),
        sum(map(int, values(store, iri, ng("mentionCount"), VIEW))),
        {**counts, "articles": there.count_of_articles(), "identity": held.count},
        part,
        shown.rows("said", statements.said),
        shown.rows("about", statements.said),
        shown.rows("posts", shown.post),
        shown.rows("contacts", statements.event),
        shown.rows("timeline", statements.event),
        shown.rows("neighbours", shown.neighbour),
        shown.rows("articles", shown.placed) if part == "articles" else None,
        held.decided(*shown.window) if part in ("", "identity") else None,
    )


def _meant(reader: Reader, statements: Statements, iri: NamedNode) -> Thing:
    """Return the entity of an IRI, or what it has become by decisions on who is who.

    Raises:
        UnknownThingError: If the view holds none.
    """
    try:
        return statements.thing(iri.value)
    except UnknownThingError:
        found = now(statements, reader.resolver().places, Clusters(reader.store).of(iri))
        if found is None:
            raise
        return found


class _Shown:
    """Makes rows: some of each list, or one page of the list that is asked for."""

    def __init__(self, statements: Statements, there: AroundIt, part: str, page: int) -> None:
        self._statements, self._there, self._part = statements, there, part
        self.window = (page, PAGE) if part else (1, SOME)

    def rows(self, name: str, made: Callable[..., Row]) -> Rows[Row] | None:
        if self._part not in ("", name):
            return None
        return page_of(getattr(self._there, name), made, *self.window)

    def post(self, _: PostKey, told: list[Evidence]) -> Post:
        event = self._statements.event(told[0].node)
        days = [one.when for one in told if one.when]
        return Post(
            event.subject,
            event.predicate,
            event.object,
            event.post,
            min(days, default=""),
            max(days, default=""),
            len({one.article for one in told}),
            len({one.article for one in told if one.standing == "NarratorAsserted"}),
            event,
        )

    def neighbour(self, other: str, told: list[Evidence]) -> Neighbour:
        return Neighbour(
            self._statements.thing(other),
            tuple(sorted({_way(one) for one in told})),
            sum(one.standing == "NarratorAsserted" for one in told),
            sum(one.standing != "NarratorAsserted" for one in told),
            len({one.article for one in told}),
        )

    def placed(self, node: str) -> Placed:
        store, (version, entity) = self._statements.store, version_of(node) or ("", "")
        reasons = values(store, decision_iri(version, entity), ng("reason"), IDENTITY)
        names = values(store, NamedNode(node), LABEL, version_graph(version))
        article = self._statements.article_of(version)
        return Placed(shown_iri(node), "".join(names[:1]), article, "".join(reasons[:1]))


def _way(one: Evidence) -> str:
    kind = load_vocabulary().get(one.predicate)
    return f"{'↔' if kind and kind.symmetric else one.way} {label_of(one.predicate)}"


def _names(store: Store, iri: NamedNode) -> tuple[NameUsed, ...]:
    return tuple(NameUsed(*one) for one in most_used(store, iri, NAMES_IN_USE, MOST_NAMES))


def _known_as(store: Store, keys: Iterable[str]) -> Iterator[KnownAs]:
    """Yield what is known beforehand of the things that it is."""
    for key in islice(keys, MOST_KNOWN):
        node = known_iri(key)
        above = (
            one for each in _of(store, node, ng("rollsUpTo")) for one in _of(store, NamedNode(each), LABEL)
        )
        name = next(_of(store, node, LABEL), key)
        yield KnownAs(name, tuple(_of(store, node, term("skos:exactMatch"))), next(above, ""))


def _of(store: Store, node: NamedNode, predicate: NamedNode) -> Iterator[str]:
    """Yield what any article's graph says of a known thing; all say the same."""
    found = islice(store.quads_for_pattern(node, predicate, None, None), MOST_SAME)
    return iter(sorted({value_of(quad.object) for quad in found}))
