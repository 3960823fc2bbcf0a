"""Pictures of each view of the page, for docs/images/: python -m tests.browser.screenshots [NAME…].

Made of the sample articles, read anew unless a graph of them is given.
"""

import argparse
import shutil
import tempfile
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

from app.web.page.query import FIRST_QUERY
from flows.ingest import run_ingest
from graph.snapshots import open_reader
from graph.views.search import view as search
from graph.views.start import view as start
from newsgraph.settings import Settings
from tests.app.web.serving import served
from tests.browser.chromium import CHROMIUM, SWITCHES

ROOT = Path(__file__).parents[2]
WIDE, PHONE = (1100, 700), (390, 844)
SUGGESTED = "austin"


def views(reader):
    """Return the address of each view of something that the sample articles tell."""
    [dispute] = [one for one in start(reader, {}).disputes if "collided" in one.statement]
    found = search(reader, {"q": "lloyd austin"})
    return {
        "start": "/",
        "search": "/search?q=drone",
        "entity": f"/entity?iri={quote(found.entities[0].iri, safe='')}",
        "dispute": f"/dispute?iri={quote(dispute.iri, safe='')}",
        "article": f"/article?iri={quote(found.articles[0].iri, safe='')}",
        "graph": f"/graph?depth=2&kind=fact&kind=claim&around={quote(found.entities[0].iri, safe='')}",
        "query": f"/query?q={quote(FIRST_QUERY)}",
        "runs": "/runs",
    }


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("names", nargs="*", metavar="NAME", help="of a view; all if none is named")
    options.add_argument("--graph", type=Path, help="a graph of the sample articles")
    options.add_argument("--to", type=Path, default=ROOT / "docs" / "images")
    options.add_argument("--phone", action="store_true", help="390 points wide")
    options.add_argument("--dark", action="store_true")
    options.add_argument("--whole", action="store_true", help="all of each page, not its top alone")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "graph"
        if given.graph:
            shutil.copytree(given.graph, graph, symlinks=True)
        else:
            samples = ROOT / "data" / "raw" / "samples"
            run_ingest([str(samples)], Settings(samples, graph, workers=1))
        with served(graph, token=None) as server:
            _shoot(server.url, views(open_reader(graph)), given)


def _shoot(url, paths, given):
    given.to.mkdir(parents=True, exist_ok=True)
    width, height = PHONE if given.phone else WIDE
    suffix = ("-phone" if given.phone else "") + ("-dark" if given.dark else "")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page = browser.new_page(
            viewport={"width": width, "height": height}, color_scheme="dark" if given.dark else "light"
        )
        for name in given.names or (*paths, "suggestions"):
            page.goto(url + paths.get(name, "/"), wait_until="networkidle")
            if name == "suggestions":
                page.get_by_role("combobox").press_sequentially(SUGGESTED)
                page.get_by_role("option").first.wait_for()
            page.screenshot(path=given.to / f"{name}{suffix}.png", full_page=given.whole)
        browser.close()


if __name__ == "__main__":
    main()
