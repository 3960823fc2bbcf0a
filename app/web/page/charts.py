"""A chart's geometry: where its bars or points lie, in the units of its picture. Pure."""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

WIDTH, BAR, GAP = 880.0, 20.0, 8.0
NAMES = 270.0  # for the bars' names
HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 340.0, 70.0, 45.0, 16.0, 34.0  # of a line
TICKS = 5


class Bar(NamedTuple):
    label: str
    value: str
    x: float
    y: float
    width: float


class Dot(NamedTuple):
    label: str
    value: str
    x: float
    y: float


class Tick(NamedTuple):
    label: str
    at: float


class Picture(NamedTuple):
    width: float
    height: float
    bars: Sequence[Bar] = ()
    dots: Sequence[Dot] = ()
    ticks: Sequence[Tick] = ()  # of the values
    days: Sequence[Tick] = ()
    zero: float = 0.0


def picture_of(chart: Mapping[str, Any]) -> Picture:
    """Return how a chart of graph/views/shown.py is drawn."""
    points = [(str(one["label"]), float(one["value"])) for one in chart["points"]]
    return _line(points) if chart["kind"] == "line" else _bars(points)


def _bars(points: Sequence[tuple[str, float]]) -> Picture:
    least, most = _bounds(points)
    room = WIDTH - NAMES - 90  # the values are written behind the bars
    zero = NAMES + room * -least / (most - least)
    bars = []
    for number, (label, value) in enumerate(points):
        end = NAMES + room * (value - least) / (most - least)
        y = GAP + number * (BAR + GAP)
        bars.append(Bar(label, written(value), _r(min(zero, end)), _r(y), _r(max(abs(end - zero), 1))))
    return Picture(WIDTH, GAP + len(points) * (BAR + GAP), bars=bars, zero=_r(zero))


def _line(points: Sequence[tuple[str, float]]) -> Picture:
    least, most = _bounds(points)
    step = _step((most - least) / TICKS)
    least, most = math.floor(least / step) * step, math.ceil(most / step) * step
    days = [_day(label) for label, _ in points]
    first, last = min(days), max(days)

    def across(day: int) -> float:
        return _r(LEFT + (WIDTH - LEFT - RIGHT) * ((day - first) / (last - first) if last > first else 0.5))

    def up(value: float) -> float:
        return _r(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - least) / (most - least))

    dots = [
        Dot(label, written(value), across(day), up(value))
        for day, (label, value) in zip(days, points, strict=True)
    ]
    ticks = [
        Tick(written(least + step * n), up(least + step * n)) for n in range(round((most - least) / step) + 1)
    ]
    shown = sorted({0, len(dots) // 2, len(dots) - 1})
    return Picture(
        WIDTH,
        HEIGHT,
        dots=dots,
        ticks=ticks,
        days=[Tick(dots[place].label[:10], dots[place].x) for place in shown],
    )


def _bounds(points: Sequence[tuple[str, float]]) -> tuple[float, float]:
    """Return the least and the greatest value, zero among them."""
    values = [value for _, value in points]
    least, most = min(0.0, *values), max(0.0, *values)
    return (least, most) if most > least else (least, least + 1)


def _step(wanted: float) -> float:
    size = 10.0 ** math.floor(math.log10(wanted))
    return next(size * one for one in (1, 2, 5, 10) if size * one >= wanted)


def _day(label: str) -> int:
    """Return a number for a day, month or year; what is none lies where its neighbour does."""
    year, month, day = (*(int(part) for part in label[:10].split("-")), 1, 1)[:3]
    year, month = min(max(year, 1), 9999), min(max(month, 1), 12)
    return date(year, month, min(max(day, 1), monthrange(year, month)[1])).toordinal()


def written(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.4g}"


def _r(value: float) -> float:
    return round(value, 1)
