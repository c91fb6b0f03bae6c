"""Medians and shares over cases of which some are unfinished.

Both are worked out in the query, from the number of cases per slice and length: no engine has
them. They are held against a statistics library in the tests.
"""

from __future__ import annotations

from typing import Any

import ibis

from foresail.core.anchors import CensoredMedian, Incidence
from foresail.core.expressions import resolved
from foresail.core.measures import Measure
from foresail.engine.columns import column_name
from foresail.engine.measured import condition_of, value_of
from foresail.engine.question import Question

HALF = 0.5 + 1e-9
BEYOND, HAPPENED, RIVAL, CENSORED = range(4)
"""What ended the watching of a case; it is censored where that is the end of what is known."""

SLICE = "slice_"
"""The number of a slice."""

EARLY = -1.0
"""Stands for all lengths at which more than half are left."""

NOBODY_LEFT = -600.0
"""Stands for the logarithm of zero, so that products can be sums.

Its power is no more than 1e-260, and still a number: some engines refuse what is too small for one.
"""


def survival(table: Any, keys: list[str], measure: Measure, name: str, question: Question) -> Any:
    """One row per slice: the measure, and `<name>__n`, the cases it was worked out from.

    A censored median has `<name>__not_reached` as well: 1 where half of them never got there.
    """
    length, end = case_of(table, measure, question)
    cases = table.select(*keys, length=length, end=end)
    cases = cases.group_by([*keys, "length", "end"]).agg(number=cases.count())
    return of_cases(cases, keys, measure, name)


def of_cases(cases: Any, keys: list[str], measure: Measure, name: str) -> Any:
    """The same of rows that stand for a `number` of cases each, of one `length` and `end`."""
    cases = cases.filter(cases.length.notnull())
    slices = cases.group_by(keys).agg(
        total=cases.number.sum().cast("float64"),
        events=_number(cases, HAPPENED),
        cut=_number(cases, CENSORED),
    )
    if isinstance(measure.value, Incidence):
        return _incidence(cases, slices, keys, name)
    return _median(cases, slices, keys, name)


def is_bounded(measure: Measure) -> bool:
    """Whether a measure looks at cases up to a horizon alone.

    What comes after it is as one length, so that few lengths are told apart.
    """
    return isinstance(measure.value, Incidence) and measure.value.horizon is not None


def case_of(table: Any, measure: Measure, question: Question) -> tuple[Any, Any]:
    """How long each row was watched, unknown where it is no case, and what ended that."""
    value = measure.value
    assert isinstance(value, CensoredMedian | Incidence)
    length = value_of(table, measure, question).cast("float64")
    happened = value.happened.resolve(table, question.context).fill_null(False)
    end = ibis.ifelse(happened, HAPPENED, CENSORED)
    if isinstance(value, Incidence):
        length = ibis.ifelse(length < 0, 0.0, length)
        if value.rival is not None:
            rival = value.rival.resolve(table, question.context).fill_null(False)
            end = ibis.ifelse(rival & ~happened, RIVAL, end)
        if value.horizon is not None:
            horizon = resolved(value.horizon, table, question.context)
            end = ibis.ifelse(length <= horizon, end, BEYOND)
            length = ibis.ifelse(length <= horizon, length, horizon + 1.0)
    is_case = condition_of(table, measure, question) & (length >= 0)
    return ibis.ifelse(is_case.fill_null(False), length, None), end.cast("int8")


def _number(cases: Any, end: int) -> Any:
    return ibis.ifelse(cases.end == end, cases.number, 0).sum().cast("float64")


def _numbered(slices: Any, keys: list[str]) -> Any:
    """Slices with a number each: engines sort by it faster than by several columns."""
    number = ibis.row_number().over(ibis.window(order_by=keys))
    return slices.mutate(**{SLICE: number.cast("int32")})


def _watched(cases: Any, slices: Any, keys: list[str]) -> Any:
    """Cases of numbered slices: how many were still `watched` when they ended, and `left` after.

    Those of one length end one after the other, events first: what is multiplied over the lengths
    comes to the same.
    """
    rows = cases.inner_join(slices, [cases[key].identical_to(slices[key]) for key in keys])
    rows = rows.select(SLICE, "total", "cut", "length", "end", "number")
    so_far = ibis.window(group_by=SLICE, order_by=["length", "end"], preceding=None, following=0)
    rows = rows.mutate(left=rows.total - rows.number.sum().over(so_far).cast("float64"))
    return rows.mutate(watched=rows.left + rows.number)


def _median(cases: Any, slices: Any, keys: list[str], name: str) -> Any:
    """The least length at which at most half are left.

    Between two that were cut off everybody who was left is watched, so that nearly all cancels out
    of the product over the lengths:

        S(t) = left(t) / total * product over those cut off before t of watched / left

    It is at least left(t) / total: as long as that is above half, all lengths are as one. And it is
    at most what it were if nobody cut off had an event: nothing matters after that came to half.
    """
    slices = _numbered(slices, keys)
    rows = _watched(cases, slices, keys)
    rows = rows.filter(rows.watched + rows["cut"] > rows.total / 2)
    is_cut = rows.end == CENSORED
    place = ibis.ifelse(rows.left > HALF * rows.total, EARLY, rows.length)
    rows = rows.group_by(SLICE, length=place).agg(
        left=(rows.left / rows.total).min(where=~is_cut),
        factor=(rows.watched / rows.left.nullif(0.0)).ln().sum(where=is_cut),
    )
    before = ibis.window(group_by=SLICE, order_by="length", preceding=(None, 1))
    rows = rows.mutate(alive=rows.left * rows.factor.sum().over(before).fill_null(0.0).exp())
    is_reached = (rows.length > EARLY) & (rows.alive <= HALF)
    found = rows.group_by(SLICE).agg(median=rows.length.min(where=is_reached))
    return slices.inner_join(found, slices[SLICE] == found[SLICE]).select(
        *keys,
        **{
            name: found.median,
            column_name(name, "n"): slices.total,
            column_name(name, "not_reached"): ibis.ifelse(found.median.isnull(), 1.0, 0.0),
        },
    )


def _incidence(cases: Any, slices: Any, keys: list[str], name: str) -> Any:
    """The share by slice: where nobody was cut off it is that of the cases, without a curve."""
    whole = slices.filter(slices["cut"] == 0)
    whole = whole.select(*keys, value=whole.events / whole.total, n=whole.total)
    young = _numbered(slices.filter(slices["cut"] > 0), keys)
    found = whole.union(_curve(cases, young, keys))
    return found.rename({name: "value", column_name(name, "n"): "n"})


def _curve(cases: Any, slices: Any, keys: list[str]) -> Any:
    rows = _watched(cases.filter(cases.end != BEYOND), slices, keys)
    rows = rows.filter(rows.end != CENSORED)
    kept = ibis.ifelse(rows.left == 0, NOBODY_LEFT, (rows.left / rows.watched).nullif(0.0).ln())
    rows = rows.mutate(kept=kept)
    before = ibis.window(group_by=SLICE, order_by=["length", "end"], preceding=(None, 1))
    alive_before = rows.kept.sum().over(before).fill_null(0.0).exp()
    share = alive_before * rows.number / rows.watched
    rows = rows.mutate(share=ibis.ifelse(rows.end == HAPPENED, share, 0.0))
    found = rows.group_by(SLICE).agg(share=rows.share.sum())
    return slices.left_join(found, slices[SLICE] == found[SLICE]).select(
        *keys, value=found.share.fill_null(0.0), n=slices.total
    )
