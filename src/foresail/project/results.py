"""What a project gives back: answers, records, explanations, reports. Data only."""

from __future__ import annotations

import datetime as dt
import importlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from foresail.core.errors import ProjectError
from foresail.core.kpis import Benchmark

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from foresail.health.report import Finding, Health, KpiHealth, Lack, TableHealth
    from foresail.load.guess.proposal import ColumnGuess, Proposal, TableGuess
    from foresail.load.report import LoadReport, LoadSummary, QuarantinedRow, SetAside, TableReport

__all__ = [
    "Answer",
    "Benchmark",
    "ColumnGuess",
    "ColumnInfo",
    "Explanation",
    "ExportReport",
    "Finding",
    "Health",
    "KpiHealth",
    "KpiInfo",
    "Kpis",
    "Lack",
    "LoadReport",
    "LoadSummary",
    "Proposal",
    "QuarantinedRow",
    "Records",
    "RefreshReport",
    "SetAside",
    "Table",
    "TableGuess",
    "TableHealth",
    "TableReport",
    "Waterfall",
]

ELSEWHERE = {
    "foresail.health.report": ("Finding", "Health", "KpiHealth", "Lack", "TableHealth"),
    "foresail.load.guess.proposal": ("ColumnGuess", "Proposal", "TableGuess"),
    "foresail.load.report": (
        "LoadReport",
        "LoadSummary",
        "QuarantinedRow",
        "SetAside",
        "TableReport",
    ),
}
"""Results that are declared where they are made; imported by whoever names them."""


