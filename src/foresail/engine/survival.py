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
NOBODY_LEFT = -600.0
"""Stands for the logarithm of zero, so that products can be sums.

Its power is no more than 1e-260, and still a number: some engines refuse what is too small for one.
"""


def survival(table: Any, keys: list[str], measure: Measure, name: str, question: Question) -> Any:
    """One row per slice: the measure, and `<name>__n`, the cases it was worked out from.

    A censored median has `<name>__not_reached` as well: 1 where half of them never got there.
    """
    steps = _steps(table, keys, measure, question)
    if isinstance(measure.value, Incidence):
        return _incidence(steps, keys, name)
    return _median(steps, keys, name)


def _steps(table: Any, keys: list[str], measure: Measure, question: Question) -> Any:
    """Per slice and length: how many events, how many cases were still watched, and `kept`, the
    logarithm of the share of them that went on.
    """
    cases = _cases(table, keys, measure, question)
    steps = cases.group_by([*keys, "length"]).agg(
        cases=cases.count(), events=cases.happened.sum(), rivals=cases.rival.sum()
    )
    onward = ibis.window(group_by=keys, order_by="length", preceding=0, following=None)
    steps = steps.mutate(watched=steps.cases.sum().over(onward))
    ended = steps.events + steps.rivals
    kept = ibis.ifelse(
        ended == steps.watched,
        NOBODY_LEFT,
        (1 - ended.cast("float64") / steps.watched).nullif(0.0).ln(),
    )
    return steps.mutate(kept=kept)


def _cases(table: Any, keys: list[str], measure: Measure, question: Question) -> Any:
    """Each case with how long it was watched, and whether its event or a rival ended that.

    What comes after a horizon is not looked at: all such cases are as one length, of one step.
    """
    value = measure.value
    assert isinstance(value, CensoredMedian | Incidence)
    length = value_of(table, measure, question).cast("float64")
    happened = value.happened.resolve(table, question.context).fill_null(False)
    rival = ibis.literal(False)
    if isinstance(value, Incidence):
        length = ibis.ifelse(length < 0, 0.0, length)
        if value.rival is not None:
            rival = value.rival.resolve(table, question.context).fill_null(False)
        if value.horizon is not None:
            horizon = resolved(value.horizon, table, question.context)
            happened, rival = happened & (length <= horizon), rival & (length <= horizon)
            length = ibis.ifelse(length <= horizon, length, horizon + 1.0)
    cases = table.filter(condition_of(table, measure, question) & (length >= 0).fill_null(False))
    return cases.select(*keys, length=length, happened=happened, rival=rival & ~happened)


def _median(steps: Any, keys: list[str], name: str) -> Any:
    so_far = ibis.window(group_by=keys, order_by="length", preceding=None, following=0)
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
    before = ibis.window(group_by=keys, order_by="length", preceding=(None, 1))
    alive_before = steps.kept.sum().over(before).fill_null(0.0).exp()
    steps = steps.mutate(share=alive_before * steps.events / steps.watched)
    return steps.group_by(keys).agg(
        **{name: steps.share.sum(), column_name(name, "n"): steps.cases.sum().cast("float64")}
    )
