"""The page by touch: what a mouse gets by pointing, a finger gets by a tap."""

import pytest
from playwright.sync_api import expect

from tests.browser.checks import spills

CALDER = "/article?iri=https%3A%2F%2Fcalder-tribune.example%2Fnational-security%2Faustin-shoigu-call-drone"


class Fingers:
    """Fingers on a page, as the browser gets them from a screen."""

    def __init__(self, page):
        self.page, self.session = page, page.context.new_cdp_session(page)

    def send(self, kind, *points):
        told = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    def tap(self, point):
        self.send("touchStart", point)
        self.send("touchEnd")

    def move(self, *ways, steps=10):
        """Put each finger down, move it along its way, from a point to another one, and lift them."""
        for number in range(len(ways)):
            self.send("touchStart", *(begin for begin, _ in ways[: number + 1]))
        for step in range(1, steps + 1):
            part = step / steps
            self.send("touchMove", *((a + (c - a) * part, b + (d - b) * part) for (a, b), (c, d) in ways))
        self.send("touchEnd")


@pytest.fixture
def drawn(visit):
    """Return a page with one node in the middle of its drawing, the node's name, and that middle."""
    page = visit("/graph?around=Lloyd+Austin", width=390, height=844, touch=True)
    page.locator("#nodes").evaluate("list => { list.closest('details').open = true; }")
    item = page.locator("#nodes > li", has_text="Sergei Shoigu")
    item.locator(".pick").tap()
    page.get_by_role("button", name="Show all links").tap()
    page.locator("#picture").scroll_into_view_if_needed()
    box = page.locator("#picture").bounding_box()
    return page, "Sergei Shoigu", (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_finger_moves_the_drawing_and_not_the_page(drawn):
    page, name, (x, y) = drawn
    fingers, before = Fingers(page), page.evaluate("scrollY")

    fingers.move(((x + 90, y + 90), (x + 30, y + 20)))
    fingers.tap((x - 60, y - 70))

    expect(page.locator("#chosen")).to_contain_text(f"Links of {name}")
    assert page.evaluate("scrollY") == before


def test_two_fingers_zoom_about_the_point_between_them(drawn):
    page, name, (x, y) = drawn
    fingers = Fingers(page)

    fingers.move(((x + 30, y + 40), (x + 10, y + 40)), ((x + 70, y + 40), (x + 90, y + 40)))
    fingers.tap((x - 50, y - 40))  # twice as far from what lies between the fingers as it was

    expect(page.locator("#chosen")).to_contain_text(f"Links of {name}")
    assert page.evaluate("visualViewport.scale") == 1


def test_a_tap_tells_what_a_mouse_is_told_by_pointing(drawn):
    page, name, middle = drawn
    hint = page.locator("#hint")

    Fingers(page).tap(middle)
    expect(hint).to_contain_text(name)
    expect(hint).to_contain_text("mentions")
    assert page.locator("#edges > li:visible").count() < page.locator("#edges > li").count()
    page.get_by_role("link", name="Centre on it").tap()

    page.wait_for_url("**/graph?*sergei-shoigu*")


def test_a_tap_on_a_cue_shows_its_statement_and_the_next_one_goes_there(visit):
    page = visit(CALDER, width=390, height=844, touch=True)
    card, cue = page.locator("#card"), page.locator("#text a.to-statement", has_text="denies").first

    cue.tap()
    expect(card).to_contain_text("Russia's defence ministry")
    assert "#" not in page.url
    page.get_by_role("heading", name="Text", exact=True).tap()
    expect(card).to_be_hidden()
    cue.tap()
    expect(card).to_be_visible()
    cue.tap()

    page.wait_for_url(f"**#s-{cue.get_attribute('data-of')}")


def test_a_tap_on_what_is_said_shows_who_says_it(visit):
    page = visit(CALDER, width=390, height=844, touch=True)
    card = page.locator("#card")

    page.locator("#text span.content:not(a *)").first.tap()

    expect(card).to_be_visible()
    assert card.locator(".badge").count() > 0
    assert spills(page) == 0
    cue = page.locator("#text a.to-statement").last
    cue.press("Enter")
    page.wait_for_url(f"**#s-{cue.get_attribute('data-of')}")  # at once, in spite of the touch


def test_a_mention_tells_by_the_keyboard_whom_it_means(visit):
    page = visit(CALDER)
    mention = page.locator("#text a.to-entity", has_text="Milley").last

    mention.focus()

    expect(page.locator("#card")).to_contain_text("Mark Milley (Person)")
    expect(mention).to_have_attribute("aria-describedby", "card")


def test_menus_lists_and_completions_take_a_tap(visit):
    page = visit("/query", width=390, height=844, touch=True)
    page.locator(".pack summary").tap()
    page.get_by_role("link", name="Who denied what").tap()
    page.wait_for_url("**/query/who_denied_what")
    page.goto(f"{visit.url}/query")
    field = page.get_by_label("Query")
    field.fill("")
    field.type("SELECT ?e { ?e a ng:CanonicalE")
    page.get_by_role("option", name="ng:CanonicalEntity").tap()
    assert field.input_value().endswith("ng:CanonicalEntity")
    page.get_by_role("combobox").press_sequentially("austi")
    page.get_by_role("option", name="Lloyd Austin Person").tap()

    page.wait_for_url("**/entity?iri=*lloyd-austin*")
