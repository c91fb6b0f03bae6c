"""The themes activity and reach: what reps did, and whom they reached."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.oracle import deals
from tests.oracle.calendar import day_of
from tests.oracle.links import account as account_by_id
from tests.oracle.links import (
    account_of_activity,
    contact_of_activity,
    created,
    lead_of_activity,
    lead_of_deal,
    origin,
    person,
    survivors,
)
from tests.oracle.people import credit, is_present
from tests.oracle.records import Activity, Moment, World
from tests.oracle.view import (
    Kpi,
    Line,
    View,
    clock,
    count,
    counted,
    distinct,
    divided,
    everybody,
    ratio,
    summed,
)

A_WEEK = dt.timedelta(days=7)


def is_visible(activity: Activity, view: View) -> bool:
    """Excluded at T if deleted by T."""
    return activity.deleted_at is None or activity.deleted_at.at > view.as_of


def is_completed(activity: Activity, view: View) -> bool:
    """`is_completed`, or, where empty, started by T.

    The period `all` includes what has no date, so a missing start is taken for a past one.
    """
    if activity.is_completed is not None:
        return activity.is_completed
    return activity.occurred_at is None or activity.occurred_at.at <= view.as_of


def is_meeting_held(activity: Activity, view: View) -> bool:
    """Its time has come, and it was not cancelled, moved or missed."""
    return (
        activity.kind == "meeting"
        and activity.outcome in (None, "held")
        and is_completed(activity, view)
    )


def is_touch(activity: Activity, view: View) -> bool:
    """A completed human outbound activity; meetings count when held, calls unless abandoned."""
    if activity.direction != "outbound" or activity.is_automated or not is_visible(activity, view):
        return False
    if activity.kind == "meeting":
        return is_meeting_held(activity, view)
    return is_completed(activity, view) and activity.outcome != "abandoned"


def is_call(activity: Activity, view: View) -> bool:
    """An outbound call of a rep."""
    return activity.kind == "call" and is_touch(activity, view)


def is_conversation(activity: Activity, world: World) -> bool:
    """As noted; else a meeting held, or a long connected call with who may decide."""
    if activity.is_conversation is not None:
        return activity.is_conversation
    if activity.kind == "meeting":
        return True
    who = contact_of_activity(world, activity)
    return (
        activity.kind == "call"
        and activity.outcome == "connected"
        and activity.duration_seconds is not None
        and activity.duration_seconds >= world.settings.conversation_seconds
        and not (who is not None and who.is_decision_maker is False)
    )


def described(activity: Activity, anchor: Moment | None, world: World) -> dict[str, Any]:
    """The dimensions of an activity, with its rep's place on the day of the anchor."""
    found = lead_of_activity(world, activity)
    who = contact_of_activity(world, activity)
    day = day_of(anchor, world.settings) if anchor else None
    return {
        **credit(world, activity.rep_id, day),
        **clock(anchor, world),
        **origin(world, found, account_of_activity(world, activity)),
        "title_level": (who.title_level if who else None) or (found.title_level if found else None),
        "activity_kind": activity.kind,
        "outcome": activity.outcome,
        "moved_by": activity.moved_by,
        "network": activity.network,
    }


def line(activity: Activity, view: View, value: Any = 1) -> Line:
    """An activity as a line, dated by its start."""
    return Line(value, described(activity, activity.occurred_at, view.world))


def touches(view: View) -> list[Activity]:
    """The touches in the window, in the order in which they happened."""
    found = [each for each in view.world.activity if is_touch(each, view)]
    return [each for each in found if view.covers(each.occurred_at)]


def outbound_activities(view: View) -> list[Line]:
    """Completed human outbound activities of any kind."""
    return [line(each, view) for each in touches(view)]


def outbound_calls(view: View) -> list[Line]:
    """Completed human outbound calls that no dialler abandoned."""
    return [line(each, view) for each in touches(view) if each.kind == "call"]


def emails_sent(view: View) -> list[Line]:
    """Mails that reps wrote."""
    return [line(each, view) for each in touches(view) if each.kind == "email"]


