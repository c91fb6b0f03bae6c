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
from foresail.core.rollups import KNOWN, column
from foresail.engine.cause import Gap, Rows
from foresail.engine.compile import lookup_of, needed
from foresail.engine.groups import is_of_group
from foresail.engine.measured import columns_of, condition_of, measured_rows, value_of
from foresail.engine.question import Question
from foresail.engine.rolled import numbers, served
from foresail.engine.rows import WINDOW_COLUMNS, asked_windows, is_known, wanted_rows
from foresail.engine.scans import Scan, part_name, scans
from foresail.engine.sight import seen
from foresail.engine.tables import Tables
from foresail.engine.windows import NOW

OF_AS_OF = ("as_of", "as_of_on", "as_of_business", "as_of_working")
WHOLE = ("deleted", "undated")
"""The gaps that are all rows of their own that a measure would look at."""


def gap_measures(question: Question, terms: Iterable[Term]) -> list[Measure]:
    """The measures of some terms that may leave something out."""
    return [each for each in needed(terms, question) if not each.per and _is_event(each)]


def gaps(backend: Tables, question: Question, measures: Iterable[Measure]) -> list[Rows]:
    """The ways in which measures may leave something out, counted in as few scans as there can be.

    Rows of one are `deleted`, `undated`, of `unknown` value, or came `late`, after the as-of
    instant.
    """
    found = served(scans(measures, question), question)
    return [rows for scan in found for rows in _of_scan(backend, question, scan)]


def _of_scan(backend: Tables, question: Question, scan: Scan) -> list[Rows]:
    def make() -> list[Any]:
        return [
            (backend.writer.query(table), [astuple(gap) for gap in found], are_sums)
            for table, found, are_sums in _all_found(backend, question, scan)
        ]

    shape = replace(question, kpis=(), targets={}).shape
    measured = tuple(signature(each) for each in scan.measures)
    kept = backend.kept(("gaps", scan.table, measured, *shape), make)
    return [
        Rows(sql, tuple(Gap(*each) for each in found), are_sums) for sql, found, are_sums in kept
    ]


def _all_found(
    backend: Tables, question: Question, scan: Scan
) -> Iterator[tuple[Any, list[Gap], bool]]:
    """Rows that gaps are counted in, with these gaps, and whether they are sums of rows."""
    if unknown := [m for m in scan.measures if isinstance(m.value, Sum) and scan.rollup]:
        rows = numbers(backend, scan, question, ["label", "series"])
        rows = rows.filter(rows.series == NOW)
        yield rows, [_unknown_in(backend, question, rows, scan, each) for each in unknown], True
    for rows, ways in _found(backend, question, scan):
        yield rows, ways, False


def _unknown_in(
    backend: Tables, question: Question, rows: Any, scan: Scan, measure: Measure
) -> Gap:
    """The rows of unknown value in rows of sums; most rollups have none at all."""
    assert scan.rollup is not None
    held = scan.rollup.held(measure)
    assert held is not None
    row, counts = _row(rows), (column(held), column(held, KNOWN))
    test = row[counts[0]] - row[counts[1]]
    found = _gap(backend, question, measure, "unknown", row, test, ())
    return replace(found, table=scan.rollup.table, column=" - ".join(counts), has="any")


def _is_event(measure: Measure) -> bool:
    """Whether rows of the measure can lack a date; stocks and calendars cannot."""
    if isinstance(measure.at, On):
        return not measure.at.sees_future and bool(measure.fact.has_deletion or measure.fact.shows)
    return not isinstance(measure.at, During)


