"""Whom the reps sell to."""

from __future__ import annotations

from foresail.model.types import (
    Table,
    boolean,
    choice,
    id_,
    instant,
    integer,
    key,
    money,
    text,
)

TITLE_LEVELS = ("c_level", "vp", "director", "manager", "staff")

ACCOUNT = Table(
    "account",
    "One row per company sold to.",
    (
        key(id_("account_id", "The account.", refers_to="account")),
        text("name", "The company's name."),
        id_("parent_account_id", "The company that owns it.", refers_to="account"),
        text("industry", "The industry."),
        text("segment", "The organisation's own segment."),
        integer("employees", "Number of employees.", minimum=0),
        money("annual_revenue", "The company's yearly revenue."),
        text("country", "The country."),
        id_("owner_id", "The rep who owns the account now.", refers_to="rep"),
        instant("created_at", "When the account was entered."),
        id_("merged_into_id", "The account that survived a merge.", refers_to="account"),
    ),
)

CONTACT = Table(
    "contact",
    "One row per person at an account.",
    (
        key(id_("contact_id", "The contact.", refers_to="contact")),
        id_("account_id", "Where the person works.", refers_to="account"),
        text("name", "The person's name."),
        text("title", "The title as written."),
        choice("title_level", "The level of the title.", *TITLE_LEVELS),
        boolean("is_decision_maker", "Whether the person decides; empty: not known."),
        id_("merged_into_id", "The contact that survived a merge.", refers_to="contact"),
    ),
)

LEAD = Table(
    "lead",
    "One row per request or imported prospect.",
    (
        key(id_("lead_id", "The lead.", refers_to="lead")),
        instant("created_at", "The request, or the import."),
        choice("channel", "Who came to whom.", "inbound", "outbound"),
        text("source", "Where the lead came from."),
        boolean("is_organic", "Whether it came without being paid for."),
        id_("campaign_id", "The campaign that brought it.", refers_to="campaign"),
        id_("owner_id", "The rep who owns the lead now.", refers_to="rep"),
        instant("assigned_at", "When it was given to its owner."),
        id_("account_id", "The company.", refers_to="account"),
        id_("contact_id", "The person.", refers_to="contact"),
        integer("company_size", "Number of employees, as the lead said.", minimum=0),
        choice("title_level", "The level of the person's title.", *TITLE_LEVELS),
        text("territory", "The territory the lead lies in."),
        text("segment", "The organisation's own segment."),
        id_("merged_into_id", "The lead that survived a merge.", refers_to="lead"),
        instant("deleted_at", "When it was deleted."),
    ),
)

LEAD_ASSIGNMENT = Table(
    "lead_assignment",
    "One row per hand-over of a lead.",
    (
        key(id_("lead_id", "The lead.", refers_to="lead")),
        key(instant("assigned_at", "When it was handed over.")),
        id_("rep_id", "To whom; empty: to the queue.", refers_to="rep"),
    ),
)

LEAD_STAGE = Table(
    "lead_stage",
    "One row per lead and stage it reached.",
    (
        key(id_("lead_id", "The lead.", refers_to="lead")),
        key(
            choice(
                "stage",
                "The stage.",
                "mql",
                "sql",
                "passed",
                "accepted",
                "opportunity",
                "customer",
                "disqualified",
                "recycled",
            )
        ),
        key(instant("reached_at", "When it was reached.")),
        id_("rep_id", "Who moved it there.", refers_to="rep"),
        text("reason", "Why."),
    ),
)
