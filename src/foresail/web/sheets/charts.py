"""Charts as Vega-Lite specifications with the rows that they draw; colours come from the page.

Each function takes the rows to draw, plain dictionaries; a row's `url` is where its mark leads.
Unknown values are None and leave a gap, never a zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from foresail.web.sheets import marks
from foresail.web.sheets.ticks import whole_times

Rows = Sequence[Mapping[str, Any]]


def lines(rows: Rows, *, unit: str, by: str = "", x: str = "period") -> dict[str, Any]:
    """The course of a value over time: rows of `x` (a day), `value`, `url` and perhaps `by`."""
    return _drawn(marks.lines(unit, by, x), rows)


def bars(
    rows: Rows, *, unit: str, x: str, by: str = "", title: str = "", colours: str = ""
) -> dict[str, Any]:
    """A bar per name, in the order of the rows: rows of `x`, `value`, `url`, perhaps `by`.

    Bars of several `by` are one behind the other, in the order of the rows. `colours` is a range
    of colours that the page has: `outcomes` for what went on, stays, was lost and went back.
    """
    return _drawn(marks.bars(unit, x, by, title, colours), rows)


def columns(
    rows: Rows, *, unit: str, x: str, by: str = "", title: str = "", has_ranges: bool = False
) -> dict[str, Any]:
    """A standing bar per step (touch number, hour, month), in the order of the rows.

    It is pale where the row `is_small`. With `has_ranges` a line goes from `low` to `high`.
    """
    return _drawn(_in_time(marks.columns(unit, x, by, title, has_ranges), unit, rows), rows)


def stack(rows: Rows, *, unit: str, x: str, by: str) -> dict[str, Any]:
    """A standing bar per step, made of what each name adds to it: rows of `x`, `by`, `value`."""
    return _drawn(marks.stack(unit, x, by), rows)


def heat(rows: Rows, *, unit: str, x: str, y: str) -> dict[str, Any]:
    """A field per pair of `x` and `y`, the darker the larger its `value`; pale where `is_small`.

    Small ones do not stretch the scale of colours.
    """
    known = [row["value"] for row in rows if row["value"] is not None and not row.get("is_small")]
    spec = marks.heat(unit, x, y)
    if known:
        scale = {"domain": [min(known), max(known)], "clamp": True}
        color = {**spec["encoding"]["color"], "scale": scale}
        spec = {**spec, "encoding": {**spec["encoding"], "color": color}}
    return _drawn(spec, rows)


def steps(rows: Rows, *, unit: str) -> dict[str, Any]:
    """A waterfall: rows of `name`, `start`, `end`, `kind` (level, up or down), `url`."""
    return _drawn(marks.steps(unit), rows)


def intervals(rows: Rows, *, unit: str, x: str) -> dict[str, Any]:
    """A point with its range per name: rows of `x`, `value`, `low`, `high`, `url`."""
    return _drawn(marks.intervals(unit, x), rows)


def _in_time(spec: dict[str, Any], unit: str, rows: Rows) -> dict[str, Any]:
    """With the axis of a length of time marked in whole minutes, hours or days."""
    if unit != "duration" or "encoding" not in spec:
        return spec
    upright = spec["encoding"]["y"]
    largest = max((row["value"] for row in rows if row["value"] is not None), default=0)
    axis = {**upright["axis"], "values": whole_times(largest)}
    return {**spec, "encoding": {**spec["encoding"], "y": {**upright, "axis": axis}}}


def _drawn(spec: Mapping[str, Any], rows: Rows) -> dict[str, Any]:
    return {**spec, "data": {"values": [{k: _plain(v) for k, v in row.items()} for row in rows]}}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value
