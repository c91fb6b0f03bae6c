"""Leads: who asked, or was found, and when."""

from __future__ import annotations

from foresail.core.anchors import At, CensoredMedian, Count, Incidence, Median
from foresail.core.dimensions import (
    ATTEMPT,
    CAMPAIGN,
    CHANNEL,
    COMPANY_SIZE_BAND,
    COUNTRY,
    INDUSTRY,
    LEAD_TERRITORY,
    SEGMENT,
    SOURCE,
    TITLE_LEVEL,
)
from foresail.core.expressions import Elapsed, Setting, _
from foresail.core.measures import Fact, Measure, Need

REQUESTED = At("requested", "the request")
MQL = At("mql", "becoming an mql", optional=True)
SQL = At("sql", "becoming an sql", optional=True)
PASSED = At("passed", "the hand-over", optional=True)
MQLS = (Need("lead_stage", "stage", "mql"),)
SQLS = (Need("lead_stage", "stage", "sql"),)
HANDED_OVER = (Need("lead_stage", "stage", "accepted"),)
OUTCOMES = (Need("opportunity", "outcome"),)

IS_DROPPED = (_.dropped_at <= _.as_of).fill_null(False)
IS_HANDED = ((_.handed_at <= _.as_of) & (_.handed_at <= _.dropped_at).fill_null(True)).fill_null(
    False
)
FOLLOWED = Setting("cohort_days") * 86_400


class Cohort:
    """Leads that reached a stage, and those of them that reached a later one soon enough.

    `old` counts the leads that were followed long enough, `soon` those of them that got there in
    that time, `maturing` the younger ones; `estimate` is the chance of it, from all of them.
    """

    def __init__(self, start: At, end: str, needs: tuple[Need, ...]):
        reached = (getattr(_, f"{end}_at") <= _.as_of).fill_null(False)
        age, length = Elapsed(start.name, "as_of"), Elapsed(start.name, end)
        self.cohort = Measure(
            Count(), at=start, credit=ATTEMPT, needs=needs, words=f"leads with {start.words}"
        )
        self.old = self.cohort.only(age >= FOLLOWED, words=f"{self.cohort} long enough ago")
        self.soon = self.old.only(
            reached & (length <= FOLLOWED), words=f"of these {end} in that time"
        )
        self.maturing = self.cohort.only(age < FOLLOWED, words="leads too young to tell")
        self.estimate = Measure(
            Incidence(reached.ifelse(length, age), reached, horizon=FOLLOWED),
            at=start,
            credit=ATTEMPT,
            needs=needs,
            words=f"estimated share with {end} in that time",
        )

    def __set_name__(self, owner: type[Fact], name: str) -> None:
        for part in ("cohort", "estimate"):
            getattr(self, part).__set_name__(owner, f"{name}_{part}")


class Leads(Fact):
    """One row per lead and stretch of time with one owner, until the first human attempt."""

    table = "lead_state"
    key = ("lead_id",)
    dimensions = (
        SOURCE,
        CHANNEL,
        CAMPAIGN,
        LEAD_TERRITORY,
        SEGMENT,
        INDUSTRY,
        COUNTRY,
        COMPANY_SIZE_BAND,
        TITLE_LEVEL,
    )
    shows = (
        "lead_id",
        "requested_at",
        "channel",
        "source",
        "lead_territory",
        "account_id",
        "account",
        "attempt_rep",
    )
    small = ("channel", "source")
    has_validity = True
    has_deletion = True

    leads = Measure(
        Count(),
        at=REQUESTED,
        credit=ATTEMPT,
        needs=(Need("lead"),),
        words="leads",
    )
    paid_for = leads.only(
        ~(Setting("cost_per_lead_without_organic") & _.is_organic.fill_null(False)), words="leads"
    )
    customers = leads.only(
        (_.customer_at <= _.as_of).fill_null(False),
        needs=OUTCOMES,
        words="of these customers by now",
    )
    undecided = leads.only(
        ~(_.customer_at <= _.as_of).fill_null(False) & (Elapsed("requested", "as_of") < FOLLOWED),
        needs=OUTCOMES,
        words="leads too young to tell",
    )
    web = leads.only(_.is_web, needs=(Need("web_traffic"),), words="leads from the web")
    organic = web.only(
        _.is_organic.fill_null(False),
        needs=(Need("lead", "is_organic"),),
        words="organic leads from the web",
    )

    to_mql = Cohort(REQUESTED, "mql", MQLS)
    mql_to_sql = Cohort(MQL, "sql", SQLS)
    mql_to_opportunity = Cohort(MQL, "opportunity", MQLS)
    sql_to_opportunity = Cohort(SQL, "opportunity", SQLS)
    to_customer = Cohort(REQUESTED, "customer", (Need("lead"), *OUTCOMES))
    to_forecast = Cohort(PASSED, "forecast", (*HANDED_OVER, Need("stage", "is_forecast")))

    accepted = Measure(
        Count(),
        at=PASSED,
        credit=ATTEMPT,
        where=(_.accepted_at <= _.as_of).fill_null(False),
        needs=HANDED_OVER,
        words="leads handed over and accepted",
    )
    handoff = Measure(
        CensoredMedian(
            IS_HANDED.ifelse(
                Elapsed("mql", "handed"),
                IS_DROPPED.ifelse(Elapsed("mql", "dropped"), Elapsed("mql", "as_of")),
            ),
            IS_HANDED,
        ),
        at=MQL,
        credit=ATTEMPT,
        needs=(*MQLS, Need("activity", "direction")),
        words="median time from mql to the first attempt, untouched leads kept in",
    )
    median_size = Measure(
        Median(_.company_size),
        at=SQL,
        credit=ATTEMPT,
        needs=SQLS,
        words="median number of employees of leads that became sql",
    )
    levelled = Measure(
        Count(),
        at=SQL,
        credit=ATTEMPT,
        where=_.title_level.notnull(),
        needs=SQLS,
        words="leads that became sql, with a known title level",
    )
    deciding = levelled.only(
        _.title_level.isin(("c_level", "vp", "director")), words="of these at a deciding level"
    )
