"""The frame of every page: what is there for the keyboard, for the dark, for the phone."""

import pytest

from tests.browser.checks import findings, spills


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_the_start_is_usable_by_all(visit, width, dark):
    page = visit("/", width=width, dark=dark)

    assert page.title() == "Start · newsgraph"
    assert findings(page) == []
    assert spills(page) == 0
