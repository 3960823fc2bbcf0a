"""The mentions of one thing, while they are being gathered."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.mentions import Referring
from extractors.words import Doc, Token
from newsgraph.records import EntityType


@dataclass
class Cluster:
    """One thing of an article."""

    type: EntityType
    mentions: list[Referring] = field(default_factory=list)
    phrases: list[Referring] = field(default_factory=list)  # nouns around a name: "the MQ-9 drone"
    unsure: list[Referring] = field(default_factory=list)  # pronouns that may mean it: shown, and no more
    gender: str | None = None  # as mentions.THIRD_PERSONS, once a pronoun or a title has told it
    is_passing: bool = False  # no entity, but something that a pronoun may mean: passing.py
    _forms: tuple[str, ...] = field(default=(), repr=False, compare=False)
    _seen: int = field(default=0, repr=False, compare=False)  # mentions whose names are among the forms
    _named: bool = field(default=False, repr=False, compare=False)
    _looked_at: int = field(default=0, repr=False, compare=False)  # mentions in which no name was found

    def copy(self) -> Cluster:
        """Return the same thing with mentions of its own, to try something out on."""
        return Cluster(
            self.type,
            list(self.mentions),
            list(self.phrases),
            list(self.unsure),
            self.gender,
            self.is_passing,
        )

    def names(self, doc: Doc) -> list[str]:
        """Return the words of each mention that is a name, in their order."""
        return [one.words(doc) for one in self.mentions if one.kind == "name"]

    def forms(self, doc: Doc) -> tuple[str, ...]:
        """Return its names, each once; asked for often, so only new mentions are read.

        "John" of "John and Ann Berg" with the surname.
        """
        if self._seen != len(self.mentions):
            new = (one.whole_name(doc) for one in self.mentions[self._seen :] if one.kind == "name")
            self._forms = tuple(dict.fromkeys((*self._forms, *new)))
            self._seen = len(self.mentions)
        return self._forms

    @property
    def is_named(self) -> bool:
        if not self._named and self._looked_at != len(self.mentions):
            self._named = any(one.kind == "name" for one in self.mentions)
            self._looked_at = len(self.mentions)
        return self._named

    def called(self, doc: Doc) -> list[Token]:
        """Return the nouns that it is called by."""
        tokens = doc.tokens
        return [tokens[one.head] for one in (*self.mentions, *self.phrases) if one.kind == "nominal"]
