"""When a win falls into a period, and what a period is compared with."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.catalogue import drawn, value
from tests.world import by, world

BERLIN = 'zone = "Europe/Berlin"'


def test_a_late_win_belongs_to_the_local_date(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at
        oak            | won     | 2026-02-28T22:59:00Z
        elm            | won     | 2026-02-28T23:30:00Z
        ash            | won     | 2026-02-28T23:30:00
        fir            | won     | 2026-03-31T21:30:00Z
        yew            | won     | 2026-03-31T22:30:00Z
    """)
    # Berlin: oak 23:59 in February, elm 00:30 on 1 March, ash 23:30 local in February,
    # fir 23:30 on 31 March, yew 00:30 on 1 April: after the end of 31 March
    project = world(tmp_path, settings=BERLIN, opportunity=opportunity)
    assert value(project, "deals_won", period="2026-02") == 2
    assert value(project, "deals_won", period="2026-03") == 2
    assert value(project, "deals_won", period="2026-04", as_of="2026-04-01") == 1


def test_a_date_without_time_is_never_shifted(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at
        oak            | won     | 2026-02-01
        elm            | won     | 2026-02-28
    """)
    west = world(
        tmp_path / "west", settings='zone = "America/Los_Angeles"', opportunity=opportunity
    )
    east = world(tmp_path / "east", settings='zone = "Asia/Tokyo"', opportunity=opportunity)
    assert value(west, "deals_won", period="2026-02") == 2
    assert value(east, "deals_won", period="2026-02") == 2


def test_fiscal_years_are_named_by_the_year_in_which_they_end(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at
        oak            | won     | 2025-03-31
        elm            | won     | 2025-04-01
        ash            | won     | 2025-07-15
        fir            | won     | 2026-01-15
        yew            | won     | 2026-03-31
    """)
    # FY2026 is April 2025 to March 2026: elm, ash, fir, yew
    project = world(tmp_path, settings="fiscal_year_start = 4", opportunity=opportunity)
    assert value(project, "deals_won", period="FY2026") == 4
    assert value(project, "deals_won", period="FY2026-Q1") == 1
    assert value(project, "deals_won", period="FY2026-Q4") == 2
    assert value(project, "deals_won", period="FY2025") == 1
    # the calendar year 2026 has fir and yew, its third quarter of 2025 ash
    assert value(project, "deals_won", period="2026") == 2
    assert value(project, "deals_won", period="2025-Q3") == 1
    # this-year is fiscal
    assert value(project, "deals_won", period="this-year") == 4


def test_quarters_of_a_series_are_fiscal(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at
        oak            | won     | 2025-12-31
        elm            | won     | 2026-01-31
        ash            | won     | 2026-02-01
        fir            | won     | 2026-03-31
    """)
    # quarters from November, February, May ...; the series is cut at the year's ends
    project = world(tmp_path, settings="fiscal_year_start = 2", opportunity=opportunity)
    answer = project.ask("deals_won", period="2026-01-01..2026-03-31", grain="quarter")
    periods = by(answer, "period", "deals_won")
    assert periods == {dt.date(2025, 11, 1): 1, dt.date(2026, 2, 1): 2}
    assert value(project, "deals_won", period="last-quarter") == 2
    assert value(project, "deals_won", period="this-quarter") == 2
    assert value(project, "deals_won", period="2026-Q1") == 3


def test_a_running_month_is_compared_with_as_many_first_working_days(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at  | amount
        oak            | won     | 2026-02-02 | 100
        elm            | won     | 2026-02-10 | 300
        ash            | won     | 2026-02-11 | 900
        fir            | won     | 2026-03-03 | 500
        yew            | won     | 2026-03-10 | 300
        box            | won     | 2026-03-11 | 700
    """)
    # by the end of Tuesday 10 March 7 working days have passed; February's first 7 end on the 10th:
    # 2 wins against 2, 800 against 400
    project = world(tmp_path, as_of="2026-03-10", opportunity=opportunity)
    answer = project.ask("deals_won", "revenue", period="this-month", compare="previous")
    (row,) = answer.rows
    assert (row["deals_won"], row["deals_won.before"], row["deals_won.change"]) == (2, 2, 0)
    assert (row["revenue"], row["revenue.before"]) == (800, 400)
    assert (row["revenue.change"], row["revenue.change_share"]) == (400, 1)
    assert answer.compared_with == (dt.date(2026, 2, 1), dt.date(2026, 2, 11))
    assert (answer.working_days, answer.compared_working_days) == (7, 7)


