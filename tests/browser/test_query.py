"""The SPARQL view in a browser: written with completion, run by the keyboard, shown in three ways."""

from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.browser.checks import findings, spills

TOP = """SELECT ?entity ?name ?mentions {
  GRAPH g:view { ?entity a ng:CanonicalEntity ; skos:prefLabel ?name ; ng:mentionCount ?mentions }
} ORDER BY DESC(?mentions) LIMIT 10"""
MET = "CONSTRUCT { ?a ng:spokeWith ?b } { GRAPH g:view { ?a ng:spokeWith ?b } }"


def of(text, show=""):
    return f"/query?q={quote(text)}{f'&show={show}' if show else ''}"


def test_a_query_is_written_with_completion_and_run_by_the_keyboard(visit):
    page = visit("/query")
    field = page.get_by_label("Query")
    field.fill("")
    field.type("SELECT ?e { ?e a ng:CanonicalE")
    option = page.get_by_role("option", name="ng:CanonicalEntity")
    option.wait_for()

    assert findings(page) == []
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    field.press("Enter")
    field.type(" } LIMIT 3")
    assert field.input_value() == "SELECT ?e { ?e a ng:CanonicalEntity } LIMIT 3"
    field.press("Control+Enter")

    page.wait_for_url("**/query?q=*")
    assert page.locator(".answer tbody tr").count() == 3
    assert parse_qs(urlsplit(page.url).query)["q"] == ["SELECT ?e { ?e a ng:CanonicalEntity } LIMIT 3"]


def test_completion_is_closed_by_escape_and_leaves_the_way_out_by_tab(visit):
    page = visit("/query")
    field = page.get_by_label("Query")
    field.fill("")
    field.type("sel")
    page.get_by_role("option", name="SELECT").wait_for()

    field.press("Escape")
    assert page.get_by_role("listbox", name="Completions").is_hidden()
    field.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Run"
    assert field.input_value() == "sel"


def test_what_is_wrong_is_marked_in_its_line(visit):
    page = visit("/query")
    page.get_by_label("Query").fill("SELECT * {\n ?a foo:b ?c }")
    page.get_by_role("button", name="Run").click()

    page.get_by_role("alert").wait_for()
    assert "Line 2" in page.get_by_role("alert").inner_text()
    assert page.locator(".editor pre .bad").inner_text().strip() == "?a foo:b ?c }"
    assert findings(page) == []
    visit.errors.clear()  # the browser writes the status 400 to its console


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_an_answer_is_a_table_and_a_chart(visit, width, dark):
    page = visit(of(TOP), width=width, dark=dark)

    assert page.locator(".answer tbody tr").count() == 10
    assert page.locator(".answer tbody a").first.get_attribute("href").startswith("/entity?iri=")
    assert (findings(page), spills(page)) == ([], 0)
    page.get_by_role("link", name="Chart").click()
    page.locator(".chart rect").first.wait_for()
    assert page.locator(".chart rect").count() == 10
    assert (findings(page), spills(page)) == ([], 0)


def test_triples_are_drawn_as_a_graph(visit):
    page = visit(of(MET, "graph"))

    page.wait_for_function("document.querySelector('#picture').width > 200")
    assert page.locator("#drawn").inner_text().split()[0] != "0"
    assert findings(page) == []


def test_a_question_is_found_filled_in_and_saved(visit, tmp_path):
    page = visit("/query")
    page.get_by_label("Filter the questions").fill("denied what")
    page.get_by_role("link", name="Who denied what").click()
    page.get_by_label("denier").fill("defence ministry")  # there are two
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**/query/who_denied_what?denier=defence*")
    page.get_by_role("alert").get_by_role("link").last.click()

    page.wait_for_url("**/query/who_denied_what?denier=id*")
    visit.errors.clear()  # the browser writes the status 400 to its console
    assert page.locator(".answer tbody tr").count() > 0
    assert findings(page) == []
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").click()
    waiting.value.save_as(tmp_path / "answer.csv")
    assert "defence ministry" in (tmp_path / "answer.csv").read_text("utf-8")
