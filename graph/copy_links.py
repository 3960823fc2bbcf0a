"""Which articles of the store are copies of each other, article by article. Writes nothing but their prints.

Whether two articles are copies depends on the two alone, so it is found when the second of them comes and
is taken back when one of them goes. Copies of copies make a group, which bears the least of its members'
IRIs: it is worked out again where a link came or went, and nowhere else. So neither the order in which
articles come nor what was there in between leaves a trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from pyoxigraph import NamedNode, Quad, Store

from graph.candidates import candidates
from graph.copies import Likeness, Print, likeness, marks_of, unpacked
from graph.prints import Prints, Text, keys_in, text_of
from graph.terms import (
    ARTICLES,
    TYPE,
    article_iri,
    decimal_literal,
    likeness_iri,
    ng,
    text_iri,
    value_of,
)
from newsgraph.records import Article

COPY_OF, EXCERPT_OF, COPY_GROUP = ng("copyOf"), ng("excerptOf"), ng("copyGroup")
BETWEEN, CURRENT_VERSION = ng("between"), ng("currentVersion")


class Pair(NamedTuple):
    """Two articles that have much in common."""

    shorter: NamedNode
    longer: NamedNode
    likeness: Likeness


class CopyLinks:
    """Collects articles that come and go, then says which links between articles that changes."""

    def __init__(self, store: Store, prints: Prints) -> None:
        self._store = store
        self._prints = prints
        self._gone: set[NamedNode] = set()
        self._come: dict[NamedNode, Text] = {}

    def remove(self, article: Article) -> None:
        """Note that an article of the store goes."""
        self._gone.add(article_iri(article.id))

    def add(self, article: Article, one: Print | None) -> None:
        """Note that an article comes, in the place of one of its name that goes or anew."""
        self._come[article_iri(article.id)] = text_of(article, one)

    def changes(self) -> tuple[list[Quad], list[Quad]]:
        """Return the quads to delete and those to insert, when the prints of what comes are kept."""
        pairs = list(self._pairs())
        old, new = self._regrouped([pair for pair in pairs if pair.likeness.are_copies])
        old += [quad for node in self._gone for quad in self._links_of(node)]
        new += [quad for pair in pairs for quad in pair_quads(pair)]
        self._prints.put(self._come.values())
        return old, new

    def _pairs(self) -> Iterator[Pair]:
        come = [one for one in self._come.values() if one.keys]
        if not come:
            return
        keys = [keys_in(one.keys) for one in come]
        marks = marks_of([one.fingerprint for one in come])
        for places, numbers in candidates(keys, self._prints.holders(np.unique(np.concatenate(keys)))):
            others, rows = np.unique(numbers, return_inverse=True)
            prints = self._fingerprints(come, others.tolist())
            may_be_linked = marks.at(places).may_be_linked(marks_of(prints).at(rows))
            for row in np.flatnonzero(may_be_linked).tolist():
                one = come[places[row]]
                own, its = unpacked(one.fingerprint), unpacked(prints[rows[row]])
                found = likeness(own, its)
                if found.is_link and (other := self._article(come, int(numbers[row]))) is not None:
                    is_longer = len(own.shingles) > len(its.shingles)
                    shorter, longer = (other, one.article) if is_longer else (one.article, other)
                    yield Pair(shorter, longer, found)

    def _fingerprints(self, come: Sequence[Text], numbers: Sequence[int]) -> list[bytes]:
        """Return the fingerprints of texts, by the numbers that they are candidates under, in order."""
        own = [come[-1 - number].fingerprint for number in numbers if number < 0]
        return own + self._prints.fingerprints(numbers[len(own) :])

    def _article(self, come: Sequence[Text], number: int) -> NamedNode | None:
        """Return whose text has a number, if it comes, or is in the store and stays there."""
        if number < 0:
            return come[-1 - number].article
        one = self._prints.text(number)
        version = Quad(one.article, CURRENT_VERSION, text_iri(one.version), ARTICLES)
        stays = one.article not in self._gone and one.article not in self._come and version in self._store
        return one.article if stays else None

    def _links_of(self, node: NamedNode) -> Iterator[Quad]:
        """Yield all that the store says of an article's likeness to others."""
        for predicate in (COPY_OF, EXCERPT_OF):
            yield from self._store.quads_for_pattern(node, predicate, None, ARTICLES)
            yield from self._store.quads_for_pattern(None, predicate, node, ARTICLES)
        for quad in self._store.quads_for_pattern(None, BETWEEN, node, ARTICLES):
            yield from self._store.quads_for_pattern(quad.subject, None, None, ARTICLES)

    def _regrouped(self, copies: Iterable[Pair]) -> tuple[list[Quad], list[Quad]]:
        """Return which membership of groups ends and which begins, given the new links between copies.

        A group that loses a member falls apart into its articles, held together by the links that are left;
        any other counts as one, whatever its size.
        """
        broken = {group for node in self._gone if (group := self._group_of(node)) is not None}
        loose = {node for group in broken for node in self._members_of(group)} - self._gone
        groups = Groups()
        for node in loose:
            for other in self._copies_of(node):
                groups.join(node, other)
        for pair in copies:
            groups.join(*(self._whole(node, loose) for node in (pair.shorter, pair.longer)))
        old = [_member_quad(node, group) for group in broken for node in self._members_of(group)]
        new: list[Quad] = []
        for name, parts in groups.named():
            for part in parts:
                members = self._members_of(part) if self._is_whole(part, loose) else []
                if members and part == name:
                    continue  # it was a group, and goes on under its name
                old += [_member_quad(node, part) for node in members]
                new += [_member_quad(node, name) for node in members or [part] if len(parts) > 1]
        return old, new

    def _whole(self, node: NamedNode, loose: set[NamedNode]) -> NamedNode:
        """Return what stands for an article while groups are joined: its group, if that is whole."""
        return (self._group_of(node) or node) if self._is_whole(node, loose) else node

    def _is_whole(self, node: NamedNode, loose: set[NamedNode]) -> bool:
        """Tell whether an article is in the group that the store has it in, or names it, as before."""
        return node not in loose and node not in self._come

    def _copies_of(self, node: NamedNode) -> Iterator[NamedNode]:
        for quad in self._store.quads_for_pattern(node, COPY_OF, None, ARTICLES):
            if (other := _node(quad.object)) not in self._gone:
                yield other

    def _group_of(self, node: NamedNode) -> NamedNode | None:
        quads = self._store.quads_for_pattern(node, COPY_GROUP, None, ARTICLES)
        return next((_node(quad.object) for quad in quads), None)

    def _members_of(self, group: NamedNode) -> list[NamedNode]:
        quads = self._store.quads_for_pattern(None, COPY_GROUP, group, ARTICLES)
        return [_node(quad.subject) for quad in quads]


