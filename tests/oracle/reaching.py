"""When leads reach the stages of qualification."""

from __future__ import annotations

from tests.oracle import deals
from tests.oracle.leads import first_in_stage, made_at
from tests.oracle.links import lead_of_deal
from tests.oracle.memory import once
from tests.oracle.records import Lead, Moment, Opportunity
from tests.oracle.view import View

FUNNEL = ("mql", "sql", "opportunity", "customer")
Reached = dict[str, Moment]


@once
def deals_of(view: View, lead: Lead) -> list[Opportunity]:
    """The opportunities of a lead that are there at T."""
    return [deal for deal in deals.visible(view) if lead_of_deal(view.world, deal) is lead]


def earliest(*moments: Moment | None) -> Moment | None:
    """The first of some moments that are known."""
    return min((each for each in moments if each is not None), default=None)


def made_deal(view: View, lead: Lead) -> Moment | None:
    """When the first opportunity of a lead was created."""
    made = [deals.made_at(deal, view.world) for deal in deals_of(view, lead)]
    return earliest(*(each for each in made if each and each.at <= view.as_of))


def won_deal(view: View, lead: Lead) -> Moment | None:
    """The first win of a lead that is in force at T."""
    closes = [deals.close_at(deal, view.as_of, view.world) for deal in deals_of(view, lead)]
    return earliest(*(close[1] for close in closes if close and close[0] == "won"))


@once
def recorded(view: View, lead: Lead) -> Reached:
    """The stages that a lead reached by T, each at the first moment, none filled."""
    names = ("mql", "sql", "passed", "accepted", "opportunity", "customer")
    found = {name: first_in_stage(lead, name, view) for name in names}
    found["lead"] = made_at(lead, view.world)
    found["opportunity"] = earliest(found["opportunity"], made_deal(view, lead))
    found["customer"] = earliest(found["customer"], won_deal(view, lead))
    found["passed"] = earliest(found["passed"], found["accepted"])
    return {name: at for name, at in found.items() if at is not None}


@once
def reached(view: View, lead: Lead) -> Reached:
    """The same with skipped stages passed at the moment of a later one, unless left out."""
    found = dict(recorded(view, lead))
    if view.world.settings.skipped_stages == "passed":
        for number, name in enumerate(FUNNEL):
            at = earliest(*(found.get(later) for later in FUNNEL[number:]))
            if at is not None:
                found[name] = at
    return found


def converted_at(view: View, lead: Lead) -> Moment | None:
    """When a lead became an opportunity or a customer."""
    found = recorded(view, lead)
    return earliest(found.get("opportunity"), found.get("customer"))


def advanced_at(view: View, lead: Lead) -> Moment | None:
    """A lead's conversion as its follow-up sees it: sql, an opportunity of it, or a win of it.

    What is noted of the lead counts for sql alone: an opportunity and a win are records.
    """
    sql = first_in_stage(lead, "sql", view)
    return earliest(sql, made_deal(view, lead), won_deal(view, lead))
