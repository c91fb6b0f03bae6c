"""The windows of a question as tables that a query joins: a plan holds no date and no instant.

So one plan serves every period and every as-of instant of questions of the same shape.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from foresail.engine.columns import column_name
from foresail.engine.windows import SERIES, Window

DATE, INSTANT, WHOLE = pa.date32(), pa.timestamp("us"), pa.int64()
NUMBER = "window_number"
"""Tells the windows of a question apart: engines group by it faster than by label and series."""

WINDOW = pa.schema(
    [
        (NUMBER, pa.int32()),
        ("label", DATE),
        ("series", pa.string()),
        ("window_start", DATE),
        ("window_end", DATE),
        ("window_days", WHOLE),
        ("window_passed", WHOLE),
        ("starts_at", INSTANT),
        ("starts_on", DATE),
        ("stands_at", INSTANT),
        ("stands_on", DATE),
        ("outset_at", INSTANT),
        ("outset_on", DATE),
        ("as_of", INSTANT),
        ("as_of_on", DATE),
        ("settled_on", DATE),
        ("as_of_business", pa.float64()),
        ("as_of_working", WHOLE),
    ]
)
DAY = pa.schema([("window_day", DATE), *WINDOW])
CLOCKS = {
    "days": pa.float64(),
    "months": pa.float64(),
    "elapsed": pa.float64(),
    "is_known": pa.bool_(),
    "is_finished": pa.bool_(),
}


def label_schema(series: Iterable[str]) -> pa.Schema:
    """The columns of the table of labels: the lengths of each label's windows, series by series."""
    clocks = [(column_name(clock, one), kind) for one in series for clock, kind in CLOCKS.items()]
    return pa.schema([("label", DATE), *clocks])


LABEL = label_schema(SERIES)
"""With the series that a question does not have: they are unknown."""

SCHEMAS = {"asked_window": WINDOW, "asked_label": LABEL}


def tables(windows: Iterable[Window]) -> dict[str, pa.Table]:
    """The tables `asked_window` and `asked_label` of some windows."""
    known = [each for each in windows if each.is_known]
    spans = pa.Table.from_pylist(
        [{NUMBER: number, **_span(each)} for number, each in enumerate(known)], WINDOW
    )
    labels: dict[dt.date, dict[str, Any]] = {}
    for each in windows:
        clocks = labels.setdefault(each.label, {"label": each.label})
        clocks.update({column_name(clock, each.series): getattr(each, clock) for clock in CLOCKS})
    return {
        "asked_window": spans,
        "asked_label": pa.Table.from_pylist(list(labels.values()), LABEL),
    }


def days_of(spans: pa.Table) -> pa.Table:
    """Every day of some windows beside the columns of its window."""
    starts, ends = (
        spans[name].to_numpy().astype("datetime64[D]") for name in ("window_start", "window_end")
    )
    lengths = (ends - starts).astype(np.int64)
    place = np.repeat(np.arange(len(lengths)), lengths)
    first = np.repeat(np.cumsum(lengths) - lengths, lengths)
    days = starts[place] + (np.arange(len(place)) - first)
    columns = spans.take(pa.array(place, WHOLE)).columns
    return pa.Table.from_arrays([pa.array(days, DATE), *columns], schema=DAY)


def _span(window: Window) -> dict[str, Any]:
    moment = window.moment
    instants = {
        "starts": window.starts_at,
        "stands": window.stands_at,
        "outset": window.outset_at,
    }
    return {
        "label": window.label,
        "series": window.series,
        "window_start": window.start,
        "window_end": window.end,
        "window_days": window.length,
        "window_passed": window.days,
        **{f"{name}_at": instant for name, instant in instants.items()},
        **{f"{name}_on": moment.local(instant).date() for name, instant in instants.items()},
        "as_of": moment.as_of,
        "as_of_on": moment.today,
        "settled_on": moment.settled_on,
        "as_of_business": moment.as_of_business,
        "as_of_working": moment.as_of_working,
    }


def fingerprint(tables: Mapping[str, pa.Table]) -> str:
    """The same for tables of the same content."""
    digest = hashlib.sha256()
    for name, table in sorted(tables.items()):
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table)
        digest.update(name.encode())
        digest.update(sink.getvalue())
    return digest.hexdigest()
