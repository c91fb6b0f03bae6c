"""Charts as Vega-Lite specifications, made by Altair once per form; colours come from the page.

Each function takes the rows to draw, plain dictionaries; a row's `url` is where its mark leads.
Unknown values are None and leave a gap, never a zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

Rows = Sequence[Mapping[str, Any]]
FORMATS = {
    "share": ".0%",
    "count": ",.0f",
    "money": ",.3~s",
    "money/day": ",.3~s",
    "ratio": ",.2f",
    "points": ",.0f",
    "hours": ",.1f",
    "days": ",.1f",
}


def lines(rows: Rows, *, unit: str, by: str = "", x: str = "period") -> dict[str, Any]:
    """The course of a value over time: rows of `x` (a day), `value`, `url` and perhaps `by`."""
    return _drawn(_lines(unit, by, x), rows)


def bars(rows: Rows, *, unit: str, x: str, by: str = "", title: str = "") -> dict[str, Any]:
    """A bar per name, in the order of the rows: rows of `x`, `value`, `url`, perhaps `by`."""
    return _drawn(_bars(unit, x, by, title), rows)


def columns(rows: Rows, *, unit: str, x: str, by: str = "", title: str = "") -> dict[str, Any]:
    """A standing bar per step (touch number, hour, month), in the order of the rows."""
    return _drawn(_columns(unit, x, by, title), rows)


def heat(rows: Rows, *, unit: str, x: str, y: str) -> dict[str, Any]:
    """A field per pair of `x` and `y`, the darker the larger its `value`."""
    return _drawn(_heat(unit, x, y), rows)


def steps(rows: Rows, *, unit: str) -> dict[str, Any]:
    """A waterfall: rows of `name`, `start`, `end`, `kind` (level, up or down), `url`."""
    return _drawn(_steps(unit), rows)


def intervals(rows: Rows, *, unit: str, x: str) -> dict[str, Any]:
    """A point with its range per name: rows of `x`, `value`, `low`, `high`, `url`."""
    return _drawn(_intervals(unit, x), rows)


def _drawn(spec: Mapping[str, Any], rows: Rows) -> dict[str, Any]:
    return {**spec, "data": {"values": [{k: _plain(v) for k, v in row.items()} for row in rows]}}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value


def _axis(unit: str, title: str = "") -> Any:
    import altair as alt

    return alt.Axis(title=title or None, format=FORMATS.get(unit, ",.2~f"), tickCount=5)


def _finished(chart: Any, **size: Any) -> dict[str, Any]:
    spec: dict[str, Any] = chart.properties(width="container", **size).to_dict(validate=False)
    return {name: each for name, each in spec.items() if name not in ("config", "$schema")}


def _tooltip(unit: str, *names: str) -> list[Any]:
    import altair as alt

    value = alt.Tooltip("value:Q", format=FORMATS.get(unit, ",.2~f"))
    return [*(alt.Tooltip(f"{name}:N") for name in names if name), value]


def _color(by: str) -> dict[str, Any]:
    import altair as alt

    return {"color": alt.Color(f"{by}:N", title=None, sort=None)} if by else {}


@cache
def _lines(unit: str, by: str, x: str) -> dict[str, Any]:
    import altair as alt

    chart = (
        alt.Chart()
        .mark_line(point=True, strokeWidth=2)
        .encode(
            x=alt.X(f"{x}:T", title=None),
            y=alt.Y("value:Q", axis=_axis(unit)),
            href="url:N",
            tooltip=[alt.Tooltip(f"{x}:T"), *_tooltip(unit, by)],
            **_color(by),
        )
    )
    return _finished(chart)


@cache
def _bars(unit: str, x: str, by: str, title: str) -> dict[str, Any]:
    import altair as alt

    chart = (
        alt.Chart()
        .mark_bar(height={"band": 0.7})
        .encode(
            y=alt.Y(f"{x}:N", title=None, sort=None, axis=alt.Axis(labelLimit=180)),
            x=alt.X("value:Q", axis=_axis(unit, title)),
            href="url:N",
            tooltip=_tooltip(unit, x, by),
            **_color(by),
        )
    )
    return _finished(chart, height=alt.Step(26))


@cache
def _columns(unit: str, x: str, by: str, title: str) -> dict[str, Any]:
    import altair as alt

    chart = (
        alt.Chart()
        .mark_bar()
        .encode(
            x=alt.X(f"{x}:O", title=title or None, sort=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("value:Q", axis=_axis(unit)),
            href="url:N",
            tooltip=_tooltip(unit, x, by),
            **({"xOffset": alt.XOffset(f"{by}:N", sort=None)} if by else {}),
            **_color(by),
        )
    )
    return _finished(chart)


@cache
def _heat(unit: str, x: str, y: str) -> dict[str, Any]:
    import altair as alt

    chart = (
        alt.Chart()
        .mark_rect()
        .encode(
            x=alt.X(f"{x}:O", title=None, sort=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y(f"{y}:O", title=None, sort=None),
            color=alt.Color(
                "value:Q", legend=alt.Legend(title=None, format=FORMATS.get(unit, ",.2~f"))
            ),
            href="url:N",
            tooltip=[*_tooltip(unit, y, x), alt.Tooltip("n:Q", title="n")],
        )
    )
    return _finished(chart, height=alt.Step(26))


@cache
def _steps(unit: str) -> dict[str, Any]:
    import altair as alt

    kinds = alt.Scale(domain=["level", "up", "down"])
    chart = (
        alt.Chart()
        .mark_bar()
        .encode(
            x=alt.X("name:O", title=None, sort=None, axis=alt.Axis(labelAngle=0, labelLimit=90)),
            y=alt.Y("start:Q", axis=_axis(unit)),
            y2="end:Q",
            color=alt.Color("kind:N", scale=kinds, legend=None),
            href="url:N",
            tooltip=_tooltip(unit, "name"),
        )
    )
    return _finished(chart)


@cache
def _intervals(unit: str, x: str) -> dict[str, Any]:
    import altair as alt

    base = alt.Chart().encode(
        y=alt.Y(f"{x}:N", title=None, sort=None, axis=alt.Axis(labelLimit=180)), href="url:N"
    )
    ranges = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q", axis=_axis(unit)), x2="high:Q", tooltip=_tooltip(unit, x)
    )
    points = base.mark_point(filled=True, size=70).encode(
        x=alt.X("value:Q"), tooltip=_tooltip(unit, x)
    )
    return _finished(alt.layer(ranges, points), height=alt.Step(26))
