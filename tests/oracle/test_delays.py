"""Worked examples of the business clock, of conversations, and of who was waited for."""

from __future__ import annotations

from typing import Any

from tests.oracle.records import Settings
from tests.oracle.scenes import DAY, HOUR, MINUTE, at, done, lead, march_of, rang, reached
from tests.oracle.small import by, march

NOON = "2026-03-03T12:00"


def working(asked: str, called: str, **decided: Any) -> Any:
    """How long an answer took by the business clock."""
    rows = [lead("ivy", asked)], [done("call", called)]
    return march_of("lead_response_time_business", *rows, settings=Settings(**decided))


def test_the_business_clock_runs_in_working_hours() -> None:
    # Friday the 6th at 16:30 to Monday the 9th at 9:30.
    assert working("6 16:30", "9 9:30") == HOUR
    assert working("7 12:00", "8 12:00") == 0
    assert working("6", "6 10:00") == HOUR


def test_the_business_clock_goes_by_the_wall() -> None:
    # Berlin put its clock on in the night to Sunday the 29th: 16:00 was 15:00 UTC, 10:00 is 8:00.
    assert working("27 15:00", "30 8:00", zone="Europe/Berlin") == 2 * HOUR


def test_the_business_clock_stands_still_on_holidays() -> None:
    friday = Settings(country="DE")
    call = {**done("call", "30 10:00"), "occurred_at": "2026-04-07T10:00:00Z"}
    found = march_of(
        "lead_response_time_business",
        [{**lead("ivy"), "created_at": "2026-03-31T16:00:00Z"}],
        [call],
        settings=friday,
        as_of="2026-04-30",
    )
    # Good Friday and Easter Monday: an hour, two days, and an hour on Tuesday.
    assert found == (1 + 8 + 8 + 1) * HOUR


def test_the_organisation_has_its_own_hours() -> None:
    hours = (("saturday", "10:00-24:00"),)
    assert working("6 16:30", "7 12:00", working_hours=hours) == 2 * HOUR
    assert working("7 23:00", "9 12:00", working_hours=hours) == HOUR


def talked(*activities: Any, **more: Any) -> Any:
    """How long it was until ivy and we spoke."""
    return march_of("time_to_conversation", [lead("ivy")], activities, as_of=NOON, **more)


def test_a_conversation_has_two_sides() -> None:
    for both in (
        done("call", "2 11:00", outcome="connected"),
        rang("2 11:00"),
        done("meeting", "2 11:00", outcome="held", direction="inbound"),
        done("email", "2 11:00", direction="inbound"),
        done("letter", "2 11:00", direction="inbound"),
        done("email", "2 11:00", outcome="replied"),
    ):
        assert talked(both) == HOUR
        assert talked({**both, "is_automated": True}) is None


def test_an_attempt_alone_is_no_conversation() -> None:
    assert talked(done("call", "2 11:00", outcome="voicemail")) is None
    assert talked(done("email", "2 11:00", outcome="delivered")) is None
    assert talked(rang("2 11:00", "no_answer")) is None


def test_a_call_taken_just_before_the_request_is_a_conversation_at_it() -> None:
    assert talked(rang("2 9:15")) == 0
    assert talked(done("call", "2 9:15", outcome="connected")) is None


def test_an_ended_episode_has_no_later_conversation() -> None:
    gone = reached("ivy", disqualified="2 10:30")
    assert talked(rang("2 11:00"), lead_stage=gone) is None


def given(*rows: tuple[str, str | None]) -> list[dict[str, Any]]:
    """To whom ivy was given, and when."""
    return [{"lead_id": "ivy", "assigned_at": at(when), "rep_id": rep} for when, rep in rows]


def routed(*rows: tuple[str, str | None], **values: Any) -> Any:
    """How long it was until ivy belonged to somebody."""
    return march_of(
        "routing_delay", [lead("ivy", **values)], lead_assignment=given(*rows), as_of=NOON
    )


def test_routing_ends_with_the_first_person() -> None:
    assert routed(("2 10:20", None), ("2 10:30", "bob"), ("2 11:00", "cid")) == 30 * MINUTE
    assert routed(("1 9:00", "bob"), ("2 10:30", "cid")) == 0
    assert routed(("1 9:00", "bob"), ("1 10:00", None), ("2 10:30", "cid")) == 30 * MINUTE
    assert routed(("2 10:20", None)) is None


def test_routing_takes_the_leads_own_columns_where_no_rows_are() -> None:
    assert routed(assigned_at=at("2 10:45")) == 45 * MINUTE
    assert routed() is None


def test_routing_is_of_leads_not_of_missed_calls() -> None:
    old = lead("ivy", "1 9:00", channel="outbound", assigned_at=at("2 12:00"))
    call = rang("2 10:00", "no_answer")
    assert march_of("routing_delay", [old], [call], as_of=NOON) is None


def answering(*rows: tuple[str, str | None], **values: Any) -> Any:
    """How long each rep took for ivy, whom somebody called at three."""
    view = march(
        NOON,
        lead=[lead("ivy", **values)],
        activity=[done("call", "2 15:00", rep_id="dan")],
        lead_assignment=given(*rows),
    )
    return by("rep_delay", view, "rep")


def test_a_rep_is_waited_for_while_the_lead_is_his() -> None:
    # Bob lost it without an answer; of Cid's five hours the answer took three.
    assert answering(("2 11:00", "bob"), ("2 12:00", "cid")) == {"bob": None, "cid": 3 * HOUR}
    assert answering(("1 9:00", "bob")) == {"bob": 5 * HOUR}
    assert answering(("2 11:00", "bob"), ("2 12:00", "bob")) == {"bob": 4 * HOUR}
    assert answering(("2 11:00", "bob"), ("2 16:00", "cid")) == {"bob": 4 * HOUR}


def test_without_a_recorded_assignment_the_wait_begins_at_the_request() -> None:
    assert answering() == {"ann": 5 * HOUR}
    assert answering(owner_id=None) == {}
    assert answering(assigned_at=at("2 14:00")) == {"ann": HOUR}


def test_a_wait_is_dated_by_its_beginning() -> None:
    view = march(
        "2026-03-31",
        lead=[{**lead("ivy"), "created_at": "2026-02-27T10:00:00Z"}],
        activity=[done("call", "3 12:00")],
        lead_assignment=given(("2 12:00", "bob")),
    )
    assert by("rep_delay", view, "rep") == {"bob": DAY}