def social_touches(view: View) -> list[Line]:
    """Social touches of reps; "touch" KPIs default to human."""
    return [line(each, view) for each in touches(view) if each.kind == "social"]


def connects(view: View) -> list[Line]:
    """Outbound calls answered by a person."""
    calls = [each for each in touches(view) if each.kind == "call"]
    return [line(each, view) for each in calls if each.outcome == "connected"]


def conversations(view: View) -> list[Line]:
    """Outbound activities that became a meaningful conversation."""
    return [line(each, view) for each in touches(view) if is_conversation(each, view.world)]


def meetings_held(view: View) -> list[Line]:
    """Meetings that took place, whoever asked for them."""
    meetings = [each for each in view.world.activity if is_meeting_held(each, view)]
    return [
        line(each, view)
        for each in meetings
        if is_visible(each, view) and view.covers(each.occurred_at)
    ]


def booked(view: View) -> list[Activity]:
    """The meetings that were planned in the window, whenever they take place."""
    return [
        each
        for each in view.world.activity
        if each.kind == "meeting" and is_visible(each, view) and view.covers(each.booked_at)
    ]


def meetings_booked(view: View) -> list[Line]:
    """Meetings by booking time, credited in the team of that day."""
    return [Line(1, described(each, each.booked_at, view.world)) for each in booked(view)]


def meetings_from_calls(view: View) -> list[Line]:
    """Meetings whose person the same team had called in the 7 days before the booking."""
    return [
        Line(1, described(each, each.booked_at, view.world))
        for each in booked(view)
        if comes_from_a_call(each, view)
    ]


def comes_from_a_call(meeting: Activity, view: View) -> bool:
    """Whether a call to the same person by the same team lies in the 7 days before the booking."""
    who, world = person(view.world, meeting), view.world
    if meeting.booked_at is None or who is None:
        return False
    team = described(meeting, meeting.booked_at, world)["team"]
    return team is not None and any(
        is_call(call, view)
        and call.occurred_at is not None
        and meeting.booked_at.at - A_WEEK <= call.occurred_at.at <= meeting.booked_at.at
        and person(world, call) == who
        and described(call, call.occurred_at, world)["team"] == team
        for call in world.activity
    )


def talk_time(view: View) -> list[Line]:
    """Seconds of connected calls, in and out; the formula does not ask who dialled."""
    return [
        line(each, view, each.duration_seconds)
        for each in view.world.activity
        if each.kind == "call"
        and each.outcome == "connected"
        and is_visible(each, view)
        and is_completed(each, view)
        and view.covers(each.occurred_at)
    ]


def people_touched(view: View) -> list[Line]:
    """The people behind the touches."""
    found = [(each, person(view.world, each)) for each in touches(view)]
    return [line(each, view, who) for each, who in found if who is not None]


def people_touched_first(view: View) -> list[Line]:
    """The people whose first ever touch lies in the window, credited to who did it."""
    first: dict[str, Activity] = {}
    dated = [each for each in view.world.activity if each.occurred_at is not None]
    for each in sorted(
        dated, key=lambda one: one.occurred_at.at if one.occurred_at else view.as_of
    ):
        who = person(view.world, each)
        if who is not None and is_touch(each, view):
            first.setdefault(who, each)
    return [line(each, view, who) for who, each in first.items() if view.covers(each.occurred_at)]


def rep_days(view: View) -> list[Line]:
    """Working days present, one line for each rep and day up to E."""
    return [
        Line(1, {**credit(view.world, rep.rep_id, day), **clock_of_day(day)})
        for day in view.days_so_far()
        for rep in everybody(view.world)
        if is_present(view.world, rep, day)
    ]


def clock_of_day(day: dt.date) -> dict[str, Any]:
    """The weekday of a day."""
    return {"weekday": day.strftime("%A").lower()}


def outbound_opportunities(view: View) -> list[Line]:
    """Deals from an outbound lead, or without a lead where the account's first touch was ours."""
    return [
        Line(1, deals.described_at_creation(deal, view))
        for deal in deals.created_in(view)
        if is_from_outbound_work(deal, view)
    ]


