"""The words of an article's statements, by which they are looked for. Pure.

The same words as the question ``known_on`` looks in (graph/queries/known_on.rq), put so that a search finds
at least what SPARQL's CONTAINS of both in small letters finds there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.claims import voice_name
from newsgraph.records import Extraction

_SPACE = re.compile(r"\s")
_BETWEEN, _BEFORE_WORDS = " ", "\t"  # which names and plain words do not have


def statement_words(extraction: Extraction) -> str:
    r"""Return the words of each statement, a line each: the local names that have them, then the words.

    "a0 v-p0-a0\tthat it had struck the drone"
    """
    names: dict[str, list[str]] = {}
    for name, words in _statements(extraction):
        names.setdefault(plain(words), []).append(name)
    return "\n".join(f"{_BETWEEN.join(called)}{_BEFORE_WORDS}{words}" for words, called in names.items())


def names_saying(lines: str, wanted: str) -> Iterator[str]:
    """Yield the local names of those statements of :func:`statement_words` that have these plain words."""
    for line in lines.split("\n"):
        names, _, words = line.partition(_BEFORE_WORDS)
        if wanted in words:
            yield from names.split(_BETWEEN)


def plain(words: str) -> str:
    """Return words in small letters, without other white space than blanks: one for one, so none is lost."""
    return _SPACE.sub(" ", words.lower())


def _statements(extraction: Extraction) -> Iterator[tuple[str, str]]:
    names = {entity.id: entity.name for entity in extraction.entities}
    for one in extraction.attributions:
        yield one.id, " … ".join(extraction.text[start:end] for start, end in one.content)
    for relation in extraction.relations:
        parties = names[relation.subject], relation.predicate, names[relation.object]
        yield relation.id, " ".join(parties)
    for proposition in extraction.propositions:
        for voice in proposition.voices:
            yield voice_name(proposition, voice), proposition.text
