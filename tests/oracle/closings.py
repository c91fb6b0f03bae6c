"""The closes of deals that lie in a window."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.oracle import deals
from tests.oracle.records import Moment, Opportunity
from tests.oracle.view import Line, View


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


def closed_line(deal: Opportunity, close: Moment | None, view: View, value: Any = 1) -> Line:
    """A closed deal as a line: owner, stage and place as of the close."""
    at = deals.seen_at(close, view)
    owner = deals.owner_at(deal, at, view.world)
    stage = deals.stage_at(deal, at, view.world)
    return Line(value, deals.described(deal, owner, close, stage, view))


def close_amount(deal: Opportunity, close: Moment | None, view: View) -> Fraction | None:
    """The amount at the close, at the rate of that day."""
    at = deals.seen_at(close, view)
    return deals.amount_at(deal, at, deals.local(at, view), view.world)
