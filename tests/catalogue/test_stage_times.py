"""How long deals stand in their stages, and which of them stall, by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from tests.catalogue import drawn, value
from tests.catalogue.test_stages import STAGES, of_deals
from tests.world import by, world

DAY = 86_400
TALK: dict[str, Any] = {"where": {"stage": ["talk"]}}


def test_time_in_stage_adds_up_all_visits(tmp_path: Path) -> None:
    project = of_deals(
        tmp_path,
        """
        opportunity_id | outcome
        oak            |
        """,
        """
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-02-01T08:00:00Z
        oak            | offer | 2026-02-05T08:00:00Z
        oak            | talk  | 2026-02-20T08:00:00Z
        oak            | deal  | 2026-03-02T08:00:00Z
        """,
    )
    # talk 4 and 10 days, dated by the first; the second began in February too, and counts once
    (row,) = project.ask("time_in_stage", period="2026-02", **TALK).rows
    assert (row["time_in_stage"], row["time_in_stage.n"]) == (14 * DAY, 1)
    # on 10 February it was in offer, and had left talk; on the 21st it stood there again
    question: dict[str, Any] = {"period": "2026-02", **TALK}
    assert value(project, "time_in_stage", as_of="2026-02-10", **question) == 4 * DAY
    (row,) = project.ask("time_in_stage", as_of="2026-02-21", **question).rows
    assert row["time_in_stage"] is None
    assert row["time_in_stage.not_reached"] is True
    answer = project.ask("time_in_stage", period="2026-Q1", by="stage")
    assert by(answer, "stage", "time_in_stage") == {
        "talk": 14 * DAY,
        "offer": 15 * DAY,
        "deal": None,
    }


def test_deals_that_still_stand_there_are_held_in_the_count(tmp_path: Path) -> None:
    project = of_deals(
        tmp_path,
        """
        opportunity_id | outcome | closed_at
        oak            | lost    | 2026-02-11T00:00:00Z
        elm            |         |
        ash            |         |
        """,
        """
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-02-01T00:00:00Z
        elm            | talk  | 2026-02-01T00:00:00Z
        elm            | offer | 2026-02-21T00:00:00Z
        ash            | talk  | 2026-02-16T00:00:00Z
        """,
    )
    # on 27 February: oak left after 10 days, elm after 20, ash stands for 12
    # after 10 days 2/3 stay, after 20 none of the one still watched: half are gone by 20
    (row,) = project.ask("time_in_stage", period="2026-02", as_of="2026-02-27", **TALK).rows
    assert (row["time_in_stage"], row["time_in_stage.n"]) == (20 * DAY, 3)


def test_a_date_without_time_makes_whole_days(tmp_path: Path) -> None:
    project = of_deals(
        tmp_path,
        """
        opportunity_id | outcome | closed_at
        oak            | won     | 2026-02-11
        """,
        """
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-02-01T23:00:00Z
        oak            | offer | 2026-02-11T07:00:00Z
        """,
    )
    # offer was entered on the day of the close: it took no day
    answer = project.ask("time_in_stage", period="2026-02", by="stage")
    assert by(answer, "stage", "time_in_stage") == {"talk": 9 * DAY + 8 * 3600, "offer": 0}


def test_time_belongs_to_the_owner_at_the_first_entry(tmp_path: Path) -> None:
    opportunity_change = drawn("""
        opportunity_id | field    | old_value | new_value | changed_at
        oak            | owner_id | ann       | cid       | 2026-02-03T08:00:00Z
    """)
    project = of_deals(
        tmp_path,
        """
        opportunity_id | owner_id
        oak            | cid
        """,
        """
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-02-01T08:00:00Z
        oak            | offer | 2026-02-05T08:00:00Z
        """,
        opportunity_change=opportunity_change,
    )
    answer = project.ask("time_in_stage", period="2026-02", by="rep", **TALK)
    assert by(answer, "rep", "time_in_stage") == {"Ann": 4 * DAY, "Bob": None, "Cid": None}


def funnel(talks: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Deals that advanced from talk after 1, 2, 3, ... days, in January, and then from offer."""
    begun = dt.datetime(2025, 6, 1)
    deals, history = [], []
    for number in range(1, talks + 1):
        key = {"opportunity_id": f"past {number:02}"}
        offered = begun + dt.timedelta(days=number)
        won = offered + dt.timedelta(days=100)
        created = {"pipeline": "new", "created_at": f"{begun}Z", "outcome": "won"}
        deals.append({**key, **created, "closed_at": f"{won}Z"})
        history.append({**key, "stage": "talk", "entered_at": f"{begun}Z"})
        history.append({**key, "stage": "offer", "entered_at": f"{offered}Z"})
    return deals, history


