"""The theme pipeline: what stands open, what was begun, and what is let lie."""

from __future__ import annotations

from fractions import Fraction

from tests.oracle import deals
from tests.oracle.deal_links import activities_of_deals, is_planned, is_touch_of_deal
from tests.oracle.lengths import A_DAY, age
from tests.oracle.view import Kpi, Line, View, count, counted, divided, summed


def open_deals(view: View) -> list[Line]:
    """Deals that stand open at E."""
    found = deals.open_at(view, view.stands_at)
    return [Line(1, deals.described_at(deal, view.stands_at, view)) for deal in found]


def open_amounts(view: View) -> list[Line]:
    """What the open deals are worth at E, at the rate of E."""
    at, day = view.stands_at, view.stands_on
    return [
        Line(deals.amount_at(deal, at, day, view.world), deals.described_at(deal, at, view))
        for deal in deals.open_at(view, at)
    ]


def weighted_amounts(view: View) -> list[Line]:
    """Each open amount by the deal's chance of being won, else its stage's, else unknown."""
    at, day, world = view.stands_at, view.stands_on, view.world
    lines = []
    for deal in deals.open_at(view, at):
        amount = deals.amount_at(deal, at, day, world)
        stage = deals.stage_row(deals.stage_at(deal, at, world), deal, world)
        chance = deal.probability
        if chance is None and stage is not None:
            chance = stage.probability
        known = amount is not None and chance is not None
        value = Fraction(amount or 0) * Fraction(chance or 0) if known else None
        lines.append(Line(value, deals.described_at(deal, at, view)))
    return lines


def overdue_deals(view: View) -> list[Line]:
    """Open deals whose expected close lies before E."""
    at = view.stands_at
    return [
        Line(1, deals.described_at(deal, at, view))
        for deal in deals.open_at(view, at)
        if (due := deals.due_at(deal, at, view.world)) is not None and due < view.stands_on
    ]


def new_opportunities(view: View) -> list[Line]:
    """Deals that were created."""
    return [Line(1, deals.described_at_creation(deal, view)) for deal in deals.created_in(view)]


def new_amounts(view: View) -> list[Line]:
    """What the created deals were worth when they were created, at the rate of that day."""
    lines = []
    for deal in deals.created_in(view):
        made = deals.made_at(deal, view.world)
        at = made.at if made else deals.BEFORE
        day = deals.local(made.at if made else view.as_of, view)
        amount = deals.amount_at(deal, at, day, view.world)
        lines.append(Line(amount, deals.described_at_creation(deal, view)))
    return lines


def untouched_deals(view: View) -> list[Line]:
    """Open deals that were created and last touched long before E, and nothing is planned."""
    at, settings = view.stands_at, view.world.settings
    long = settings.untouched_days * A_DAY
    of_deals = activities_of_deals(view, at)
    lines = []
    for deal in deals.open_at(view, at):
        mine = of_deals.get(deal.opportunity_id, [])
        made = deals.made_at(deal, view.world)
        touched = [
            each.occurred_at
            for each in mine
            if each.occurred_at and each.occurred_at.at <= at and is_touch_of_deal(each, view)
        ]
        is_old = made is not None and all(
            age(each, at, settings) >= long for each in (made, *touched)
        )
        if is_old and not any(is_planned(each, at) for each in mine):
            lines.append(Line(1, deals.described_at(deal, at, view)))
    return lines


def due_deals(view: View) -> list[Line]:
    """Deals open at the window's first instant and due in it: 1 when pushed beyond it by E."""
    first, at, world = view.starts_at, view.stands_at, view.world
    standing = {deal.opportunity_id for deal in deals.open_at(view, at)}
    lines = []
    for deal in deals.open_at(view, first):
        due = deals.due_at(deal, first, world)
        if due is None or not view.window.start <= due < view.window.end:
            continue
        now = deals.due_at(deal, at, world)
        pushed = now is not None and now >= view.window.end and deal.opportunity_id in standing
        lines.append(Line(pushed, deals.described_at(deal, first, view)))
    return lines


def _share_pushed(lines: list[Line]) -> Fraction | None:
    pushed: Fraction | None = divided(sum(line.value for line in lines), count(lines))
    return pushed


KPIS: dict[str, Kpi] = {
    "open_deals": counted(open_deals),
    "pipeline_value": summed(open_amounts),
    "weighted_pipeline": summed(weighted_amounts),
    "new_opportunities": counted(new_opportunities),
    "new_pipeline_value": summed(new_amounts),
    "overdue_deals": counted(overdue_deals),
    "untouched_deals": counted(untouched_deals),
    "push_rate": Kpi(_share_pushed, (due_deals,)),
}
