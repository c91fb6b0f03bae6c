"""Who gets the credit for revenue: splits, teams of the time, former reps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world

OPPORTUNITIES = drawn("""
    opportunity_id | owner_id | outcome | created_at | closed_at  | amount
    oak            | ann      | won     | 2026-01-05 | 2026-02-02 | 1000
    elm            | bob      | won     | 2026-01-05 | 2026-02-10 | 500
    ash            | cid      | lost    | 2026-01-05 | 2026-02-10 | 800
    fir            | cid      |         | 2026-01-05 |            | 400
""")


def test_revenue_splits_add_up_to_the_total_and_overlay_adds_nothing(tmp_path: Path) -> None:
    opportunity_split = drawn("""
        opportunity_id | rep_id | share | kind
        oak            | ann    | 0.6   | revenue
        oak            | cid    | 0.4   | revenue
        oak            | bob    | 1     | overlay
        fir            | ann    | 0.5   | revenue
        fir            | cid    | 0.5   | revenue
    """)
    # oak: ann 600, cid 400; elm: bob 500
    project = world(tmp_path, opportunity=OPPORTUNITIES, opportunity_split=opportunity_split)
    assert value(project, "revenue", period="2026-02") == 1500
    per_rep = project.ask("revenue", "deals_won", "avg_deal_size", period="2026-02", by="rep")
    assert by(per_rep, "rep", "revenue") == {"Ann": 600, "Bob": 500, "Cid": 400}
    # teams: 600 + 500 and 400, together the company's 1,500
    per_team = project.ask("revenue", period="2026-02", by="team")
    assert by(per_team, "team", "revenue") == {"north": 1100, "south": 400}
    # counts and sizes go whole to the owner at the close
    assert by(per_rep, "rep", "deals_won") == {"Ann": 1, "Bob": 1, "Cid": 0}
    assert by(per_rep, "rep", "avg_deal_size") == {"Ann": 1000, "Bob": 500, "Cid": None}


def test_the_records_behind_revenue_show_the_credited_part(tmp_path: Path) -> None:
    opportunity_split = drawn("""
        opportunity_id | rep_id | share | kind
        oak            | ann    | 0.6   | revenue
        oak            | cid    | 0.4   | revenue
    """)
    project = world(tmp_path, opportunity=OPPORTUNITIES, opportunity_split=opportunity_split)
    records = project.records("revenue", period="2026-02")
    parts = sorted((row["opportunity_id"], row["rep_id"], row["value"]) for row in records.rows)
    assert parts == [("elm", "bob", 500), ("oak", "ann", 600), ("oak", "cid", 400)]
    of_cid = project.records("revenue", period="2026-02", where={"rep": ["cid"]})
    assert [row["value"] for row in of_cid.rows] == [400]


def test_splits_count_towards_the_quota(tmp_path: Path) -> None:
    opportunity_split = drawn("""
        opportunity_id | rep_id | share | kind
        oak            | ann    | 0.25  | revenue
        oak            | bob    | 0.75  | revenue
    """)
    quota = drawn("""
        owner_kind | owner_id | starts_on  | ends_on    | amount
        rep        | ann      | 2026-02-01 | 2026-02-28 | 1000
        rep        | bob      | 2026-02-01 | 2026-02-28 | 1000
    """)
    # ann 250 of 1,000; bob 750 + 500 of 1,000; together 1,500 of 2,000
    project = world(
        tmp_path, opportunity=OPPORTUNITIES, opportunity_split=opportunity_split, quota=quota
    )
    answer = project.ask("quota_attainment", period="2026-02", by="rep", where={"team": ["north"]})
    assert by(answer, "rep", "quota_attainment") == {"Ann": 0.25, "Bob": 1.25}
    assert value(project, "quota_attainment", period="2026-02") == pytest.approx(0.75)


def test_a_win_belongs_to_the_team_of_its_time(tmp_path: Path) -> None:
    rep_assignment = drawn("""
        rep_id | valid_from | valid_to   | team  | manager_id | role
        ann    | 2025-01-01 |            | north | dan        | ae
        bob    | 2025-01-01 | 2026-02-15 | north | dan        | sdr
        bob    | 2026-02-16 |            | south | eve        | ae
    """)
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | created_at | closed_at           | amount
        oak            | bob      | won     | 2026-01-05 | 2026-02-10T12:00:00 | 100
        elm            | bob      | won     | 2026-01-05 | 2026-02-15T23:30:00 | 200
        ash            | bob      | won     | 2026-01-05 | 2026-02-16T00:00:00 | 400
        fir            | ann      | won     | 2026-01-05 | 2026-02-20T12:00:00 | 800
        yew            | bob      | lost    | 2026-01-05 | 2026-02-10T12:00:00 | 100
    """)
    # the last day in the north counts: oak and elm are the north's, ash the south's
    project = world(
        tmp_path,
        settings='zone = "Europe/Berlin"',
        opportunity=opportunity,
        rep_assignment=rep_assignment,
    )
    answer = project.ask("revenue", "deals_won", "deals_lost", period="2026-02", by="team")
    assert by(answer, "team", "revenue") == {"north": 1100, "south": 400}
    assert by(answer, "team", "deals_won") == {"north": 3, "south": 1}
    assert by(answer, "team", "deals_lost") == {"north": 1, "south": 0}
    by_role = project.ask("deals_won", period="2026-02", by="role")
    assert by(by_role, "role", "deals_won")["sdr"] == 2
    by_manager = project.ask("revenue", period="2026-02", by="manager")
    assert sorted(row["revenue"] for row in by_manager.rows if row["revenue"]) == [400, 1100]


