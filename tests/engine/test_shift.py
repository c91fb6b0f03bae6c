"""A shift of all input by four weeks shifts every answer, where no holiday or clock change lies."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pytest

from foresail.catalogue import KPIS
from foresail.core.measures import MONTHS, walk
from foresail.demo import DemoOrganisation
from foresail.project import Project
from foresail.warehouse.settings import FILE_NAME
from tests.engine.conftest import rows_of
from tests.engine.test_laws import is_same

SHIFT = dt.timedelta(days=28)
AS_OF = dt.date(2026, 10, 18)
WEEKS = (dt.date(2026, 9, 14), dt.date(2026, 10, 12))
SETTINGS = 'name = "Shifted"\nzone = "UTC"\ncurrency = "EUR"\nas_of = {}\n'

OF_DAYS = [
    name
    for name, kpi in KPIS.items()
    if not name.startswith("key_account") and not any(each is MONTHS for each in walk(kpi))
]
"""The KPIs without those that look at calendar months, which are not all of a length."""


@pytest.fixture(scope="module")
def answers(
    organisation: DemoOrganisation, tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, list[dict[str, Any]]]]:
    """Every KPI by week, of the organisation as it is, and of one four weeks later."""
    found = []
    for shift in (dt.timedelta(0), SHIFT):
        folder = tmp_path_factory.mktemp("shifted")
        data = folder / "data"
        data.mkdir()
        with duckdb.connect() as connection:
            connection.execute("set timezone = 'UTC'")
            for path in organisation.good:
                _shifted(connection, path, data / path.name, shift.days)
        (folder / FILE_NAME).write_text(SETTINGS.format(AS_OF + shift), encoding="utf-8")
        project = Project.open(folder)
        assert isinstance(project, Project)
        project.load(data)
        first, last = (day + shift for day in WEEKS)
        period = f"{first}..{last - dt.timedelta(days=1)}"
        found.append(rows_of(project, OF_DAYS, grain="week", period=period))
        project.close()
    return found


def _shifted(connection: duckdb.DuckDBPyConnection, source: Path, target: Path, days: int) -> None:
    """Copy a file with every date and instant moved by some days, those written as text too."""
    described = connection.execute(f"describe select * from '{source}'").fetchall()
    moved = [
        f'("{name}" + interval {days} day)::{kind} as "{name}"'
        for name, kind, *_ in described
        if kind.startswith(("DATE", "TIMESTAMP"))
    ]
    if source.stem == "opportunity_change":
        moved += [
            f"if(field = 'expected_close_on', ({name}::date + interval {days} day)::date::varchar, "
            f"{name}) as {name}"
            for name in ("old_value", "new_value")
        ]
    chosen = f"* replace ({', '.join(moved)})" if moved else "*"
    connection.execute(f"copy (select {chosen} from '{source}') to '{target}' (format parquet)")


@pytest.mark.parametrize("kpi", OF_DAYS)
def test_four_weeks_later_everything_is_the_same(
    answers: list[dict[str, list[dict[str, Any]]]], kpi: str
) -> None:
    now, later = (found[kpi] for found in answers)
    assert [row["period"] + SHIFT for row in now] == [row["period"] for row in later]
    names = [name for name in now[0] if name == kpi or name.startswith(f"{kpi}.")]
    for ours, theirs in zip(now, later, strict=True):
        assert {n: ours[n] for n in names if not is_same(ours[n], theirs[n])} == {}, theirs
