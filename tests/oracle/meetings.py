"""The theme meetings: what was booked, kept, missed and moved."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.oracle.activity import (
    described,
    identity,
    is_call,
    is_meeting_held,
    is_visible,
    line,
)
from tests.oracle.chains import Chain, Move, chains, following, move, moves
from tests.oracle.lengths import A_DAY, age, length
from tests.oracle.links import person
from tests.oracle.records import Activity, Moment
from tests.oracle.view import Kpi, Line, Part, View, counted, distinct, divided

A_WEEK = dt.timedelta(days=7)
LOST_AFTER = 30 * A_DAY


def booked(view: View) -> list[Chain]:
    """The meetings that were planned in the window, whenever they take place."""
    return [chain for chain in chains(view) if view.covers(chain.first.booked_at)]


def meetings_booked(view: View) -> list[Line]:
    """Meetings by their first booking, credited in the team of that day."""
    return [_of_booking(chain, view) for chain in booked(view)]


def _of_booking(chain: Chain, view: View) -> Line:
    slice_ = described(chain.first, chain.first.booked_at, view.world)
    return Line(identity(chain.first, view.world), slice_)


def meetings_from_calls(is_connected: bool = False) -> Part:
    """Meetings whose person the same team had called in the 7 days before the booking."""

    def part(view: View) -> list[Line]:
        return [
            _of_booking(chain, view)
            for chain in booked(view)
            if comes_from_a_call(chain.first, is_connected, view)
        ]

    return part


def comes_from_a_call(meeting: Activity, is_connected: bool, view: View) -> bool:
    """Whether a call to the same person by the same team lies in the 7 days before the booking."""
    who, world = person(view.world, meeting), view.world
    if meeting.booked_at is None or who is None:
        return False
    team = described(meeting, meeting.booked_at, world)["team"]
    return any(
        is_call(call, view)
        and (call.outcome == "connected" or not is_connected)
        and call.occurred_at is not None
        and meeting.booked_at.at - A_WEEK <= call.occurred_at.at <= meeting.booked_at.at
        and person(world, call) == who
        and described(call, call.occurred_at, world)["team"] == team
        for call in world.activity
    )


def decided(view: View) -> list[Line]:
    """Meetings that were held or missed: whether the prospect stayed away."""
    lines = []
    for each in view.world.activity:
        is_no_show = each.kind == "meeting" and each.outcome == "no_show"
        if not is_visible(each, view) or not view.covers(each.occurred_at) or move(each, view):
            continue
        if is_no_show or is_meeting_held(each, view):
            meeting = line(each, view)
            lines.append(Line((meeting.value, is_no_show), meeting.slice))
    return lines


def planned(view: View) -> list[Line]:
    """The meetings for days of the window, booked by T as far as is known, and not called off."""
    lines = []
    for each in view.world.activity:
        is_off = each.outcome in ("cancelled", "moved") or (
            each.outcome is None and following(view.world, each) is not None
        )
        is_booked = each.booked_at is None or each.booked_at.at <= view.as_of
        if each.kind == "meeting" and is_booked and not is_off and is_visible(each, view):
            lines += [line(each, view)] if view.plans(each.occurred_at) else []
    return lines


def missed(view: View) -> list[Line]:
    """The no-shows after which no other meeting with the person is known at T."""
    return [
        line(each, view)
        for each in view.world.activity
        if each.kind == "meeting"
        and each.outcome == "no_show"
        and is_visible(each, view)
        and view.covers(each.occurred_at)
        and not any(is_later(other, each, view) for other in view.world.activity)
    ]


def is_later(other: Activity, meeting: Activity, view: View) -> bool:
    """Whether another meeting with the person, for later, is known at T and not cancelled."""
    who = person(view.world, meeting)
    return (
        other.kind == "meeting"
        and who is not None
        and person(view.world, other) == who
        and other.occurred_at is not None
        and meeting.occurred_at is not None
        and other.occurred_at.at > meeting.occurred_at.at
        and other.outcome != "cancelled"
        and (other.booked_at is None or other.booked_at.at <= view.as_of)
        and is_visible(other, view)
    )


def _share(lines: list[Line]) -> Any:
    """The share of different meetings to which something happened."""
    happened = {meeting for meeting, is_so in (line.value for line in lines) if is_so}
    return divided(len(happened), len({line.value[0] for line in lines}))


def rescheduled(view: View) -> list[Line]:
    """Booked meetings by their first start: whether they were moved by T, and who asked first."""
    lines = []
    for chain in chains(view):
        start = chain.first.occurred_at
        if view.covers(start):
            found = [each for _, each in moves(chain, view)]
            who = found[0].by if found else None
            what = {**described(chain.first, start, view.world), "moved_by": who}
            lines.append(Line((identity(chain.first, view.world), bool(found)), what))
    return lines


def first_move_by_rep(chain: Chain, view: View) -> tuple[int, Move] | None:
    """The first move that the rep asked for, and the place of the row that was moved."""
    found = [(place, each) for place, each in moves(chain, view) if each.by == "rep"]
    return found[0] if found else None


def moves_by_sellers(view: View, is_old: bool) -> list[tuple[Chain, int, Move, Moment]]:
    """The first moves that reps asked for in the window, 30 days ago at least, or not."""
    found = []
    for chain in chains(view):
        first = first_move_by_rep(chain, view)
        at = first[1].at if first else None
        if first is None or at is None or not view.covers(at):
            continue
        if (age(at, view.as_of, view.world.settings) >= LOST_AFTER) == is_old:
            found.append((chain, *first, at))
    return found


def moved_by_seller(view: View) -> list[Line]:
    """Meetings that the rep moved at least 30 days ago: whether they were lost by that."""
    lines = []
    for chain, place, moved, at in moves_by_sellers(view, is_old=True):
        is_kept = any(is_kept_after(row, moved, view) for row in chain.rows[place + 1 :])
        lines.append(Line(not is_kept, described(chain.first, at, view.world)))
    return lines


def lately_moved_by_seller(view: View) -> list[Line]:
    """Meetings that the rep moved since."""
    return [
        Line(1, described(chain.first, at, view.world))
        for chain, _, _, at in moves_by_sellers(view, is_old=False)
    ]


def is_kept_after(meeting: Activity, moved: Move, view: View) -> bool:
    """Whether a meeting was held within 30 days after a move."""
    if moved.at is None or meeting.occurred_at is None or not is_visible(meeting, view):
        return False
    took = length(moved.at, meeting.occurred_at, view.world.settings)
    return is_meeting_held(meeting, view) and 0 <= took <= LOST_AFTER


def _share_true(lines: list[Line]) -> Any:
    return divided(sum(line.value for line in lines), len(lines))


KPIS: dict[str, Kpi] = {
    "meetings_booked": Kpi(distinct, (meetings_booked,)),
    "meetings_planned": Kpi(distinct, (planned,)),
    "no_shows_to_rebook": Kpi(distinct, (missed,)),
    "no_show_rate": Kpi(_share, (decided,)),
    "reschedule_rate": Kpi(_share, (rescheduled,)),
    "seller_moved_loss_rate": Kpi(_share_true, (moved_by_seller,)),
    "seller_moved_loss_rate.maturing": counted(lately_moved_by_seller),
}
