"""/graph: what links entities, drawn and as lists; /graph.gexf and so on: the same as a file."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from app.web.endpoint import CLIENT_GONE
from app.web.page.meant import Candidate, asked_back, candidates
from app.web.page.page import HEADERS, Page
from app.web.protocol import HttpError
from graph.export.drawn import STANCE_COLOURS, TYPE_COLOURS
from graph.export.page import drawing
from graph.export.sheet import hexadecimal
from graph.terms import STANCES
from graph.views.network import (
    AT_FIRST,
    AT_FIRST_OF_ALL,
    KINDS,
    MOST_DEPTH,
    MOST_NODES,
    SHOWN_AT_FIRST,
    TYPES,
)
from newsgraph.errors import as_sentence

Asked = Mapping[str, list[str]]

NAMES = ("around", "type", "predicate", "kind", "stance", "from", "to", "min_sources", "depth", "most")
FILES = {  # by ending: media type
    "gexf": "application/gexf+xml",
    "graphml": "application/graphml+xml",
    "cyjs": "application/json",
    "html": "text/html; charset=utf-8",
}
OFFERED = {  # what the form can be set to
    "kinds": KINDS,
    "at_first": SHOWN_AT_FIRST,
    "stances": tuple(STANCES),
    "types": TYPES,
    "most_depth": MOST_DEPTH,
    "most_nodes": MOST_NODES,
    "nodes_at_first": AT_FIRST,
    "nodes_at_first_of_all": AT_FIRST_OF_ALL,
    "files": tuple(FILES),
}


COLOURS = {
    "types": {name: hexadecimal(colour) for name, colour in TYPE_COLOURS.items()},
    "stances": {name: hexadecimal(colour) for name, colour in STANCE_COLOURS.items()},
}


async def graph(page: Page, request: Request) -> Response:
    asked = _asked(request)
    more = {"asked": asked, "offered": OFFERED, "colours": COLOURS, "problem": ""}
    try:
        return await page.show(request, "network", _parameters(asked), "graph.html", **more)
    except HttpError as error:
        if error.status == CLIENT_GONE:
            raise
        problem, listed = as_sentence(str(error)), list[Candidate]()
        if error.unclear:
            problem, listed = asked_back(error.unclear), candidates(error.unclear, "/graph", asked)
        values = {"view": None, **more, "problem": problem, "candidates": listed}
        return page.html(request, "graph.html", values, status=error.status, headers=error.headers)


async def graph_file(page: Page, request: Request) -> Response:
    form = request.path_params["form"]
    if form not in FILES:
        raise HttpError(404, f"a network is written as {', '.join(FILES)}")
    parameters = {**_parameters(_asked(request)), "format": form}
    viewed = await page.ask(request, "network_file", parameters)
    # A page of its own, which must not run as one of ours: it is saved, and opened from there.
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="newsgraph.{form}"'}
    return Response(viewed.shown["text"], 200, headers, FILES[form])


async def drawing_script(page: Page, request: Request) -> Response:
    """Give the module that draws, which exported files have inside."""
    return Response(drawing(), 200, HEADERS, "text/javascript; charset=utf-8")


def _asked(request: Request) -> Asked:
    given = request.query_params
    return {name: kept for name in NAMES if (kept := [one for one in given.getlist(name) if one.strip()])}


def _parameters(asked: Asked) -> Mapping[str, str]:
    return {name: "\n".join(values) for name, values in asked.items()}
