"""Money, customers and the market."""

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
    optional_key,
    required,
    text,
)

REVENUE = Table(
    "revenue",
    "One row per amount of recognised revenue.",
    (
        optional_key(id_("revenue_id", "The booking.", refers_to="revenue")),
        id_("account_id", "The customer.", refers_to="account"),
        id_("opportunity_id", "The deal it came from.", refers_to="opportunity"),
        required(date("day", "The day it was earned.")),
        money("amount", "How much."),
        money("cost", "What it cost to deliver."),
        currency("The currency; empty: the organisation's."),
    ),
    is_keyless=True,
)

SUBSCRIPTION = Table(
    "subscription",
    "One row per subscription at one price.",
    (
        key(id_("subscription_id", "The subscription.", refers_to="subscription")),
        id_("account_id", "The customer.", refers_to="account"),
        text("product", "The product."),
        date("started_on", "The first day of service."),
        date("ended_on", "The last day of service; empty: still running."),
        money("mrr", "Revenue a month."),
        currency("The currency; empty: the organisation's."),
        text("end_reason", "Why it ended."),
    ),
)

COST = Table(
    "cost",
    "One row per cost and the days it covers.",
    (
        optional_key(id_("cost_id", "The cost.", refers_to="cost")),
        required(date("starts_on", "The first day it covers.")),
        date("ends_on", "The last day it covers; empty: that one day."),
        money("amount", "How much."),
        currency("The currency; empty: the organisation's."),
        choice(
            "category",
            "What for.",
            "media",
            "tools",
            "agency",
            "marketing_salaries",
            "sales_salaries",
            "commission",
            "other",
        ),
        text("source", "The lead source it paid for."),
        id_("campaign_id", "The campaign it paid for.", refers_to="campaign"),
        text("team", "The team it paid for."),
    ),
    is_keyless=True,
)

QUOTA = Table(
    "quota",
    "One row per owner, KPI and stretch of time with a quota or target.",
    (
        key(choice("owner_kind", "Whose it is.", "rep", "team", "company")),
        key(id_("owner_id", "Which rep or team; of the company: anything."), default="company"),
        key(text("kpi", "The KPI it is set for; empty: revenue."), default="revenue"),
        key(date("starts_on", "The first day it covers.")),
        date("ends_on", "The last day it covers; empty: until the owner's next one starts."),
        money("amount", "How much."),
        currency("The currency; empty: the organisation's."),
    ),
)

SURVEY_RESPONSE = Table(
    "survey_response",
    "One row per survey sent to a person.",
    (
        key(id_("survey_id", "The survey as sent.", refers_to="survey_response")),
        id_("account_id", "The customer.", refers_to="account"),
        id_("contact_id", "The person asked.", refers_to="contact"),
        id_("rep_id", "The rep it is about.", refers_to="rep"),
        instant("sent_at", "When it was sent."),
        instant("answered_at", "When it was answered; empty: not yet."),
        integer("score", "The answer, 0 to 10.", 0, 10),
        text("comment", "What was written."),
    ),
)

USAGE = Table(
    "usage",
    "One row per account, day and kind of use.",
    (
        optional_key(id_("usage_id", "The row.", refers_to="usage")),
        id_("account_id", "The customer.", refers_to="account"),
        required(date("day", "The day.")),
        text("event", "What was done."),
        number("amount", "How often or how much."),
    ),
    is_keyless=True,
)

WEB_TRAFFIC = Table(
    "web_traffic",
    "One row per day and source of visitors.",
    (
        key(date("day", "The day.")),
        key(text("source", "Where the visitors came from."), default=""),
        boolean("is_organic", "Whether they came without being paid for."),
        integer("visitors", "How many.", minimum=0),
    ),
)

MARKET = Table(
    "market",
    "One row per segment and stretch of time of the market's size.",
    (
        key(date("starts_on", "The first day it covers.")),
        key(date("ends_on", "The last day it covers.")),
        key(text("segment", "The segment; empty: the whole market."), default=""),
        money("market_sales", "Sales of the whole market."),
        money("largest_rival_sales", "Sales of the largest rival."),
        currency("The currency; empty: the organisation's."),
        text("source", "Who says so."),
    ),
)

EXCHANGE_RATE = Table(
    "exchange_rate",
    "One row per currency and day.",
    (
        key(currency("The currency.")),
        key(date("day", "The first day the rate holds.")),
        required(number("rate", "The organisation's currency for one unit.", 0)),
    ),
)
