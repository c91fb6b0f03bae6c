"""What goes in and out of the API.

Requests are strict: an unknown name is an error, never ignored.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Annotated, Any

import pyarrow
from ninja import Schema
from pydantic import ConfigDict, Field

from foresail.project.results import Answer, Explanation, KpiInfo, Records

Name = Annotated[str, Field(min_length=1, max_length=100, examples=["revenue"])]
MOST_ROWS = 10_000


class Strict(Schema):
    """A request that says nothing but what is asked for."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Slice(Strict):
    """Which records a question is about: what `ask`, `records` and `explain` share."""

    by: list[Name] = Field([], max_length=6, description="Dimensions to split by.")
    grain: Name | None = Field(None, description="day, week, month, quarter or year.")
    period: Name | None = Field(
        None, description="this-month, 2026-03, 2026-01-01..2026-03-31, all; without it this month."
    )
    compare: Name | None = Field(None, description="previous or year-ago.")
    where: dict[Name, list[str]] = Field(
        {}, max_length=20, description="The values that dimensions may have."
    )
    as_of: Name | None = Field(
        None, description="The last visible instant: a date (its end) or a date with time."
    )

    @property
    def words(self) -> dict[str, Any]:
        """The question in the words of `Project.ask`."""
        return {
            "by": tuple(self.by),
            "grain": self.grain,
            "period": self.period,
            "compare": self.compare,
            "where": self.where or None,
            "as_of": self.as_of,
        }


class Paged(Slice):
    """A question whose rows come a page at a time."""

    order: Name | None = Field(
        None, description="The column to sort by, descending with a minus before its name."
    )
    offset: int = Field(0, ge=0, le=10_000_000)
    limit: int = Field(1000, ge=1, le=MOST_ROWS)


class AskIn(Paged):
    """A question."""

    kpis: list[Name] = Field(min_length=1, max_length=150)
    totals: bool = Field(False, description="Ask for the whole as well, never added up from rows.")


class RecordsIn(Paged):
    """Which records behind which number."""

    kpi: Name
    part: Name | None = Field(None, description="numerator, denominator, or a KPI inside of it.")


class ExplainIn(Slice):
    """Which number is to be explained, and for which engine."""

    kpi: Name
    engine: Name | None = None


class ColumnOut(Schema):
    """What a column holds."""

    name: str
    label: str
    kind: str
    unit: str
    better: str
    kpi: str
    dimension: str


class Range(Schema):
    """A half-open range of days."""

    start: dt.date
    end: dt.date


class PageOut(Schema):
    """Rows, and where the next ones are."""

    columns: list[ColumnOut]
    rows: list[dict[str, Any]]
    total_rows: int
    next_offset: int | None
    notes: list[str]
    as_of: str
    currency: str
    period: Range


class AnswerOut(PageOut):
    """An answer: shares are 0 to 1, durations seconds; unknown is null, never 0."""

    kpis: list[str]
    by: list[str]
    grain: str | None
    compared_with: Range | None
    totals: dict[str, Any] | None


class RecordsOut(PageOut):
    """The records behind a number."""

    kpi: str
    part: str
    parts: list[str]


class KpiOut(Schema):
    """One entry of the catalogue."""

    id: str
    label: str
    theme: str
    meaning: str
    formula: str
    anchor: str
    credit: str
    unit: str
    better: str
    kind: str
    dimensions: list[str]
    demands: list[str]
    needs: list[str]
    parts: dict[str, str]
    caveats: list[str]
    missing: list[str]
    is_answerable: bool
    benchmark: dict[str, Any] | None


class KpisOut(Schema):
    """The catalogue."""

    kpis: list[KpiOut]


class ExplainOut(Schema):
    """How a number is made."""

    kpi: KpiOut
    sql: str
    as_of: str
    period: Range
    notes: list[str]


class Problem(Schema):
    """What is in the way (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str


def answer_out(answer: Answer, question: AskIn) -> dict[str, Any]:
    """An answer with the rows of one page."""
    before, whole = answer.compared_with, answer.table.num_rows
    return {
        **_page(answer, question, answer.table.slice(question.offset, question.limit), whole),
        "kpis": list(answer.kpis),
        "by": list(answer.by),
        "grain": answer.grain,
        "compared_with": {"start": before[0], "end": before[1]} if before else None,
        "totals": answer.totals,
    }


def records_out(found: Records, question: RecordsIn) -> dict[str, Any]:
    """Records with the rows of one page."""
    return {
        **_page(found, question, found.table, found.count),
        "kpi": found.kpi,
        "part": found.part,
        "parts": list(found.parts),
    }


def _page(
    found: Answer | Records, question: Paged, rows: pyarrow.Table, whole: int
) -> dict[str, Any]:
    end = question.offset + question.limit
    return {
        "columns": [asdict(each) for each in found.columns],
        "rows": rows_of(rows),
        "total_rows": whole,
        "next_offset": end if end < whole else None,
        "notes": list(found.notes),
        "as_of": instant(found.as_of),
        "currency": found.currency,
        "period": {"start": found.period[0], "end": found.period[1]},
    }


def kpi_out(kpi: KpiInfo) -> dict[str, Any]:
    """An entry of the catalogue as plain values."""
    return {
        **{name: getattr(kpi, name) for name in KpiOut.model_fields},
        "benchmark": asdict(kpi.benchmark) if kpi.benchmark else None,
    }


def explain_out(found: Explanation) -> dict[str, Any]:
    """An explanation as plain values."""
    return {
        "kpi": kpi_out(found.kpi),
        "sql": found.sql,
        "as_of": instant(found.as_of),
        "period": {"start": found.period[0], "end": found.period[1]},
        "notes": list(found.notes),
    }


def rows_of(table: pyarrow.Table) -> list[dict[str, Any]]:
    """Rows as JSON has them, column by column; instants say that they are UTC."""
    names = table.column_names
    columns = [_values(column) for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: pyarrow.ChunkedArray) -> list[Any]:
    if pyarrow.types.is_date(column.type):
        days: list[Any] = column.to_numpy().tolist()
        return days
    values: list[Any] = column.to_pylist()
    return list(map(plain, values)) if pyarrow.types.is_timestamp(column.type) else values


def plain(value: Any) -> Any:
    """A value of a row as JSON has it; instants say that they are UTC."""
    return instant(value) if isinstance(value, dt.datetime) else value


def instant(value: dt.datetime) -> str:
    """An instant in UTC.

    >>> instant(dt.datetime(2026, 3, 1, 9))
    '2026-03-01T09:00:00.000000Z'
    """
    return value.isoformat(timespec="microseconds") + "Z"
