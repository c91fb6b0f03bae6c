"""Answers are worked out once for each state of the data."""

from __future__ import annotations

import datetime as dt
import json
import threading
from pathlib import Path

import pytest

from foresail.project import Project
from foresail.project.asking import minute_of
from foresail.project.remembering import Remembered
from foresail.warehouse import Settings
from tests.catalogue import drawn
from tests.counted import Counted
from tests.world import world

DEALS = drawn("""
    opportunity_id | owner_id | outcome | created_at | closed_at  | amount
    oak            | ann      | won     | 2026-03-01 | 2026-03-20 | 600
""")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return world(tmp_path, opportunity=DEALS)


def more(folder: Path, number: int) -> Path:
    """A file with one more deal won, of 100."""
    row = {**DEALS[0], "opportunity_id": f"elm{number}", "amount": 100}
    path = folder / f"{number}" / "opportunity.ndjson"
    path.parent.mkdir()
    path.write_text(json.dumps(row), encoding="utf-8")
    return path


def test_what_is_loaded_is_in_the_next_answer(project: Project, tmp_path: Path) -> None:
    first = project.ask("revenue", totals=True)
    again = project.ask("revenue", totals=True)
    assert again.table is first.table or again.table.equals(first.table)
    assert again == first
    assert first.totals == {"revenue": 600.0}
    project.load(more(tmp_path, 1))
    assert project.ask("revenue", totals=True).totals == {"revenue": 700.0}
    assert project.ask("revenue").rows == [{"revenue": 700.0}]


def test_records_and_flows_are_found_once_until_the_data_change(
    project: Project, tmp_path: Path
) -> None:
    for find in (
        lambda: project.records("revenue"),
        lambda: project.waterfall(period="2026-03"),
    ):
        assert find().table is find().table
        assert find() is not find()
    first = project.records("revenue")
    assert [row["value"] for row in first.rows] == [600]
    assert project.records("revenue", limit=0).rows == []
    project.load(more(tmp_path, 1))
    assert sorted(row["value"] for row in project.records("revenue").rows) == [100, 600]
    assert project.records("revenue", limit=1).count == 2


def test_totals_that_were_asked_for_before_are_not_asked_again(project: Project) -> None:
    project.runner = engine = Counted()
    whole = project.ask("revenue", "deals_won", period="2026-03")
    split = project.ask("revenue", "deals_won", by="rep", period="2026-03", totals=True)
    assert split.totals == whole.rows[0] == {"revenue": 600.0, "deals_won": 1}
    assert len(engine.ran) == len(set(engine.ran))
    other = project.ask("revenue", "deals_won", by="rep", period="2026-02", totals=True)
    assert other.totals == {"revenue": 0.0, "deals_won": 0}


def test_totals_of_fewer_kpis_in_another_order_are_not_asked_again(project: Project) -> None:
    project.runner = engine = Counted()
    whole = project.ask(
        "revenue", "deals_won", "avg_deal_size", period="2026-03", compare="previous"
    )
    assert (whole.rows[0]["revenue"], whole.rows[0]["revenue.before"]) == (600.0, 0.0)
    ran = [*engine.ran]
    fewer = project.ask("avg_deal_size", "revenue", period="2026-03", compare="previous")
    assert [each for each in engine.ran[len(ran) :] if "ORDER BY" in each] == []
    assert fewer.rows == [{name: whole.rows[0][name] for name in fewer.table.column_names}]
    assert [name for name in fewer.table.column_names if "." not in name] == [
        "avg_deal_size",
        "revenue",
    ]
    by_month = project.ask("revenue", "deals_won", period="2026-Q1", grain="month")
    again = project.ask("deals_won", period="2026-Q1", grain="month")
    assert [row["deals_won"] for row in again.rows] == [0, 0, 1]
    assert [row["deals_won"] for row in by_month.rows] == [0, 0, 1]


