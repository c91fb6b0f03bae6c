"""When a deal stands in a stage for longer than is usual."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from fractions import Fraction

from tests.oracle import deals
from tests.oracle.lengths import age, length
from tests.oracle.memory import once
from tests.oracle.passages import Visit, visits
from tests.oracle.records import Opportunity, World
from tests.oracle.view import Line, View

ENOUGH_VISITS = 30
Limit = Callable[[Opportunity, str], Fraction | None]


@once
def usual_lengths(view: View, at: dt.datetime) -> Limit:
    """How long 90 % of a stage's visits took that advanced before an instant.

    Of a stage with fewer than 30 of them, that of all stages.
    """
    of_stage: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
    for deal in deals.visible(view):
        for visit in visits(deal, at, view.world):
            if visit.has_advanced and visit.left is not None and visit.left.at < at:
                took = length(visit.entered, visit.left, view.world.settings)
                of_stage[deal.pipeline or "", visit.stage].append(took)
    of_all = [took for lengths in of_stage.values() for took in lengths]

    def limit(deal: Opportunity, stage: str) -> Fraction | None:
        own = of_stage[deal.pipeline or "", stage]
        return ninth_decile(own if len(own) >= ENOUGH_VISITS else of_all)

    return limit


def ninth_decile(lengths: Sequence[Fraction]) -> Fraction | None:
    """The 90 % quantile, between two lengths in proportion."""
    if not lengths:
        return None
    ordered = sorted(lengths)
    whole, part = divmod(Fraction(9, 10) * (len(ordered) - 1), 1)
    after = ordered[min(whole + 1, len(ordered) - 1)]
    return ordered[whole] + part * (after - ordered[whole])


def is_stalled(
    deal: Opportunity, visit: Visit, at: dt.datetime, limit: Limit, world: World
) -> bool:
    """Whether the present visit of a deal lasts longer than is usual."""
    usual = limit(deal, visit.stage)
    return usual is not None and age(visit.entered, at, world.settings) > usual


def stalled_deals(view: View) -> list[Line]:
    """Deals open at E whose present visit has lasted longer than is usual."""
    at = view.stands_at
    limit = usual_lengths(view, at)
    return [
        Line(1, deals.described_at(deal, at, view))
        for deal in deals.open_at(view, at)
        if (made := visits(deal, at, view.world))
        and is_stalled(deal, made[-1], at, limit, view.world)
    ]
