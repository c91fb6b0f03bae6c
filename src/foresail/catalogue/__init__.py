"""The KPIs, one file per theme. Imports facts and below."""

from __future__ import annotations

from foresail.catalogue.activity import Activity
from foresail.catalogue.costs import CostOfWinning
from foresail.catalogue.follow_up import FollowUp
from foresail.catalogue.meetings import Meeting
from foresail.catalogue.pipeline import Pipeline
from foresail.catalogue.qualification import Qualification
from foresail.catalogue.reach import Reach
from foresail.catalogue.response import Response
from foresail.catalogue.revenue import Revenue
from foresail.catalogue.winning import Winning
from foresail.core.errors import QuestionError, nearest
from foresail.core.kpis import KPI, Theme

THEMES: tuple[type[Theme], ...] = (
    Activity,
    Reach,
    Response,
    FollowUp,
    Qualification,
    Meeting,
    Pipeline,
    Winning,
    Revenue,
    CostOfWinning,
)

KPIS: dict[str, KPI] = {kpi.id: kpi for theme in THEMES for kpi in theme.kpis()}


def kpi(name: str) -> KPI:
    """The KPI of that name.

    Errors: `QuestionError` with the nearest name.
    """
    if name not in KPIS:
        hint = nearest(name, KPIS) or " foresail kpis lists them."
        raise QuestionError(f"There is no KPI {name}.{hint}")
    return KPIS[name]