def _found(backend: Tables, question: Question, scan: Scan) -> Iterator[tuple[Any, list[Gap]]]:
    """Rows that gaps are counted in, not run yet, with these gaps."""
    at, fact = scan.first.at, scan.first.fact

    def gap(rows: Any, measure: Measure, kind: str, test: Any, *cause: str) -> Gap:
        return _gap(backend, question, measure, kind, rows, test, cause)

    found = _rows(backend, question, scan, deleted=False)
    row = _row(found)
    looked_at = {each: condition_of(row, each, question) for each in scan.measures}
    ways = [
        gap(row, each, "unknown", looked_at[each] & value_of(row, each, question).isnull())
        for each in scan.measures
        if isinstance(each.value, Sum) and not scan.rollup
    ]
    if "loaded_at" in found.columns:
        late = row.loaded_at > row.as_of
        ways += [
            gap(row, each, "late", test & late, "loaded_at", "late")
            for each, test in looked_at.items()
        ]
    if ways:
        yield found, ways
    if fact.has_deletion:
        gone = _rows(backend, question, scan, deleted=True)
        row = _row(gone)
        yield (
            gone,
            [
                gap(row, each, "deleted", condition_of(row, each, question), "deleted_at", "known")
                for each in scan.measures
            ],
        )
    is_optional = isinstance(at, At) and at.optional
    assert not isinstance(at, During)
    date = at.needs_start if isinstance(at, Standing) else at.on
    if date and not question.is_all and not is_optional:
        undated = _undated(backend, question, scan.first, date)
        row = _row(undated)
        yield (
            undated,
            [
                gap(row, each, "undated", _undated_test(row, each, question), date, "unknown")
                for each in scan.measures
            ],
        )


def _row(rows: Any) -> Any:
    """One of some rows, for values to be written over it."""
    return ibis.table(rows.schema(), name="gap")


def _gap(
    backend: Tables,
    question: Question,
    measure: Measure,
    kind: str,
    row: Any,
    test: Any,
    cause: tuple[str, ...],
) -> Gap:
    """One gap, with its columns as they are selected from the rows."""
    name, by = part_name(measure, kind), part_name(measure, "credited")
    (written,) = backend.writer.values(row, {name: test})
    counted, rep, credited = backend.writer.name(name), "", ""
    if is_of_group(measure, question):
        assert measure.credit is not None
        looked_at = test if kind in WHOLE else condition_of(row, measure, question)
        value = ibis.ifelse(looked_at, row[measure.credit.column(REP)], None)
        by = part_name(measure, f"{kind}_credited") if kind in WHOLE else by
        (rep,) = backend.writer.values(row, {by: value})
        credited = backend.writer.name(by)
    column, has = (*cause, "", "")[:2]
    credit = measure.credit
    owner = credit.column(REP) if credit and REP in credit.carries else ""
    return Gap(
        measure.id,
        kind,
        written,
        counted,
        rep,
        credited,
        measure.fact.table,
        column,
        has,
        owner,
    )


def _rows(backend: Tables, question: Question, scan: Scan, *, deleted: bool) -> Any:
    columns = frozenset[str]().union(*(columns_of(each) for each in scan.measures))
    table = measured_rows(
        backend,
        scan.first,
        question,
        lookup_of(backend, question),
        columns,
        deleted=deleted,
    )
    return table.filter(table.series == NOW)


def _undated(backend: Any, question: Question, measure: Measure, date: str) -> Any:
    """The rows that no bounded period can hold: they lack the date that would put them in one."""
    table = backend.table(measure.fact.table, database="fact")
    windows = asked_windows()
    table = table.cross_join(windows.agg(**{name: windows[name].max() for name in OF_AS_OF}))
    table = table.filter(table[date].isnull())
    if isinstance(measure.at, Standing):
        table = table.filter(table.until > table.as_of)
    elif measure.fact.has_validity:
        table = table.filter((table.since <= table.as_of) & (table.until > table.as_of))
    if question.sight:
        table = seen(table, measure, question.sight, table.as_of_on)
    if measure.fact.has_knowledge:
        table = table.filter(is_known(table, table.as_of))
    if measure.fact.has_deletion:
        table = table.filter(table.deleted_at.isnull() | (table.deleted_at > table.as_of))
    return wanted_rows(table, measure, question)


def _undated_test(row: Any, measure: Measure, question: Question) -> Any:
    """Whether an undated row is one that the measure would look at."""
    condition = _own_condition(measure) if isinstance(measure.at, Standing) else measure
    return ibis.literal(True) if condition is None else condition_of(row, condition, question)


def _own_condition(measure: Measure) -> Measure | None:
    """A stock's condition, unless it looks at the window, which undated rows have none of."""
    columns = measure.where.columns() if measure.where is not None else frozenset()
    windows = WINDOW_COLUMNS.difference(OF_AS_OF)
    return None if columns & (windows | measure.added) else measure
