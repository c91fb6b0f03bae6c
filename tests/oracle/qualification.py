"""The theme qualification: how leads leave their stages, and what becomes of them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.oracle import deals, leads
from tests.oracle.activity import is_attempt, is_meeting_held, is_visible, line
from tests.oracle.closings import closed_line
from tests.oracle.cohorts import is_in_time, is_old_enough, share
from tests.oracle.lengths import length
from tests.oracle.links import lead_of_activity, person, person_of_lead, root
from tests.oracle.reach import conversations
from tests.oracle.reaching import FUNNEL, earliest, reached
from tests.oracle.records import Lead, Moment, Opportunity
from tests.oracle.survival import censored_median
from tests.oracle.view import (
    Kpi,
    Line,
    View,
    count,
    distinct,
    divided,
    median,
)

DECIDERS = ("c_level", "vp", "director")


def first_wins(view: View) -> list[Line]:
    """The first win of each account in the window; a deal without account is its own.

    An account whose first win renews or expands something was a customer before.
    """
    wins: dict[str, list[tuple[bool, Any, str, Opportunity, Moment | None]]] = {}
    for deal in deals.visible(view):
        close = deals.close_at(deal, view.as_of, view.world)
        if close is not None and close[0] == "won":
            company = root(view.world, "account", deal.account_id)
            key = f"account {company}" if company else f"deal {deal.opportunity_id}"
            at, name = close[1], deal.opportunity_id
            wins.setdefault(key, []).append((at is None, at or Moment(view.as_of), name, deal, at))
    firsts = [min(each, key=lambda win: win[:3]) for each in wins.values()]
    return [
        closed_line(deal, at, view)
        for *_, deal, at in firsts
        if view.covers(at) and (deal.deal_type or "new") == "new"
    ]


def exits(view: View) -> list[Line]:
    """Each stage that a lead left in the window: whether it advanced or was disqualified."""
    lines = []
    for lead in leads.leads(view):
        found = reached(view, lead)
        for number, name in enumerate(("lead", *FUNNEL[:-1])):
            start = found.get(name)
            if start is None and name != "lead":
                continue
            advanced = earliest(*(found.get(later) for later in FUNNEL[number:]))
            left = advanced or leads.first_in_stage(lead, "disqualified", view, start)
            if left is not None and view.covers(left):
                what = {"stage": name, "lead_stage": name}
                what = {**leads.described(lead, left, view), **what}
                lines.append(Line(advanced is not None, what))
    return lines


def handed_over(view: View) -> list[Line]:
    """Leads that were handed over in the window and accepted by T."""
    return [
        Line(1, leads.described(lead, at, view))
        for lead in leads.leads(view)
        if (at := reached(view, lead).get("passed")) is not None
        and view.covers(at)
        and "accepted" in reached(view, lead)
    ]


def handoffs(view: View) -> list[Line]:
    """From mql to the first attempt for the lead's person, or how long none is known."""
    lines = []
    for lead in leads.leads(view):
        start = reached(view, lead).get("mql")
        if start is not None and view.covers(start):
            over = leads.first_in_stage(lead, "disqualified", view, start)
            first = first_attempt_for(view, lead, start)
            if first is not None and over is not None and over < first:
                first = None
            took = length(start, first or over or Moment(view.as_of), view.world.settings)
            lines.append(Line((took, first is not None), leads.described(lead, start, view)))
    return lines


def first_attempt_for(view: View, lead: Lead, since: Moment) -> Moment | None:
    """The first attempt for a lead's person at or after a moment."""
    who = person_of_lead(view.world, lead)
    return earliest(
        *(
            each.occurred_at
            for each in view.world.activity
            if is_attempt(each, view)
            and each.occurred_at is not None
            and each.occurred_at >= since
            and person(view.world, each) == who
        )
    )


def meetings_with_leads(view: View) -> list[Line]:
    """Meetings held at least W ago: whether their lead reached sql within W of them."""
    lines = []
    for each in view.world.activity:
        start = each.occurred_at
        if start is None or not is_visible(each, view) or not is_meeting_held(each, view):
            continue
        if view.covers(start) and is_old_enough(start, view):
            lead = lead_of_activity(view.world, each)
            sql = reached(view, lead).get("sql") if lead else None
            is_after = sql is not None and sql >= start and is_in_time(start, sql, view)
            meeting = line(each, view)
            lines.append(Line((meeting.value, is_after), meeting.slice))
    return lines


def sizes(view: View) -> list[Line]:
    """The number of employees of leads that reached sql, as they said, else their account's."""
    lines = []
    for lead, what in qualified(view):
        company = leads.company_of(lead, view.world)
        size = lead.company_size
        if size is None and company is not None:
            size = company.employees
        lines.append(Line(size, what))
    return lines


def levels(view: View) -> list[Line]:
    """Leads that reached sql whose title level is known: whether it is one that decides."""
    return [
        Line(what["title_level"] in DECIDERS, what)
        for _, what in qualified(view)
        if what["title_level"] is not None
    ]


def qualified(view: View) -> list[tuple[Lead, dict[str, Any]]]:
    """The leads that reached sql in the window, described."""
    found = [(lead, reached(view, lead).get("sql")) for lead in leads.leads(view)]
    return [
        (lead, leads.described(lead, at, view))
        for lead, at in found
        if at is not None and view.covers(at)
    ]


def _share_of_different(lines: list[Line]) -> Any:
    happened = {meeting for meeting, is_so in (line.value for line in lines) if is_so}
    return divided(len(happened), len({line.value[0] for line in lines}))


def _flow(new: list[Line], of: list[Line]) -> Any:
    return divided(count(new), count(of))


def _passed(accepted: list[Line], spoken: list[Line]) -> Any:
    return divided(count(accepted), distinct(spoken))


def _median_of_cases(lines: list[Line]) -> Fraction | None:
    found: Fraction | None = censored_median(line.value for line in lines)
    return found


KPIS: dict[str, Kpi] = {
    "lead_to_customer": Kpi(_flow, (first_wins, leads.lead_flow)),
    "qualified_rate": Kpi(share, (exits,)),
    "pass_rate": Kpi(_passed, (handed_over, conversations)),
    "handoff_time": Kpi(_median_of_cases, (handoffs,)),
    "meeting_to_sql": Kpi(_share_of_different, (meetings_with_leads,)),
    "qualified_company_size": Kpi(median, (sizes,)),
    "qualified_title_level": Kpi(share, (levels,)),
}
