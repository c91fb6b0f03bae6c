"""What waits to be done at an instant: answers, planned attempts, meetings, no-shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.catalogue import drawn
from tests.world import world

MORNING = "2026-03-31T10:00"


def ids(project: Any, kpi: str, key: str = "activity_id", **question: Any) -> list[str]:
    """The ids of the records behind a KPI, which are as many as it says."""
    found = sorted(row[key] for row in project.records(kpi, **question).rows)
    assert project.ask(kpi, **question).rows[0][kpi] == len(found)
    return found


def meetings(text: str) -> list[dict[str, Any]]:
    """Meetings as they are drawn."""
    return [{"kind": "meeting", **row} for row in drawn(text)]


def test_requests_wait_from_the_first_minute_on(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        lead=drawn("""
            lead_id | created_at        | channel
            oak     | 2026-03-31T07:30Z | inbound
            elm     | 2026-03-30T16:00Z | inbound
            ash     | 2026-03-31T08:00Z | inbound
            fir     | 2026-03-31T11:00Z | inbound
            yew     | 2026-03-31T08:00Z | outbound
        """),
        activity=drawn("""
            activity_id | kind | direction | occurred_at       | lead_id
            one         | call | outbound  | 2026-03-31T08:30Z | ash
        """),
    )
    today: dict[str, Any] = {"period": "2026-03-31", "as_of": f"{MORNING}Z"}
    # ash was answered, fir asks an hour later, and yew did not come to us
    assert ids(project, "leads_waiting", "lead_id", **today) == ["elm", "oak"]
    assert ids(project, "unanswered_leads", "lead_id", **today) == ["elm", "oak"]
    early: dict[str, Any] = {**today, "as_of": "2026-03-31T08:00Z"}
    assert ids(project, "leads_waiting", "lead_id", **early) == ["ash", "elm", "oak"]
    assert ids(project, "unanswered_leads", "lead_id", **early) == ["elm"]
    longest = project.ask("leads_waiting", **today).rows[0]
    assert longest["leads_waiting.longest"] == 18 * 3600
    # an hour on Monday until five, and one on Tuesday from nine on
    assert longest["leads_waiting.longest_business"] == 2 * 3600
    worked = project.records("leads_waiting", part="longest_business", **today).rows
    assert {row["lead_id"]: row["value"] for row in worked} == {"elm": 7200, "oak": 3600}


def test_attempts_are_due_until_they_are_made(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        activity=drawn("""
            activity_id|kind   |occurred_at      |booked_at        |is_completed|is_automated
            overdue    |call   |2026-03-30T09:00Z|                 |false       |
            now        |email  |2026-03-31T15:00Z|2026-03-30T09:00Z|false       |
            done_later |call   |2026-03-31T15:00Z|2026-03-30T09:00Z|true        |
            done       |call   |2026-03-31T09:00Z|2026-03-30T09:00Z|true        |
            unplanned  |call   |2026-03-31T15:00Z|                 |            |
            not_yet    |call   |2026-03-31T15:00Z|2026-03-31T12:00Z|false       |
            machine    |email  |2026-03-31T15:00Z|2026-03-30T09:00Z|false       |true
            meeting    |meeting|2026-03-31T15:00Z|2026-03-30T09:00Z|false       |
            tomorrow   |letter |2026-04-01T09:00Z|2026-03-30T09:00Z|false       |
        """),
    )
    asked = {"as_of": f"{MORNING}Z"}
    due = ["done_later", "now"]
    assert ids(project, "follow_ups_due", period="2026-03-31", **asked) == due
    assert ids(project, "follow_ups_due", period="2026-03", **asked) == [*due, "overdue"]
    assert ids(project, "follow_ups_due", period="2026-03-31") == ["not_yet", "now"]


def test_meetings_ahead_count_from_their_booking_on(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        activity=drawn("""
            activity_id|kind   |occurred_at      |booked_at        |outcome  |moved_from_id
            over       |meeting|2026-03-31T08:00Z|2026-03-02T09:00Z|held     |
            ahead      |meeting|2026-03-31T15:00Z|2026-03-02T09:00Z|         |
            undated    |meeting|2026-03-31T16:00Z|                 |         |
            not_yet    |meeting|2026-03-31T17:00Z|2026-03-31T12:00Z|         |
            cancelled  |meeting|2026-03-31T15:00Z|2026-03-02T09:00Z|cancelled|
            moved      |meeting|2026-03-31T15:00Z|2026-03-02T09:00Z|         |
            instead    |meeting|2026-04-01T15:00Z|2026-03-03T09:00Z|         |moved
        """),
    )
    asked = {"period": "2026-03-31", "as_of": f"{MORNING}Z"}
    assert ids(project, "meetings_planned", **asked) == ["ahead", "over", "undated"]


def test_a_no_show_is_to_be_booked_again_until_it_is(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        contact=[{"contact_id": each} for each in ("una", "ivo", "pia")],
        activity=meetings("""
            activity_id|contact_id|occurred_at      |booked_at        |outcome  |deleted_at
            alone      |una       |2026-03-10T09:00Z|2026-03-02T09:00Z|no_show  |
            again      |ivo       |2026-03-11T09:00Z|2026-03-02T09:00Z|no_show  |
            first      |ivo       |2026-04-02T09:00Z|2026-03-12T09:00Z|         |2026-03-16T09:00Z
            second     |ivo       |2026-04-03T09:00Z|2026-03-15T09:00Z|         |2026-03-20T09:00Z
            in_vain    |pia       |2026-03-12T09:00Z|2026-03-02T09:00Z|no_show  |
            off        |pia       |2026-03-19T09:00Z|2026-03-13T09:00Z|cancelled|
        """),
    )

    def on(day: str) -> list[str]:
        return ids(project, "no_shows_to_rebook", period="2026-03", as_of=f"2026-03-{day}T10:00Z")

    assert on("11") == ["again", "alone"]
    assert on("12") == ["alone", "in_vain"]
    assert on("19") == ["alone", "in_vain"]
    assert on("20") == ["again", "alone", "in_vain"]


def test_leads_are_in_work_from_their_last_touch_until_something_came_of_it(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        lead=drawn("""
            lead_id | created_at       | channel
            oak     | 2026-03-02T09:00Z | inbound
            elm     | 2026-03-02T09:00Z | outbound
            ash     | 2026-03-02T09:00Z | outbound
            fir     | 2026-01-02T09:00Z | outbound
            yew     | 2026-03-02T09:00Z | outbound
        """),
        lead_stage=drawn("""
            lead_id | stage        | reached_at
            elm     | disqualified | 2026-03-20T09:00Z
            ash     | sql          | 2026-03-20T09:00Z
        """),
        activity=drawn("""
            activity_id | kind  | direction | occurred_at       | lead_id
            one         | call  | outbound  | 2026-02-27T09:00Z | fir
            two         | call  | outbound  | 2026-03-03T09:00Z | oak
            three       | email | outbound  | 2026-03-05T09:00Z | oak
            four        | call  | outbound  | 2026-03-03T09:00Z | elm
            five        | call  | outbound  | 2026-03-03T09:00Z | ash
        """),
    )
    asked: dict[str, Any] = {"period": "2026-03", "as_of": f"{MORNING}Z"}
    # elm was dropped, ash converted, fir was last touched in February, yew never
    (oak,) = project.records("leads_in_work", **asked).rows
    assert (oak["lead_id"], oak["kind"], oak["touch_number"]) == ("oak", "email", 2)
    early: dict[str, Any] = {"period": "2026-03", "as_of": "2026-03-04T09:00Z"}
    assert ids(project, "leads_in_work", "lead_id", **early) == ["ash", "elm", "oak"]
    assert ids(project, "leads_in_work", "lead_id", period="2026-02") == ["fir"]
