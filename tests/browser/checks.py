"""What holds of every view in the browser."""

from axe_playwright_python.base import AXE_SCRIPT

WORST = ("serious", "critical")


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
