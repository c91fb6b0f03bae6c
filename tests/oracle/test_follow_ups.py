"""Worked examples of touches in their order, and what came of them."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

from tests.oracle.followup import touches
from tests.oracle.scenes import at, done, lead, march_of, rang, reached
from tests.oracle.small import by, march

IVY = [lead("ivy")]
UNA = {"contact_id": "una"}
CONTACT = [{"contact_id": "una"}]


def calls(*moments: str, **values: Any) -> list[dict[str, Any]]:
    """Calls to ivy."""
    return [done("call", when, **values) for when in moments]


def numbers(*activities: Any, leads: Any = None, **tables: Any) -> dict[int, int]:
    """How many touches of March had which number."""
    found = touches(march(lead=leads or IVY, activity=activities, **tables))
    return dict(Counter(line.value.number for line in found))


def counted(*activities: Any, leads: Any = None, **more: Any) -> tuple[Any, Any, Any]:
    """Leads worked, follow-ups, and touches per lead."""
    names = ("leads_worked", "follow_ups", "touches_per_lead")
    found = [march_of(name, leads or IVY, activities, **more) for name in names]
    return found[0], found[1], found[2]


def test_touches_are_attempts_from_the_request_on() -> None:
    none = [*calls("2 9:00"), done("email", "3 9:00", is_automated=True), rang("4 9:00")]
    none += [done("meeting", "5 9:00", outcome="moved"), *calls("6 9:00", outcome="abandoned")]
    none += [done("other", "7 9:00")]
    assert counted(*none) == (0, 0, None)
    assert counted(*none, *calls("2 10:00", "9 9:00")) == (1, 1, 2)


def test_attempts_of_a_kind_within_half_an_hour_are_one_touch() -> None:
    assert counted(*calls("3 9:00", "3 9:30", "3 10:00")) == (1, 0, 1)
    assert counted(*calls("3 9:00", "3 9:31")) == (1, 1, 2)
    assert counted(*calls("3 9:00"), done("email", "3 9:05")) == (1, 1, 2)
    # Without a time of day nobody knows how far apart they were.
    assert counted(*calls("3", "3 0:10")) == (1, 1, 2)


def test_a_meeting_with_three_colleagues_is_one_touch() -> None:
    held = [done("meeting", "3 9:00", rep_id=rep) for rep in ("ann", "bob", "cid")]
    assert counted(*held) == (1, 0, 1)


def test_a_touch_is_dated_by_its_first_attempt() -> None:
    late = {**done("call", "2 10:00"), "occurred_at": "2026-02-28T23:50:00Z"}
    early = [{**lead("ivy"), "created_at": "2026-02-28T10:00:00Z"}]
    assert counted(late, *calls("1 0:10"), leads=early) == (0, 0, None)


def test_a_deleted_attempt_is_none_from_its_deletion_on() -> None:
    gone = calls("3 9:00", deleted_at=at("10 9:00"))
    rows = [*gone, *calls("5 9:00")]
    assert counted(*rows, as_of="2026-03-09")[1] == 1
    assert counted(*rows)[1] == 0


def test_touches_of_a_deleted_lead_are_not_counted() -> None:
    leads = [lead("ivy", deleted_at=at("20 9:00"))]
    assert counted(*calls("3 9:00"), leads=leads, as_of="2026-03-19")[0] == 1
    assert counted(*calls("3 9:00"), leads=leads)[0] == 0


def test_touches_run_on_through_the_opportunity() -> None:
    deal = [{"opportunity_id": "oak", "lead_id": "ivy"}]
    later = done("call", "9 9:00", opportunity_id="oak")
    assert counted(*calls("3 9:00"), later, opportunity=deal)[1] == 1


def test_touches_of_merged_leads_belong_to_the_survivor() -> None:
    leads = [*IVY, lead("oak", "1 9:00", merged_into_id="ivy")]
    assert counted(*calls("1 10:00", lead_id="oak"), *calls("3 9:00"), leads=leads) == (1, 1, 2)


def test_numbers_begin_anew_with_an_episode_and_with_a_recycling() -> None:
    made = calls("3 9:00", "4 9:00", "5 9:00", "6 9:00")
    assert numbers(*made) == {1: 1, 2: 1, 3: 1, 4: 1}
    back = reached("ivy", recycled="5 8:00")
    assert numbers(*made, lead_stage=back) == {1: 2, 2: 2}
    missed = rang("5 8:00", "no_answer")
    assert numbers(*made, missed) == {1: 2, 2: 2}
    assert numbers(*made, {**missed, "deleted_at": at("6 8:00")}) == {1: 1, 2: 1, 3: 1, 4: 1}
    # A second form within the hour begins nothing.
    leads = [lead("ivy", **UNA), lead("oak", "2 10:30", **UNA)]
    assert numbers(*made, leads=leads, contact=CONTACT) == {1: 1, 2: 1, 3: 1, 4: 1}


def test_a_new_request_of_the_contact_begins_the_follow_up_of_another_lead() -> None:
    leads = [lead("ivy", **UNA), lead("oak", "5 8:00", **UNA)]
    made = calls("3 9:00", "4 9:00", "5 9:00", **UNA)
    assert counted(*made, leads=leads, contact=CONTACT) == (2, 1, Fraction(3, 2))


def test_the_credit_is_the_owners_at_the_first_attempt() -> None:
    given = [
        {"lead_id": "ivy", "assigned_at": at("2 11:00"), "rep_id": "bob"},
        {"lead_id": "ivy", "assigned_at": at("4 11:00"), "rep_id": "cid"},
    ]
    rows = calls("3 9:00", "5 9:00")
    view = march("2026-03-31", lead=IVY, activity=rows, lead_assignment=given)
    assert by("follow_ups", view, "rep") == {"bob": 1}


def test_touches_of_four_weeks_wait_for_them() -> None:
    made = [*calls("2 10:00", "3 10:00", "30 10:00"), *calls("30 11:00")]
    assert march_of("touches_28d", IVY, made, as_of="2026-04-20") == 3
    assert march_of("touches_28d", IVY, made, as_of="2026-03-30T09:59") is None
    assert march_of("touches_28d.maturing", IVY, made, as_of="2026-03-30T09:59") == 1
    assert march_of("touches_28d", IVY, made, as_of="2026-03-30T10:00") == 3


def contacts(*activities: Any, as_of: str = "2026-03-31", **tables: Any) -> Any:
    """The share of touches without contact before that reached ivy, by their number."""
    view = march(as_of, lead=IVY, activity=activities, **tables)
    return by("touch_contact_rate", view, "touch_number")


def test_touches_count_until_the_first_that_reaches_the_lead() -> None:
    missed = calls("3 9:00", outcome="no_answer")
    assert contacts(*missed, *calls("4 9:00", outcome="connected"), *calls("5 9:00")) == {
        1: 0,
        2: 1,
    }
    assert contacts(*missed, done("meeting", "4 9:00", outcome="held")) == {1: 0, 2: 1}
    # Nobody was spoken to: not by mail, in a meeting that was missed, or on a call of theirs.
    none = [done("email", "4 9:00", outcome="replied"), done("social", "5 9:00"), rang("6 9:00")]
    none += [done("meeting", "7 9:00", outcome="no_show"), done("letter", "8 9:00")]
    assert contacts(*missed, *none) == {1: 0, 2: 0, 3: 0, 4: 0}
    # One began before the answer to the other came.
    again = calls("3 9:20", outcome="connected")
    assert contacts(*missed, done("email", "3 9:05", outcome="sent"), *again) == {1: 1}
    assert contacts(*missed, done("email", "3 9:05"), *again, as_of="2026-03-03T09:10") == {
        1: 0,
        2: 0,
    }


def test_a_deleted_contact_is_none_from_its_deletion_on() -> None:
    gone = calls("3 9:00", outcome="connected", deleted_at=at("10 9:00"))
    rows = [*gone, *calls("4 9:00"), *calls("5 9:00", outcome="connected")]
    assert contacts(*rows, as_of="2026-03-09") == {1: 1}
    assert contacts(*rows) == {1: 0, 2: 1}


def test_contact_is_sought_anew_in_the_next_follow_up() -> None:
    made = [*calls("3 9:00", outcome="connected"), *calls("5 9:00", outcome="connected")]
    assert contacts(*made) == {1: 1}
    assert contacts(*made, lead_stage=reached("ivy", recycled="4 9:00")) == {1: 1}
    assert contacts(*made[:1], *calls("5 9:00"), lead_stage=reached("ivy", recycled="4 9:00")) == {
        1: Fraction(1, 2)
    }


def curve(*activities: Any, **tables: Any) -> Any:
    """The share of touches that were followed by the conversion, by their number."""
    view = march("2026-03-31", lead=IVY, activity=activities, **tables)
    return by("touch_conversion", view, "touch_number")


def test_the_conversion_belongs_to_the_last_touch_before_it() -> None:
    made = calls("3 9:00", "4 9:00", "5 9:00")
    assert curve(*made) == {1: 0, 2: 0, 3: 0}
    # The third was made after it and has nothing to do with it.
    assert curve(*made, lead_stage=reached("ivy", sql="4 12:00")) == {1: 0, 2: 1}
    assert curve(*made, lead_stage=reached("ivy", sql="4 9:00")) == {1: 0, 2: 1}
    deal = {"opportunity_id": "oak", "lead_id": "ivy", "created_at": at("3 12:00")}
    both = {"lead_stage": reached("ivy", sql="4 12:00"), "opportunity": [deal]}
    assert curve(*made, **both) == {1: 1}


def test_a_conversion_in_the_next_follow_up_is_not_the_last_ones() -> None:
    rows = reached("ivy", recycled="4 9:00", sql="5 9:00")
    assert curve(*calls("3 9:00"), lead_stage=rows) == {1: 0}


def fifth(*moments: str, close: str) -> Any:
    """The share of wins after a fifth touch."""
    won = {"opportunity_id": "oak", "lead_id": "ivy", "outcome": "won", "closed_at": at(close)}
    rows = calls(*moments)
    return march_of("win_share_5th_touch_or_later", IVY, rows, opportunity=[won])


def test_wins_by_the_number_of_the_last_touch() -> None:
    four = ("3 9:00", "4 9:00", "5 9:00", "6 9:00")
    assert fifth(*four, close="10 9:00") == 0
    assert fifth(*four, "9 9:00", close="10 9:00") == 1
    assert fifth(*four, "10 9:01", close="10 9:00") == 0
    # A date is the whole of that day.
    assert fifth(*four, "10 9:01", close="10") == 1
    assert fifth(close="10 9:00") is None