def present(stage: str, days: dict[str, int]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Deals that stand in a stage for some days at the end of March."""
    deals, history = [], []
    for name, length in days.items():
        entered = dt.datetime(2026, 4, 1) - dt.timedelta(days=length)
        deals.append({"opportunity_id": name, "pipeline": "new", "created_at": f"{entered}Z"})
        history.append({"opportunity_id": name, "stage": stage, "entered_at": f"{entered}Z"})
    return deals, history


def test_a_deal_stalls_beyond_nine_tenths_of_the_stages_own_visits(tmp_path: Path) -> None:
    deals, history = funnel(31)
    now, entries = present("talk", {"oak": 27, "elm": 28, "ash": 29})
    project = world(
        tmp_path, stage=STAGES, opportunity=deals + now, opportunity_stage=history + entries
    )
    # 1 to 31 days: nine tenths of the way is day 28, and only ash has stood longer, at midnight;
    # with the last microsecond of 31 March missing, elm has not quite reached it
    records = project.records("stalled_deals", period="2026-03").rows
    assert [row["opportunity_id"] for row in records] == ["ash"]
    answer = project.ask("stalled_deals", period="2026-03", by="stage")
    assert by(answer, "stage", "stalled_deals") == {"talk": 1}
    # two days earlier nobody had
    assert value(project, "stalled_deals", period="2026-03", as_of="2026-03-29") == 0
    (row,) = project.ask("stage_conversion", period="2026-03", **TALK).rows
    assert (row["stage_conversion.stalled"], row["stage_conversion.fresh"]) == (1, 2)


def test_from_few_visits_the_usual_time_is_that_of_all_stages(tmp_path: Path) -> None:
    deals, history = funnel(29)
    now, entries = present("talk", {"oak": 99, "elm": 101})
    project = world(
        tmp_path, stage=STAGES, opportunity=deals + now, opportunity_stage=history + entries
    )
    # 29 visits to talk, 1 to 29 days, and 29 to offer of 100 days: nine tenths of all is 100
    records = project.records("stalled_deals", period="2026-03").rows
    assert [row["opportunity_id"] for row in records] == ["elm"]


def test_what_advanced_later_says_nothing_of_an_earlier_day(tmp_path: Path) -> None:
    project = of_deals(
        tmp_path,
        """
        opportunity_id | outcome
        oak            |
        elm            |
        """,
        """
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-02-01T08:00:00Z
        oak            | offer | 2026-03-02T08:00:00Z
        elm            | talk  | 2026-01-05T08:00:00Z
        """,
    )
    # in February nothing had ever advanced, so nothing stalled; oak's 29 days are known in March
    assert value(project, "stalled_deals", period="2026-02") == 0
    assert value(project, "stalled_deals", period="2026-03", as_of="2026-03-20") == 1
    assert value(project, "stalled_deals", period="2026-02", as_of="2026-02-28") == 0


def test_a_visit_that_ends_by_a_loss_or_a_return_is_no_measure(tmp_path: Path) -> None:
    project = of_deals(
        tmp_path,
        """
        opportunity_id | outcome | closed_at
        oak            | lost    | 2026-02-03T08:00:00Z
        elm            |         |
        """,
        """
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-02-01T08:00:00Z
        elm            | offer | 2026-01-05T08:00:00Z
        elm            | talk  | 2026-01-06T08:00:00Z
        """,
    )
    assert value(project, "stalled_deals", period="2026-03") == 0


def test_stalled_deals_belong_to_the_owner_at_the_end(tmp_path: Path) -> None:
    opportunity_change = drawn("""
        opportunity_id | field    | old_value | new_value | changed_at
        elm            | owner_id | ann       | cid       | 2026-03-10T08:00:00Z
    """)
    project = of_deals(
        tmp_path,
        """
        opportunity_id | owner_id
        oak            | ann
        elm            | cid
        """,
        """
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-02-01T08:00:00Z
        oak            | offer | 2026-02-03T08:00:00Z
        elm            | talk  | 2026-02-01T08:00:00Z
        """,
        opportunity_change=opportunity_change,
    )
    # oak took 2 days in talk: both stand where they are for longer
    february = project.ask("stalled_deals", period="2026-02", by="rep")
    assert by(february, "rep", "stalled_deals") == {"Ann": 2, "Bob": 0, "Cid": 0}
    march = project.ask("stalled_deals", period="2026-03", by="rep")
    assert by(march, "rep", "stalled_deals") == {"Ann": 1, "Bob": 0, "Cid": 1}
    # whoever is asked for, the usual time is that of all
    question: dict[str, Any] = {"period": "2026-03", "where": {"rep": ["Cid"]}}
    assert value(project, "stalled_deals", **question) == 1
