"""The themes pipeline and winning: what stands open, and what was decided."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.oracle import deals
from tests.oracle.calendar import day_of
from tests.oracle.records import Moment, Opportunity
from tests.oracle.view import (
    Kpi,
    Line,
    View,
    count,
    counted,
    divided,
    exact,
    mean,
    median,
    summed,
    total,
)

A_DAY = 86_400


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


def closes(view: View, outcome: str) -> list[tuple[Opportunity, Moment | None]]:
    """The deals whose close in force at T lies in the window, with its moment."""
    found = []
    for deal in deals.visible(view):
        close = deals.close_at(deal, view.as_of, view.world)
        if close is not None and close[0] == outcome and view.covers(close[1]):
            found.append((deal, close[1]))
    return [each for each in found if outcome == "won" or is_a_loss(each[0], view)]


def is_a_loss(deal: Opportunity, view: View) -> bool:
    """A deal lost for a reason in `not_a_loss` counts neither as won nor as lost."""
    return deal.lost_reason not in view.world.settings.not_a_loss


def is_decided(deal: Opportunity, view: View) -> bool:
    """Every closed deal, unless a setting narrows it."""
    settings = view.world.settings
    if settings.decided_without_renewals and deal.deal_type == "renewal":
        return False
    return not settings.decided_from_accepted_stage or reached_accepted(deal, view)


def reached_accepted(deal: Opportunity, view: View) -> bool:
    """Whether the deal has stood in a stage that sales has accepted."""
    rows = deals.visits(deal, view.world)
    entered = [row.stage for row in rows if row.entered_at.at <= view.as_of]
    stages = entered if rows else [deal.stage]
    found = [deals.stage_row(stage, deal, view.world) for stage in stages]
    return any(row is not None and row.is_accepted for row in found)


def closed_line(deal: Opportunity, close: Moment | None, view: View, value: Any = 1) -> Line:
    """A closed deal as a line: owner, stage and place as of the close."""
    at = close.at if close else view.as_of
    owner = deals.owner_at(deal, at, view.world)
    stage = deals.stage_at(deal, at, view.world)
    return Line(value, deals.described(deal, owner, close, stage, view))


def close_amount(deal: Opportunity, close: Moment | None, view: View) -> Fraction | None:
    """The amount at the close, at the rate of that day."""
    at = close.at if close else view.as_of
    return deals.amount_at(deal, at, deals.local(at, view), view.world)


def deals_won(view: View) -> list[Line]:
    """Deals won."""
    return [closed_line(deal, close, view) for deal, close in closes(view, "won")]


def deals_lost(view: View) -> list[Line]:
    """Deals lost, save those that are no losses."""
    return [closed_line(deal, close, view) for deal, close in closes(view, "lost")]


def decided_won(view: View) -> list[Line]:
    """The won part of what counts as decided."""
    found = [each for each in closes(view, "won") if is_decided(each[0], view)]
    return [closed_line(deal, close, view) for deal, close in found]


def decided_lost(view: View) -> list[Line]:
    """The lost part of what counts as decided."""
    found = [each for each in closes(view, "lost") if is_decided(each[0], view)]
    return [closed_line(deal, close, view) for deal, close in found]


def decided_amounts(view: View, outcome: str) -> list[Line]:
    """Decided deals with a known amount above 0, by their amounts."""
    lines = []
    for deal, close in closes(view, outcome):
        amount = close_amount(deal, close, view)
        if is_decided(deal, view) and amount is not None and amount > 0:
            lines.append(closed_line(deal, close, view, amount))
    return lines


def won_amounts(view: View) -> list[Line]:
    """What the deals won were worth."""
    return [
        closed_line(deal, close, view, close_amount(deal, close, view))
        for deal, close in closes(view, "won")
    ]


def cohort(view: View) -> list[Line]:
    """Deals created in the window, 1 when won by T; what is no loss counts in neither part."""
    lines = []
    for deal in deals.created_in(view):
        close = deals.close_at(deal, view.as_of, view.world)
        if close and close[0] == "lost" and not is_a_loss(deal, view):
            continue
        won = bool(close and close[0] == "won")
        lines.append(Line(won, deals.described_at_creation(deal, view)))
    return lines


def cycles(view: View) -> list[Line]:
    """From creation to the win, in seconds; days x 86,400 where an end is a date.

    A deal closed before it was created is left out; so is one closed the day it was opened, where
    the setting says so.
    """
    settings = view.world.settings
    lines = []
    for deal, close in closes(view, "won"):
        made = deals.made_at(deal, view.world)
        if made is None or close is None:
            continue
        days = (day_of(close, settings) - day_of(made, settings)).days
        dated = made.is_date or close.is_date
        length = days * A_DAY if dated else exact_seconds(made, close)
        if length >= 0 and not (settings.cycle_without_same_day and days == 0):
            lines.append(closed_line(deal, close, view, length))
    return lines


def exact_seconds(start: Moment, end: Moment) -> Fraction:
    """The time between two instants."""
    span = end.at - start.at
    return Fraction(span.days * A_DAY + span.seconds) + Fraction(span.microseconds, 1_000_000)


def _value_rate(won: list[Line], lost: list[Line]) -> Any:
    return divided(total(won), total(won) + total(lost)) if lost else None


def _win_rate(won: list[Line], lost: list[Line]) -> Any:
    return divided(count(won), count(won) + count(lost))


def _velocity(
    standing: list[Line], won: list[Line], lost: list[Line], amounts: list[Line], times: list[Line]
) -> Any:
    rate, size, cycle = _win_rate(won, lost), mean(amounts), mean(times)
    if rate is None or size is None or not cycle:
        return None
    return count(standing) * rate * exact(size) / (cycle / A_DAY)


def _share_won(lines: list[Line]) -> Any:
    return divided(sum(line.value for line in lines), len(lines))


KPIS: dict[str, Kpi] = {
    "open_deals": counted(open_deals),
    "pipeline_value": summed(open_amounts),
    "weighted_pipeline": summed(weighted_amounts),
    "new_opportunities": counted(new_opportunities),
    "new_pipeline_value": summed(new_amounts),
    "overdue_deals": counted(overdue_deals),
    "deals_won": counted(deals_won),
    "deals_lost": counted(deals_lost),
    "win_rate": Kpi(_win_rate, (decided_won, decided_lost)),
    "win_rate_value": Kpi(
        _value_rate,
        (lambda view: decided_amounts(view, "won"), lambda view: decided_amounts(view, "lost")),
    ),
    "win_rate_cohort": Kpi(_share_won, (cohort,)),
    "avg_deal_size": Kpi(mean, (won_amounts,)),
    "median_deal_size": Kpi(median, (won_amounts,)),
    "sales_cycle": Kpi(median, (cycles,)),
    "mean_sales_cycle": Kpi(mean, (cycles,)),
    "sales_velocity": Kpi(_velocity, (open_deals, decided_won, decided_lost, won_amounts, cycles)),
}
