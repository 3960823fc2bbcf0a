"""The page in a real browser: the sample graph, a real server, Chromium. Skipped where there is no Chromium.

``visit(path)`` opens an address of the page and returns Playwright's Page. When the test ends, no page of it
may have asked for anything off this machine, nor written an error to the console; what a test provokes on
purpose it takes out of ``visit.errors``.
"""

import re
import shutil
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.app.web.serving import TOKEN, served
from tests.browser.chromium import CHROMIUM, SWITCHES

HERE = Path(__file__).parent
if find_spec("playwright") is None or find_spec("axe_playwright_python") is None:
    MISSING = "playwright or axe-playwright-python is not installed"
else:
    MISSING = "" if CHROMIUM else "there is no Chromium; Debian: apt-get install chromium"


class _NotHere(pytest.Module):
    """A module of tests that cannot be run, or even imported."""

    def collect(self):
        pytest.skip(MISSING, allow_module_level=True)


def pytest_pycollect_makemodule(module_path, parent):
    return _NotHere.from_parent(parent, path=module_path) if MISSING else None


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.model)


@pytest.fixture(scope="session")
def site(sample_folder, tmp_path_factory):
    """A server over a copy of the sample graph, which tests may write to."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(sample_folder / "graph", folder / "graph", symlinks=True)
    with served(folder / "graph") as server:
        yield server


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@dataclass
class Visit:
    """Opens pages, each in a browser profile of its own."""

    browser: object
    url: str
    errors: list = field(default_factory=list)
    outside: list = field(default_factory=list)
    contexts: list = field(default_factory=list)

    def __call__(
        self, path="/", *, width=1280, height=900, dark=False, scripts=True, touch=False, signed_in=False
    ):
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=scripts,
            has_touch=touch,
            is_mobile=touch,
        )
        self.contexts.append(context)
        context.set_default_timeout(20_000)
        context.route(re.compile(f"^(?!{re.escape(self.url)}/)"), self._refuse)
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and self.errors.append(said.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        if signed_in:
            page.goto(f"{self.url}/sign-in")
            page.get_by_label("Token").fill(TOKEN)
            page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.goto(self.url + path)
        return page

    def _refuse(self, route):
        self.outside.append(route.request.url)
        route.abort()


@pytest.fixture
def visit(browser, site):
    visit = Visit(browser, site.url)
    yield visit
    for context in visit.contexts:
        context.close()
    assert visit.outside == []
    assert visit.errors == []
