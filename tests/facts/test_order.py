"""In which order the rows of large facts lie."""

from __future__ import annotations

from pathlib import Path

from tests.world import world


def test_touches_lie_by_month_and_in_it_by_rep(tmp_path: Path) -> None:
    leads = [
        {"lead_id": each, "created_at": "2026-01-02T09:00:00Z", "owner_id": each}
        for each in ("bob", "ann")
    ]
    days = ("2026-03-03", "2026-01-05", "2026-02-09", "2026-01-20")
    calls = [
        {
            "activity_id": f"{lead} {day}",
            "kind": "call",
            "direction": "outbound",
            "status": "completed",
            "occurred_at": f"{day}T10:00:00Z",
            "rep_id": lead,
            "lead_id": lead,
        }
        for lead in ("bob", "ann")
        for day in days
    ]
    project = world(tmp_path, lead=leads, activity=calls)
    cursor = project.warehouse.cursor()
    asked = "select touched_on::varchar, attempt_rep from fact.touch order by rowid"
    assert cursor.execute(asked).fetchall() == [
        ("2026-01-05", "ann"),
        ("2026-01-20", "ann"),
        ("2026-01-05", "bob"),
        ("2026-01-20", "bob"),
        ("2026-02-09", "ann"),
        ("2026-02-09", "bob"),
        ("2026-03-03", "ann"),
        ("2026-03-03", "bob"),
    ]
    started = "select touched_on::varchar, attempt_rep from fact.follow_up order by rowid"
    assert [rep for _, rep in cursor.execute(started).fetchall()] == ["ann", "bob"]
    project.close()
