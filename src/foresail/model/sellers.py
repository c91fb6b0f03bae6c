"""Who sells."""

from __future__ import annotations

from foresail.model.types import Table, boolean, choice, date, id_, key, text

ROLES = ("sdr", "ae", "am", "csm", "manager", "other")
SENIORITIES = ("junior", "mid", "senior", "lead")

POSITION_IN_THE_TEAM = (
    text("team", "The team the rep sells in."),
    id_("manager_id", "The rep's manager.", refers_to="rep"),
    choice("role", "What the rep does.", *ROLES),
    choice("seniority", "How experienced the rep is.", *SENIORITIES),
    text("territory", "The part of the market the rep works."),
    boolean("is_quota_carrying", "Whether the rep carries a quota."),
)

REP = Table(
    "rep",
    "One row per person who sells.",
    (
        key(id_("rep_id", "The rep.", refers_to="rep")),
        text("name", "The name people know the rep by."),
        text("email", "The rep's address."),
        date("hired_on", "The first day in the job; empty: always there."),
        date("left_on", "The last day in the job; empty: still there."),
        choice("leave_kind", "Who ended the job.", "voluntary", "involuntary"),
        *POSITION_IN_THE_TEAM,
    ),
)

REP_ASSIGNMENT = Table(
    "rep_assignment",
    "One row per rep and stretch of time in one team, role, seniority and territory.",
    (
        key(id_("rep_id", "The rep.", refers_to="rep")),
        key(date("valid_from", "The first day that counts.")),
        date("valid_to", "The last day that counts; empty: until the next row, or still."),
        *POSITION_IN_THE_TEAM,
    ),
)

ABSENCE = Table(
    "absence",
    "One row per rep and stretch of leave.",
    (
        key(id_("rep_id", "The rep.", refers_to="rep")),
        key(date("starts_on", "The first day away.")),
        date("ends_on", "The last day away; empty: that one day."),
        key(text("kind", "Holiday, illness, ..."), default="absent"),
    ),
)

POSITION = Table(
    "position",
    "One row per opened vacancy.",
    (
        key(id_("position_id", "The vacancy.", refers_to="position")),
        text("team", "The team that seeks somebody."),
        choice("role", "The role to fill.", *ROLES),
        date("opened_on", "The day the vacancy was approved."),
        date("filled_on", "The day an offer was accepted; empty: still open."),
        id_("rep_id", "Who was hired.", refers_to="rep"),
    ),
)
