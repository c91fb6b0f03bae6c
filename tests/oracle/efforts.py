"""The theme activity: what reps did."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.oracle.activity import (
    ATTEMPTS,
    described,
    is_completed,
    is_inbound_call,
    is_meeting_held,
    is_missed,
    is_touch,
    is_visible,
    line,
)
from tests.oracle.links import person
from tests.oracle.memory import once
from tests.oracle.people import credit, is_present
from tests.oracle.records import Activity
from tests.oracle.view import (
    Kpi,
    Line,
    Part,
    View,
    count,
    counted,
    distinct,
    divided,
    everybody,
    ratio,
    summed,
)


def to_do(view: View) -> list[Line]:
    """The attempts planned for days of the window, as far as they were not made by T."""
    lines = []
    for each in view.world.activity:
        booked, start = each.booked_at, each.occurred_at
        if each.kind not in ATTEMPTS or each.kind == "meeting" or each.is_automated:
            continue
        is_known = booked is None or booked.at <= view.as_of
        is_to_come = booked is not None and start is not None and start.at > view.as_of
        is_open = each.is_completed is False or is_to_come
        if is_known and is_open and is_visible(each, view) and view.plans(start):
            lines.append(line(each, view))
    return lines


@once
def all_touches(view: View) -> list[Activity]:
    """The touches of any time, in the order in which they were loaded."""
    return [each for each in view.world.activity if is_touch(each, view)]


def touches(view: View) -> list[Activity]:
    """The touches in the window."""
    return [each for each in all_touches(view) if view.covers(each.occurred_at)]


def outbound_activities(view: View) -> list[Line]:
    """Completed human outbound activities of any kind."""
    return [line(each, view) for each in touches(view)]


def of_kind(kind: str) -> Part:
    """The touches of a kind: calls that no dialler abandoned, mails that reps wrote, ..."""

    def part(view: View) -> list[Line]:
        return [line(each, view) for each in touches(view) if each.kind == kind]

    return part


outbound_calls = of_kind("call")


def inbound(view: View) -> list[Activity]:
    """The calls that came in, abandoned ones too."""
    calls = [each for each in view.world.activity if is_inbound_call(each)]
    return [each for each in calls if is_visible(each, view) and view.covers(each.occurred_at)]


def inbound_calls(view: View) -> list[Line]:
    """The calls that came in, credited to who is noted on them."""
    return [line(each, view) for each in inbound(view)]


def missed_calls(view: View) -> list[Line]:
    """The inbound calls that nobody took."""
    return [line(each, view) for each in inbound(view) if is_missed(each)]


def meetings_held(view: View) -> list[Line]:
    """Meetings that took place, whoever asked for them."""
    meetings = [each for each in view.world.activity if is_meeting_held(each, view)]
    return [
        line(each, view)
        for each in meetings
        if is_visible(each, view) and view.covers(each.occurred_at)
    ]


def talk_time(view: View) -> list[Line]:
    """Seconds of connected calls, in and out; the formula does not ask who dialled."""
    return [
        Line(each.duration_seconds, described(each, each.occurred_at, view.world))
        for each in view.world.activity
        if each.kind == "call"
        and each.outcome == "connected"
        and is_visible(each, view)
        and is_completed(each, view)
        and view.covers(each.occurred_at)
    ]


def of_person(activity: Activity, who: str, view: View) -> Line:
    """An activity as a line that stands for its person."""
    return Line(who, described(activity, activity.occurred_at, view.world))


def people_touched(view: View) -> list[Line]:
    """The people behind the touches."""
    found = [(each, person(view.world, each)) for each in touches(view)]
    return [of_person(each, who, view) for each, who in found if who is not None]


def people_touched_first(view: View) -> list[Line]:
    """The people whose first ever touch lies in the window, credited to who did it."""
    first: dict[str, Activity] = {}
    dated = [(each.occurred_at, each) for each in all_touches(view) if each.occurred_at is not None]
    for _, each in sorted(dated, key=lambda pair: (pair[0].at, pair[1].activity_id)):
        who = person(view.world, each)
        if who is not None:
            first.setdefault(who, each)
    return [
        of_person(each, who, view) for who, each in first.items() if view.covers(each.occurred_at)
    ]


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


def _per_day(done: list[Line], days: list[Line]) -> Any:
    return divided(distinct(done), count(days))


KPIS: dict[str, Kpi] = {
    "outbound_calls": counted(outbound_calls),
    "follow_ups_due": counted(to_do),
    "emails_sent": counted(of_kind("email")),
    "social_touches": counted(of_kind("social")),
    "inbound_calls": counted(inbound_calls),
    "missed_calls": counted(missed_calls),
    "meetings_held": Kpi(distinct, (meetings_held,)),
    "outbound_activities": Kpi(distinct, (outbound_activities,)),
    "activities_per_rep_day": Kpi(_per_day, (outbound_activities, rep_days)),
    "calls_per_rep_day": ratio(outbound_calls, rep_days),
    "prospects_approached": Kpi(distinct, (people_touched,)),
    "new_prospects_approached": Kpi(distinct, (people_touched_first,)),
    "talk_time": summed(talk_time),
}
