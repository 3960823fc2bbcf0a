"""What a screen reader is told of each view: names, headings, landmarks, and what changes meanwhile."""

import re
from collections import Counter
from itertools import pairwise
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from graph.snapshots import open_reader
from tests.browser.checks import CONTROLS, LANDMARKS, told_by
from tests.browser.screenshots import views


@pytest.fixture(scope="session")
def addresses(sample_folder):
    found = views(open_reader(sample_folder / "graph"))
    question = "/query/contacts?person=Mark+Milley"
    more = {"identity": f"{found['entity']}&part=identity", "chart": f"{found['query']}&show=chart"}
    return {**found, **more, "question": question, "drawn": f"{question}&show=graph", "sign in": "/sign-in"}


@pytest.mark.parametrize("width", [1280, 390])
def test_controls_have_names_headings_an_order_and_landmarks_are_told_apart(visit, addresses, width):
    page = visit("/", width=width)

    for name, address in addresses.items():
        page.goto(visit.url + address)
        page.locator("button.theme").wait_for()
        told = told_by(page)

        assert [one for one in told if one.role in CONTROLS and not one.name] == [], name
        levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map(one => +one.tagName[1])")
        assert len(levels) == sum(one.role == "heading" for one in told), name  # none is hidden in a button
        assert levels.count(1) == 1, name
        assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == [], name
        landmarks = Counter((one.role, one.name) for one in told if one.role in LANDMARKS)
        assert [one for one, count in landmarks.items() if count > 1] == [], name
        assert {"banner", "contentinfo", "main", "navigation", "search"} <= {role for role, _ in landmarks}


def test_how_much_is_found_is_read_out_while_one_types(visit):
    page = visit("/")
    field, status = page.get_by_role("combobox"), page.locator("header").get_by_role("status")

    field.press_sequentially("austi")
    expect(status).to_have_text(re.compile(r"^\d+ found$"))
    assert status.inner_text() == f"{page.get_by_role('option').count() - 1} found"  # one leads to all
    field.press_sequentially("qqqq")
    expect(status).to_have_text("nothing found")
    field.fill("")
    expect(status).to_have_text("")
    assert [one for one in told_by(page) if one.role == "status" and one.properties["live"] == "polite"]


def test_a_search_that_fails_is_read_out(visit):
    page = visit("/")
    page.route("**/search/suggestions*", lambda route: route.fulfill(status=503, body="busy"))

    page.get_by_role("combobox").press_sequentially("austi")

    expect(page.locator("header").get_by_role("status")).to_contain_text("does not answer")
    expect(page.get_by_role("listbox")).to_be_hidden()
    visit.errors.clear()  # the browser writes the status to its console


def test_what_is_wrong_with_a_query_is_read_out_and_tied_to_its_field(visit):
    page = visit(f"/query?q={quote('SELECT * {')}")

    [alert] = [one for one in told_by(page) if one.role == "alert"]
    assert alert.properties["live"] == "assertive"
    field = page.get_by_label("Query")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"#{field.get_attribute('aria-describedby')}")).to_contain_text("Line 1")
    visit.errors.clear()  # the browser writes the status 400 to its console


def test_all_that_is_drawn_stands_in_lists_and_what_is_chosen_is_read_out(visit):
    page = visit("/graph?around=Lloyd+Austin")
    status = page.locator("#chosen")
    assert "status" in {one.role for one in told_by(page)}
    expect(status).to_have_text("")

    told = told_by(page)
    [drawing] = [one for one in told if one.role in ("img", "image") and "Drawing" in one.name]
    assert "lists beside it hold the same" in drawing.name
    names = {one.name for one in told if one.role == "heading"}
    assert any(name.startswith("Links") for name in names)
    pick = page.locator("#edges .pick").first
    label = pick.inner_text().removeprefix("Show").strip()
    pick.press("Enter")

    expect(status).to_contain_text("Chosen: ")
    assert label.split()[0] in status.inner_text()
    expect(page.locator("#edges > li:visible")).to_have_count(1)