def test_open_deals_belong_to_the_team_at_the_end_of_the_period(tmp_path: Path) -> None:
    rep_assignment = drawn("""
        rep_id | valid_from | valid_to   | team
        ann    | 2025-01-01 |            | north
        bob    | 2025-01-01 | 2026-02-15 | north
        bob    | 2026-02-16 |            | south
    """)
    opportunity = drawn("""
        opportunity_id | owner_id | created_at | amount
        oak            | bob      | 2026-01-05 | 100
        elm            | ann      | 2026-01-05 | 200
    """)
    project = world(tmp_path, opportunity=opportunity, rep_assignment=rep_assignment)
    january = project.ask("pipeline_value", period="2026-01", by="team")
    assert by(january, "team", "pipeline_value")["north"] == 300
    february = project.ask("pipeline_value", period="2026-02", by="team")
    assert by(february, "team", "pipeline_value") == {"north": 200, "south": 100}


def test_former_reps_stay_in_totals(tmp_path: Path) -> None:
    rep = drawn("""
        rep_id | name | team  | left_on
        ann    | Ann  | north |
        bob    | Bob  | north | 2026-02-14
    """)
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | ann      | won     | 2026-02-02 | 100
        elm            | bob      | won     | 2026-02-10 | 200
        ash            | bob      | won     | 2026-02-20 | 400
    """)
    # ash was closed under bob's name after he had left: still revenue
    project = world(tmp_path, rep=rep, opportunity=opportunity)
    assert value(project, "revenue", period="2026-02") == 700
    answer = project.ask("revenue", period="2026-02", by="rep")
    assert by(answer, "rep", "revenue") == {"Ann": 100, "Bob": 600}
    # in March he is gone and has nothing: no row
    answer = project.ask("revenue", period="2026-03", by="rep")
    assert by(answer, "rep", "revenue") == {"Ann": 0}


def test_reps_add_up_to_the_total_whoever_is_missing(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | ann      | won     | 2026-02-02 | 100
        elm            |          | won     | 2026-02-10 | 200
        ash            | zoe      | won     | 2026-02-20 | 400
    """)
    # elm has no owner and nobody described zoe: both have a row
    project = world(tmp_path, opportunity=opportunity)
    answer = project.ask("revenue", "deals_won", period="2026-02", by="rep", totals=True)
    assert sum(row["revenue"] for row in answer.rows) == 700
    assert by(answer, "rep_id", "deals_won")["zoe"] == 1
    assert answer.totals is not None
    assert (answer.totals["revenue"], answer.totals["deals_won"]) == (700, 3)


def test_overlay_alone_leaves_the_revenue_with_the_owner(tmp_path: Path) -> None:
    opportunity_split = drawn("""
        opportunity_id | rep_id | share | kind
        oak            | cid    | 1     | overlay
    """)
    project = world(tmp_path, opportunity=OPPORTUNITIES, opportunity_split=opportunity_split)
    answer = project.ask("revenue", period="2026-02", by="rep")
    assert by(answer, "rep", "revenue") == {"Ann": 1000, "Bob": 500, "Cid": 0}


def test_splits_that_do_not_fill_a_deal_leave_the_total_whole(tmp_path: Path) -> None:
    opportunity_split = drawn("""
        opportunity_id | rep_id | share | kind
        oak            | cid    | 0.4   | revenue
    """)
    # the reps together have the company's 1,500, whoever gets the other 600
    project = world(tmp_path, opportunity=OPPORTUNITIES, opportunity_split=opportunity_split)
    assert value(project, "revenue", period="2026-02") == 1500
    answer = project.ask("revenue", period="2026-02", by="rep")
    assert by(answer, "rep", "revenue")["Cid"] == 400
    assert sum(row["revenue"] for row in answer.rows) == 1500
