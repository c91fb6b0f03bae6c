"""The KPIs, one file per theme. Imports facts and below."""

from __future__ import annotations

from foresail.catalogue.activity import Activity
from foresail.catalogue.catalogue import Catalogue, Group
from foresail.catalogue.content import ContentAndSocial
from foresail.catalogue.costs import CostOfWinning
from foresail.catalogue.customers import Customers
from foresail.catalogue.follow_up import FollowUp
from foresail.catalogue.key_accounts import KeyAccounts
from foresail.catalogue.meetings import Meeting
from foresail.catalogue.people import People
from foresail.catalogue.pipeline import Pipeline
from foresail.catalogue.qualification import Qualification
from foresail.catalogue.reach import Reach
from foresail.catalogue.response import Response
from foresail.catalogue.revenue import Revenue
from foresail.catalogue.surveys import Survey
from foresail.catalogue.winning import Winning
from foresail.core.kpis import Theme

THEMES: tuple[type[Theme], ...] = (
    Activity,
    Reach,
    Response,
    FollowUp,
    ContentAndSocial,
    Qualification,
    Meeting,
    Pipeline,
    Winning,
    Revenue,
    CostOfWinning,
    Customers,
    KeyAccounts,
    People,
    Survey,
)

CATALOGUE = Catalogue(tuple(Group.of(theme) for theme in THEMES))
"""The catalogue as it is without a project."""

KPIS = CATALOGUE.known
