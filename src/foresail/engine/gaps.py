"""What a number leaves out: rows without a date, values that are unknown, rows that came late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, replace
from typing import Any

import ibis

from foresail.core.anchors import At, During, On, Standing, Sum
from foresail.core.dimensions import REP
from foresail.core.formulas import signature
from foresail.core.measures import Measure, Term
from foresail.engine.cause import Gap
from foresail.engine.compile import lookup_of, needed
from foresail.engine.groups import is_of_group
from foresail.engine.measured import columns_of, condition_of, measured_rows, value_of
from foresail.engine.question import Question
from foresail.engine.rows import WINDOW_COLUMNS, asked_windows, is_known
from foresail.engine.sight import seen
from foresail.engine.tables import Tables
from foresail.engine.windows import NOW

OF_AS_OF = ("as_of", "as_of_on", "as_of_business", "as_of_working")


def gap_measures(question: Question, terms: Iterable[Term]) -> list[Measure]:
    """The measures of some terms that may leave something out."""
    return [each for each in needed(terms, question) if not each.per and _is_event(each)]


def gaps(backend: Tables, question: Question, measure: Measure) -> list[Gap]:
    """The ways in which a measure may leave something out.

    Rows of it are `deleted`, `undated`, of `unknown` value, or came `late`, after the as-of
    instant.
    """

    def make() -> list[Any]:
        return [
            astuple(Gap(kind, _written(backend, table, kind), measure.fact.table, *cause))
            for kind, cause, table in _counts(backend, question, measure)
        ]

    shape = replace(question, kpis=(), targets={}).shape
    return [Gap(*each) for each in backend.kept(("gaps", signature(measure), *shape), make)]


def _written(backend: Tables, counted: Any, kind: str) -> str:
    found = counted.select(kind=ibis.literal(kind), n=counted.n.cast("int64"))
    return backend.writer.query(found)


def _is_event(measure: Measure) -> bool:
    """Whether rows of the measure can lack a date; stocks and calendars cannot."""
    if isinstance(measure.at, On):
        return not measure.at.sees_future and bool(measure.fact.has_deletion or measure.fact.shows)
    return not isinstance(measure.at, During)


def _counts(
    backend: Any, question: Question, measure: Measure
) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Each kind of gap with what brings it about, and its number, not run yet."""

    def counted(rows: Any, number: Any) -> Any:
        if is_of_group(measure, question):
            assert measure.credit is not None
            credited = rows[measure.credit.column(REP)].nunique()
            number = ibis.ifelse(credited >= question.group_size, number, 0)
        return rows.agg(n=number)

    found = _rows(backend, question, measure, deleted=False)
    if isinstance(measure.value, Sum):
        unknown = value_of(found, measure, question).isnull()
        yield "unknown", (), counted(found, unknown.sum().fill_null(0))
    if "loaded_at" in found.columns:
        came_late = counted(found, (found.loaded_at > found.as_of).sum().fill_null(0))
        yield "late", ("loaded_at", "late"), came_late
    if measure.fact.has_deletion:
        gone = _rows(backend, question, measure, deleted=True)
        yield "deleted", ("deleted_at", "known"), counted(gone, gone.count())
    is_optional = isinstance(measure.at, At) and measure.at.optional
    assert not isinstance(measure.at, During)
    date = measure.at.needs_start if isinstance(measure.at, Standing) else measure.at.on
    if date and not question.is_all and not is_optional:
        undated = _undated(backend, question, measure, date)
        yield "undated", (date, "unknown"), counted(undated, undated.count())


def _rows(backend: Any, question: Question, measure: Measure, *, deleted: bool) -> Any:
    table = measured_rows(
        backend,
        measure,
        question,
        lookup_of(backend, question),
        columns_of(measure),
        deleted=deleted,
    )
    table = table.filter(table.series == NOW)
    return table.filter(condition_of(table, measure, question))


def _undated(backend: Any, question: Question, measure: Measure, date: str) -> Any:
    """The rows that no bounded period can hold: they lack the date that would put them in one."""
    table = backend.table(measure.fact.table, database="fact")
    windows = asked_windows()
    table = table.cross_join(windows.agg(**{name: windows[name].max() for name in OF_AS_OF}))
    condition: Measure | None = measure
    table = table.filter(table[date].isnull())
    if isinstance(measure.at, Standing):
        condition = _own_condition(measure)
        table = table.filter(table.until > table.as_of)
    elif measure.fact.has_validity:
        table = table.filter((table.since <= table.as_of) & (table.until > table.as_of))
    if question.sight:
        table = seen(table, measure, question.sight, table.as_of_on)
    if measure.fact.has_knowledge:
        table = table.filter(is_known(table, table.as_of))
    if measure.fact.has_deletion:
        table = table.filter(table.deleted_at.isnull() | (table.deleted_at > table.as_of))
    if condition is not None:
        table = table.filter(condition_of(table, condition, question))
    return table


def _own_condition(measure: Measure) -> Measure | None:
    """A stock's condition, unless it looks at the window, which undated rows have none of."""
    columns = measure.where.columns() if measure.where is not None else frozenset()
    windows = WINDOW_COLUMNS.difference(OF_AS_OF)
    return None if columns & (windows | measure.added) else measure
