"""What is said of the data's health. Data only."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class ColumnHealth:
    """How many rows of a table fill one column."""

    column: str
    filled: int


@dataclass(frozen=True)
class TableHealth:
    """One canonical table: its rows, the days they speak of, and its columns."""

    table: str
    rows: int
    first_on: dt.date | None
    last_on: dt.date | None
    columns: tuple[ColumnHealth, ...]
    loaded_at: dt.datetime | None = None
    """When a load last brought rows for it, in UTC."""

    @property
    def empty_columns(self) -> tuple[str, ...]:
        """The columns that no row fills."""
        return tuple(each.column for each in self.columns if not each.filled)


@dataclass(frozen=True)
class Lack:
    """Rows that a KPI needs and that leave a column empty: `empty` of `rows`."""

    table: str
    column: str
    said_of: str
    empty: int
    rows: int

    @property
    def share(self) -> float:
        """The empty part."""
        return self.empty / self.rows

    def __str__(self) -> str:
        return (
            f"{self.table}.{self.column} is empty for {self.empty:,} of {self.rows:,} "
            f"{self.said_of} ({self.share:.0%})"
        )


@dataclass(frozen=True)
class KpiHealth:
    """Whether the data answer one KPI: what was never loaded, and what is only partly there."""

    kpi: str
    missing: tuple[str, ...]
    lacking: tuple[Lack, ...]

    @property
    def state(self) -> str:
        """`answerable`, `unsafe` (a good part of the records lacks something) or `impossible`."""
        if self.missing:
            return "impossible"
        return "unsafe" if self.lacking else "answerable"


@dataclass(frozen=True)
class Finding:
    """Something that looks wrong: `n` of the `rows` of a table, some of them by key.

    `is_wrong` tells what cannot be right from what is merely odd.
    """

    check: str
    table: str
    title: str
    meaning: str
    remedy: str
    is_wrong: bool
    n: int
    rows: int
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Health:
    """The whole of it, as of an instant."""

    as_of: dt.datetime
    tables: tuple[TableHealth, ...]
    kpis: tuple[KpiHealth, ...]
    findings: tuple[Finding, ...]
    quarantined: int
    """Rows that were set aside and wait to be mended."""

    def to_dict(self) -> dict[str, Any]:
        """The report for programs."""
        return {
            "as_of": self.as_of.isoformat(timespec="microseconds") + "Z",
            "tables": [
                {
                    "table": each.table,
                    "rows": each.rows,
                    "first_on": each.first_on and each.first_on.isoformat(),
                    "last_on": each.last_on and each.last_on.isoformat(),
                    "loaded_at": each.loaded_at and each.loaded_at.isoformat() + "Z",
                    "filled": {column.column: column.filled for column in each.columns},
                }
                for each in self.tables
            ],
            "kpis": [{**asdict(each), "state": each.state} for each in self.kpis],
            "quarantined": self.quarantined,
            "findings": [asdict(each) for each in self.findings],
        }
