"""The views by name, as requests of kind "view" ask for them; and the acts, which change something.

A view is ``view(reader, parameters)``: it reads one snapshot (``reader.store``; ``reader.kept(article_id)``
for an article's text) and returns a dataclass of strings, numbers, dates, tuples and further dataclasses,
which goes to the page as JSON. It runs in a process of its own (graph/endpoint/worker.py): time and memory
are limited there; how many rows it returns, it limits itself. Wrong parameters raise QueryError, what is not
in the graph UnknownThingError.

An act is ``act(graph_dir, parameters, turn)``: one whole step of a reviewer, as in review.py;
``turn`` is how it waits for others who write. It returns what was done, in one line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from graph.guard import Turn
from graph.snapshots import Reader
from graph.views import article, decide, dispute, entity, network, query, runs, search, start

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Parameters = Mapping[str, str]
View = Callable[[Reader, Parameters], "DataclassInstance"]
Act = Callable[[Path, Parameters, Turn], str]

VIEWS: dict[str, View] = {
    "article": article.view,
    "dispute": dispute.view,
    "entity": entity.view,
    "network": network.view,
    "network_file": network.file,
    "query": query.view,
    "question": query.question,
    "question_file": query.question_file,
    "runs": runs.view,
    "search": search.view,
    "start": start.view,
}
ACTS: dict[str, Act] = {
    "different": decide.different,
    "same": decide.same,
    "undo": decide.undo,
}