def test_a_whole_month_is_compared_with_the_whole_month_before(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at
        oak            | won     | 2026-01-01
        elm            | won     | 2026-01-30
        ash            | won     | 2026-01-31
        fir            | won     | 2026-02-28
        yew            | won     | 2025-12-31
    """)
    # February has 28 days, January 31: all three wins of January count
    project = world(tmp_path, opportunity=opportunity)
    (row,) = project.ask("deals_won", period="2026-02", compare="previous").rows
    assert (row["deals_won"], row["deals_won.before"]) == (1, 3)


def test_a_free_range_is_compared_with_as_many_days_before(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at
        oak            | won     | 2026-02-28
        elm            | won     | 2026-03-01
        ash            | won     | 2026-03-10
        fir            | won     | 2026-03-11
        yew            | won     | 2026-03-20
        box            | won     | 2026-03-21
    """)
    # 11 to 20 March: fir and yew; the ten days before are 1 to 10 March: elm and ash
    project = world(tmp_path, opportunity=opportunity)
    answer = project.ask("deals_won", period="2026-03-11..2026-03-20", compare="previous")
    (row,) = answer.rows
    assert (row["deals_won"], row["deals_won.before"]) == (2, 2)
    assert answer.compared_with == (dt.date(2026, 3, 1), dt.date(2026, 3, 11))


def test_the_last_days_end_yesterday(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at
        oak            | won     | 2026-03-17
        elm            | won     | 2026-03-23
        ash            | won     | 2026-03-24
        fir            | won     | 2026-03-30
        yew            | won     | 2026-03-31
    """)
    # the last 7 days of 31 March: the 24th to the 30th; before them the 17th to the 23rd
    project = world(tmp_path, opportunity=opportunity)
    (row,) = project.ask("deals_won", period="last-7-days", compare="previous").rows
    assert (row["deals_won"], row["deals_won.before"]) == (2, 2)


def test_a_year_ago_is_the_same_unit_of_the_year_before(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at
        oak            | won     | 2025-02-01
        elm            | won     | 2025-02-28
        ash            | won     | 2025-03-09
        fir            | won     | 2026-02-14
        yew            | won     | 2026-03-09
    """)
    project = world(tmp_path, opportunity=opportunity)
    (row,) = project.ask("deals_won", period="2026-02", compare="year-ago").rows
    assert (row["deals_won"], row["deals_won.before"]) == (1, 2)
    # week 11 of 2026 begins on Monday 9 March; 52 weeks earlier on Monday 10 March 2025
    answer = project.ask("deals_won", period="2026-W11", compare="year-ago")
    assert answer.rows[0]["deals_won"] == 1
    assert answer.rows[0]["deals_won.before"] == 0
    assert answer.compared_with == (dt.date(2025, 3, 10), dt.date(2025, 3, 17))


def test_a_period_after_the_as_of_instant_is_unknown(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at  | amount
        oak            | won     | 2026-01-05 | 2026-02-01 | 100
        elm            |         | 2026-01-05 |            | 100
    """)
    project = world(tmp_path, opportunity=opportunity)
    kpis = ("deals_won", "win_rate", "revenue", "open_deals", "pipeline_value", "new_opportunities")
    answer = project.ask(*kpis, period="2026-04")
    (row,) = answer.rows
    assert [row[kpi] for kpi in kpis] == [None, None, None, None, None, None]
    assert any("after the as-of instant" in note for note in answer.notes)


def test_a_table_never_loaded_is_unknown_and_said_so(tmp_path: Path) -> None:
    lead = drawn("""
        lead_id | created_at
        lily    | 2026-02-01
    """)
    project = world(tmp_path, lead=lead)
    kpis = ("deals_won", "win_rate", "revenue", "open_deals", "pipeline_value", "gross_profit")
    answer = project.ask(*kpis, period="2026-02")
    (row,) = answer.rows
    assert [row[kpi] for kpi in kpis] == [None, None, None, None, None, None]
    assert "revenue is unknown: nothing was loaded for opportunity.outcome" in " ".join(
        answer.notes
    )


def test_amounts_never_loaded_leave_money_unknown_and_counts_known(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at
        oak            | won     | 2026-01-05 | 2026-02-01
        elm            |         | 2026-01-05 |
    """)
    project = world(tmp_path, opportunity=opportunity)
    answer = project.ask(
        "deals_won", "revenue", "pipeline_value", "avg_deal_size", period="2026-02"
    )
    (row,) = answer.rows
    assert row["deals_won"] == 1
    assert (row["revenue"], row["pipeline_value"], row["avg_deal_size"]) == (None, None, None)
    assert any("opportunity.amount" in note for note in answer.notes)
