"""The rows behind a measure: visible as of T, in a window, with the asked dimensions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ibis

from foresail.core.anchors import At, During, On, Standing, Stands
from foresail.core.dimensions import REP, WEEKDAY, Dimension
from foresail.core.measures import Measure
from foresail.core.rollups import DELETED, IS_MONTH, Rollup, first_of_month
from foresail.core.slices import DimensionValue
from foresail.engine.asked import DAY, LABEL, NUMBER, WINDOW
from foresail.engine.dialects import DAYS
from foresail.engine.question import Question
from foresail.engine.sight import Sight, columns_needed, seen
from foresail.engine.wanted import kept

WINDOW_COLUMNS = frozenset(WINDOW.names)
INSTANTS = {
    Stands.END: ("stands_at", "stands_on"),
    Stands.START: ("starts_at", "starts_on"),
    Stands.OUTSET: ("outset_at", "outset_on"),
    Stands.AS_OF: ("as_of", "as_of_on"),
    Stands.WITHIN: ("stands_at", "stands_on"),
}


def asked_windows() -> Any:
    """The windows of the question, as the query sees them."""
    return ibis.table(ibis.Schema.from_pyarrow(WINDOW), name="asked_window")


def named(table: Any) -> Any:
    """Rows of numbered windows with the `label` and `series` of each in place of its number."""
    windows = asked_windows()
    joined = table.inner_join(windows, table[NUMBER] == windows[NUMBER])
    rest = [name for name in table.columns if name != NUMBER]
    return joined.select(windows.label, windows.series, *(table[name] for name in rest))


def asked_labels() -> Any:
    """The labels of the question, as the query sees them."""
    return ibis.table(ibis.Schema.from_pyarrow(LABEL), name="asked_label")


def asked_days() -> Any:
    """Every day of the windows, as the query sees them."""
    return ibis.table(ibis.Schema.from_pyarrow(DAY), name=DAYS)


def rows(
    backend: Any,
    measure: Measure,
    question: Question,
    columns: Iterable[str],
    *,
    deleted: bool = False,
    only_open: bool = False,
) -> Any:
    """The fact's rows that the measure looks at, once per window, before its own condition.

    With `deleted` those that it would look at, had they not been deleted by then; `only_open`
    those alone of days that are not over, and without a date where they count.

    They carry the named columns of the fact, `label`, `series`, the columns of the window, and a
    column per asked dimension.
    """
    table = backend.table(measure.fact.table, database="fact")
    wanted = {*columns, *_own_columns(measure, question)}
    table = table.select(*(name for name in table.columns if name in wanted))
    table = wanted_rows(table, measure, question)
    if isinstance(measure.at, Standing):
        placed = _standing(table, measure.at, question)
    elif isinstance(measure.at, During):
        placed = _lasting(seen(table, measure, question.sight) if question.sight else table)
    else:
        placed = _flowing(table, measure.at, question, only_open=only_open)
    placed = _visible(placed, measure, deleted=deleted)
    return _seen_and_split(placed, measure, question)


def _seen_and_split(placed: Any, measure: Measure, question: Question) -> Any:
    """Those of placed rows that may be seen, with a column per asked dimension."""
    if question.sight and not isinstance(measure.at, During):
        placed = seen(placed, measure, question.sight)
    asked = {
        each.id: dimension_value(placed, measure, each) for each in sorted_dimensions(question)
    }
    return placed.mutate(**asked)


def rolled_rows(backend: Any, rollup: Rollup, measure: Measure, question: Question) -> Any:
    """The rows of a rollup, once per window, of the days that were over.

    Whole months of a window come as such, unless rows of one day may be seen or are told from
    those of another.
    """
    table = wanted_rows(backend.table(rollup.table, database="fact"), measure, question)
    is_by_day = question.sight not in (None, Sight.TEAM) or WEEKDAY in question.dimensions
    if question.is_all:
        placed = _of_all_days(table, rollup.at.on, is_by_day=is_by_day)
    else:
        placed = _of_days(table, rollup.at.on, is_by_day=is_by_day)
    if DELETED in rollup.keys:
        placed = placed.filter(~(placed[DELETED] <= placed.as_of).fill_null(False))
    return _seen_and_split(placed, measure, question)


def _of_days(table: Any, on: str, *, is_by_day: bool) -> Any:
    """A rollup's rows of the days of each window, or of whole months and the days besides."""
    days = asked_days()
    days = days.filter(days.window_day < days.settled_on)
    is_month = ibis.literal(False) if is_by_day else _is_of_whole_month(days)
    days = days.mutate(by_month=is_month)
    days = days.filter(~days.by_month | (days.window_day.day() == 1))
    return table.inner_join(days, [table[on] == days.window_day, table[IS_MONTH] == days.by_month])


def _is_of_whole_month(days: Any) -> Any:
    """Whether a day's month lies in its window and was over."""
    first = first_of_month(days.window_day)
    until = ibis.least(days.window_end, days.settled_on)
    return (first >= days.window_start) & (_following(first) <= until)


def _of_all_days(table: Any, on: str, *, is_by_day: bool) -> Any:
    """A rollup's rows of all days that were over, in whole months where there are."""
    placed = table.cross_join(asked_windows())
    day = placed[on]
    is_month = ibis.literal(False)
    if not is_by_day:
        is_month = _following(first_of_month(day)) <= placed.settled_on
    return placed.filter((day < placed.settled_on) & (placed[IS_MONTH] == is_month))


