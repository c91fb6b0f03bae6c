"""The records behind a number, found by the same filters that made it."""

from __future__ import annotations

from typing import Any

import ibis

from foresail.core.anchors import At, CensoredMedian, Count, Distinct, On, Sum, SumOfEach
from foresail.core.expressions import conjuncts
from foresail.core.measures import Term
from foresail.engine.alike import passing
from foresail.engine.compile import is_missing, lookup_of
from foresail.engine.groups import is_of_group, of_large_groups
from foresail.engine.measured import columns_of, measured_rows, of_each, value_of
from foresail.engine.parts import Piece, pieces
from foresail.engine.question import Question
from foresail.engine.stack import stacked


def records(backend: Any, question: Question, term: Term) -> Any:
    """One lazy query with a row per record, in no order; None where the data lack what it needs."""
    found = [piece for piece in pieces(term) if not is_missing(piece.measure, question)]
    tables = [_rows(backend, question, piece, with_value=_has_value(found)) for piece in found]
    if not tables:
        return None
    columns = list(dict.fromkeys(name for table in tables for name in table.columns))
    kinds = {name: table[name].type() for table in tables for name in table.columns}
    aligned = [
        table.select(
            **{
                name: table[name] if name in table.columns else ibis.null(kinds[name])
                for name in columns
            }
        )
        for table in tables
    ]
    return stacked(aligned)


def _has_value(found: list[Piece]) -> bool:
    """Whether the number is a sum or mean over the records, not simply how many there are."""
    return any(
        piece.sign < 0 or not isinstance(piece.measure.value, Count | Distinct) for piece in found
    )


def _rows(backend: Any, question: Question, piece: Piece, *, with_value: bool) -> Any:
    measure = piece.measure
    table = measured_rows(
        backend,
        measure,
        question,
        lookup_of(backend, question),
        {*columns_of(measure), *measure.fact.key, *measure.fact.shows},
    )
    table = table.filter(table.series == piece.series)
    if is_of_group(measure, question):
        slices = ["label", *(each.id for each in question.by)]
        table = of_large_groups(table, slices, measure, question)
    if isinstance(measure.value, SumOfEach):
        return _things(table, piece, question)
    table = passing(table, conjuncts(measure.where), question)
    keys = {"period": table.label} | {each.id: table[each.id] for each in question.by}
    shown = {name: table[name] for name in (*measure.fact.key, *measure.fact.shows)}
    if isinstance(measure.at, At):
        shown.setdefault(measure.at.at, table[measure.at.at])
    elif isinstance(measure.at, On):
        shown.setdefault(measure.at.on, table[measure.at.on])
    if isinstance(measure.value, Distinct):
        table = table.mutate(thing=value_of(table, measure, question))
        table = table.filter(table.thing.notnull())
        names = {name: table[name].arbitrary() for name in shown if name not in keys}
        rows = table.group_by([*keys_of(table, keys), "thing"]).agg(**names)
        return rows.mutate(value=ibis.literal(float(piece.sign))) if with_value else rows
    chosen = table.select(**{**shown, **keys}, **_value(table, piece, question, with_value))
    if isinstance(measure.value, Count | Sum):
        return chosen
    if isinstance(measure.value, CensoredMedian):
        return chosen.filter(chosen.value >= 0)
    return chosen.filter(chosen.value.notnull())


def _things(table: Any, piece: Piece, question: Question) -> Any:
    """A row per thing with the value that is summed."""
    assert isinstance(piece.measure.value, SumOfEach)
    names = [each.id for each in question.by]
    things = of_each(table, ["label", *names], piece.measure, question)
    value = things.value.cast("float64") * piece.sign
    return things.select(piece.measure.value.thing, *names, period=things.label, value=value)


def keys_of(table: Any, keys: dict[str, Any]) -> list[Any]:
    """The key columns by their names in the records."""
    return [value.name(name) for name, value in keys.items()] if table is not None else []


def _value(table: Any, piece: Piece, question: Question, with_value: bool) -> dict[str, Any]:
    if not with_value:
        return {}
    if isinstance(piece.measure.value, Count):
        return {"value": ibis.literal(float(piece.sign))}
    marked = {}
    if isinstance(piece.measure.value, CensoredMedian):
        happened = piece.measure.value.happened.resolve(table, question.context)
        marked["is_censored"] = ~happened.fill_null(False)
    value = value_of(table, piece.measure, question).cast("float64")
    return {"value": value * piece.sign if piece.sign < 0 else value, **marked}
