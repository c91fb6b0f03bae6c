"""The theme winning: what was decided; with it goes the pipeline."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.oracle import deals, pipeline
from tests.oracle.closings import close_amount, closed_line, closes, is_a_loss
from tests.oracle.cycles import conversion_times, cycles, first_touch_cycles
from tests.oracle.lengths import A_DAY, length
from tests.oracle.records import Moment, Opportunity
from tests.oracle.survival import incidence
from tests.oracle.view import Kpi, Line, View, count, counted, divided, exact, mean, median, total


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


def fates(view: View) -> list[Line]:
    """Deals created in the window: how long until they were won or lost, or stand open at T."""
    settings, lines = view.world.settings, []
    for deal in deals.created_in(view):
        made, close = deals.made_at(deal, view.world), deals.close_at(deal, view.as_of, view.world)
        if made is None or (close and (close[1] is None or not _is_counted(deal, close, view))):
            continue
        end = (close[1] if close else None) or Moment(view.as_of)
        kind = {"won": "event", "lost": "rival"}[close[0]] if close else "censored"
        took = max(length(made, end, settings), Fraction(0))
        lines.append(Line((took, kind), deals.described_at_creation(deal, view)))
    return lines


def _is_counted(deal: Opportunity, close: deals.Close, view: View) -> bool:
    return close[0] == "won" or is_a_loss(deal, view)


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


def _chance(lines: list[Line]) -> Any:
    return incidence(line.value for line in lines)


def _share_won(lines: list[Line]) -> Any:
    return divided(sum(line.value for line in lines), len(lines))


KPIS: dict[str, Kpi] = {
    **pipeline.KPIS,
    "deals_won": counted(deals_won),
    "deals_lost": counted(deals_lost),
    "win_rate": Kpi(_win_rate, (decided_won, decided_lost)),
    "win_rate_value": Kpi(
        _value_rate,
        (lambda view: decided_amounts(view, "won"), lambda view: decided_amounts(view, "lost")),
    ),
    "win_rate_cohort": Kpi(_share_won, (cohort,)),
    "win_rate_cohort.estimate": Kpi(_chance, (fates,)),
    "avg_deal_size": Kpi(mean, (won_amounts,)),
    "median_deal_size": Kpi(median, (won_amounts,)),
    "sales_cycle": Kpi(median, (cycles,)),
    "mean_sales_cycle": Kpi(mean, (cycles,)),
    "first_touch_cycle": Kpi(median, (first_touch_cycles,)),
    "conversion_time": Kpi(median, (conversion_times,)),
    "sales_velocity": Kpi(
        _velocity, (pipeline.open_deals, decided_won, decided_lost, won_amounts, cycles)
    ),
}
