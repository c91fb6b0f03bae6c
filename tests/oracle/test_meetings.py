"""Worked examples of calls that come in, and of meetings that are booked, moved and missed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.oracle.scenes import at, done, march_of, rang
from tests.oracle.small import by, march

Row = dict[str, Any]
UNA = {"contact_id": "una"}
CONTACT = [{"contact_id": "una"}]


def asked(kpi: str, *activities: Row, **more: Any) -> Any:
    """A KPI of meetings for March."""
    return march_of(kpi, [], activities, contact=CONTACT, **more)


def meeting(key: str, when: str, booked: str | None = None, **values: Any) -> Row:
    """A meeting with Una."""
    made = {"activity_id": key, **UNA, "booked_at": at(booked) if booked else None}
    return done("meeting", when, **{**made, **values})


def put_off(*, again: Row | None = None, **first: Any) -> list[Row]:
    """A meeting of the fifth, put off on the fourth to the twelfth by the prospect."""
    second = {"moved_from_id": "one", "moved_by": "prospect", **(again or {})}
    return [
        meeting("one", "5 9:00", "2 9:00", **first),
        meeting("two", "12 9:00", "4 9:00", **second),
    ]


def test_calls_that_come_in() -> None:
    calls = [
        rang("3 9:00", "connected"),
        rang("3 10:00", "no_answer", rep_id="bob"),
        rang("3 11:00", "abandoned"),
        rang("3 12:00", None),
        rang("3 13:00", "no_answer", is_automated=True),
        rang("3 14:00", "no_answer", deleted_at=at("4 9:00")),
        done("call", "3 15:00", outcome="no_answer"),
    ]
    assert asked("inbound_calls", *calls) == 5
    assert asked("missed_calls", *calls) == 2
    assert asked("missed_calls", *calls, where={"rep": "bob"}) == 1
    assert asked("inbound_calls", *calls, as_of="2026-03-03T10:30") == 2


def test_no_shows_of_those_and_the_meetings_held() -> None:
    rows = [
        meeting("one", "3 9:00", outcome="no_show"),
        meeting("two", "4 9:00", outcome="held"),
        meeting("three", "5 9:00"),
        meeting("four", "6 9:00", outcome="cancelled"),
        meeting("five", "7 9:00", outcome="moved"),
        meeting("six", "8 9:00", outcome="held", direction="inbound"),
    ]
    assert asked("no_show_rate", *rows) == Fraction(1, 4)
    assert asked("no_show_rate", *rows, as_of="2026-03-03") == 1


def test_a_meeting_of_several_reps_is_one_that_was_missed() -> None:
    both = [meeting(rep, "3 9:00", outcome="no_show", rep_id=rep) for rep in ("ann", "bob")]
    rows = [*both, meeting("two", "4 9:00", outcome="held")]
    assert asked("no_show_rate", *rows) == Fraction(1, 2)
    assert by("no_show_rate", march(activity=rows, contact=CONTACT), "rep") == {
        "ann": Fraction(1, 2),
        "bob": 1,
    }


def test_what_was_put_in_its_place_tells_that_a_meeting_was_not_held() -> None:
    rows = put_off(again={"outcome": "no_show"})
    assert asked("meetings_held", *rows) == 0
    assert asked("no_show_rate", *rows) == 1
    # What was put in its place tells so even where that was noted later.
    late = put_off(again={"booked_at": at("6 9:00")})
    assert asked("meetings_held", *late, as_of="2026-03-05") == 0
    assert asked("meetings_held", *late, as_of="2026-03-06") == 0


def test_a_chain_is_one_meeting_booked_with_its_first_row() -> None:
    rows = put_off(rep_id="bob", again={"rep_id": "cid"})
    assert asked("meetings_booked", *rows) == 1
    assert by("meetings_booked", march(activity=rows, contact=CONTACT), "rep") == {"bob": 1}


def test_a_chain_is_deleted_with_its_last_row() -> None:
    gone = at("4 9:01")
    assert asked("meetings_booked", *put_off(deleted_at=gone)) == 1
    assert asked("meetings_booked", *put_off(again={"deleted_at": gone})) == 0
    assert asked("meetings_booked", *put_off(deleted_at=gone), as_of="2026-03-03") == 1


def test_meetings_booked_from_connected_calls() -> None:
    rows = [
        done("call", "2 9:00", outcome="connected", **UNA),
        done("call", "3 9:00", outcome="voicemail", **UNA),
        meeting("one", "20 9:00", "9 9:00"),
        meeting("two", "21 9:00", "10 9:00"),
        meeting("three", "22 9:00", "11 9:00"),
    ]
    team = [{"rep_id": "ann", "team": "north"}]
    # One was booked seven days after the connected call, two seven days after the other.
    assert asked("connect_to_meeting_rate", *rows, rep=team) == 1
    assert asked("dial_to_meeting_rate", *rows, rep=team) == 1
    # Reps without a known team are taken for one.
    assert asked("connect_to_meeting_rate", *rows, rep=[{"rep_id": "ann"}]) == 1
    assert asked("dial_to_meeting_rate", rows[0], *put_off(), rep=team) == 1


def test_meetings_that_were_moved() -> None:
    kept = meeting("three", "6 9:00", "2 9:00")
    gone = meeting("four", "7 9:00", "2 9:00", outcome="moved", moved_by="rep")
    assert asked("reschedule_rate", *put_off(), kept) == Fraction(1, 2)
    assert asked("reschedule_rate", *put_off(), kept, gone) == Fraction(2, 3)
    # A chain whose first start is still to come is none of the period's yet.
    assert asked("reschedule_rate", *put_off(), kept, as_of="2026-03-04") is None
    # One that has begun and was put off later was not moved until then.
    late = put_off(again={"booked_at": at("6 9:00")})
    assert asked("reschedule_rate", *late, as_of="2026-03-05") == 0
    # Without a booking time it was moved at its own start.
    open_end = put_off(again={"booked_at": None})
    assert asked("reschedule_rate", *open_end, as_of="2026-03-05T09:00") == 1


def test_who_asked_first() -> None:
    rows = [*put_off(), meeting("three", "6 9:00", "2 9:00")]
    last = meeting("four", "20 9:00", "11 9:00", moved_from_id="two", moved_by="rep")
    view = march(activity=[*rows, last], contact=CONTACT)
    assert by("reschedule_rate", view, "moved_by") == {"prospect": 1, None: 0}
    own = march(activity=put_off(moved_by="rep"), contact=CONTACT)
    assert by("reschedule_rate", own, "moved_by") == {"rep": 1}


def lost(*rows: Row, as_of: str = "2026-04-30") -> Any:
    """The share of meetings that the rep moved in March and lost by that."""
    return asked("seller_moved_loss_rate", *rows, as_of=as_of)


def test_meetings_that_the_seller_moved_and_lost() -> None:
    by_rep = {"moved_by": "rep"}
    assert lost(*put_off(again=by_rep)) == 0
    assert lost(*put_off(again={**by_rep, "outcome": "no_show"})) == 1
    assert lost(*put_off()) is None
    # Moved on the fourth: on the third of April thirty days are over.
    far = {**by_rep, "occurred_at": "2026-04-03T09:00:00Z"}
    assert lost(*put_off(again=far)) == 0
    assert lost(*put_off(again={**far, "occurred_at": "2026-04-03T09:01:00Z"})) == 1
    assert lost(*put_off(again=by_rep), as_of="2026-04-03T08:59") is None
    assert lost(*put_off(again=by_rep), as_of="2026-04-03T09:00") == 0
    assert asked("seller_moved_loss_rate.maturing", *put_off(again=by_rep)) == 1


def test_a_meeting_that_the_seller_moved_may_be_held_at_its_third_time() -> None:
    third = meeting("three", "20 9:00", "11 9:00", moved_from_id="two", moved_by="prospect")
    assert lost(*put_off(again={"moved_by": "rep"}), third) == 0
    later = {**third, "moved_by": "rep"}
    first = put_off(moved_by="prospect", again={"moved_by": None})
    # The rep's own first move is that of the eleventh.
    assert lost(*first, {**later, "outcome": "cancelled"}) == 1
    assert lost(*first, later) == 0