class Groups:
    """Joins articles to groups. The name of a group is the least IRI in it."""

    def __init__(self) -> None:
        self._above: dict[NamedNode, NamedNode] = {}

    def join(self, one: NamedNode, other: NamedNode) -> None:
        first, second = sorted((self._top(one), self._top(other)), key=value_of)
        self._above[second] = first

    def named(self) -> Iterable[tuple[NamedNode, list[NamedNode]]]:
        """Return each group's name with its members."""
        groups: dict[NamedNode, list[NamedNode]] = {}
        for node in self._above:
            groups.setdefault(self._top(node), []).append(node)
        return groups.items()

    def _top(self, node: NamedNode) -> NamedNode:
        above = self._above.setdefault(node, node)
        while above != node:
            self._above[node] = self._above[above]  # halves the way for the next who asks
            node, above = above, self._above[above]
        return node


def pair_quads(pair: Pair) -> Iterator[Quad]:
    """Yield what two articles have in common, and the link between them."""
    shorter, longer, one = pair
    node = likeness_iri(shorter, longer)
    yield Quad(node, TYPE, ng("Likeness"), ARTICLES)
    yield Quad(node, BETWEEN, shorter, ARTICLES)
    yield Quad(node, BETWEEN, longer, ARTICLES)
    yield Quad(node, ng("resemblance"), decimal_literal(one.resemblance), ARTICLES)
    yield Quad(node, ng("containment"), decimal_literal(one.containment), ARTICLES)
    if one.are_copies:
        yield Quad(shorter, COPY_OF, longer, ARTICLES)
        yield Quad(longer, COPY_OF, shorter, ARTICLES)
    else:
        yield Quad(shorter, EXCERPT_OF, longer, ARTICLES)


def _member_quad(node: NamedNode, group: NamedNode) -> Quad:
    return Quad(node, COPY_GROUP, group, ARTICLES)


def _node(term: object) -> NamedNode:
    return NamedNode(value_of(term))
