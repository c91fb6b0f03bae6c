"""What conditions look up by stage is found once for all questions of the same periods."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from foresail.core.scope import Kind, Scope
from foresail.engine.lookups import windows_of
from foresail.project import Project
from foresail.project.asking import Words, resolve
from tests.catalogue import drawn
from tests.counted import Counted
from tests.world import by, world

STAGES = drawn("""
    pipeline | stage | position | kind
    new      | talk  | 1        | open
    new      | offer | 2        | open
    new      | won   | 3        | won
""")
DEALS = [
    {"opportunity_id": name, "owner_id": rep, "pipeline": "new", "created_at": "2026-01-02"}
    for name, rep in (("oak", "ann"), ("elm", "ann"), ("ash", "bob"), ("fir", "cid"))
]
HISTORY = drawn("""
    opportunity_id | stage | entered_at
    oak            | talk  | 2026-01-05T08:00:00Z
    oak            | offer | 2026-01-15T08:00:00Z
    elm            | talk  | 2026-01-05T08:00:00Z
    elm            | offer | 2026-01-15T08:00:00Z
    ash            | talk  | 2026-03-10T08:00:00Z
    fir            | talk  | 2026-03-28T08:00:00Z
""")
SLOW = """
    opportunity_id | stage | entered_at
    yew            | talk  | 2026-01-05T08:00:00Z
    yew            | offer | 2026-03-26T08:00:00Z
"""


class Looked(Counted):
    """An engine that keeps what ran in it, and knows lookups."""

    @property
    def lookups(self) -> list[str]:
        """What ran over the visits that tell how long stages usually take."""
        return [each for each in self.ran if '"advanced_visit"' in each]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    found = world(tmp_path, stage=STAGES, opportunity=DEALS, opportunity_stage=HISTORY)
    found.runner = Looked()
    return found


def ran(project: Project) -> Looked:
    assert isinstance(project.runner, Looked)
    return project.runner


def test_usual_times_are_found_once_for_all_splits_and_whoever_asks(project: Project) -> None:
    # talk takes 10 days: oak and elm stand in offer since 75, ash in talk since 21, fir since 3
    whole = project.ask("stalled_deals", period="2026-03")
    assert whole.rows == [{"stalled_deals": 3}]
    assert len(ran(project).lookups) == 2
    split = project.ask("stalled_deals", "open_deals", by="rep", period="2026-03")
    assert by(split, "rep", "stalled_deals") == {"Ann": 2, "Bob": 1, "Cid": 0}
    own = project.scoped(Scope(Kind.REP, "bob"))
    mine = own.ask("stalled_deals", by="rep", period="2026-03")
    assert by(mine, "rep", "stalled_deals") == {"Bob": 1}
    found = project.records("stalled_deals", period="2026-03", where={"rep": ["ann"]})
    assert sorted(row["opportunity_id"] for row in found.rows) == ["elm", "oak"]
    assert len(ran(project).lookups) == 2


def test_they_are_those_of_the_end_of_each_period(project: Project) -> None:
    # at the end of 12 January nothing had advanced, so that nothing was slow
    early = project.ask("stalled_deals", period="2026-01-01..2026-01-12")
    assert early.rows == [{"stalled_deals": 0}]
    months = project.ask("stalled_deals", period="2026-Q1", grain="month")
    assert [row["stalled_deals"] for row in months.rows] == [2, 2, 3]
    assert len(ran(project).lookups) == 4


def test_what_holds_as_of_an_instant_is_found_once_for_all_periods(project: Project) -> None:
    asked: dict[str, Any] = {"by": "stage"}
    march = project.ask("leak_rate", "stage_conversion", period="2026-03", **asked)
    assert by(march, "stage", "leak_rate.numerator")["talk"] == 1
    quarter = project.ask("leak_rate", period="2026-Q1", compare="previous", **asked)
    assert by(quarter, "stage", "leak_rate.numerator") == {"talk": 1, "offer": 2}
    months = project.ask("leak_rate", period="2026-Q1", grain="month", **asked)
    assert [
        (row["period"].month, row["stage"], row["leak_rate.numerator"]) for row in months.rows
    ] == [(1, "talk", 0), (1, "offer", 2), (3, "talk", 1)]
    assert len(ran(project).lookups) == 2
    project.ask("leak_rate", period="2026-Q1", as_of="2026-03-30", **asked)
    assert len(ran(project).lookups) == 4


def test_a_load_makes_them_anew(project: Project, tmp_path: Path) -> None:
    assert project.ask("stalled_deals", period="2026-03").rows == [{"stalled_deals": 3}]
    folder = tmp_path / "more"
    folder.mkdir()
    deal = {**DEALS[0], "opportunity_id": "yew"}
    (folder / "opportunity.ndjson").write_text(json.dumps(deal), encoding="utf-8")
    lines = "\n".join(json.dumps(row) for row in drawn(SLOW))
    (folder / "opportunity_stage.ndjson").write_text(lines, encoding="utf-8")
    project.load(folder)
    # now visits took 10, 10 and 80 days, nine of ten no more than 66: ash is slow no longer
    assert by(project.ask("stalled_deals", by="rep", period="2026-03"), "rep", "stalled_deals") == {
        "Ann": 2,
        "Bob": 0,
        "Cid": 0,
    }


@pytest.mark.parametrize("kpi", ["stalled_deals", "leak_rate"])
def test_the_sql_that_is_shown_is_complete(project: Project, kpi: str) -> None:
    asked: dict[str, Any] = {"by": "stage", "grain": "month", "period": "2026-Q1"}
    shown = project.explain(kpi, **asked, with_plan=True)
    assert shown.plan[-1].found[1] == (
        "before it 2 for what conditions look up, once for all questions of the same periods"
    )
    with project._reader() as reader:
        rows = reader.cursor.execute(shown.sql).to_arrow_table().to_pylist()
    found = {(row["label"], row["stage"]): row[f"{kpi}__now__value"] for row in rows}
    answer = project.ask(kpi, **asked)
    assert found == {(row["period"], row["stage"]): row[kpi] for row in answer.rows}


def test_windows_as_of_an_instant_are_one_whatever_the_period(project: Project) -> None:
    def windows(period: str, name: str) -> list[dict[str, Any]]:
        with project._reader() as reader:
            words = Words(("stalled_deals",), period=period, grain="month")
            asked = resolve(reader.data, project.settings, project.catalogue, words)
            found: list[dict[str, Any]] = windows_of(name, asked.tables)["asked_window"].to_pylist()
            return found

    assert len(windows("2026-Q1", "asked_lookup_1")) == 3
    (one,) = windows("2026-Q1", "asked_lookup_as_of_1")
    assert [one] == windows("2026-03", "asked_lookup_as_of_1")
    known = {name: value for name, value in one.items() if value is not None}
    assert known["as_of_on"] == known["label"] == dt.date(2026, 3, 31)
    assert known["window_number"] == 0
    assert windows("2027-01", "asked_lookup_as_of_1") == []
