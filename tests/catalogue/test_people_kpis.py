"""Who is in the job, who left it, how long they stay and how soon vacancies are filled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world

DAY = 86_400
REP = drawn("""
    rep_id | name | team  | role    | hired_on   | left_on    | leave_kind
    ann    | Ann  | north | ae      | 2024-01-01 |            |
    bob    | Bob  | north | ae      | 2025-03-31 | 2026-02-14 | voluntary
    cid    | Cid  | south | manager |            |            |
    dora   | Dora | south | sdr     | 2026-02-15 |            |
    eve    | Eve  | north | sdr     | 2025-12-01 | 2026-03-31 | involuntary
""")


def test_active_reps_stand_at_the_end_of_the_period(tmp_path: Path) -> None:
    activity = [{"activity_id": "c1", "kind": "call", "rep_id": "zoe", "occurred_at": "2026-02-03"}]
    project = world(tmp_path, rep=REP, activity=activity)
    # whoever is in the table, the manager too; zoe has calls and no row
    assert value(project, "active_reps", period="2026-01") == 4
    assert value(project, "active_reps", period="2026-02") == 4
    # on the last day bob still was in the job, dora came the day after
    assert value(project, "active_reps", period="2026-02-14") == 4
    answer = project.ask("active_reps", by="team", period="2026-02")
    assert by(answer, "team", "active_reps") == {"north": 2, "south": 2}
    # on her last day eve is one of them, whenever it is asked
    assert value(project, "active_reps", period="2026-03", as_of="2026-04-20") == 4
    assert value(project, "active_reps", period="2026-04", as_of="2026-04-20") == 3
    assert value(project, "active_reps", period="2023") == 1


def test_turnover_is_leavers_by_mean_headcount(tmp_path: Path) -> None:
    project = world(tmp_path, rep=REP)
    # days in the job: ann, cid and eve 28, bob and dora 14: 112 of 28 days are 4 reps
    (row,) = project.ask("rep_turnover", period="2026-02").rows
    assert row["rep_turnover"] == pytest.approx(0.25)
    assert row["rep_turnover.numerator"] == 1
    assert row["rep_turnover.denominator"] == pytest.approx(4)
    assert row["rep_turnover.voluntary"] == 1
    # north: two reps and half of bob; his own half
    answer = project.ask("rep_turnover", by="team", period="2026-02")
    assert by(answer, "team", "rep_turnover") == {"north": pytest.approx(0.4), "south": 0}
    answer = project.ask("rep_turnover", by="rep", period="2026-02")
    assert by(answer, "rep", "rep_turnover")["Bob"] == pytest.approx(2)
    # a running month: 15 days, ann, cid, eve 15, bob 14, dora 1
    (row,) = project.ask("rep_turnover", period="2026-02", as_of="2026-02-15").rows
    assert row["rep_turnover.denominator"] == pytest.approx(4)
    assert value(project, "rep_turnover", period="2026-Q1", as_of="2026-04-01") == pytest.approx(
        2 * 90 / (90 + 45 + 90 + 45 + 90)
    )


def test_who_leaves_is_known_from_the_day_after_on(tmp_path: Path) -> None:
    project = world(tmp_path, rep=REP)
    assert value(project, "rep_turnover", period="2026-02", as_of="2026-02-14") == 0
    assert value(project, "rep_turnover", period="2026-02", as_of="2026-02-15T00:00") > 0
    # eve's last day is the last of the quarter
    (row,) = project.ask("rep_turnover", period="2026-03", as_of="2026-03-31").rows
    assert row["rep_turnover.numerator"] == 0
    (row,) = project.ask("rep_turnover", period="2026-03", as_of="2026-04-01").rows
    assert (row["rep_turnover.numerator"], row["rep_turnover.voluntary"]) == (1, 0)
    names = [row["rep_id"] for row in project.records("rep_turnover", period="2026-02").rows]
    assert names == ["bob"]


def test_who_is_hired_again_counts_from_the_new_hiring(tmp_path: Path) -> None:
    rep = drawn("""
        rep_id | name | hired_on   | left_on
        ann    | Ann  | 2026-02-15 | 2025-06-30
        bob    | Bob  | 2024-06-30 | 2026-01-31
        bob2   | Bob  | 2026-02-15 |
        cid    | Cid  | 2024-06-30 |
    """)
    project = world(tmp_path, rep=rep)
    # ann's leaving before the hiring is of no use: never in the job, and no leaver. Bob has a row
    # for each of his times.
    assert value(project, "active_reps", period="2026-02") == 2
    (row,) = project.ask("rep_turnover", "avg_tenure", period="2026-01").rows
    assert row["rep_turnover.numerator"] == 1
    assert value(project, "rep_turnover", period="2025-06") == 0
    assert value(project, "rep_retention", period="2026-Q1") == pytest.approx(0.5)


def test_retention_is_of_the_reps_who_were_there_before(tmp_path: Path) -> None:
    project = world(tmp_path, rep=REP)
    # ann, bob, cid and eve on 1 February; bob has left by the 28th
    (row,) = project.ask("rep_retention", period="2026-02").rows
    assert row["rep_retention"] == pytest.approx(0.75)
    assert row["rep_retention.denominator"] == 4
    assert row["rep_retention.low"] < 0.75 < row["rep_retention.high"]
    assert value(project, "rep_retention", period="2026-02", as_of="2026-02-14") == 1
    # hired on the first day: dora was not there before; eve leaves on the last day
    (row,) = project.ask("rep_retention", period="2026-02-15..2026-03-31", as_of="2026-04-20").rows
    assert (row["rep_retention"], row["rep_retention.denominator"]) == (pytest.approx(2 / 3), 3)
    early = value(project, "rep_retention", period="2026-03", as_of="2026-03-31")
    assert early == 1
    assert value(project, "rep_retention", period="2026-04", as_of="2026-04-20") == 1
    rows = project.records("rep_retention", period="2026-02", part="denominator").rows
    assert sorted(row["rep_id"] for row in rows) == ["ann", "bob", "cid", "eve"]


def test_tenure_is_of_those_in_the_job(tmp_path: Path) -> None:
    project = world(tmp_path, rep=REP)
    # on 28 February: ann 366 + 365 + 58 = 789 days, dora 13, eve 89; cid's hiring is unknown
    (row,) = project.ask("avg_tenure", period="2026-02").rows
    assert row["avg_tenure"] == pytest.approx(297 * DAY)
    assert row["avg_tenure.n"] == 3
    # bob stayed 320 days; of the two who had stayed that long one left
    assert row["avg_tenure.stay"] == pytest.approx(320 * DAY)
    # on his last day he had not left
    (row,) = project.ask("avg_tenure", period="2026-02", as_of="2026-02-14").rows
    assert row["avg_tenure"] == pytest.approx((775 + 320 + 75) / 3 * DAY)
    assert row["avg_tenure.stay"] is None
    answer = project.ask("avg_tenure", by="team", period="2026-02")
    assert by(answer, "team", "avg_tenure.stay") == {
        "north": pytest.approx(320 * DAY),
        "south": None,
    }


def test_vacancies_that_are_open_count_for_as_long_as_they_are(tmp_path: Path) -> None:
    position = drawn("""
        position_id | team  | role | opened_on  | filled_on  | rep_id
        p1          | north | ae   | 2026-01-05 | 2026-01-25 | ann
        p2          | north | sdr  | 2026-01-10 | 2026-03-01 | bob
        p3          | south | ae   | 2026-01-20 |            |
        p4          | south | ae   | 2026-02-20 | 2026-02-20 |
    """)
    project = world(tmp_path, position=position)
    # 20 and 50 days, and one open for 70: a third is filled after 20, two thirds after 50
    (row,) = project.ask("time_to_fill", period="2026-01").rows
    assert row["time_to_fill"] == pytest.approx(50 * DAY)
    assert row["time_to_fill.n"] == 3
    # on 20 February one of three was filled
    (row,) = project.ask("time_to_fill", period="2026-01", as_of="2026-02-20").rows
    assert (row["time_to_fill"], row["time_to_fill.not_reached"]) == (None, True)
    # on 1 March, its day, the second one is
    early = value(project, "time_to_fill", period="2026-01", as_of="2026-03-01T00:00")
    assert early == pytest.approx(50 * DAY)
    assert value(project, "time_to_fill", period="2026-02") == 0
    answer = project.ask("time_to_fill", by="team", period="2026-01")
    assert by(answer, "team", "time_to_fill") == {"north": pytest.approx(20 * DAY), "south": None}
    answer = project.ask("time_to_fill", by="role", period="2026-01")
    assert by(answer, "role", "time_to_fill") == {
        "ae": pytest.approx(20 * DAY),
        "sdr": pytest.approx(50 * DAY),
    }


def test_people_who_were_never_loaded_are_unknown(tmp_path: Path) -> None:
    deal = [{"opportunity_id": "oak", "owner_id": "ann", "created_at": "2026-02-01"}]
    project = world(tmp_path / "nobody", rep=[], opportunity=deal)
    kpis = ("active_reps", "rep_turnover", "rep_retention", "avg_tenure", "time_to_fill")
    (row,) = project.ask(*kpis, "ramp_time", period="2026-02").rows
    assert [row[kpi] for kpi in (*kpis, "ramp_time")] == [None] * 6
    # the cast of every world has no hirings and no leavings
    project = world(tmp_path / "cast", opportunity=deal)
    answer = project.ask(*kpis, period="2026-02")
    (row,) = answer.rows
    assert (
        "rep_turnover.voluntary is unknown: nothing was loaded for rep.leave_kind." in answer.notes
    )
    assert not any(note.startswith("rep_turnover is unknown") for note in answer.notes)
    assert (row["active_reps"], row["rep_turnover"], row["rep_retention"]) == (3, 0, 1)
    assert (row["avg_tenure"], row["rep_turnover.voluntary"]) == (None, None)
