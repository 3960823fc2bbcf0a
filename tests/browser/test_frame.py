"""The frame of every page in the browser: search as one types, keyboard, colours, width, signing in."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.checks import findings, spills

VIEWS = ("/", "/search", "/search?q=drone", "/search?q=drone&kind=article", "/runs", "/sign-in")


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_each_view_is_usable_by_all(visit, width, dark):
    page = visit("/", width=width, dark=dark)
    for path in VIEWS:
        page.goto(visit.url + path)

        assert findings(page) == [], path
        assert spills(page) <= 0, path
        expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_a_name_is_found_as_it_is_typed_and_chosen_by_keyboard(visit):
    page = visit("/")
    field = page.get_by_role("combobox")

    page.keyboard.press("/")
    page.keyboard.type("austi")
    expect(page.get_by_role("option", name="Lloyd Austin Person")).to_be_visible()
    expect(field).to_have_value("austi")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert findings(page) == []
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(chosen).to_contain_text("Lloyd Austin")
    page.keyboard.press("Enter")

    page.wait_for_url("**/entity?iri=*lloyd-austin*")
    expect(page).to_have_title(re.compile("Lloyd Austin"))


def test_escape_closes_the_list_and_enter_alone_leads_to_all_that_is_found(visit):
    page = visit("/runs", width=390)
    field = page.get_by_role("combobox")
    field.press_sequentially("drone")
    expect(page.get_by_role("listbox")).to_be_visible()

    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option", name="All that is found")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("drone")
    page.keyboard.press("Enter")

    page.wait_for_url("**/search?q=drone")
    expect(page.get_by_role("main").get_by_role("link", name="US drone", exact=True)).to_be_visible()


def test_what_nobody_is_called_is_told(visit):
    page = visit("/")
    page.get_by_role("combobox").press_sequentially("qqqq")

    expect(page.get_by_role("listbox")).to_contain_text("Nothing is called so")
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("combobox").get_attribute("aria-activedescendant") is None


def test_a_click_on_what_was_found_leads_there(visit):
    page = visit("/")
    page.get_by_role("combobox").press_sequentially("releases")
    page.get_by_role("option", name="US releases drone video").click()

    page.wait_for_url("**/article?iri=*")


def test_without_scripts_the_search_works_too(visit):
    page = visit("/", scripts=False)
    page.get_by_label("Search people").fill("lloyd austin")
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name="Lloyd Austin", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="colours")).to_be_hidden()


def test_colours_are_chosen_for_good(visit):
    page = visit("/")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)

    page.get_by_role("button", name="Use dark colours").click()
    dark = page.evaluate(ground)
    page.goto(visit.url + "/runs")

    assert dark != light
    assert page.evaluate(ground) == dark
    expect(page.get_by_role("button", name="Use light colours")).to_be_visible()
    assert findings(page) == []


def test_the_keyboard_gets_past_the_head(visit):
    page = visit("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


def test_who_knows_the_token_signs_in_and_out(visit):
    page = visit("/runs", signed_in=True)
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_what_is_not_there_is_told_kindly(visit):
    page = visit("/entity?iri=https%3A%2F%2Fnewsgraph.example%2Fid%2Fperson-nobody-00000000")

    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    assert findings(page) == []
    [status] = visit.errors
    assert "404" in status
    visit.errors.clear()
