"""Where a chart's bars and points lie."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.web.page.charts import HEIGHT, NAMES, WIDTH, picture_of

VALUES = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 3))
DAYS = st.dates().map(lambda day: day.isoformat())


def chart(kind, points):
    return {"kind": kind, "points": [{"label": label, "value": value} for label, value in points]}


@settings(max_examples=50)
@given(st.lists(VALUES, min_size=1, max_size=40))
def test_bars_stay_in_the_picture_and_are_as_long_as_their_values(values):
    picture = picture_of(chart("bar", [("x", value) for value in values]))

    for bar, value in zip(picture.bars, values, strict=True):
        assert bar.x + 0.1 >= NAMES
        assert bar.x + bar.width <= WIDTH
        assert bar.x >= picture.zero - 0.11 if value > 0 else bar.x <= picture.zero
    longest = max(picture.bars, key=lambda bar: bar.width)
    assert abs(values[picture.bars.index(longest)]) >= 0.95 * max(map(abs, values))


@settings(max_examples=50)
@given(st.lists(st.tuples(DAYS, VALUES), min_size=2, max_size=40, unique_by=lambda one: one[0]))
def test_a_line_goes_from_left_to_right_and_up_with_its_values(points):
    points = sorted(points)
    picture = picture_of(chart("line", points))

    across = [dot.x for dot in picture.dots]
    assert across == sorted(across)
    assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= HEIGHT for dot in picture.dots)
    highest = max(range(len(points)), key=lambda place: points[place][1])
    assert picture.dots[highest].y == min(dot.y for dot in picture.dots)
    assert 2 <= len(picture.ticks) <= 12


@pytest.mark.parametrize(
    "days", [["2023", "2024"], ["2023-02", "2023-03"], ["2023-02-31", "2023-03-01"], ["0000-13", "2024"]]
)
def test_years_months_and_days_that_are_none_have_their_place(days):
    picture = picture_of(chart("line", [(day, 1) for day in days]))

    assert picture.dots[0].x < picture.dots[1].x
