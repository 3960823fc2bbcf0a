"""Entities, disputes and articles in the browser: read by pointer, by keyboard, on a phone, in the dark."""

from urllib.parse import quote

import pytest
from pyoxigraph import Literal

from graph.snapshots import open_reader
from graph.terms import LABEL, VIEW, article_iri, ng
from tests.browser.checks import findings, spills

CALDER = "https://calder-tribune.example/national-security/austin-shoigu-call-drone"


@pytest.fixture(scope="session")
def iris(sample_folder):
    """Return what gives the address part of an entity or a dispute by its words."""
    store = open_reader(sample_folder / "graph").store

    def iri(words, predicate=LABEL):
        found = [quad.subject for quad in store.quads_for_pattern(None, predicate, Literal(words), VIEW)]
        spoken = [one for one in found if any(store.quads_for_pattern(None, ng("onProposition"), one, VIEW))]
        return quote((spoken or found)[0].value, safe="")

    return iri


@pytest.fixture(scope="session")
def addresses(iris):
    milley = f"/entity?iri={iris('Mark Milley')}"
    return {
        "entity": milley,
        "identity": f"{milley}&part=identity",
        "dispute": f"/dispute?iri={iris('MQ-9 Reaper collided with Su-27', ng('statement'))}",
        "article": f"/article?iri={quote(article_iri(CALDER).value, safe='')}",
    }


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_each_view_is_usable_by_all(visit, addresses, width, dark):
    page = visit("/", width=width, dark=dark)

    for name, address in addresses.items():
        page.goto(visit.url + address)

        assert findings(page) == [], name
        assert spills(page) == 0, name
        assert page.locator("h1").count() == 1


def test_words_lead_to_their_statement_by_pointer_and_by_keyboard(visit, addresses):
    page = visit(addresses["article"])
    card, cue = page.locator("#card"), page.locator("#text a.to-statement", has_text="denies").first

    assert card.is_hidden()
    cue.hover()
    assert card.is_visible()
    assert "Russia's defence ministry" in card.inner_text()
    assert "denies" in card.inner_text()
    page.keyboard.press("Escape")
    assert card.is_hidden()
    page.mouse.move(0, 0)
    cue.focus()
    assert card.is_visible()
    assert cue.get_attribute("aria-describedby") == "card"
    cue.press("Enter")
    row = page.locator(f"#s-{cue.get_attribute('data-of')}")
    assert page.url.endswith(f"#{row.get_attribute('id')}")
    assert row.locator(".badge.denies").is_visible()


def test_the_text_is_the_articles_to_the_browser_too(visit, addresses, sample_folder):
    page = visit(addresses["article"])
    [path] = (sample_folder / "raw").glob("*calder*")

    assert page.locator("#text").evaluate("one => one.textContent") == path.read_text()


def test_a_mention_leads_to_its_entity_and_back_into_the_text(visit, addresses):
    page = visit(addresses["article"])

    page.locator("#text a.to-entity", has_text="Mark Milley").first.click()

    assert page.locator("h1").inner_text().startswith("Mark Milley")
    said = page.locator("section", has=page.locator("#said"))
    said.get_by_role("link", name="in the text").last.click()
    page.locator('#text [id^="t-"]:target').wait_for(state="attached")


def test_without_scripts_all_is_there_and_linked(visit, addresses, browser):
    context = browser.new_context(java_script_enabled=False)
    visit.contexts.append(context)
    page = context.new_page()
    page.goto(visit.url + addresses["article"])

    cue = page.locator("#text a.to-statement").first
    cue.click()

    assert page.url.endswith(f"#s-{cue.get_attribute('data-of')}")
    assert page.locator("#text a.to-entity").count() > 20


def test_a_merge_is_made_and_undone_in_the_browser(visit, iris):
    page = visit(f"/entity?iri={iris('Mark Milley')}&part=identity", signed_in=True)
    page.goto(f"{visit.url}/entity?iri={iris('Mark Milley')}&part=identity")
    page.get_by_label("Another entity").fill("Dave Butler")
    form = page.locator("form.card")
    form.get_by_label("Your name").fill("kim")
    form.get_by_label("Why").fill("a test")

    form.get_by_role("button", name="They are one").click()

    decision = page.locator("li.decision", has_text="Dave Butler").first
    assert "in force" in decision.inner_text()
    assert "kim" in decision.inner_text()
    assert findings(page) == []
    decision.locator("summary").click()
    decision.get_by_label("Your name").fill("sam")
    decision.get_by_role("button", name="Take it back").click()
    after = page.locator("li.decision", has_text="Dave Butler").first
    assert "taken back by sam" in after.inner_text()
    assert after.get_by_role("button").count() == 0
    page.goto(f"{visit.url}/entity?iri={iris('Dave Butler')}")
    assert page.locator("h1").inner_text().startswith("Dave Butler")