def test_order_and_limit_are_taken_from_one_answer(project: Project) -> None:
    up = project.ask("revenue", by="rep", order="revenue", limit=1)
    down = project.ask("revenue", by="rep", order="-revenue")
    assert [row["rep"] for row in up.rows] != [row["rep"] for row in down.rows[:1]]
    assert [row["rep"] for row in down.rows] == ["Ann", "Bob", "Cid"]


def test_what_a_caller_does_to_totals_stays_with_the_caller(project: Project) -> None:
    first = project.ask("revenue", totals=True)
    assert first.totals is not None
    first.totals["revenue"] = 0
    assert project.ask("revenue", totals=True).totals == {"revenue": 600.0}


def test_what_begins_to_leave_rows_out_is_said(project: Project, tmp_path: Path) -> None:
    assert not any("closing date" in note for note in project.ask("revenue").notes)
    undated = {**DEALS[0], "opportunity_id": "ash", "closed_at": None}
    path = tmp_path / "undated" / "opportunity.ndjson"
    path.parent.mkdir()
    path.write_text(json.dumps(undated), encoding="utf-8")
    project.load(path)
    assert any("closing date" in note for note in project.ask("revenue").notes)


def test_questions_of_a_minute_are_put_as_of_one_instant(project: Project) -> None:
    before = dt.datetime.now(dt.UTC)
    found = [project.ask(kpi, as_of="now").as_of for kpi in ("revenue", "deals_won", "win_rate")]
    after = dt.datetime.now(dt.UTC)
    minutes = {each.replace(second=0, microsecond=0) for each in (before, after)}
    assert len(set(found)) <= len(minutes)


def test_now_is_shared_for_a_minute() -> None:
    moving, fixed = Settings(zone="UTC"), Settings(zone="UTC", as_of=dt.date(2026, 3, 31))
    first = dt.datetime(2026, 4, 1, 9, 0, 30, tzinfo=dt.UTC)
    later = [first + dt.timedelta(seconds=number) for number in (29, 30)]
    for text, settings in ((None, moving), ("now", moving), ("now", fixed)):
        same, other = (minute_of(text, settings, each) for each in later)
        assert minute_of(text, settings, first) == same != other
    for text, settings in ((None, fixed), ("2026-03-31", moving)):
        day = {minute_of(text, settings, each) for each in (first, *later)}
        assert len(day) == 1
        assert minute_of(text, settings, first + dt.timedelta(days=1)) not in day


def test_readers_never_see_less_than_was_loaded_before_they_asked(
    project: Project, tmp_path: Path
) -> None:
    loaded = [600.0]
    wrong: list[tuple[float, float]] = []
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            least = loaded[0]
            found = project.ask("revenue").rows[0]["revenue"]
            if found < least:
                wrong.append((found, least))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for each in readers:
        each.start()
    for number in range(4):
        project.load(more(tmp_path, number))
        loaded[0] += 100
    is_over.set()
    for each in readers:
        each.join()
    assert wrong == []
    assert project.ask("revenue").rows == [{"revenue": 1000.0}]


def test_a_later_version_lets_go_of_earlier_ones() -> None:
    kept = Remembered(10)
    kept.keep(2, "a", "of two")
    assert kept.find(2, "a") == "of two"
    assert kept.find(4, "a") is None
    kept.keep(4, "b", "of four")
    assert kept.find(2, "a") is None
    kept.keep(2, "c", "too late")
    assert kept.find(2, "c") is None
    assert kept.find(4, "b") == "of four"


def test_nothing_is_kept_of_an_unsure_version() -> None:
    kept = Remembered(10)
    assert kept.get(None, "a", lambda: 1) == 1
    assert kept.get(None, "a", lambda: 2) == 2


def test_together_they_take_no_more_than_they_may() -> None:
    kept = Remembered(10, len)
    for name in "abcde":
        kept.keep(2, name, "four")
        kept.find(2, "a")
    assert [name for name in "abcde" if kept.find(2, name)] == ["a", "e"]
    kept.keep(2, "big", "more than ten")
    assert kept.find(2, "big") is None
    kept.keep(2, "e", "longer")
    assert [name for name in "abcde" if kept.find(2, name)] == ["a", "e"]
