"""What the search index finds before a question is asked, which then has it as VALUES.

A question says in a comment what may be found beforehand, by a parameter, or instead of what is in braces:

    # VALUES (?in ?s) $about
    {  # VALUES (?speaker ?side)
      SELECT DISTINCT ?speaker ?side WHERE { ... } }

Where the search index holds this snapshot, the first becomes VALUES if that parameter is given: all that the
question could find, and perhaps more. The second becomes the rows that what is in the braces would find.
Without the index they stay comments, and the question finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from graph.parameters import Bound, group_around
from graph.sides import linked, sides
from graph.snapshots import Reader
from graph.statement_words import names_saying, plain
from graph.terms import local_iri, version_graph
from graph.views.indexed import Index, searchable

MOST_FOUND = 20_000  # of more, a thousand of the newest articles are found as soon by reading these
Finder = Callable[[Reader, Index, str], Sequence[str] | None]  # what is given or in the braces -> rows

_COMMENT = re.compile(r"(\{ *)?(# VALUES (\([?\w ]+\))(?: \$(\w+))?)$", re.MULTILINE)
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
    for comment in _COMMENT.finditer(asked.text):
        opens, _, columns, parameter = comment.groups()
        around = group_around(comment.string, comment.end()) if opens else None
        place = comment.span(2) if parameter else around
        find = _FINDERS.get(columns)
        if find is None or place is None or (parameter and parameter not in given):
            continue
        old = comment.string[slice(*place)]
        with searchable(reader) as index:
            rows = find(reader, index, given.get(parameter, old)) if index is not None else None
        if rows is not None:
            asked = _with(asked, old, f"VALUES {columns} {{ {' '.join(rows)} }}")
    return asked


def _with(asked: Bound, old: str, values: str) -> Bound:
    around = asked.around and (asked.around[0].replace(old, values), asked.around[1].replace(old, values))
    text, chosen = (one.replace(old, values) for one in (asked.text, asked.chosen))
    return asked._replace(text=text, chosen=chosen, around=around)


def _statements(_: Reader, index: Index, words: str) -> Sequence[str] | None:
    """Return the graph and IRI of each statement with these words; None: too many, or not known of all."""
    wanted = plain(words)
    if index.rows(_UNKNOWN) != [(0,)]:  # what is kept of an article is damaged
        return None
    found: list[str] = []
    for version_id, lines in index.rows(_SAYING, words=wanted):
        graph = version_graph(version_id)
        found += [f"({graph} {local_iri(version_id, name)})" for name in names_saying(lines, wanted)]
        if len(found) > MOST_FOUND:
            return None
    return found


_FINDERS: Mapping[str, Finder] = {
    "(?in ?s)": _statements,
    "(?speaker ?side)": sides,
    "(?entity ?isKnown ?top)": linked,
}
