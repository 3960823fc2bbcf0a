"""Answers of rows and columns, written for people and for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Literal as OneOf
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.parameters import Term
from graph.query import comma_separated, shown, table

Form = OneOf["table", "csv", "json", "md"]

_TYPE = {NamedNode: "uri", BlankNode: "bnode", Literal: "literal"}
_STRING = "http://www.w3.org/2001/XMLSchema#string"


class Answer(NamedTuple):
    """What a question gives: a table of terms."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term, ...], ...]  # None: there is no value
    is_cut: bool = False  # there are more rows
    why: str = ""  # there is none, as far as that is known

    def with_texts(self, rows: Iterable[Mapping[str, str]]) -> Answer:
        """Return the answer with more rows, each text by its column."""
        more = (tuple(Literal(row[name]) if name in row else None for name in self.columns) for row in rows)
        return self._replace(rows=(*self.rows, *more))


def written(answer: Answer, form: Form, *, width: int | None = None) -> str:
    """Return an answer as text.

    Args:
        answer: To be written.
        form: "table" for people; "csv" and "json" as the W3C defines them for SPARQL; "md" a Markdown table.
        width: Columns that a table may take; None: as many as it needs.
    """
    if form == "csv":
        return comma_separated(answer.columns, answer.rows)
    if form == "json":
        return _json(answer)
    if form == "md":
        return _markdown(answer)
    return table(answer.columns, answer.rows, width, is_cut=answer.is_cut)


def _json(answer: Answer) -> str:
    rows = [
        {name: _object(term) for name, term in zip(answer.columns, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    whole: dict[str, object] = {"head": {"vars": list(answer.columns)}, "results": {"bindings": rows}}
    if answer.is_cut:
        whole["truncated"] = True  # as the endpoint says it
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _object(term: NamedNode | Literal | BlankNode | Triple) -> dict[str, str]:
    if isinstance(term, Triple):  # the graph has none; a query could make one
        return {"type": "literal", "value": str(term)}
    told = {"type": _TYPE[type(term)], "value": term.value}
    if isinstance(term, Literal):
        if term.language:
            told["xml:lang"] = term.language
        elif term.datatype.value != _STRING:
            told["datatype"] = term.datatype.value
    return told


def _markdown(answer: Answer) -> str:
    lines = [answer.columns, tuple("---" for _ in answer.columns)]
    lines += [tuple(_cell(shown(term)) for term in row) for row in answer.rows]
    more = "\nThere are more rows.\n" if answer.is_cut else ""
    return "".join(f"{_row(line)}\n" for line in lines) + more


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """Return text that Markdown shows as it is: no markup of an article's gets through."""
    return re.sub(r"([\\`*_\[\]<>|&#~!])", r"\\\1", text)
