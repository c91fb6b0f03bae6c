"""The forms of charts, each made by Altair once, without data."""

from __future__ import annotations

from functools import cache
from typing import Any

FORMATS = {
    "share": ".1~%",
    "count": ",.0f",
    "money": ",.3~s",
    "money/day": ",.3~s",
    "ratio": ",.2f",
    "points": ",.0f",
    "hours": ",.1f",
    "days": ",.1f",
}
LENGTH = (
    "datum.value === null ? '–' : datum.value === 0 ? '0'"
    " : datum.value >= 86400 ? format(datum.value / 86400, ',.1~f') + ' d'"
    " : datum.value >= 3600 ? format(datum.value / 3600, ',.1~f') + ' h'"
    " : format(datum.value / 60, ',.0f') + ' min'"
)
"""A length of time in the unit that fits it, for an axis and for what is said of a mark."""
WORDS = "split(datum.label, ' ')"
"""A name with each word on a line of its own, so that names side by side do not touch."""
DAYS = (
    "utcFormat(datum.value, utcdate(datum.value) !== 1 ? '%e %b'"
    " : datum.index === 0 || utcmonth(datum.value) === 0 ? '%b %Y' : '%b')"
)
"""A day on an axis; the first of a month as its name, in January and at the start with the year."""
NOT_OURS = ("config", "$schema", "data", "datasets")


def _axis(unit: str, title: str = "") -> Any:
    import altair as alt

    title_or_none = title or None
    if unit == "duration":
        return alt.Axis(title=title_or_none, labelExpr=LENGTH, tickCount=5)
    return alt.Axis(title=title_or_none, format=FORMATS.get(unit, ",.2~f"), tickCount=5)


def _names() -> Any:
    import altair as alt

    return alt.Axis(labelAngle=0, labelExpr=WORDS)


def _finished(chart: Any, unit: str, **size: Any) -> dict[str, Any]:
    if unit == "duration":
        chart = chart.transform_calculate(length=LENGTH)
    spec = chart.properties(width="container", **size).to_dict(validate=False)
    return _bare(spec)


def _bare(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification without data: all its layers draw the rows that are put in."""
    kept = {name: each for name, each in spec.items() if name not in NOT_OURS}
    if "layer" in kept:
        kept["layer"] = [_bare(each) for each in kept["layer"]]
    return kept


def _tooltip(unit: str, *names: str) -> list[Any]:
    import altair as alt

    value = alt.Tooltip("value:Q", format=FORMATS.get(unit, ",.2~f"))
    if unit == "duration":
        value = alt.Tooltip("length:N", title="value")
    return [*(alt.Tooltip(f"{name}:N") for name in names if name), value]


def _color(by: str, colours: str = "") -> dict[str, Any]:
    """By name, in the order of the rows; `colours` is a range of them that the page has."""
    import altair as alt

    if not by:
        return {}
    scale = {"range": colours} if colours else alt.Undefined
    return {"color": alt.Color(f"{by}:N", title=None, sort=None, scale=scale)}


def _opacity() -> Any:
    import altair as alt

    return alt.condition("datum.is_small === true", alt.value(0.35), alt.value(1))


@cache
def lines(unit: str, by: str, x: str) -> dict[str, Any]:
    """A line over days."""
    import altair as alt

    chart = (
        alt.Chart()
        .mark_line(point=True, strokeWidth=2)
        .encode(
            x=alt.X(
                f"{x}:T",
                title=None,
                scale=alt.Scale(type="utc"),
                axis=alt.Axis(labelExpr=DAYS, tickCount=6, grid=False, labelFlush=True),
            ),
            y=alt.Y("value:Q", axis=_axis(unit)),
            href="url:N",
            tooltip=[alt.Tooltip(f"utcyearmonthdate({x}):T", title=x), *_tooltip(unit, by)],
            **_color(by),
        )
    )
    return _finished(chart, unit)


@cache
def bars(unit: str, x: str, by: str, title: str, colours: str) -> dict[str, Any]:
    """Lying bars, one per name."""
    import altair as alt

    chart = (
        alt.Chart()
        .mark_bar(height={"band": 0.7})
        .encode(
            y=alt.Y(f"{x}:N", title=None, sort=None, axis=alt.Axis(labelLimit=180)),
            x=alt.X("value:Q", axis=_axis(unit, title)),
            href="url:N",
            tooltip=_tooltip(unit, x, by),
            **_color(by, colours),
            **({"order": alt.Order("order:Q")} if by else {}),
        )
    )
    return _finished(chart, unit, height=alt.Step(26))


@cache
def columns(unit: str, x: str, by: str, title: str, has_ranges: bool) -> dict[str, Any]:
    """Standing bars, one per step, with or without ranges."""
    import altair as alt

    bars_of_steps = (
        alt.Chart()
        .mark_bar()
        .encode(
            x=alt.X(f"{x}:O", title=title or None, sort=None, axis=_names()),
            y=alt.Y("value:Q", axis=_axis(unit)),
            href="url:N",
            tooltip=_tooltip(unit, x, by),
            opacity=_opacity(),
            **({"xOffset": alt.XOffset(f"{by}:N", sort=None)} if by else {}),
            **_color(by),
        )
    )
    if not has_ranges:
        return _finished(bars_of_steps, unit)
    ranges = alt.Chart().mark_rule().encode(x=f"{x}:O", y="low:Q", y2="high:Q")
    return _finished(alt.layer(bars_of_steps, ranges), unit)


@cache
def stack(unit: str, x: str, by: str) -> dict[str, Any]:
    """Standing bars, each made of parts."""
    import altair as alt

    chart = (
        alt.Chart()
        .mark_bar()
        .encode(
            x=alt.X(f"{x}:O", title=None, sort=None, axis=alt.Axis(labelOverlap=True)),
            y=alt.Y("value:Q", axis=_axis(unit), stack="zero"),
            href="url:N",
            tooltip=_tooltip(unit, x, by),
            **_color(by),
        )
    )
    return _finished(chart, unit)


@cache
def heat(unit: str, x: str, y: str) -> dict[str, Any]:
    """Fields in rows and columns."""
    import altair as alt

    chart = (
        alt.Chart()
        .mark_rect()
        .encode(
            x=alt.X(f"{x}:O", title=None, sort=None, axis=_names()),
            y=alt.Y(f"{y}:O", title=None, sort=None),
            color=alt.Color(
                "value:Q",
                legend=alt.Legend(title=None, format=FORMATS.get(unit, ",.2~f"), tickCount=3),
            ),
            opacity=_opacity(),
            href="url:N",
            tooltip=[*_tooltip(unit, y, x), alt.Tooltip("n:Q", title="n")],
        )
    )
    return _finished(chart, unit, height=alt.Step(26))


@cache
def steps(unit: str) -> dict[str, Any]:
    """The steps of a waterfall."""
    import altair as alt

    kinds = alt.Scale(domain=["level", "down", "up"])
    chart = (
        alt.Chart()
        .mark_bar()
        .encode(
            x=alt.X("name:O", title=None, sort=None, axis=_names()),
            y=alt.Y("start:Q", axis=_axis(unit)),
            y2="end:Q",
            color=alt.Color("kind:N", scale=kinds, legend=None),
            href="url:N",
            tooltip=_tooltip(unit, "name"),
        )
    )
    return _finished(chart, unit)


@cache
def intervals(unit: str, x: str) -> dict[str, Any]:
    """Points on their ranges."""
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
    return _finished(alt.layer(ranges, points), unit, height=alt.Step(26))
