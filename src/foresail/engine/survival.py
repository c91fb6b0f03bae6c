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

NOBODY_LEFT = -600.0
"""Stands for the logarithm of zero, so that products can be sums.

Its power is no more than 1e-260, and still a number: some engines refuse what is too small for one.
"""


def survival(table: Any, keys: list[str], measure: Measure, name: str, question: Question) -> Any:
    """One row per slice: the measure, and `<name>__n`, the cases it was worked out from.

    A censored median has `<name>__not_reached` as well: 1 where half of them never got there.
    """
    length, end = case_of(table, measure, question)
    cases = table.select(*keys, length=length, end=end, number=ibis.literal(1, "int64"))
    return of_cases(cases, keys, measure, name)


def of_cases(cases: Any, keys: list[str], measure: Measure, name: str) -> Any:
    """The same of rows that stand for a `number` of cases each, of one `length` and `end`."""
    steps = _steps(cases, keys)
    if isinstance(measure.value, Incidence):
        return _incidence(steps, keys, name)
    return _median(steps, keys, name)


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


def _steps(cases: Any, keys: list[str]) -> Any:
    """Per slice and length: how many cases, events and rivals, and how many were `cut` off."""
    cases = cases.filter(cases.length.notnull())

    def number(end: int) -> Any:
        return ibis.ifelse(cases.end == end, cases.number, 0).sum().cast("int64")

    return cases.group_by([*keys, "length"]).agg(
        cases=cases.number.sum().cast("int64"),
        events=number(HAPPENED),
        rivals=number(RIVAL),
        cut=number(CENSORED),
    )


def _watched(steps: Any, keys: list[str]) -> Any:
    """Steps with how many cases were still watched, and `kept`, the logarithm of the share of them
    that went on.
    """
    # Backwards, since engines add up what came before much faster than what comes after.
    onward = ibis.window(group_by=keys, order_by=ibis.desc("length"), preceding=None, following=0)
    steps = steps.mutate(watched=steps.cases.sum().over(onward))
    ended = steps.events + steps.rivals
    kept = ibis.ifelse(
        ended == steps.watched,
        NOBODY_LEFT,
        (1 - ended.cast("float64") / steps.watched).nullif(0.0).ln(),
    )
    return steps.mutate(kept=kept)


def _median(steps: Any, keys: list[str], name: str) -> Any:
    so_far = ibis.window(group_by=keys, order_by="length", preceding=None, following=0)
    steps = _watched(steps, keys)
    steps = steps.mutate(alive=steps.kept.sum().over(so_far).exp())
    found = steps.group_by(keys).agg(
        **{
            name: steps.length.min(where=steps.alive <= HALF),
            column_name(name, "n"): steps.cases.sum().cast("float64"),
        }
    )
    return found.mutate(
        **{column_name(name, "not_reached"): ibis.ifelse(found[name].isnull(), 1.0, 0.0)}
    )


def _incidence(steps: Any, keys: list[str], name: str) -> Any:
    """The share by slice: where nobody was cut off it is that of the cases, without a curve."""
    slices = steps.group_by(keys).agg(
        cases=steps.cases.sum(), events=steps.events.sum(), cut=steps["cut"].sum()
    )
    whole = slices.filter(slices["cut"] == 0)
    rest = slices.filter(slices["cut"] > 0)
    share = whole.events.cast("float64") / whole.cases
    whole = whole.select(*keys, value=share, n=whole.cases.cast("float64"))
    young = steps.semi_join(rest, [steps[key].identical_to(rest[key]) for key in keys])
    found = whole.union(_curve(young, keys))
    return found.rename({name: "value", column_name(name, "n"): "n"})


def _curve(steps: Any, keys: list[str]) -> Any:
    before = ibis.window(group_by=keys, order_by="length", preceding=(None, 1))
    steps = _watched(steps, keys)
    alive_before = steps.kept.sum().over(before).fill_null(0.0).exp()
    steps = steps.mutate(share=alive_before * steps.events / steps.watched)
    return steps.group_by(keys).agg(value=steps.share.sum(), n=steps.cases.sum().cast("float64"))
