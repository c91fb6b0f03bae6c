"""The SQL of a question as people read it, complete enough to run elsewhere."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import ibis
import ibis.backends.sql.compilers as compilers
import pyarrow as pa
import sqlglot as sg
import sqlglot.expressions as sge

from foresail.engine.asked import DAY, days_of, label_schema
from foresail.engine.dialects import DAYS, Dialect
from foresail.engine.plans import Plan
from foresail.engine.wanted import VALUE_TABLE
from foresail.project.asking import Asked


def readable(plan: Plan, asked: Asked, dialect: Dialect) -> str:
    """The SQL of a plan laid out, after the windows that it joins and the queries of what it looks
    up.

    Where the engine can make days of the windows by a short query, they are not listed.
    """
    writing = _Writing(dialect)
    known = {**asked.tables}
    labels = label_schema(asked.question.series).names
    known["asked_label"] = known["asked_label"].select(labels)
    used = [f"asked_window AS (\n{writing.rows(known['asked_window'])}\n)"]
    sql = " ".join([plan.sql, *plan.lookups.values()])
    if DAYS in sql:
        used.append(f"{DAYS} AS (\n{writing.days(known['asked_window'])}\n)")
    used += [
        f"{name} AS (\n{writing.rows(known[name])}\n)"
        for name in ("asked_label", VALUE_TABLE, *asked.seen.tables)
        if re.search(rf"\b{name}\b", sql)
    ]
    used += [f"{name} AS (\n{writing.laid_out(each)}\n)" for name, each in plan.lookups.items()]
    body = writing.laid_out(plan.sql)
    return f"WITH {', '.join(used)}\nSELECT * FROM (\n{body}\n) AS answer"


class _Writing:
    """Writes tables of values in one dialect, with the types that Ibis gives them there."""

    def __init__(self, dialect: Dialect):
        compiler = getattr(compilers, dialect.compiler).compiler
        self.sqlglot = compiler.dialect
        self.types = compiler.type_mapper
        self.short_days = dialect.days

    def laid_out(self, sql: str) -> str:
        """A query on several lines."""
        (text,) = sg.transpile(sql, read=self.sqlglot, write=self.sqlglot, pretty=True)
        return text

    def rows(self, table: pa.Table) -> str:
        """A table of values as a query."""
        schema = ibis.Schema.from_pyarrow(table.schema)
        rows = table.to_pylist() or [dict.fromkeys(table.column_names)]
        selects = [
            sg.select(*(self._value(row[name], kind, name) for name, kind in schema.items()))
            for row in rows
        ]
        if not table.num_rows:
            selects = [selects[0].where(sge.false())]
        # a text may have lines of its own, which must stay as they are
        return " UNION ALL\n".join(f"  {each.sql(dialect=self.sqlglot)}" for each in selects)

    def days(self, windows: pa.Table) -> str:
        """The days of the windows as a query over `asked_window`."""
        if self.short_days:
            return _indented(self.short_days)
        alone = days_of(windows).select(["window_day"]).group_by("window_day").aggregate([])
        names = [self._column("days", "window_day")]
        names += [self._column("asked_window", name) for name in DAY.names if name != "window_day"]
        listed = ", ".join(name.sql(dialect=self.sqlglot) for name in names)
        day, start, end = (
            self._column(*each).sql(dialect=self.sqlglot)
            for each in (
                ("days", "window_day"),
                ("asked_window", "window_start"),
                ("asked_window", "window_end"),
            )
        )
        return _indented(
            f"SELECT {listed}\nFROM asked_window JOIN (\n{self.rows(alone)}\n) AS days "
            f"ON {day} >= {start} AND {day} < {end}"
        )

    def _column(self, table: str, name: str) -> sge.Expr:
        return sg.column(name, table=table, quoted=True)

    def _value(self, value: Any, kind: Any, name: str) -> sge.Expr:
        return sge.alias_(
            sge.cast(sge.convert(_text(value)), self.types.from_ibis(kind)), name, quoted=True
        )


def _text(value: Any) -> Any:
    """A value as any engine reads it in a cast."""
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="microseconds")
    return value.isoformat() if isinstance(value, dt.date) else value


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
