"""The records behind a number make up the number, for every KPI.

Counts and stocks have as many rows as the number; sums a column `value` that adds up to it; means
and medians `.n` rows whose values average to it; a ratio has both for each of its parts.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pytest

from foresail.catalogue import KPIS
from foresail.core.anchors import CensoredMedian, Mean, Median
from foresail.core.dimensions import REP
from foresail.core.formulas import kpis_inside, ratio
from foresail.project import Project
from tests.engine.conftest import rows_of
from tests.oracle.survival import censored_median

SUMS = {
    "talk_time",
    "pipeline_value",
    "weighted_pipeline",
    "new_pipeline_value",
    "leaked_value",
    "revenue",
    "recognised_revenue",
    "gross_profit",
    "marketing_cost",
    "sales_cost",
}
COMPOSED = {
    name: [each.id for each in kpis_inside(kpi)]
    for name, kpi in KPIS.items()
    if kpis_inside(kpi) and ratio(kpi) is None
}
MONTHS = "2026-08-01..2026-10-31"
OF_REPS = [name for name, kpi in KPIS.items() if REP in kpi.dimensions]


Numbers = Mapping[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def months(project: Project) -> Numbers:
    return rows_of(project, list(KPIS), grain="month", period=MONTHS)


@pytest.fixture(scope="module")
def best_rep(project: Project) -> str:
    """The rep with most wins."""
    rows = project.ask("deals_won", by="rep", period=MONTHS, order="-deals_won").rows
    assert rows[0]["deals_won"] > 3
    return str(rows[0]["rep_id"])


@pytest.fixture(scope="module")
def months_of_rep(project: Project, best_rep: str) -> Numbers:
    where = {"rep": [best_rep]}
    return rows_of(project, OF_REPS, grain="month", period=MONTHS, where=where)


@pytest.mark.parametrize("kpi", KPIS)
def test_the_records_of_each_month_make_up_its_number(
    project: Project, months: Numbers, kpi: str
) -> None:
    assert [str(row["period"]) for row in months[kpi]] == ["2026-08-01", "2026-09-01", "2026-10-01"]
    for part in parts_of(months[kpi][0], kpi):
        found = project.records(kpi, part=part, period=MONTHS, grain="month").table
        for month in months[kpi]:
            of_month = [each == month["period"] for each in found["period"].to_pylist()]
            assert_made_up(found.filter(pa.array(of_month, pa.bool_())), month, kpi, part)


@pytest.mark.parametrize("kpi", OF_REPS)
def test_the_records_of_one_rep_make_up_the_reps_number(
    project: Project, months_of_rep: Numbers, best_rep: str, kpi: str
) -> None:
    october = months_of_rep[kpi][-1]
    for part in parts_of(october, kpi):
        found = project.records(kpi, part=part, period="2026-10", where={"rep": [best_rep]})
        assert_made_up(found.table, october, kpi, part)


def test_the_records_of_a_free_range_have_no_period(project: Project) -> None:
    days = "2026-09-17..2026-10-06"

    found = project.records("deals_won", period=days)

    assert "period" not in found.table.column_names
    assert found.table.num_rows == project.ask("deals_won", period=days).rows[0]["deals_won"]


@pytest.mark.parametrize("kpi", COMPOSED)
def test_the_records_of_a_kpi_inside_another_are_its_own(project: Project, kpi: str) -> None:
    for part in COMPOSED[kpi]:
        found = project.records(kpi, part=part, period=MONTHS, grain="month").table
        assert found.equals(project.records(part, period=MONTHS, grain="month").table)
        assert found.num_rows > 0


def parts_of(row: Mapping[str, Any], kpi: str) -> tuple[str | None, ...]:
    if kpi in COMPOSED:
        return ()
    return ("numerator", "denominator") if f"{kpi}.numerator" in row else (None,)


def assert_made_up(table: pa.Table, row: Mapping[str, Any], kpi: str, part: str | None) -> None:
    number = row[f"{kpi}.{part}" if part else kpi]
    aggregate = getattr(KPIS[kpi].formula, "value", None)
    if isinstance(aggregate, CensoredMedian):
        cases = zip(table["value"].to_pylist(), table["is_censored"].to_pylist(), strict=True)
        found = [(Fraction(length), not censored) for length, censored in cases]
        assert len(found) == row[f"{kpi}.n"]
        median = censored_median(found)
        assert number == (None if median is None else pytest.approx(float(median)))
    elif isinstance(aggregate, Mean | Median):
        values = table["value"].to_pylist()
        assert len(values) == row[f"{kpi}.n"]
        average = statistics.mean if isinstance(aggregate, Mean) else statistics.median
        assert number == (pytest.approx(average(values)) if values else None)
    elif (kpi, part) == ("revenue_per_rep", "denominator"):
        assert table.num_rows == pytest.approx(number * days_of(row))
    elif (kpi, part) == ("forecast_accuracy", "numerator"):
        assert abs(sum(value or 0 for value in table["value"].to_pylist())) == pytest.approx(number)
    elif (kpi, part) == ("rep_turnover", "denominator"):
        assert sum(table["value"].to_pylist()) == pytest.approx(number * days_of(row))
    elif kpi in SUMS or "value" in table.column_names:
        assert "value" in table.column_names
        total = sum(value or 0 for value in table["value"].to_pylist())
        assert number is None or total == pytest.approx(number)
    else:
        assert table.num_rows == number


def days_of(row: Mapping[str, Any]) -> int:
    return 30 if row["period"].month == 9 else 31
