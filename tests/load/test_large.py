"""A large load after a small one: every row counts at once, and every one that is set aside."""

from __future__ import annotations

from pathlib import Path

from tests.world import world

MANY = 125_000
"""More rows than DuckDB writes to the file before a transaction ends."""

SEVERAL_THREADS = "[warehouse]\nthreads = 2"


def test_many_new_rows_count_at_once(tmp_path: Path) -> None:
    call = {"kind": "call", "direction": "outbound", "rep_id": "ann"}
    first = {"activity_id": "first", "occurred_at": "2026-03-02T09:00:00Z", **call}
    project = world(tmp_path, settings=SEVERAL_THREADS, activity=[first])
    rows = "\n".join(
        f"a{number},call,outbound,ann,{'2026-03-03' if number else 'yesterday'}"
        for number in range(MANY)
    )
    more = tmp_path / "activity.csv"
    more.write_text(f"activity_id,kind,direction,rep_id,occurred_at\n{rows}\n", encoding="utf-8")
    (report,) = project.load(more).tables
    assert (report.accepted, report.quarantined) == (MANY - 1, 1)
    assert project.ask("outbound_calls", period="2026-03").rows == [{"outbound_calls": MANY}]
    project.close()


def test_many_rows_that_are_set_aside_are_shown_at_once(tmp_path: Path) -> None:
    project = world(tmp_path, settings=SEVERAL_THREADS, lead=[{"lead_id": "oak"}])
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "account.csv").write_text("account_id\nbirch\n", encoding="utf-8")
    rows = "\n".join(f"a{number},call,yesterday" for number in range(MANY))
    (folder / "activity.csv").write_text(
        f"activity_id,kind,occurred_at\n{rows}\n", encoding="utf-8"
    )
    report = project.load(folder)
    assert sum(table.quarantined for table in report.tables) == MANY
    with project.warehouse.writing() as cursor:
        assert cursor.execute("select count(*) from meta.quarantine").fetchone() == (MANY,)
    project.close()
