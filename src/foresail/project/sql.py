"""The SQL of a question as people read it, complete enough to run elsewhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import sqlglot

from foresail.engine.asked import tables
from foresail.project.asking import Asked


def readable(sql: str, asked: Asked) -> str:
    """The SQL laid out, after the windows of the question that it joins.

    The days of the windows are given as a query over them, so that the text stays short.
    """
    known = tables(asked.windows, asked.question.series)
    parts = [f"{name} AS (\n{_values(known[name])}\n)" for name in ("asked_window", "asked_label")]
    parts.insert(1, f"asked_day AS (\n{DAYS}\n)")
    used = [part for part in parts if part.split(" ", 1)[0] in sql or part.startswith("asked_w")]
    body = sqlglot.transpile(sql, read="duckdb", write="duckdb", pretty=True)[0]
    indented = "\n".join(f"  {line}" for line in body.splitlines())
    return f"WITH {', '.join(used)}\nSELECT * FROM (\n{indented}\n)"


DAYS = """\
  SELECT CAST(unnest(range(window_start, window_end, INTERVAL 1 DAY)) AS DATE) AS window_day, *
  FROM asked_window"""


def _values(table: pa.Table) -> str:
    names = ", ".join(f'"{name}"' for name in table.column_names)
    rows = ",\n    ".join(
        "(" + ", ".join(_literal(value) for value in row.values()) + ")"
        for row in table.to_pylist()
    )
    if not rows:
        nulls = ", ".join(f'NULL AS "{name}"' for name in table.column_names)
        return f"  SELECT {nulls} WHERE FALSE"
    return f"  SELECT * FROM (VALUES\n    {rows}\n  ) AS asked({names})"


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.datetime):
        return f"TIMESTAMP '{value.isoformat(sep=' ')}'"
    if isinstance(value, dt.date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)
