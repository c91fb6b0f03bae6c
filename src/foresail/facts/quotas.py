"""Quotas and targets, day by day and level by level."""

from __future__ import annotations

from foresail.core.anchors import Distinct, Mean, On, Sum
from foresail.core.dimensions import CARRIER, REP_DIMENSIONS, TEAM, Dimension
from foresail.core.expressions import Setting, _
from foresail.core.measures import Fact, Measure, Need

EACH_DAY = On("day", "the days it covers", sees_future=True, calendar=True)
QUOTA = (Need("quota", "amount"),)


class Quotas(Fact):
    """One row per level, owner, KPI and day."""

    table = "quota_day"
    key = ("level", "carrier_rep", "carrier_team", "kpi", "day")
    shows = ("level", "carrier_rep", "carrier_team", "kpi", "day")
    small = ("level", "kpi")

    amounts = Measure(
        Sum(_.value), at=EACH_DAY, credit=CARRIER, where=_.level == Setting("level"), needs=QUOTA
    )
    levels = Measure(
        Mean(_.target), at=EACH_DAY, credit=CARRIER, where=_.level == Setting("level"), needs=QUOTA
    )
    quota = amounts.only(_.kpi == "revenue", words="quota")
    carried_days = Measure(
        Distinct(_.day),
        at=EACH_DAY,
        credit=CARRIER,
        where=_.level == "carrier",
        needs=QUOTA,
        words="days with a quota",
    )
    own_days = Measure(
        Distinct(_.day),
        at=EACH_DAY,
        credit=CARRIER,
        where=(_.level == "rep") & (_.kpi == "revenue"),
        needs=QUOTA,
        words="days with a quota of one's own",
    )


def level_of(dimensions: set[Dimension]) -> str:
    """Whose quotas answer a question by these dimensions: rep, team or company."""
    if dimensions & (set(REP_DIMENSIONS) - {TEAM}):
        return "rep"
    return "team" if TEAM in dimensions else "company"
