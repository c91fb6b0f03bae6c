"""Small random worlds, full of edge cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.oracle.records import Settings
from tests.oracle.worlds.activities import activity, persistence, responses
from tests.oracle.worlds.content import assets, sent, shares
from tests.oracle.worlds.customers import subscriptions, surveys, usage
from tests.oracle.worlds.deals import deal, stages, wins_of_leads
from tests.oracle.worlds.deciding import organisation
from tests.oracle.worlds.making import Making, Row
from tests.oracle.worlds.meetings import before_sql, chains, colleagues, from_calls
from tests.oracle.worlds.money import costs, market, money, visitors
from tests.oracle.worlds.past import past
from tests.oracle.worlds.prospects import companies, lead
from tests.oracle.worlds.sellers import newcomers, positions, reps


@st.composite
def worlds(draw: Callable[..., Any], settings: Settings) -> dict[str, list[Row]]:
    """The records of an organisation of a few reps, of four months, with or without a past."""
    make = Making(draw, settings.tz)
    if not make.chance(20):
        past(make)
    reps(make)
    companies(make)
    stages(make)
    for number in range(make.one((3, 5, 0))):
        lead(make, number)
    for number in range(make.one((4, 7, 0))):
        deal(make, number)
    wins_of_leads(make)
    newcomers(make)
    for number in range(make.one((6, 12, 0))):
        activity(make, number)
    responses(make)
    persistence(make)
    chains(make)
    from_calls(make)
    before_sql(make)
    colleagues(make)
    money(make)
    visitors(make)
    costs(make)
    market(make)
    positions(make)
    subscriptions(make)
    usage(make)
    surveys(make)
    assets(make)
    sent(make)
    shares(make)
    for table in ("subscription", "revenue"):
        if make.chance(4):  # wins tell who is a customer, and what was sold
            make.rows.pop(table, None)
    return make.rows


@st.composite
def organisations(draw: Callable[..., Any]) -> tuple[Settings, dict[str, list[Row]]]:
    """What an organisation decides, and its records."""
    settings = organisation(draw(st.integers(0, 99)))
    return settings, draw(worlds(settings))


__all__ = ["Row", "organisation", "organisations", "worlds"]
