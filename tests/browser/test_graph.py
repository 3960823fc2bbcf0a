"""The graph view in a browser: what is drawn follows the form, the lists and the keyboard."""

import json
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import etree

from tests.browser.checks import findings, spills

GEXF = "{http://gexf.net/1.3}"


def network(page):
    return json.loads(page.locator("#network").text_content())


def colours(page):
    """Return how many colours the canvas has: one if nothing is drawn."""
    return page.evaluate(
        """() => {
          const canvas = document.querySelector("#picture");
          const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          return new Set(new Uint32Array(data.buffer)).size;
        }"""
    )


def given(page):
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_it_is_drawn_and_usable_by_all(visit, width, dark):
    page = visit("/graph?around=Lloyd+Austin&kind=fact&kind=claim&kind=about", width=width, dark=dark)

    page.wait_for_function("document.querySelector('#picture').width > 200")
    assert colours(page) > 10
    assert findings(page) == []
    assert spills(page) == 0


def test_a_condition_changes_the_drawing_and_the_address(visit):
    page = visit("/graph")
    before = network(page)["edges"]

    page.get_by_label("Claims and denials").uncheck()
    page.get_by_label("Entities at most").fill("20")
    page.get_by_role("button", name="Show", exact=True).click()

    page.wait_for_url("**/graph?*")
    assert given(page) == {"kind": ["fact"], "most": ["20"]}
    after = network(page)["edges"]
    assert {one["values"]["standing"] for one in before} == {"fact", "claim"}
    assert {one["values"]["standing"] for one in after} == {"fact"}
    assert page.locator("#edges > li").count() == len(after)


def test_the_lists_choose_by_the_keyboard_what_is_drawn(visit):
    page = visit("/graph")
    centre = network(page)["edges"][0]["source"]
    links = sum(centre in (one["source"], one["target"]) for one in network(page)["edges"])

    page.get_by_text("Entities", exact=False).locator("xpath=ancestor::summary").last.click()
    page.locator(f'#nodes > li[data-node="{centre}"] .pick').focus()
    page.keyboard.press("Enter")

    assert page.locator("#chosen").is_visible()
    assert page.locator("#edges > li:visible").count() == links
    page.locator("#picture").focus()
    page.keyboard.press("Escape")
    assert page.locator("#chosen").is_hidden()
    assert page.locator("#edges > li:visible").count() == len(network(page)["edges"])


def middle(page):
    box = page.locator("#picture").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_pointing_at_a_link_shows_its_evidence(visit):
    page = visit("/graph")
    edges = network(page)["edges"]
    pairs = Counter(frozenset((one["source"], one["target"])) for one in edges)
    number, edge = next(
        (number, one)
        for number, one in enumerate(edges)
        if pairs[frozenset((one["source"], one["target"]))] == 1 and one["values"].get("evidence")
    )

    page.locator(f'#edges > li[data-edge="{number}"] .pick').click()  # which puts its middle in the middle
    page.mouse.move(*middle(page))

    hint = page.locator("#hint")
    hint.wait_for(state="visible")
    assert edge["values"]["predicate"] in hint.inner_text()
    assert edge["values"]["evidence"][0] in hint.inner_text()


def test_a_double_click_makes_it_the_centre(visit):
    page = visit("/graph?most=30")
    iri = page.locator("#nodes > li").first.get_attribute("data-node")

    page.locator("#nodes").evaluate("list => { list.closest('details').open = true; }")
    page.locator("#nodes > li .pick").first.click()
    page.mouse.dblclick(*middle(page))

    page.wait_for_url("**/graph?*around=*")
    assert given(page) == {"around": [iri], "most": ["30"]}


def test_what_is_seen_is_saved_for_gephi(visit, tmp_path):
    page = visit("/graph?around=Lloyd+Austin&depth=2")

    with page.expect_download() as waiting:
        page.get_by_role("link", name="GEXF for Gephi").click()
    waiting.value.save_as(tmp_path / "seen.gexf")

    root = etree.parse(tmp_path / "seen.gexf").getroot()
    assert {one.get("id") for one in root.iter(f"{GEXF}node")} == {
        one["id"] for one in network(page)["nodes"]
    }
    assert len([*root.iter(f"{GEXF}edge")]) == len(network(page)["edges"]) > 0
