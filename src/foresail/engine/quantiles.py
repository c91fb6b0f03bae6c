"""Exact quantiles for engines that have no function for them, by numbering the values."""

from __future__ import annotations

from typing import Any

import ibis

from foresail.core.anchors import Quantile
from foresail.core.measures import Measure
from foresail.engine.columns import column_name
from foresail.engine.measured import condition_of, value_of
from foresail.engine.question import Question


def numbered_quantile(
    table: Any, keys: list[str], measure: Measure, name: str, question: Question
) -> Any:
    """One row per slice: the quantile, and `<name>__n`, the values it was worked out from.

    The quantile lies between the two values beside the place `(n - 1) × share`, counted from 0,
    as far from each as the place is.
    """
    assert isinstance(measure.value, Quantile)
    value = value_of(table, measure, question).cast("float64")
    known = table.filter(condition_of(table, measure, question) & value.notnull())
    known = known.select(*keys, value=value)
    known = known.mutate(
        place=ibis.row_number().over(ibis.window(group_by=keys, order_by="value")).cast("float64"),
        n=known.value.count().over(ibis.window(group_by=keys)).cast("float64"),
    )
    wanted = (known.n - 1) * measure.value.share
    known = known.mutate(wanted=wanted, below=wanted.floor().cast("float64"))
    found = known.group_by(keys).agg(
        low=known.value.max(where=known.place == known.below),
        high=known.value.max(where=known.place == known.below + 1),
        between=(known.wanted - known.below).max(),
        n=known.n.max(),
    )
    high = found.high.fill_null(found.low)
    return found.select(
        *keys,
        **{name: found.low + (high - found.low) * found.between, column_name(name, "n"): found.n},
    )
