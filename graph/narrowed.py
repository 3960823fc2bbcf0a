"""What the search index finds before a question is asked, which then has it as VALUES.

A question says in a comment what may be found beforehand, and by which parameter:

    # VALUES (?in ?s) $about

Where that is given, and the search index holds this snapshot, the comment becomes the VALUES: all that the
question could find, and perhaps more. Without the index it stays a comment, and the question finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pyoxigraph import NamedNode

from graph.parameters import Bound
from graph.sides import asks_for_sides, with_sides
from graph.statement_words import names_saying, plain
from graph.store import Reader
from graph.terms import local_iri, version_graph
from graph.views.indexed import Index, searchable

MOST_FOUND = 20_000  # of more, a thousand of the newest articles are found as soon by reading these
Found = list[tuple[NamedNode, ...]]

_NARROWED = re.compile(r"# VALUES (\([?\w ]+\)) \$(\w+)$", re.MULTILINE)
_UNKNOWN = """
SELECT count(*) FROM said CROSS JOIN document ON id = document
WHERE statements IS NULL AND since <= :number AND (until IS NULL OR until > :number)
"""
_SAYING = """
SELECT version, statements FROM said CROSS JOIN document ON id = document
WHERE instr(statements, :words) AND since <= :number AND (until IS NULL OR until > :number)
"""


def narrowed(reader: Reader, asked: Bound, given: Mapping[str, str]) -> Bound:
    """Return a question with what the search index finds of what is given.

    Raises:
        StoreError: If the index breaks while it is read.
    """
    if asks_for_sides(asked.text) and not asked.limit:
        with searchable(reader) as index:
            if index is not None:
                asked = asked._replace(text=with_sides(reader, index, asked.text))
    for comment in _NARROWED.finditer(asked.text):
        value, find = given.get(comment[2]), _FINDERS.get(comment[1])
        if value is None or find is None:
            continue
        with searchable(reader) as index:
            found = find(index, value) if index is not None else None
        if found is not None:
            rows = " ".join(f"({' '.join(map(str, row))})" for row in found)
            asked = _with(asked, comment[0], f"VALUES {comment[1]} {{ {rows} }}")
    return asked


def _with(asked: Bound, comment: str, values: str) -> Bound:
    around = asked.around and (
        asked.around[0].replace(comment, values),
        asked.around[1].replace(comment, values),
    )
    text, chosen = (one.replace(comment, values) for one in (asked.text, asked.chosen))
    return asked._replace(text=text, chosen=chosen, around=around)


def _statements(index: Index, words: str) -> Found | None:
    """Return the graphs and IRIs of statements with these words; None: too many, or not known of all."""
    wanted = plain(words)
    if index.rows(_UNKNOWN) != [(0,)]:  # what is kept of an article is damaged
        return None
    found: Found = []
    for version_id, lines in index.rows(_SAYING, words=wanted):
        graph = version_graph(version_id)
        found += [(graph, local_iri(version_id, name)) for name in names_saying(lines, wanted)]
        if len(found) > MOST_FOUND:
            return None
    return found


_FINDERS: Mapping[str, Callable[[Index, str], Found | None]] = {"(?in ?s)": _statements}
