"""The rows behind a measure: visible as of T, in a window, with the asked dimensions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis
import pyarrow as pa

from foresail.core.anchors import At, On, Standing, Stands
from foresail.core.dimensions import HOUR_OF_DAY, WEEKDAY, Credit, Dimension
from foresail.core.measures import Measure
from foresail.engine.question import Question
from foresail.engine.windows import Window

SPAN = pa.schema(
    [
        ("label", pa.date32()),
        ("series", pa.string()),
        ("window_start", pa.date32()),
        ("window_end", pa.date32()),
        ("window_days", pa.int64()),
        ("stands_at", pa.timestamp("us")),
        ("stands_on", pa.date32()),
        ("outset_at", pa.timestamp("us")),
    ]
)
INSTANT = "timestamp(6)"


def rows(backend: Any, measure: Measure, question: Question, windows: list[Window]) -> Any:
    """The fact's rows that the measure looks at, once per window, before its own condition.

    They carry `label`, `series`, the columns of the window, and a column per asked dimension.
    """
    table = _visible(backend.table(measure.fact.table, database="fact"), measure, question)
    placed = _placed(table, measure, windows)
    asked = {
        each.id: dimension_value(placed, measure, each) for each in sorted_dimensions(question)
    }
    placed = placed.mutate(**asked)
    for each in question.where:
        placed = placed.filter(matches(placed[each.dimension.id], each.values))
    return placed


def sorted_dimensions(question: Question) -> list[Dimension]:
    """The dimensions of a question in one order."""
    return sorted(question.dimensions, key=lambda each: each.id)


def dimension_value(table: Any, measure: Measure, dimension: Dimension) -> Any:
    """A dimension's value for each row, by the measure's credit and anchor."""
    if dimension.of_rep:
        assert isinstance(measure.credit, Credit)
        return table[measure.credit.column(dimension)]
    if dimension is HOUR_OF_DAY:
        assert isinstance(measure.at, At)
        return table[measure.at.hour]
    if dimension is WEEKDAY:
        assert isinstance(measure.at, At | On)
        return (table[measure.at.on].day_of_week.index() + 1).cast("int64")
    return table[dimension.id]


def matches(value: Any, wanted: tuple[str | None, ...]) -> Any:
    """Whether a dimension's value is one of those wanted; None is "without"."""
    known = [each for each in wanted if each is not None]
    found = value.cast("string").isin(known) if known else ibis.literal(False)
    return found.fill_null(False) | value.isnull() if None in wanted else found


def _visible(table: Any, measure: Measure, question: Question) -> Any:
    """Only what could be seen at T: no later event, no later state, nothing deleted by then."""
    as_of = ibis.literal(question.as_of, INSTANT)
    if measure.fact.has_deletion:
        table = table.filter(table.deleted_at.isnull() | (table.deleted_at > as_of))
    if isinstance(measure.at, At):
        if measure.fact.has_validity:
            table = table.filter((table.since <= as_of) & (table.until > as_of))
        instant = table[measure.at.at]
        return table.filter(instant.isnull() | (instant <= as_of))
    if isinstance(measure.at, On) and not measure.at.sees_future:
        day = table[measure.at.on]
        return table.filter(day.isnull() | (day <= ibis.literal(question.as_of_on)))
    return table


def _placed(table: Any, measure: Measure, windows: list[Window]) -> Any:
    stands = measure.at.stands if isinstance(measure.at, Standing) else Stands.END
    if isinstance(measure.at, Standing):
        return _standing(table, windows, stands)
    return _flowing(table, measure.at.on, windows)


def _standing(table: Any, windows: list[Window], stands: Stands) -> Any:
    """Rows in force at the instant of each window; an unknown beginning counts in `all` only."""
    if not any(each.is_all for each in windows):
        table = table.filter(table.since > dt.datetime(1, 1, 1))
    if len(windows) == 1:
        span = _span(windows[0], stands)
        table = table.mutate(**_literals(span))
        return table.filter((table.since <= table.stands_at) & (table.until > table.stands_at))
    spans = ibis.memtable(pa.Table.from_pylist([_span(w, stands) for w in windows], SPAN))
    return table.inner_join(spans, [table.since <= spans.stands_at, table.until > spans.stands_at])


def _flowing(table: Any, on: str, windows: list[Window]) -> Any:
    """Rows dated within each window; `all` takes those without a date as well."""
    if len(windows) == 1:
        window = windows[0]
        placed = table.mutate(**_literals(_span(window, Stands.END)))
        if window.is_all:
            return placed
        return placed.filter((placed[on] >= window.start) & (placed[on] < window.end))
    first, last = min(each.start for each in windows), max(each.end for each in windows)
    table = table.filter((table[on] >= first) & (table[on] < last))
    days = [
        {"window_day": window.start + dt.timedelta(days=number), **_span(window, Stands.END)}
        for window in windows
        for number in range(window.length)
    ]
    schema = pa.schema([("window_day", pa.date32()), *SPAN])
    calendar = ibis.memtable(pa.Table.from_pylist(days, schema))
    return table.inner_join(calendar, table[on] == calendar.window_day)


def _span(window: Window, stands: Stands) -> dict[str, Any]:
    instant = {
        Stands.END: window.stands_at,
        Stands.START: window.starts_at,
        Stands.OUTSET: window.outset_at,
    }[stands]
    return {
        "label": window.label,
        "series": window.series,
        "window_start": window.start,
        "window_end": window.end,
        "window_days": window.length,
        "stands_at": instant,
        "stands_on": window.moment.local(instant).date(),
        "outset_at": window.outset_at,
    }


def _literals(span: dict[str, Any]) -> dict[str, Any]:
    return {
        name: ibis.literal(value, INSTANT if isinstance(value, dt.datetime) else None)
        for name, value in span.items()
    }
