"""Worked examples of cohorts of leads, followed for so many days."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.oracle.records import Settings
from tests.oracle.scenes import at, lead, march_of, reached

IVY = [lead("ivy")]
TEN = Settings(cohort_days=10)
LEFT_OUT = Settings(cohort_days=10, skipped_stages="left_out")


def rate(kpi: str, *, as_of: str = "2026-03-31", settings: Settings = TEN, **more: Any) -> Any:
    """A rate of ivy, who asked on the second at ten."""
    leads = more.pop("leads", IVY)
    return march_of(kpi, leads, as_of=as_of, settings=settings, **more)


def deal(**values: Any) -> list[dict[str, Any]]:
    """A deal of ivy's from the fourth on."""
    made = {"opportunity_id": "oak", "lead_id": "ivy", "created_at": at("4 10:00")}
    return [{**made, "owner_id": "bob", **values}]


def test_cohorts_are_followed_for_so_many_days() -> None:
    assert rate("lead_to_mql", lead_stage=reached("ivy", mql="12 10:00")) == 1
    assert rate("lead_to_mql", lead_stage=reached("ivy", mql="12 10:01")) == 0
    # What came before counts as well.
    assert rate("lead_to_mql", lead_stage=reached("ivy", mql="1 10:00")) == 1


def test_cohorts_wait_until_they_are_old_enough() -> None:
    assert rate("lead_to_mql", as_of="2026-03-12T09:59") is None
    assert rate("lead_to_mql", as_of="2026-03-12T10:00") == 0
    assert rate("lead_to_mql", as_of="2026-03-11", leads=[lead("ivy", "2")]) is None
    assert rate("lead_to_mql", as_of="2026-03-12T00:00", leads=[lead("ivy", "2")]) == 0


def test_the_first_of_several_rows_counts() -> None:
    rows = reached("ivy", mql="3 10:00", sql="13 10:00") + reached("ivy", mql="9 10:00")
    assert rate("mql_to_sql", lead_stage=rows) == 1
    rows = reached("ivy", mql="3 10:00", sql="13 10:01") + reached("ivy", mql="9 10:00")
    assert rate("mql_to_sql", lead_stage=rows) == 0


def test_skipped_stages_are_passed_unless_left_out() -> None:
    rows = reached("ivy", sql="5 10:00")
    assert rate("lead_to_mql", lead_stage=rows) == 1
    assert rate("mql_to_sql", lead_stage=rows) == 1
    assert rate("lead_to_mql", lead_stage=rows, settings=LEFT_OUT) == 0
    assert rate("mql_to_sql", lead_stage=rows, settings=LEFT_OUT) is None


def test_an_opportunity_and_a_win_are_reached_by_records_too() -> None:
    rows = reached("ivy", sql="3 10:00")
    assert rate("sql_to_opportunity", lead_stage=rows, opportunity=deal()) == 1
    gone = deal(deleted_at=at("20 9:00"))
    assert rate("sql_to_opportunity", lead_stage=rows, opportunity=gone) == 0
    won = deal(outcome="won", closed_at=at("6 10:00"))
    assert rate("lead_to_customer_cohort", opportunity=won) == 1
    assert rate("lead_to_customer_cohort", opportunity=deal(closed_at=None)) == 0


def test_a_win_fills_the_opportunity_unless_left_out() -> None:
    won = deal(created_at=None, outcome="won", closed_at=at("6 10:00"))
    rows: dict[str, Any] = {"lead_stage": reached("ivy", mql="3 10:00"), "opportunity": won}
    assert rate("mql_to_opportunity", **rows) == 1
    assert rate("mql_to_opportunity", **rows, settings=LEFT_OUT) == 0


def test_the_young_ones_are_counted_beside_and_used_in_the_estimate() -> None:
    leads = [lead("ivy"), lead("oak"), lead("elm", "25 10:00"), lead("fir", "28 10:00")]
    rows = reached("ivy", mql="5 10:00") + reached("elm", mql="27 10:00")
    assert rate("lead_to_mql", leads=leads, lead_stage=rows) == Fraction(1, 2)
    assert rate("lead_to_mql.maturing", leads=leads, lead_stage=rows) == 2
    # Elm of four after two days; ivy of the three left after three: fir is watched for longer.
    found = rate("lead_to_mql.estimate", leads=leads, lead_stage=rows)
    assert found == 1 - Fraction(3, 4) * Fraction(2, 3)
