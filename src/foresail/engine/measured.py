"""The rows of a measure with all that its condition and value look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import ibis

from foresail.core.anchors import Distinct, Standing, Stands, Sum, SumOfEach
from foresail.core.dimensions import Dimension
from foresail.core.expressions import Column
from foresail.core.measures import Measure, Term
from foresail.core.money import times
from foresail.engine.question import Question
from foresail.engine.rows import INSTANTS, asked_windows, dimension_value, is_known, rows

Lookup = Callable[[tuple[Dimension, ...], Mapping[str, Term]], Any]
"""Values of terms per window and slice: `label`, `series`, a column per dimension and term.

What comes to the same in every window has neither label nor series.
"""


def measured_rows(
    backend: Any,
    measure: Measure,
    question: Question,
    lookup: Lookup,
    columns: Iterable[str],
    *,
    deleted: bool = False,
    only_open: bool = False,
) -> Any:
    """The rows of a measure with the values it looks up, and the rate of a stock's day."""
    table = rows(backend, measure, question, columns, deleted=deleted, only_open=only_open)
    for dimensions, terms in measure.per.items():
        known = lookup(dimensions, terms)
        table = _with_lookup(table, measure, dimensions, known, list(terms))
    if measure.later:
        table = _with_later(backend, table, measure)
    if "currency" in table.columns and "stands_on" in table.columns:
        table = _with_rate(backend, table, measure, question)
    return table


def _with_lookup(
    table: Any, measure: Measure, dimensions: tuple[Dimension, ...], known: Any, names: list[str]
) -> Any:
    """Add the values that hold for the row's window, and its own rep, stage or the like.

    Nobody's row has no values of a rep; "without a stage" is a slice like any other.
    """
    known = known.view()
    pairs = [table[key] == known[key] for key in ("label", "series") if key in known.columns]
    for each in dimensions:
        own, other = dimension_value(table, measure, each), known[each.id]
        pairs.append(own == other if each.of_rep else own.identical_to(other))
    kept = {name: table[name] for name in table.columns}
    joined = table.left_join(known, pairs) if pairs else table.cross_join(known)
    return joined.select(**kept, **{name: known[name] for name in names})


def _with_later(backend: Any, table: Any, measure: Measure) -> Any:
    """Add columns of the same record as they are at the end of the period."""
    later = backend.table(measure.fact.table, database="fact").view()
    pairs = [table[key] == later[key] for key in measure.fact.key]
    pairs += [later.since <= table.ends_at, later.until > table.ends_at]
    if measure.fact.has_knowledge:
        pairs.append(is_known(later, table.as_of))
    kept = {name: table[name] for name in table.columns}
    added = {name: later[column] for name, column in measure.later.items()}
    return table.left_join(later, pairs).select(**kept, **added)


def _with_rate(backend: Any, table: Any, measure: Measure, question: Question) -> Any:
    """Add the rate of each row's currency on the day of its window.

    The few windows find their rates first: joined by row, each would be held against every rate
    that its currency ever had.
    """
    rates, windows = backend.table("rate", database="fact"), asked_windows()
    stands = measure.at.stands if isinstance(measure.at, Standing) else Stands.END
    day = windows[INSTANTS[stands][1]]
    known = rates.inner_join(
        windows,
        [
            rates.since_on.isnull() | (rates.since_on <= day),
            rates.until_on.isnull() | (rates.until_on > day),
        ],
    ).select(
        rate_label=windows.label,
        rate_series=windows.series,
        rate_currency=rates.currency,
        rate=rates.rate,
    )
    return table.left_join(
        known,
        [
            table.label == known.rate_label,
            table.series == known.rate_series,
            table.currency.fill_null(question.currency) == known.rate_currency,
        ],
    ).drop("rate_label", "rate_series", "rate_currency")


def columns_of(measure: Measure) -> frozenset[str]:
    """The fact's columns that a measure's value and condition look at, and those it adds from."""
    where = measure.where.columns() if measure.where is not None else frozenset()
    looked_at = (measure.value.columns() | where) - measure.added
    return looked_at | (frozenset(measure.fact.key) if measure.later else frozenset())


def surrogate_of(measure: Measure) -> str:
    """The column that holds a number for each id that a distinct count tells apart; or nothing."""
    if not isinstance(measure.value, Distinct) or not isinstance(measure.value.value, Column):
        return ""
    return measure.fact.surrogates.get(measure.value.value.column, "")


def value_of(table: Any, measure: Measure, question: Question) -> Any:
    """What is summed, averaged or counted apart, per row; money in the organisation's currency."""
    assert measure.value.value is not None
    value = measure.value.value.resolve(table, question.context)
    if isinstance(measure.value, Sum) and measure.value.currency:
        value = times(value, table.rate)
    return value


def of_each(table: Any, keys: list[str], measure: Measure, question: Question) -> Any:
    """A row per slice and thing of a `SumOfEach`: its sums, and the `value` made of them."""
    aggregate = measure.value
    assert isinstance(aggregate, SumOfEach)
    assert aggregate.value is not None
    table = table.filter(condition_of(table, measure, question))
    sums = {}
    for name, each in aggregate.sums.items():
        value = each.resolve(table, question.context)
        sums[name] = (times(value, table.rate) if aggregate.currency else value).sum()
    things = table.group_by([*keys, aggregate.thing]).agg(**sums)
    return things.mutate(value=aggregate.value.resolve(things, question.context))


def condition_of(table: Any, measure: Measure, question: Question) -> Any:
    """The measure's own condition, false where it is unknown."""
    if measure.where is None:
        return ibis.literal(True)
    return measure.where.resolve(table, question.context).fill_null(False)