def __getattr__(name: str) -> Any:
    for module, names in ELSEWHERE.items():
        if name in names:
            return getattr(importlib.import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@dataclass(frozen=True)
class ColumnInfo:
    """What a column of an answer holds, so that every reader shows it alike.

    `kind` is one of `period`, `dimension`, `id`, `value`, `part` (a column named `<kpi>.<part>`).
    `unit` is the KPI's unit for values and parts in that unit: `count`, `share`, `money`,
    `duration`, `ratio`, `points`, `per day`, `per 1,000`, `money/day`; empty for dimensions.
    `better` is `higher`, `lower` or `on target` for values, else empty. `joint` is the word between
    the numerator and the denominator of a value: 12 `of` 31, 40 calls `for` 9 deals, this year
    `against` the last.
    """

    name: str
    label: str
    kind: str
    unit: str = ""
    better: str = ""
    kpi: str = ""
    dimension: str = ""
    joint: str = ""


@dataclass(frozen=True)
class ExportReport:
    """What was written where: the rows of each table, the bytes of all, the last load in it."""

    directory: Path
    tables: dict[str, int]
    size: int
    load: int | None
    exported_at: str


@dataclass(frozen=True)
class RefreshReport:
    """What was made anew: the rows of each table of facts and of rollups, and how long it took."""

    facts: dict[str, int]
    rollups: dict[str, int]
    seconds: float


@dataclass(frozen=True)
class Table:
    """Rows and what their columns hold; every result with rows is one."""

    table: pyarrow.Table
    columns: tuple[ColumnInfo, ...]

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The rows as dictionaries, made once; unknown is None."""
        rows: list[dict[str, Any]] = self.table.to_pylist()
        return rows

    def to_arrow(self) -> pyarrow.Table:
        """The rows as an Arrow table."""
        return self.table

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a pandas data frame.

        Errors: `ProjectError` when pandas is not installed.
        """
        _installed("pandas")
        return self.table.to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The rows as a polars data frame.

        Errors: `ProjectError` when polars is not installed.
        """
        frame = _installed("polars").from_arrow(self.table)
        return cast("polars.DataFrame", frame)


def _installed(library: str) -> Any:
    """A library that is wanted only by those who ask for it."""
    try:
        return importlib.import_module(library)
    except ModuleNotFoundError as error:
        if error.name != library:
            raise
        raise ProjectError(
            f"The rows cannot be given as a {library} data frame: {library} is not installed. "
            f"Install it (pip install {library}), or take .to_arrow() or .rows."
        ) from None


class AsOf:
    """Something that holds as of an instant, by the clock of a zone."""

    as_of: dt.datetime
    zone: str

    @property
    def today(self) -> dt.date:
        """The local day of the as-of instant."""
        return self._day(self.as_of)

    def _day(self, instant: dt.datetime) -> dt.date:
        return instant.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(self.zone)).date()


class Dated(AsOf):
    """Something about a period, as of an instant."""

    period: tuple[dt.date, dt.date]

    @property
    def last_day(self) -> dt.date:
        """The last day of the period that has come: its end, or today while it runs."""
        return min(self.today, self.period[1] - dt.timedelta(days=1))

    @property
    def is_over(self) -> bool:
        """Whether the last day of the period has passed at the as-of instant."""
        return self._day(self.as_of + dt.timedelta(microseconds=1)) >= self.period[1]


@dataclass(frozen=True, repr=False)
class Answer(Dated, Table):
    """The answer to a question, with what is needed to trust it.

    `period` is the asked period, half-open, in local dates; `compared_with` the range it is
    compared with. `as_of` is the last visible instant, in UTC. Shares are 0 to 1, durations
    seconds, money in `currency`.
    """

    kpis: tuple[str, ...]
    by: tuple[str, ...]
    grain: str | None
    period: tuple[dt.date, dt.date]
    period_name: str
    as_of: dt.datetime
    currency: str
    compared_with: tuple[dt.date, dt.date] | None = None
    working_days: int = 0
    compared_working_days: int | None = None
    totals: dict[str, Any] | None = None
    notes: tuple[str, ...] = ()
    zone: str = "UTC"

    def __repr__(self) -> str:
        from foresail.project.show.notebook import answer_text

        return answer_text(self)

    def _repr_html_(self) -> str:
        from foresail.project.show.notebook import answer_html

        return answer_html(self)

    def to_dict(self) -> dict[str, Any]:
        """The answer as `cli.md` describes its JSON."""
        start, end = self.period
        result: dict[str, Any] = {
            "kpis": list(self.kpis),
            "by": list(self.by),
            "grain": self.grain,
            "period": {"start": start.isoformat(), "end": end.isoformat()},
            "as_of": self.as_of.isoformat(timespec="microseconds") + "Z",
            "currency": self.currency,
        }
        if self.compared_with:
            before, after = self.compared_with
            result["compared_with"] = {"start": before.isoformat(), "end": after.isoformat()}
        result["rows"] = self.rows
        if self.totals is not None:
            result["totals"] = self.totals
        result["notes"] = list(self.notes)
        return result


@dataclass(frozen=True, repr=False)
class Records(Dated, Table):
    """The records behind a number; a column `value` where they add up or average to it.

    `part` is what was looked into, `parts` what else of the KPI can be; `count` is how many records
    there are, whether all of them are here or some.
    """

    kpi: str
    count: int
    part: str
    parts: tuple[str, ...]
    period: tuple[dt.date, dt.date]
    as_of: dt.datetime
    currency: str
    notes: tuple[str, ...] = ()
    zone: str = "UTC"

    def __repr__(self) -> str:
        from foresail.project.show.notebook import records_text

        return records_text(self)

    def _repr_html_(self) -> str:
        from foresail.project.show.notebook import records_html

        return records_html(self)


@dataclass(frozen=True, repr=False)
class Waterfall(Dated, Table):
    """How the open value of the period's first instant became that of its end, per slice.

    What takes away (lowered, pushed_out, won, lost, deleted, moved_out) is positive as well. With
    `is_due` only what is expected to close by the end of the period counts.
    """

    by: tuple[str, ...]
    is_due: bool
    period: tuple[dt.date, dt.date]
    period_name: str
    as_of: dt.datetime
    currency: str
    notes: tuple[str, ...] = ()
    zone: str = "UTC"

    def __repr__(self) -> str:
        from foresail.project.show.notebook import waterfall_text

        return waterfall_text(self)

    def _repr_html_(self) -> str:
        from foresail.project.show.notebook import waterfall_html

        return waterfall_html(self)


@dataclass(frozen=True, repr=False)
class KpiInfo:
    """One entry of the catalogue.

    `needs` are the tables, columns and values without which it is unknown; `parts` what travels
    with its value besides numerator and denominator, in words; `section` the part of
    docs/definitions.md.
    `missing` says what was never loaded and must be to answer it; `lacking` what a good part of
    the records it needs leaves empty.
    """

    id: str
    label: str
    theme: str
    theme_question: str
    meaning: str
    formula: str
    anchor: str
    credit: str
    unit: str
    better: str
    kind: str
    benchmark: Benchmark | None
    demands: tuple[str, ...]
    section: str
    dimensions: tuple[str, ...]
    caveats: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    lacking: tuple[Lack, ...] = ()
    needs: tuple[str, ...] = ()
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def is_answerable(self) -> bool:
        """Whether this project's data can answer it."""
        return not self.missing

    def __repr__(self) -> str:
        from foresail.project.show.notebook import kpi_text

        return kpi_text(self)

    def _repr_html_(self) -> str:
        from foresail.project.show.notebook import kpi_html

        return kpi_html(self)


class Kpis(list[KpiInfo]):
    """Entries of the catalogue, in its order."""

    def __repr__(self) -> str:
        from foresail.project.show.notebook import kpis_text

        return kpis_text(self)

    def _repr_html_(self) -> str:
        from foresail.project.show.notebook import kpis_html

        return kpis_html(self)


@dataclass(frozen=True)
class Step:
    """One stage from a question to its query, and what it found."""

    stage: str
    found: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Explanation:
    """How a number is made: its definition, and the SQL that runs for one question.

    Where it was asked for, `plan` holds the stages from the question to that SQL.
    """

    kpi: KpiInfo
    sql: str
    as_of: dt.datetime
    period: tuple[dt.date, dt.date]
    notes: tuple[str, ...] = ()
    zone: str = "UTC"
    plan: tuple[Step, ...] = ()

    def __repr__(self) -> str:
        from foresail.project.show.notebook import explanation_text

        return explanation_text(self)

    def _repr_html_(self) -> str:
        from foresail.project.show.notebook import explanation_html

        return explanation_html(self)
