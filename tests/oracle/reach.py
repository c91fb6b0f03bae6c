"""The theme reach: whom the work of reps reached, and what came of it."""

from __future__ import annotations

from typing import Any

from tests.oracle import deals
from tests.oracle.activity import is_completed, is_conversation, is_visible, line
from tests.oracle.efforts import outbound_activities, outbound_calls, touches
from tests.oracle.links import account, account_of_activity, lead_of_deal
from tests.oracle.meetings import meetings_from_calls
from tests.oracle.view import Kpi, Line, Part, View, count, counted, distinct, divided, ratio


def connects(view: View) -> list[Line]:
    """Outbound calls answered by a person."""
    calls = [each for each in touches(view) if each.kind == "call"]
    return [line(each, view) for each in calls if each.outcome == "connected"]


def conversations(view: View) -> list[Line]:
    """Outbound activities that became a meaningful conversation."""
    return [line(each, view) for each in touches(view) if is_conversation(each, view.world)]


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
    company = account(world, deal.account_id)
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


def _calls_per_contact(calls: list[Line], answered: list[Line]) -> Any:
    return divided(count(calls), count(answered))


def of_different(part: Part, whole: Part) -> Kpi:
    """Different things, by a count."""
    return Kpi(lambda top, bottom: divided(distinct(top), count(bottom)), (part, whole))


KPIS: dict[str, Kpi] = {
    "connects": counted(connects),
    "connect_rate": ratio(connects, outbound_calls),
    "calls_per_contact": Kpi(_calls_per_contact, (outbound_calls, connects)),
    "conversations": Kpi(distinct, (conversations,)),
    "reach_rate": ratio(conversations, outbound_activities, distinct),
    "opportunities_per_1000_calls": ratio(outbound_opportunities, outbound_calls, factor=1000),
    "dial_to_meeting_rate": of_different(meetings_from_calls(), outbound_calls),
    "connect_to_meeting_rate": of_different(meetings_from_calls(is_connected=True), connects),
}
