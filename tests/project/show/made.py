"""Answers made by hand, for the tests of how they look."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pyarrow

from foresail.project.results import Answer, ColumnInfo, Records

AS_OF = dt.datetime(2017, 12, 31, 22, 59, 59, 999999)
QUARTER = (dt.date(2017, 7, 1), dt.date(2017, 10, 1))
BEFORE = (dt.date(2017, 4, 1), dt.date(2017, 7, 1))

REP = (
    ColumnInfo("rep", "Rep", "dimension", dimension="rep"),
    ColumnInfo("rep_id", "Rep id", "id", dimension="rep"),
)
SEASON = ColumnInfo("period", "Period", "period")


def value(kpi: str, label: str, unit: str, better: str = "higher") -> ColumnInfo:
    return ColumnInfo(kpi, label, "value", unit, better, kpi)


def part(name: str, unit: str = "") -> ColumnInfo:
    return ColumnInfo(name, name, "part", unit, kpi=name.partition(".")[0])


WIN_RATE = (
    value("win_rate", "Win rate", "share"),
    part("win_rate.numerator", "count"),
    part("win_rate.denominator", "count"),
    part("win_rate.low", "share"),
    part("win_rate.high", "share"),
)
REVENUE = (value("revenue", "Revenue", "money"),)
CYCLE = (value("sales_cycle", "Sales cycle", "duration", "lower"), part("sales_cycle.n", "count"))


def compared(*columns: ColumnInfo) -> tuple[ColumnInfo, ...]:
    """Columns of values, each with what it was before and how it changed."""
    found: list[ColumnInfo] = []
    for each in columns:
        found.append(each)
        if each.kind == "value":
            found += [part(f"{each.name}.{name}", each.unit) for name in ("before", "change")]
            if each.unit in ("money", "count"):
                found.append(part(f"{each.name}.change_share", "share"))
    return tuple(found)


def answer(columns: Sequence[ColumnInfo], rows: list[dict[str, Any]], **more: Any) -> Answer:
    names = [each.name for each in columns]
    table = pyarrow.table({name: [row.get(name) for row in rows] for name in names})
    about: dict[str, Any] = {
        "kpis": tuple(each.name for each in columns if each.kind == "value"),
        "by": tuple(each.name for each in columns if each.kind == "dimension"),
        "grain": None,
        "period": QUARTER,
        "period_name": "2017-Q3",
        "as_of": AS_OF,
        "currency": "USD",
    }
    return Answer(table, tuple(columns), **{**about, **more})


def records(columns: Sequence[ColumnInfo], rows: list[dict[str, Any]], **more: Any) -> Records:
    table = pyarrow.table({each.name: [row.get(each.name) for row in rows] for each in columns})
    about: dict[str, Any] = {
        "kpi": "revenue",
        "count": len(rows),
        "part": "revenue",
        "parts": (),
        "period": QUARTER,
        "as_of": AS_OF,
        "currency": "USD",
    }
    return Records(table, tuple(columns), **{**about, **more})
