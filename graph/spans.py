"""Stretches of an article's text as nodes, and the sentence to read as evidence. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from graph.terms import TYPE, ng, number_literal, span_iri, term, text_iri, text_literal
from newsgraph.records import Article, Extraction, TextSpan

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]


class Spans:
    """Gives each stretch of an article's text its node."""

    def __init__(self, article: Article, extraction: Extraction) -> None:
        self._words = article.text
        self._version_id = article.version_id
        self._text = text_iri(self._version_id)
        self._sentences = extraction.sentences
        self._begins = [sentence.start for sentence in extraction.sentences]
        self._told: dict[tuple[int, int], NamedNode] = {}

    def of(self, span: tuple[int, int]) -> tuple[NamedNode, list[Statement]]:
        """Return the node of a stretch, and what is to be said of it, unless it has been said before."""
        if (known := self._told.get(span)) is not None:
            return known, []
        start, end = span
        node = self._told[span] = span_iri(self._version_id, start, end)
        return node, [
            (node, TYPE, term("nif:OffsetBasedString")),
            (node, term("nif:referenceContext"), self._text),
            (node, term("nif:beginIndex"), number_literal(start)),
            (node, term("nif:endIndex"), number_literal(end)),
            (node, term("nif:anchorOf"), text_literal(self._words[start:end])),
        ]

    def linked(self, node: NamedNode, predicate: NamedNode, span: tuple[int, int]) -> Iterator[Statement]:
        """Yield the link of a node to a stretch of text, and the stretch."""
        target, statements = self.of(span)
        yield from statements
        yield node, predicate, target

    def sentence_at(self, node: NamedNode, place: TextSpan) -> Iterator[Statement]:
        """Yield the sentence in which something stands: what an analyst reads as evidence."""
        number = bisect_right(self._begins, place.start) - 1
        if number >= 0 and place.start < self._sentences[number].end:
            yield from self.linked(node, ng("sentence"), self._sentences[number])
