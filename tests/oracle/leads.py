"""Leads: whose they are, how they are described, and which of them are there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.oracle.activity import is_attempt
from tests.oracle.calendar import day_of
from tests.oracle.links import (
    contact,
    created,
    first_account,
    lead_of_activity,
    origin,
    root,
    survivors,
)
from tests.oracle.memory import once
from tests.oracle.people import credit
from tests.oracle.records import (
    Account,
    Contact,
    Lead,
    LeadAssignment,
    LeadStage,
    Moment,
    World,
)
from tests.oracle.view import Kpi, Line, View, clock, counted


def made_at(lead: Lead, world: World) -> Moment | None:
    """When a lead was entered; a merge keeps the earliest."""
    return created(world, "lead", lead.lead_id)


def is_deleted(lead: Lead, view: View) -> bool:
    """Whether a lead was deleted by T."""
    return lead.deleted_at is not None and lead.deleted_at.at <= view.as_of


@once
def leads(view: View) -> list[Lead]:
    """The leads that are there at T, neither merged away nor deleted."""
    found = [each for each in survivors(view.world, "lead") if not is_deleted(each, view)]
    return [each for each in found if view.covers(made_at(each, view.world))]


def lead_flow(view: View) -> list[Line]:
    """New leads, credited to the owner at the first attempt, or at T while there is none."""
    found = [(each, made_at(each, view.world)) for each in leads(view)]
    return [Line(1, described(each, made, view)) for each, made in found if view.covers(made)]


def described(lead: Lead, anchor: Moment | None, view: View) -> dict[str, Any]:
    """The dimensions of something that happened to a lead, dated by its anchor."""
    at = first_attempt(view, lead) or view.as_of
    return described_at(lead, at, anchor, view)


def described_at(lead: Lead, at: dt.datetime, anchor: Moment | None, view: View) -> dict[str, Any]:
    """The dimensions of a lead, credited to its owner at an instant, in the team of that day."""
    world = view.world
    day = day_of(Moment(at), world.settings)
    return {
        **credit(world, owner(lead, at, world), day),
        **clock(anchor, world),
        **origin(world, lead, company_of(lead, world)),
        "title_level": title_level(lead, world),
    }


def contact_of(lead: Lead, world: World) -> Contact | None:
    """The contact of a lead."""
    return contact(world, lead.contact_id)


def company_of(lead: Lead, world: World) -> Account | None:
    """The account of a lead, else its contact's."""
    return first_account(world, lead, contact_of(lead, world))


def title_level(lead: Lead, world: World) -> str | None:
    """The contact's title level, else the lead's."""
    who = contact_of(lead, world)
    return (who.title_level if who else None) or lead.title_level


@once
def first_attempt(view: View, lead: Lead) -> dt.datetime | None:
    """The first human outbound attempt at a lead from its request on, up to T."""
    made = made_at(lead, view.world)
    attempts = [
        each.occurred_at.at
        for each in view.world.activity
        if each.occurred_at is not None
        and is_attempt(each, view)
        and (made is None or each.occurred_at.at >= made.at)
        and lead_of_activity(view.world, each) == lead
    ]
    return min(attempts, default=None)


def assignments(lead: Lead, world: World) -> list[LeadAssignment]:
    """To whom a lead was given, oldest first; without rows, from its own columns."""
    rows = [row for row in world.lead_assignment if row.lead_id == lead.lead_id]
    if not rows and lead.assigned_at is not None:
        return [LeadAssignment(lead.lead_id, lead.assigned_at, lead.owner_id)]
    return sorted(rows, key=lambda row: row.assigned_at.at)


def owner(lead: Lead, at: dt.datetime, world: World) -> str | None:
    """The owner at an instant, by the assignments; without any, today's."""
    rows = assignments(lead, world)
    past = [row for row in rows if row.assigned_at.at <= at]
    if past:
        return past[-1].rep_id
    return None if rows else lead.owner_id


def stage_rows(lead: Lead, view: View) -> list[LeadStage]:
    """The stages that a lead reached by T; of merged leads, those of all of them."""
    world = view.world
    return [
        row
        for row in world.lead_stage
        if row.reached_at.at <= view.as_of and root(world, "lead", row.lead_id) == lead.lead_id
    ]


def first_in_stage(
    lead: Lead, stage: str, view: View, since: Moment | None = None
) -> Moment | None:
    """When a lead reached a stage for the first time, or for the first time since a moment."""
    rows = [row.reached_at for row in stage_rows(lead, view) if row.stage == stage]
    return min((at for at in rows if since is None or at >= since), default=None)


KPIS: dict[str, Kpi] = {"lead_flow": counted(lead_flow)}
