"""The stages of a plan are told as they are, and facts are made anew on request."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from foresail.core.errors import ProjectError
from foresail.project import Project
from foresail.project.show.kpis import show_plan
from foresail.project.show.notebook import text_of
from tests.catalogue import drawn
from tests.world import world

ACTIVITIES = drawn("""
    activity_id | kind    | direction | rep_id | occurred_at      | outcome
    c1          | call    | outbound  | ann    | 2026-03-02T09:00 | connected
    c2          | call    | outbound  | bob    | 2026-03-31T09:00 | no_answer
    m1          | meeting | outbound  | ann    | 2026-03-09T09:00 | held
""")
PLAN = """\
outbound_activities · March 2026 · as of 31 Mar 2026

1 measures of formulas
    outbound activities without meetings, outbound meetings held

2 scans of facts
    activity by the start, credited to who did it: outbound meetings held, outbound activities
    without meetings

3 rollups that serve
    activity_day does not answer outbound meetings held: it is not summed there
    activity_day has summed up: outbound activities without meetings; activity is read for the day
    that goes on

4 tallies of scans
    activity: one by one outbound meetings held
    activity_day: sums of sums

5 slices folded
    rep, with the periods: now, before

6 formulas applied
    2 columns of outbound_activities

7 queries
    one for the numbers, one more for what is left out, on duckdb
    the plan was made now"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return world(tmp_path_factory.mktemp("plans"), activity=ACTIVITIES)


def test_a_plan_says_what_each_stage_found(
    project: Project, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORESAIL_CACHE", str(tmp_path))
    asked: dict[str, Any] = {"by": "rep", "period": "2026-03", "compare": "previous"}
    first = project.explain("outbound_activities", **asked, with_plan=True)
    again = project.explain("outbound_activities", **asked, with_plan=True)

    assert text_of(show_plan, first, ZoneInfo("UTC")) == PLAN
    assert again.plan[-1].found[-1] == "the plan was known"
    assert project.explain("outbound_activities", **asked).plan == ()


@pytest.mark.parametrize(
    ("kpi", "by", "period", "why"),
    [
        ("connect_rate", "source", "2026-03", "rows are not told apart there by: Source"),
        ("win_rate", "rep", "2026-03", "opportunity_state has none"),
    ],
)
def test_a_plan_says_why_no_rollup_answers(
    project: Project, kpi: str, by: str, period: str, why: str
) -> None:
    plan = project.explain(kpi, by=by, period=period, with_plan=True).plan
    (rollups,) = (each.found for each in plan if each.stage == "rollups that serve")
    assert [line for line in rollups if line.endswith(why)] == list(rollups)


def test_facts_are_made_anew_and_say_the_same(project: Project) -> None:
    before = project.ask("outbound_activities", "connect_rate", by="rep", period="2026-03")
    with project.warehouse.writing() as cursor:
        cursor.execute("delete from fact.activity_day")
        cursor.execute("drop table fact.meeting")
    report = project.refresh()
    after = project.ask("outbound_activities", "connect_rate", by="rep", period="2026-03")

    assert after.rows == before.rows
    # Two days of Ann and one of Bob, and March of either.
    assert report.rollups == {"activity_day": 3 + 2}
    assert (report.facts["activity"], report.facts["meeting"]) == (3, 1)
    assert report.seconds > 0


def test_an_export_has_nothing_to_make_facts_of(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("export") / "facts"
    project.export(folder)
    with Project.open(folder) as export, pytest.raises(ProjectError, match="facts are made of"):
        export.refresh()