def is_from_outbound_work(deal: Any, view: View) -> bool:
    """By the lead's channel; without a lead, by the account's first human contact of any kind."""
    world = view.world
    found = lead_of_deal(world, deal)
    if found is not None:
        return found.channel == "outbound"
    company = account_by_id(world, deal.account_id)
    contacts = [
        each
        for each in world.activity
        if company is not None
        and each.occurred_at is not None
        and each.occurred_at.at <= view.as_of
        and account_of_activity(world, each) == company
        and is_visible(each, view)
        and not each.is_automated
        and is_completed(each, view)
    ]
    first = min(
        contacts, key=lambda one: one.occurred_at.at if one.occurred_at else 0, default=None
    )
    return first is not None and first.direction == "outbound"


def lead_flow(view: View) -> list[Line]:
    """New leads, credited to the owner at the first attempt, or at T while there is none."""
    return [
        Line(1, lead_described(each, made, view))
        for each in survivors(view.world, "lead")
        if view.covers(made := created(view.world, "lead", each.lead_id))
        and not (each.deleted_at is not None and each.deleted_at.at <= view.as_of)
    ]


def lead_described(lead: Any, made: Moment | None, view: View) -> dict[str, Any]:
    """The dimensions of a lead."""
    world = view.world
    at = first_attempt(lead, made, view) or view.as_of
    day = day_of(Moment(at), world.settings)
    who = account_and_contact(lead, world)
    return {
        **credit(world, owner_of_lead(lead, at, world), day),
        **clock(made, world),
        **origin(world, lead, who[0]),
        "title_level": (who[1].title_level if who[1] else None) or lead.title_level,
    }


def account_and_contact(lead: Any, world: World) -> tuple[Any, Any]:
    """The account and the contact of a lead."""
    from tests.oracle.links import contact, first_account

    who = contact(world, lead.contact_id)
    return first_account(world, lead, who), who


def first_attempt(lead: Any, made: Moment | None, view: View) -> dt.datetime | None:
    """The first human outbound attempt at a lead from its request on, up to T."""
    attempts = [
        each.occurred_at.at
        for each in view.world.activity
        if each.occurred_at is not None
        and each.occurred_at.at <= view.as_of
        and is_touch(each, view)
        and (made is None or each.occurred_at.at >= made.at)
        and lead_of_activity(view.world, each) == lead
    ]
    return min(attempts, default=None)


def owner_of_lead(lead: Any, at: dt.datetime, world: World) -> str | None:
    """The owner by the assignments; without any, the lead's owner from its assignment on."""
    rows = [row for row in world.lead_assignment if row.lead_id == lead.lead_id]
    if not rows:
        given = lead.assigned_at
        return lead.owner_id if given is None or given.at <= at else None
    past = [row for row in rows if row.assigned_at.at <= at]
    return max(past, key=lambda row: row.assigned_at.at).rep_id if past else None


def _calls_per_contact(calls: list[Line], answered: list[Line]) -> Any:
    return divided(count(calls), count(answered))


KPIS: dict[str, Kpi] = {
    "outbound_calls": counted(outbound_calls),
    "emails_sent": counted(emails_sent),
    "social_touches": counted(social_touches),
    "meetings_booked": counted(meetings_booked),
    "meetings_held": counted(meetings_held),
    "outbound_activities": counted(outbound_activities),
    "activities_per_rep_day": ratio(outbound_activities, rep_days),
    "calls_per_rep_day": ratio(outbound_calls, rep_days),
    "prospects_approached": Kpi(distinct, (people_touched,)),
    "new_prospects_approached": Kpi(distinct, (people_touched_first,)),
    "talk_time": summed(talk_time),
    "connects": counted(connects),
    "connect_rate": ratio(connects, outbound_calls),
    "calls_per_contact": Kpi(_calls_per_contact, (outbound_calls, connects)),
    "conversations": counted(conversations),
    "reach_rate": ratio(conversations, outbound_activities),
    "opportunities_per_1000_calls": ratio(outbound_opportunities, outbound_calls, factor=1000),
    "dial_to_meeting_rate": ratio(meetings_from_calls, outbound_calls),
    "lead_flow": counted(lead_flow),
}
