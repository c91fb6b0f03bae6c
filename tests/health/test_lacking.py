"""What the data lack for a KPI: in the report, in the catalogue, in an answer's notes."""

from __future__ import annotations

from pathlib import Path

from tests.catalogue import drawn
from tests.world import world

CALLS = """
    activity_id | kind    | direction | occurred_at         | rep_id | outcome   | duration_seconds
    one         | call    | outbound  | 2026-03-03T09:00:00 | ann    | connected | 60
    two         | call    | outbound  | 2026-03-03T10:00:00 | ann    | connected |
    three       | call    | outbound  | 2026-03-03T11:00:00 | ann    |           |
    four        | call    | outbound  | 2026-03-03T12:00:00 | ann    | busy      |
    mail        | email   | outbound  | 2026-03-03T12:00:00 | ann    |           |
    planned     | call    | outbound  | 2026-04-20T12:00:00 | ann    |           |
"""


def test_a_column_that_a_quarter_of_the_calls_leave_empty(tmp_path: Path) -> None:
    calls = [
        {**each, **({"is_completed": "false"} if each["activity_id"] == "planned" else {})}
        for each in drawn(CALLS)
    ]
    with world(tmp_path, activity=calls) as project:
        health = {each.kpi: each for each in project.health().kpis}
        outcome = "activity.outcome is empty for 1 of 4 past calls and meetings (25%)"
        length = "activity.duration_seconds is empty for 1 of 2 connected calls (50%)"
        assert [str(each) for each in health["connect_rate"].lacking] == [outcome]
        assert health["connect_rate"].state == "unsafe"
        assert health["outbound_calls"].state == "answerable"
        assert health["win_rate"].state == "impossible"
        assert health["win_rate"].missing == ("opportunity.outcome",)
        assert [str(each) for each in health["talk_time"].lacking] == [length]
        catalogue = {each.id: each for each in project.kpis()}
        assert catalogue["connect_rate"].lacking == health["connect_rate"].lacking
        assert f"{outcome}." in project.ask("connect_rate", period="2026-03").notes


def test_a_column_that_one_row_in_twenty_one_leaves_empty_is_said_of_no_kpi(tmp_path: Path) -> None:
    calls = [
        {
            "activity_id": str(number),
            "kind": "call",
            "direction": "outbound",
            "occurred_at": "2026-03-03T09:00:00",
            "rep_id": "ann",
            "outcome": "busy" if number else None,
        }
        for number in range(21)
    ]
    with world(tmp_path, activity=calls) as project:
        health = {each.kpi: each for each in project.health().kpis}
    assert health["connect_rate"].state == "answerable"


def test_tables_with_their_rows_days_and_empty_columns(tmp_path: Path) -> None:
    with world(tmp_path, activity=drawn(CALLS)) as project:
        tables = {each.table: each for each in project.health().tables}
    activity = tables["activity"]
    assert (activity.rows, str(activity.first_on), str(activity.last_on)) == (
        6,
        "2026-03-03",
        "2026-04-20",
    )
    assert "lead_id" in activity.empty_columns
    assert {each.column: each.filled for each in activity.columns}["duration_seconds"] == 1
    assert tables["lead"].rows == 0


def test_rows_in_quarantine_are_counted(tmp_path: Path) -> None:
    calls = [*drawn(CALLS), {"activity_id": "bad", "occurred_at": "the day after"}]
    with world(tmp_path, activity=calls) as project:
        assert project.health().quarantined == 1
