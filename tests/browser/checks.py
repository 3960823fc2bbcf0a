"""What holds of every view in the browser."""

from typing import Any, NamedTuple

from axe_playwright_python.base import AXE_SCRIPT

WORST = ("serious", "critical")

CONTROLS = {
    *("button", "checkbox", "combobox", "ComboBoxMenuButton", "Date", "DisclosureTriangle", "image", "img"),
    *("link", "listbox", "option", "radio", "searchbox", "spinbutton", "table", "textbox"),
}
LANDMARKS = {"banner", "complementary", "contentinfo", "form", "main", "navigation", "region", "search"}


class Thing(NamedTuple):
    """What a screen reader is told of one thing on a page."""

    role: str
    name: str
    properties: dict[str, Any]


def told_by(page):
    """Return the accessibility tree of a page as a list."""
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        Thing(
            node["role"].get("value", ""),
            node.get("name", {}).get("value", ""),
            {one["name"]: one["value"].get("value") for one in node.get("properties", ())},
        )
        for node in nodes
        if not node["ignored"]
    ]


def findings(page):
    """Return what axe-core finds of serious and critical offences against WCAG on a page, a line each."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run()")["violations"]
    return [
        f"{one['id']}: {node['html'][:120]} ({' '.join(node['failureSummary'].split())[:300]})"
        for one in found
        if one["impact"] in WORST
        for node in one["nodes"]
    ]


def spills(page):
    """Return how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
