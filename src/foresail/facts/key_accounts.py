"""Key accounts: which they are, and how much of the work goes to them."""

from __future__ import annotations

from foresail.core.anchors import At, Count, Distinct, Standing, Stands
from foresail.core.dimensions import ACCOUNT, KEEPER, KEY_MONTH
from foresail.core.expressions import _
from foresail.core.measures import Fact, Measure, Need
from foresail.facts.customers import DIMENSIONS

KEY = (
    Need("revenue", "amount", otherwise=Need("opportunity", "amount")),
    Need("revenue", otherwise=Need("opportunity", "outcome")),
)
AT_START = Standing(
    Stands.START, words="the month in which the period begins", needs_start="month_on"
)
AT_END = Standing(words="the end of the period", needs_start="month_on")
IS_PAST = _.key_on <= _.as_of_on


class AccountTouches(Fact):
    """One row per attempt with an account, while it is a recent one."""

    table = "account_touch"
    key = ("activity_id",)
    shows = ("account_id", "since", "kind", "actor_rep")
    has_deletion = True

    recent = Measure(Count(), at=Standing(), words="recent attempts")


class KeyAccounts(Fact):
    """One row per month and account that is key in it, cut where its owner's position changes."""

    table = "key_account"
    key = ("account_id", "key_on")
    dimensions = DIMENSIONS
    shows = ("account", "earned", "keeper_rep")
    has_knowledge = True

    at_start = Measure(
        Count(),
        at=AT_START,
        credit=KEY_MONTH,
        where=IS_PAST,
        needs=KEY,
        words="key accounts",
    )
    at_end = Measure(
        Count(),
        at=AT_END,
        credit=KEEPER,
        per={(ACCOUNT,): {"touches": AccountTouches.recent}},
        where=IS_PAST,
        needs=(*KEY, Need("activity", "direction")),
        words="key accounts at the end of the period",
    )
    touched = at_end.only(_.touches > 0, words="of these with a recent attempt")


class Interactions(Fact):
    """One row per human activity with an account that took place."""

    table = "interaction"
    key = ("activity_id",)
    dimensions = DIMENSIONS
    shows = ("occurred_at", "account", "kind", "direction", "actor_rep", "subject")
    has_deletion = True
    has_knowledge = True

    with_key_accounts = Measure(
        Distinct(_.event_id),
        at=At("occurred", "the start"),
        credit=KEEPER,
        per={(ACCOUNT,): {"is_key": KeyAccounts.at_start}},
        where=_.is_key > 0,
        needs=(*KEY, Need("activity")),
        words="interactions with key accounts",
    )
