"""/query: SPARQL written here; /query/NAME: a question that is ready to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.web.endpoint import CLIENT_GONE, is_known
from app.web.page.charts import picture_of
from app.web.page.meant import asked_back, candidates
from app.web.page.page import HEADERS, Page
from app.web.page.sessions import read_form
from app.web.page.templates import link
from app.web.protocol import HttpError
from graph.questions import Question, question_called, questions
from graph.snapshots import newest_snapshot, snapshot_id
from graph.views.query import GIVEN
from graph.views.shown import PAGE_ROWS, SHOWS
from graph.views.vocabulary import vocabulary
from newsgraph.errors import UnknownQueryError, as_sentence

LONGEST = 6_000  # characters of an address: what servers and programs on the way take
FILES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "md": "text/markdown; charset=utf-8"}
OWN = ("show", "start")  # parameters of this page, beside those of a question
FIRST_QUERY = """# Who is mentioned most?
SELECT ?entity ?name ?mentions WHERE {
  GRAPH g:view {
    ?entity a ng:CanonicalEntity ; skos:prefLabel ?name ; ng:mentionCount ?mentions .
  }
}
ORDER BY DESC(?mentions) LIMIT 20
"""


async def query(page: Page, request: Request) -> Response:
    if request.method == "POST":
        text = (await read_form(request)).get("q", "")
        address = link("/query", q=text)
        if len(address) <= LONGEST:
            return RedirectResponse(address, 303, HEADERS)
        given: Mapping[str, str] = {}
    else:
        given = request.query_params
        text = given.get("q", "")
    frame: dict[str, Any] = {
        "questions": questions(),
        "text": text.replace("\r\n", "\n"),
        "first_query": FIRST_QUERY,
        "address": "/query",
        "given": {"q": text},
        "question": None,
        "is_long": len(link("/query", q=text)) > LONGEST,
    }
    if not text.strip():
        return page.html(request, "query.html", {**frame, "view": None, "show": "table"})
    return await _answered(page, request, "query", {"text": text.replace("\r\n", "\n")}, given, frame)


async def question(page: Page, request: Request) -> Response:
    asked = _question(request)
    given = _given(request, asked)
    frame: dict[str, Any] = {
        "questions": questions(),
        "text": "",
        "address": f"/query/{asked.name}",
        "given": given,
        "question": asked,
        "is_long": False,
    }
    is_complete = all(one.name in given for one in asked.parameters if one.is_needed)
    if not is_complete:
        return page.html(request, "query.html", {**frame, "view": None, "show": "table"})
    parameters = {"name": asked.name, **{f"{GIVEN}{name}": value for name, value in given.items()}}
    return await _answered(page, request, "question", parameters, request.query_params, frame)


async def question_file(page: Page, request: Request) -> Response:
    asked, form = _question(request), request.path_params["form"]
    if form not in FILES:
        raise HttpError(404, f"an answer is written as {', '.join(FILES)}")
    given = {f"{GIVEN}{name}": value for name, value in _given(request, asked).items()}
    viewed = await page.ask(request, "question_file", {"name": asked.name, "format": form, **given})
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{asked.name}.{form}"'}
    return Response(viewed.shown["text"], 200, headers, FILES[form])


async def words(page: Page, request: Request) -> Response:
    """Give the words that the editor completes."""
    return JSONResponse([asdict(word) for word in vocabulary()], headers=HEADERS)


async def _answered(
    page: Page,
    request: Request,
    view: str,
    parameters: Mapping[str, str],
    given: Mapping[str, str],
    frame: Mapping[str, Any],
) -> Response:
    """Ask, and show the answer, or what is wrong with what was asked."""
    show = given.get("show", SHOWS[0])
    wanted = {**parameters, "show": show, "start": given.get("start", "0")}
    tag = page.etag(request, snapshot_id(newest_snapshot(page.graph_dir)), view)
    if request.method != "POST" and is_known(request, tag):
        return Response(status_code=304, headers={**HEADERS, "ETag": tag})
    frame = {**frame, "show": show, "size": PAGE_ROWS, "candidates": []}
    try:
        viewed = await page.ask(request, view, wanted)
    except HttpError as error:
        if error.status == CLIENT_GONE:
            raise
        problem = {"message": as_sentence(str(error)), "line": 0, "column": 0}
        values = {**frame, "show": "table", "view": {"answer": None, "problem": problem}}
        return page.html(request, "query.html", values, status=error.status, headers=error.headers)
    answer, problem = viewed.shown["answer"], viewed.shown["problem"]
    if problem:
        problem["message"] = asked_back(problem) if problem["candidates"] else as_sentence(problem["message"])
        frame["candidates"] = candidates(problem, frame["address"], frame["given"])
    chart = answer and answer["chart"]
    values = {**frame, "view": viewed.shown, "picture": picture_of(chart) if chart else None}
    headers = {"ETag": page.etag(request, viewed.checkpoint, view)} if answer else {}
    return page.html(request, "query.html", values, status=200 if answer else 400, headers=headers)


def _question(request: Request) -> Question:
    name = request.path_params["name"]
    try:
        return question_called(name)
    except UnknownQueryError:
        raise HttpError(404, f"there is no question {quote(name)[:80]}") from None


def _given(request: Request, asked: Question) -> Mapping[str, str]:
    """Return what was given to a question: a field that is left empty gives nothing."""
    query = request.query_params
    known = {one.name for one in asked.parameters}
    if unknown := sorted(set(query) - known - set(OWN)):
        raise HttpError(400, f"this question takes no {unknown[0][:80]!r}")
    return {one.name: query[one.name].strip() for one in asked.parameters if query.get(one.name, "").strip()}
