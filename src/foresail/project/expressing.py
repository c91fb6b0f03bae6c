"""A question as an Ibis table that is not run yet."""

from __future__ import annotations

from typing import Any

import ibis

from foresail.engine.columns import WITHHELD, Column
from foresail.engine.dialects import DUCKDB
from foresail.engine.plans import Plan
from foresail.engine.windows import NOW
from foresail.project.asking import Asked
from foresail.project.sql import readable


def expression_of(backend: Any, asked: Asked, plan: Plan) -> Any:
    """The question over the backend's tables, its columns named as those of an answer."""
    sql = readable(plan, asked, DUCKDB)
    nothing = backend.con.execute(f"{sql} LIMIT 0").to_arrow_table()
    table = backend.sql(sql, schema=ibis.Schema.from_pyarrow(nothing.schema))
    columns = (Column(*each) for each in plan.about)
    named = {_name(each): each.name for each in columns if _is_told(each)}
    keys = {each.id: each.id for each in asked.question.by}
    if asked.grain is not None:
        keys = {"period": "label", **keys}
    return table.select(**{name: table[column] for name, column in {**keys, **named}.items()})


def _is_told(column: Column) -> bool:
    """Whether an answer has the column: of the time before only the values."""
    if column.part == WITHHELD:
        return False
    return column.series == NOW or column.part == "value"


def _name(column: Column) -> str:
    if column.series != NOW:
        return f"{column.kpi}.before"
    return column.kpi if column.part == "value" else f"{column.kpi}.{column.part}"