def _following(first: Any) -> Any:
    """The first day of the month after that of a first day."""
    return (first + ibis.interval(months=1)).cast("date")


def wanted_rows(table: Any, measure: Measure, question: Question) -> Any:
    """A fact's rows whose dimensions have the values that a question keeps to."""
    for each in question.where:
        table = kept(table, dimension_value(table, measure, each.dimension), each)
    return table


def _own_columns(measure: Measure, question: Question) -> set[str]:
    """The fact's columns that place its rows: validity, anchor, credit, dimensions."""
    names = {"since", "until", "known_since", "known_until", "deleted_at", "loaded_at"}
    dimensions = question.dimensions.union(*measure.per)
    if isinstance(measure.at, At):
        names |= {measure.at.at, measure.at.on, measure.at.hour}
        names |= {f"{measure.at.name}_{each.id}" for each in dimensions}
    elif isinstance(measure.at, On):
        names.add(measure.at.on)
    elif isinstance(measure.at, During):
        names |= {"since_on", "until_on"}
    elif measure.at.needs_start:
        names.add(measure.at.needs_start)
    if measure.credit:
        names |= {measure.credit.column(each) for each in dimensions}
    if question.sight:
        names |= columns_needed(measure.credit)
    if measure.credit and question.group_size:
        names.add(measure.credit.column(REP))
    return names | {each.id for each in dimensions}


def sorted_dimensions(question: Question) -> list[Dimension]:
    """The dimensions of a question in one order."""
    return sorted(question.dimensions, key=lambda each: each.id)


def dimension_value(table: Any, measure: Measure, dimension: Dimension) -> Any:
    """A dimension's value for each row, by the measure's credit and anchor."""
    return DimensionValue(dimension, measure.at, measure.credit).resolve(table, {})


def _visible(table: Any, measure: Measure, *, deleted: bool) -> Any:
    """Only what could be seen at T: no later event, no later state, nothing deleted by then."""
    if measure.fact.has_deletion:
        is_then = isinstance(measure.at, Standing) and measure.at.as_known_then
        known_at = table.stands_at if is_then else table.as_of
        is_gone = (table.deleted_at <= known_at).fill_null(False)
        table = table.filter(is_gone if deleted else ~is_gone)
    if measure.fact.has_knowledge:
        table = table.filter(is_known(table, table.as_of))
    if measure.fact.has_validity and isinstance(measure.at, At | On):
        table = table.filter((table.since <= table.as_of) & (table.until > table.as_of))
    if isinstance(measure.at, At):
        instant = table[measure.at.at]
        has_happened = instant <= table.as_of
        return table.filter(
            has_happened if measure.at.optional else instant.isnull() | has_happened
        )
    if isinstance(measure.at, On) and not measure.at.sees_future:
        day = table[measure.at.on]
        return table.filter(day.isnull() | (day <= table.as_of_on))
    return table


def is_known(table: Any, as_of: Any) -> Any:
    """Whether rows hold what was known at an instant."""
    return (table.known_since <= as_of) & (table.known_until > as_of)


def _standing(table: Any, at: Standing, question: Question) -> Any:
    """Rows in force at the instant of each window, or at some time in it."""
    if at.needs_start and not question.is_all:
        table = table.filter(table[at.needs_start].notnull())
    instant, day = INSTANTS[at.stands]
    windows = asked_windows()
    windows = windows.mutate(
        ends_at=windows.stands_at, stands_at=windows[instant], stands_on=windows[day]
    )
    stands = [table.since <= windows.stands_at]
    if at.stands is not Stands.WITHIN:
        stands.append(table.until > windows.stands_at)
    elif not question.is_all:
        stands.append(table.until > windows.starts_at)
    return table.inner_join(windows, stands)


def _lasting(table: Any) -> Any:
    """Rows that cover days of each window that have come, with how many."""
    windows = asked_windows()
    come = (windows.as_of_on + ibis.interval(days=1)).cast("date")
    windows = windows.mutate(come_until=ibis.least(windows.window_end, come))
    placed = table.inner_join(
        windows, [table.since_on < windows.come_until, table.until_on > windows.window_start]
    )
    first = ibis.greatest(placed.since_on, placed.window_start)
    last = ibis.least(placed.until_on, placed.come_until)
    return placed.mutate(covered_days=last.delta(first, unit="day")).drop("come_until")


def _flowing(table: Any, at: At | On, question: Question, *, only_open: bool) -> Any:
    """Rows dated within each window; `all` takes those without a date as well."""
    if question.is_all and not only_open:
        placed = table.cross_join(asked_windows())
        if isinstance(at, At) or not at.calendar:
            return placed
        day = placed[at.on]
        return placed.filter((day >= placed.window_start) & (day < placed.window_end))
    days = asked_days()
    if only_open:
        days = days.filter(days.window_day >= days.settled_on)
    placed = table.inner_join(days, table[at.on] == days.window_day)
    if question.is_all:
        undated = table.filter(table[at.on].isnull()).cross_join(asked_windows())
        placed = undated.union(placed.select(undated.columns))
    return placed
