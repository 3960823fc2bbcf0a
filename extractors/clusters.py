"""The mentions of one thing, while they are being gathered."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from extractors.mentions import Referring
from newsgraph.records import EntityType


@dataclass
class Cluster:
    """One thing of an article."""

    type: EntityType
    mentions: list[Referring] = field(default_factory=list)
    phrases: list[Referring] = field(default_factory=list)  # nouns around a name: "the MQ-9 drone"
    gender: str | None = None  # as mentions.THIRD_PERSONS, once a pronoun or a title has told it

    def names(self, doc: Doc) -> list[str]:
        return [one.words(doc) for one in self.mentions if one.kind == "name"]

    @property
    def is_named(self) -> bool:
        return any(one.kind == "name" for one in self.mentions)

    def called(self, doc: Doc) -> list[Token]:
        """Return the nouns that it is called by."""
        return [doc[one.head] for one in (*self.mentions, *self.phrases) if one.kind == "nominal"]
