"""The state of deals over time: closes, owners, amounts, stages, and how a deal is described."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.oracle.calendar import DAY, MICROSECOND, day_of, first_instant, local_day
from tests.oracle.links import contact, created, first_account, lead_of_deal, origin, survivors
from tests.oracle.people import credit
from tests.oracle.records import Moment, Opportunity, OpportunityStage, Stage, World
from tests.oracle.view import View, clock

CLOSED = ("won", "lost")
# A creation without a date lies before everything that is known of the deal.
BEFORE = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
Close = tuple[str, Moment | None]


def visible(view: View) -> list[Opportunity]:
    """The deals that were neither merged away nor deleted by T, though they stood open at E."""
    instant = view.as_of
    return [
        deal
        for deal in survivors(view.world, "opportunity")
        if deal.deleted_at is None or deal.deleted_at.at > instant
    ]


def made_at(deal: Opportunity, world: World) -> Moment | None:
    """When a deal was created; a merge keeps the earliest creation."""
    return created(world, "opportunity", deal.opportunity_id)


def visits(deal: Opportunity, world: World) -> list[OpportunityStage]:
    """The deal's stage history, oldest first."""
    rows = [row for row in world.opportunity_stage if row.opportunity_id == deal.opportunity_id]
    return sorted(rows, key=lambda row: row.entered_at.at)


def stage_row(stage: str | None, deal: Opportunity, world: World) -> Stage | None:
    """What is declared about a stage of the deal's pipeline."""
    rows = [row for row in world.stage if row.stage == stage]
    return next((row for row in rows if row.pipeline == (deal.pipeline or "")), None)


def stage_at(deal: Opportunity, at: dt.datetime, world: World) -> str | None:
    """The stage at an instant; before the first entry that one's, without history today's."""
    rows = visits(deal, world)
    past = [row.stage for row in rows if row.entered_at.at <= at]
    return past[-1] if past else (rows[0].stage if rows else deal.stage)


def close_at(deal: Opportunity, at: dt.datetime, world: World) -> Close | None:
    """The close in force at an instant: a later exit from a closed stage cancels it.

    Won after won keeps the first date, a switch between won and lost moves it. A history that
    never names a closed stage leaves the close to the deal's own columns.
    """
    rows = visits(deal, world)
    kinds = [_kind(row.stage, deal, world) for row in rows]
    close: Close | None = None
    for row, kind in zip(rows, kinds, strict=True):
        if row.entered_at.at > at:
            return close
        if kind not in CLOSED:
            close = None
        elif close is None or close[0] != kind:
            close = (str(kind), row.entered_at)
    if kinds and kinds[-1] in CLOSED:
        return close
    if deal.outcome is None or (deal.closed_at is not None and deal.closed_at.at > at):
        return None
    return deal.outcome, deal.closed_at


def _kind(stage: str, deal: Opportunity, world: World) -> str | None:
    row = stage_row(stage, deal, world)
    return row.kind if row else None


def changed(deal: Opportunity, name: str, at: dt.datetime, now: Any, world: World) -> Any:
    """A value of the deal at an instant, as text, by its changes; else today's."""
    rows = sorted(
        (
            row
            for row in world.opportunity_change
            if row.opportunity_id == deal.opportunity_id and row.field == name
        ),
        key=lambda row: row.changed_at.at,
    )
    past = [row for row in rows if row.changed_at.at <= at]
    if past:
        return past[-1].new_value
    return rows[0].old_value if rows else now


def owner_at(deal: Opportunity, at: dt.datetime, world: World) -> str | None:
    """The owner at an instant."""
    owner: str | None = changed(deal, "owner_id", at, deal.owner_id, world)
    return owner or None


def due_at(deal: Opportunity, at: dt.datetime, world: World) -> dt.date | None:
    """The day the deal was expected to close, as known at an instant."""
    value = changed(deal, "expected_close_on", at, deal.expected_close_on, world)
    return dt.date.fromisoformat(value) if isinstance(value, str) and value else value or None


def amount_at(deal: Opportunity, at: dt.datetime, day: dt.date, world: World) -> Fraction | None:
    """The amount at an instant, in the organisation's currency at the rate of a day."""
    value = changed(deal, "amount", at, deal.amount, world)
    if value is None or value == "":
        return None
    return home(Decimal(value), deal.currency, day, world)


def home(
    amount: Decimal | None, currency: str | None, day: dt.date, world: World
) -> Fraction | None:
    """An amount in the organisation's currency, at the last rate on or before the day."""
    if amount is None:
        return None
    if currency in (None, world.settings.currency):
        return Fraction(amount)
    rates = [row for row in world.exchange_rate if row.currency == currency and row.day <= day]
    if not rates:
        return None
    return Fraction(amount) * Fraction(max(rates, key=lambda row: row.day).rate)


def described(
    deal: Opportunity, rep: str | None, moment: Moment | None, stage: str | None, view: View
) -> dict[str, Any]:
    """The dimensions of a deal, credited to a rep at a moment."""
    world = view.world
    found = lead_of_deal(world, deal)
    who = contact(world, deal.contact_id or (found.contact_id if found else None))
    close = close_at(deal, view.as_of, world)
    company = first_account(world, deal.account_id, found, who)
    return {
        **credit(world, rep, day_of(moment, world.settings) if moment else None),
        **clock(moment, world),
        **origin(world, found, company),
        "title_level": (who.title_level if who else None) or (found.title_level if found else None),
        "pipeline": deal.pipeline,
        "product": deal.product,
        "deal_type": deal.deal_type,
        "stage": stage,
        "lost_reason": deal.lost_reason if close and close[0] == "lost" else None,
    }


def created_in(view: View) -> list[Opportunity]:
    """The deals that were created in the window."""
    return [deal for deal in visible(view) if view.covers(made_at(deal, view.world))]


def described_at_creation(deal: Opportunity, view: View) -> dict[str, Any]:
    """Credited to who brought it in, else the owner at creation."""
    made = made_at(deal, view.world)
    at = made.at if made else BEFORE
    rep = deal.sourced_by_id or owner_at(deal, at, view.world)
    return described(deal, rep, made, stage_at(deal, at, view.world), view)


def described_at(deal: Opportunity, at: dt.datetime, view: View) -> dict[str, Any]:
    """As an open deal stands at an instant, credited to its owner then."""
    owner = owner_at(deal, at, view.world)
    return described(deal, owner, Moment(at), stage_at(deal, at, view.world), view)


def open_at(view: View, at: dt.datetime) -> list[Opportunity]:
    """The deals that stood open at an instant; without `created_at` in the period `all` only."""
    found = []
    for deal in visible(view):
        made = made_at(deal, view.world)
        exists = made.at <= at if made else view.window.is_all
        if exists and close_at(deal, at, view.world) is None:
            found.append(deal)
    return found


def seen_at(close: Moment | None, view: View) -> dt.datetime:
    """When a closed deal is looked at: its close, the end of that day where it has no time; T for
    a close without a date.
    """
    if close is None:
        return view.as_of
    if not close.is_date:
        return close.at
    day = day_of(close, view.world.settings)
    return first_instant(day + DAY, view.world.settings) - MICROSECOND


def local(at: dt.datetime, view: View) -> dt.date:
    """The organisation's date at an instant."""
    return local_day(at, view.world.settings)
