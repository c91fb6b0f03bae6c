"""A question as an Ibis table that is not run yet."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.operations as ops

from foresail.engine.columns import WITHHELD, Column
from foresail.engine.compile import query
from foresail.engine.tables import Tables
from foresail.engine.windows import NOW
from foresail.project.asking import Asked


def expression_of(backend: Any, asked: Asked) -> Any:
    """The question over the backend's tables, its columns named as those of an answer."""
    compiled = query(Tables(backend), asked.question)
    named = {_name(each): each.name for each in compiled.columns if _is_told(each)}
    keys = {each.id: each.id for each in asked.question.by}
    if asked.grain is not None:
        keys = {"period": "label", **keys}
    table = compiled.expression.select(
        **{name: compiled.expression[column] for name, column in {**keys, **named}.items()}
    )
    return _bound(table, backend, asked)


def _is_told(column: Column) -> bool:
    """Whether an answer has the column: of the time before only the values."""
    if column.part == WITHHELD:
        return False
    return column.series == NOW or column.part == "value"


def _name(column: Column) -> str:
    if column.series != NOW:
        return f"{column.kpi}.before"
    return column.kpi if column.part == "value" else f"{column.kpi}.{column.part}"


def _bound(expression: Any, backend: Any, asked: Asked) -> Any:
    """The expression over the backend's facts, with the windows of the question as values."""
    known = asked.tables

    def bound(node: Any) -> Any:
        if node.name in known:
            return ibis.memtable(known[node.name]).op()
        return backend.table(node.name, database=node.namespace.database).op()

    given = {node: bound(node) for node in expression.op().find(ops.UnboundTable)}
    return expression.op().replace(given).to_expr()
