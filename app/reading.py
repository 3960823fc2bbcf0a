"""An article with what was read in it, and the ways to find something there and to name it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from graph.resolve import NOTHING_KNOWN
from graph.snapshots import Reader
from newsgraph.records import (
    Article,
    Attribution,
    Entity,
    Extraction,
    Mention,
    PassedOver,
    Proposition,
    Relation,
    TextSpan,
)

Statement: TypeAlias = Attribution | Relation | Proposition
Record: TypeAlias = Statement | Entity | Mention


class Reading:
    """An article with what was read in it, and the ways to find something there."""

    def __init__(self, article: Article, extraction: Extraction, reader: Reader | None = None) -> None:
        self.article = article
        self.reader = reader  # of the store that has the article, if one has
        self.resolver = NOTHING_KNOWN if reader is None else reader.resolver()
        self.extraction = extraction
        self.statements: tuple[Statement, ...] = (
            *extraction.attributions,
            *extraction.relations,
            *extraction.propositions,
        )
        self.entities = {one.id: one for one in extraction.entities}
        self.attributions = {one.id: one for one in extraction.attributions}
        self.relations = {one.id: one for one in extraction.relations}

    def find(self, what: str) -> list[Record]:
        """Return the record of that id or else the entities of that name."""
        records: tuple[Record, ...] = (*self.statements, *self.extraction.entities, *self.extraction.mentions)
        name = _plain(what)
        return [one for one in records if one.id == what] or [
            one
            for one in self.extraction.entities
            if name in {_plain(known) for known in (one.name, *one.aliases)}
        ]

    def names(self) -> list[str]:
        """Return the names of all entities, beginning with what the article is most about."""
        by_salience = sorted(self.extraction.entities, key=lambda one: -one.salience)
        return list(dict.fromkeys(one.name for one in by_salience))

    def name(self, entity: str | None) -> str:
        one = self.entities.get(entity or "")
        return one.name if one else entity or "somebody who is not named"

    def named(self, entity: str) -> str:
        """Return an entity's name with what tells it from others."""
        one = self.entities.get(entity)
        return f"{one.name} ({entity}, {one.type})" if one else entity

    def words(self, spans: Iterable[tuple[int, int]]) -> str:
        return " … ".join(self.extraction.text[start:end] for start, end in spans)

    def mentions(self, entity: str | None, within: Sequence[TextSpan]) -> list[Mention]:
        return [one for one in self.extraction.mentions if one.entity == entity and overlaps(one, within)]

    def sentences(self, spans: Sequence[TextSpan]) -> tuple[TextSpan, ...]:
        """Return the sentences in which ``spans`` stand, those that follow each other as one stretch."""
        found: list[TextSpan] = []
        for start, end in filter(lambda one: overlaps(one, spans), self.extraction.sentences):
            if found and not self.extraction.text[found[-1].end : start].strip():
                start = found.pop().start
            found.append(TextSpan(start, end))
        return tuple(found) or tuple(sorted(spans))


def overlaps(one: TextSpan | Mention | PassedOver, spans: Iterable[TextSpan]) -> bool:
    return any(one.start < end and start < one.end for start, end in spans)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
