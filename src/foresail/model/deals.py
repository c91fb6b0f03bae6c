"""What is at stake: opportunities, their stages, changes and splits."""

from __future__ import annotations

from foresail.model.types import (
    Table,
    boolean,
    choice,
    currency,
    date,
    id_,
    instant,
    integer,
    key,
    money,
    number,
    required,
    text,
)

OPPORTUNITY = Table(
    "opportunity",
    "One row per opportunity (deal).",
    (
        key(id_("opportunity_id", "The opportunity.", refers_to="opportunity")),
        id_("account_id", "The company.", refers_to="account"),
        id_("contact_id", "The person.", refers_to="contact"),
        id_("lead_id", "The lead it came from.", refers_to="lead"),
        id_("owner_id", "The rep who owns it now.", refers_to="rep"),
        id_("sourced_by_id", "The rep who brought it in.", refers_to="rep"),
        text("pipeline", "The pipeline it runs through."),
        choice("deal_type", "What kind of deal.", "new", "expansion", "renewal"),
        text("product", "The product."),
        text("name", "The deal's name."),
        money("amount", "What it is worth."),
        money("cost", "What delivering it costs."),
        currency("The currency of amount and cost; empty: the organisation's."),
        number("probability", "Chance of winning, 0 to 1; empty: the stage's.", 0, 1),
        instant("created_at", "When it was opened."),
        date("expected_close_on", "The day it is expected to close."),
        instant("closed_at", "When it was won or lost."),
        choice("outcome", "How it ended; empty: open.", "won", "lost"),
        text("lost_reason", "Why it was lost."),
        text("stage", "The stage it stands in now."),
        text("forecast_category", "The rep's own call."),
        id_("merged_into_id", "The opportunity that survived a merge.", refers_to="opportunity"),
        instant("deleted_at", "When it was deleted."),
    ),
)

OPPORTUNITY_STAGE = Table(
    "opportunity_stage",
    "One row per opportunity and entry into a stage.",
    (
        key(id_("opportunity_id", "The opportunity.", refers_to="opportunity")),
        key(text("stage", "The stage entered.")),
        key(instant("entered_at", "When it was entered.")),
        id_("rep_id", "Who moved it there.", refers_to="rep"),
    ),
)

OPPORTUNITY_CHANGE = Table(
    "opportunity_change",
    "One row per change of an opportunity's amount, owner or expected close.",
    (
        key(id_("opportunity_id", "The opportunity.", refers_to="opportunity")),
        key(choice("field", "What changed.", "amount", "owner_id", "expected_close_on")),
        text("old_value", "The value before."),
        text("new_value", "The value after."),
        key(instant("changed_at", "When it changed.")),
    ),
)

OPPORTUNITY_SPLIT = Table(
    "opportunity_split",
    "One row per opportunity, rep and kind of credit.",
    (
        key(id_("opportunity_id", "The opportunity.", refers_to="opportunity")),
        key(id_("rep_id", "Who gets the credit.", refers_to="rep")),
        required(number("share", "The part of the deal, 0 to 1.", 0, 1)),
        key(
            choice("kind", "Whether it adds into the total.", "revenue", "overlay"),
            default="revenue",
        ),
    ),
)

STAGE = Table(
    "stage",
    "One row per stage of a pipeline.",
    (
        key(text("pipeline", "The pipeline; empty: the only one."), default=""),
        key(text("stage", "The stage.")),
        integer("position", "Its place in the order."),
        number("probability", "Chance of winning from here, 0 to 1.", 0, 1),
        choice("kind", "What standing here means.", "open", "won", "lost"),
        boolean("is_accepted", "Whether sales has accepted the deal here."),
        boolean("is_forecast", "Whether the deal is on the forecast here."),
    ),
)
