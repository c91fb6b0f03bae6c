"""The theme follow-up: how often leads are touched, and what comes of which touch."""

from __future__ import annotations

from typing import Any

from tests.oracle import leads
from tests.oracle.activity import has_begun, is_visible
from tests.oracle.calendar import day_of, working_days_since
from tests.oracle.closings import closed_line, closes
from tests.oracle.deal_links import is_planned
from tests.oracle.followup import (
    Touch,
    described,
    follow_ups,
    follow_ups_of,
    of_lead,
    touches,
)
from tests.oracle.lengths import A_DAY, age, is_by, length
from tests.oracle.links import latest_request, lead_of_activity, lead_of_deal
from tests.oracle.reaching import advanced_at
from tests.oracle.records import Activity, Lead, Moment
from tests.oracle.view import Kpi, Line, View, count, counted, distinct, divided, mean

FOUR_WEEKS = 28 * A_DAY


def leads_worked(view: View) -> list[Line]:
    """The leads behind the touches in the window."""
    return [Line(line.value.lead.lead_id, of_lead(line.value, view)) for line in touches(view)]


def later_touches(view: View) -> list[Line]:
    """The second and later touches."""
    return [line for line in touches(view) if line.value.number > 1]


def last_touches(view: View) -> list[Line]:
    """The last touches of follow-ups that no other follows, of leads that are still open."""
    return [
        Line(1, described(last, view))
        for each in follow_ups(view)
        if view.covers((last := each.touches[-1]).at)
        and each.until is None
        and not is_settled(each.lead, view)
    ]


def touches_of_four_weeks(view: View) -> list[Line]:
    """How many touches each follow-up had within 28 days of the first, where that is old enough."""
    settings = view.world.settings
    return [
        Line(
            sum(length(first.at, touch.at, settings) <= FOUR_WEEKS for touch in each.touches),
            of_lead(first, view),
        )
        for each in follow_ups(view)
        if view.covers((first := each.touches[0]).at) and is_four_weeks_old(first, view)
    ]


def young_follow_ups(view: View) -> list[Line]:
    """The follow-ups that are not that old."""
    return [
        Line(1, of_lead(first, view))
        for each in follow_ups(view)
        if view.covers((first := each.touches[0]).at) and not is_four_weeks_old(first, view)
    ]


def is_four_weeks_old(touch: Touch, view: View) -> bool:
    """Whether a touch is at least 28 days old at T."""
    return age(touch.at, view.as_of, view.world.settings) >= FOUR_WEEKS


def touched_once(view: View) -> list[Line]:
    """Follow-ups that began long enough ago: whether there was one touch, and then no more."""
    return [
        Line(len(each.touches) == 1 and is_given_up(each.lead, view), of_lead(first, view))
        for each in follow_ups(view)
        if view.covers((first := each.touches[0]).at) and has_passed(first.at, view)
    ]


def has_passed(moment: Moment, view: View) -> bool:
    """Whether so many whole working days as make a lead given up are over since a moment."""
    settings = view.world.settings
    days = working_days_since(day_of(moment, settings), view.as_of, settings)
    return days >= settings.given_up_working_days


def is_given_up(lead: Lead, view: View) -> bool:
    """Nothing came in lately, nothing is planned, and nothing came of it."""
    ours = [each for each in view.world.activity if is_visible(each, view)]
    return not is_settled(lead, view) and not any(
        is_recent_sign(each, lead, view) or is_planned_for(each, lead, view) for each in ours
    )


def is_settled(lead: Lead, view: View) -> bool:
    """Whether a lead has converted, or was disqualified."""
    found = advanced_at(view, lead) or leads.first_in_stage(lead, "disqualified", view)
    return found is not None


def is_recent_sign(activity: Activity, lead: Lead, view: View) -> bool:
    """Whether somebody came to us about a lead, within those working days before T."""
    at = activity.occurred_at
    return (
        activity.direction == "inbound"
        and not activity.is_automated
        and at is not None
        and has_begun(activity, view)
        and lead_of_activity(view.world, activity) is lead
        and not has_passed(at, view)
    )


def is_planned_for(activity: Activity, lead: Lead, view: View) -> bool:
    """Whether something is planned for a lead at T, by the requests known then."""
    if not is_planned(activity, view.as_of):
        return False
    world = view.world
    if activity.lead_id is None and activity.opportunity_id is None:
        return latest_request(world, activity.contact_id, Moment(view.as_of)) is lead
    return lead_of_activity(world, activity) is lead


def touches_without_contact(view: View) -> list[Line]:
    """Touches up to the first that reached the lead: whether it was that one."""
    lines = []
    for each in follow_ups(view):
        for touch in each.touches:
            has_reached = any(is_contact(attempt) for attempt in touch.attempts)
            if view.covers(touch.at):
                lines.append(Line(has_reached, described(touch, view)))
            if has_reached:
                break
    return lines


def is_contact(attempt: Activity) -> bool:
    """Whether somebody was spoken to: in a meeting (an attempt only if held), or on the phone."""
    return attempt.kind == "meeting" or (attempt.kind, attempt.outcome) == ("call", "connected")


def open_touches(view: View) -> list[Line]:
    """Touches up to a lead's conversion: whether it came before the next touch or beginning."""
    lines = []
    for each in follow_ups(view):
        converted = advanced_at(view, each.lead)
        later = [*(touch.at for touch in each.touches[1:]), None]
        for touch, following in zip(each.touches, later, strict=True):
            if view.covers(touch.at) and (converted is None or touch.at <= converted):
                came = converted is not None and all(
                    until is None or converted < until for until in (following, each.until)
                )
                lines.append(Line(came, described(touch, view)))
    return lines


def wins_of_touched(view: View) -> list[Line]:
    """Wins whose lead was touched by the close: whether the last touch was the fifth or later."""
    lines = []
    for deal, close in closes(view, "won"):
        lead = lead_of_deal(view.world, deal)
        if lead is None or close is None or leads.is_deleted(lead, view):
            continue
        before = [
            touch
            for each in follow_ups_of(view, lead)
            for touch in each.touches
            if is_by(touch.at, close, view.world.settings)
        ]
        if before:
            what = {
                **closed_line(deal, close, view).slice,
                **leads.described(lead, close, view),
            }
            lines.append(Line(before[-1].number >= 5, what))
    return lines


def _touches_per_lead(made: list[Line], worked: list[Line]) -> Any:
    return divided(count(made), distinct(worked))


def _share(lines: list[Line]) -> Any:
    return divided(sum(line.value for line in lines), len(lines))


KPIS: dict[str, Kpi] = {
    "leads_worked": Kpi(distinct, (leads_worked,)),
    "leads_in_work": counted(last_touches),
    "follow_ups": counted(later_touches),
    "touches_per_lead": Kpi(_touches_per_lead, (touches, leads_worked)),
    "touches_28d": Kpi(mean, (touches_of_four_weeks,)),
    "touches_28d.maturing": counted(young_follow_ups),
    "single_touch_rate": Kpi(_share, (touched_once,)),
    "touch_contact_rate": Kpi(_share, (touches_without_contact,)),
    "touch_conversion": Kpi(_share, (open_touches,)),
    "win_share_5th_touch_or_later": Kpi(_share, (wins_of_touched,)),
}
