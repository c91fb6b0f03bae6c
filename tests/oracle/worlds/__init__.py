"""Small random worlds, full of edge cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.oracle.records import Settings
from tests.oracle.worlds.activities import activity, persistence, responses
from tests.oracle.worlds.deals import deal, stages
from tests.oracle.worlds.deciding import settings_of_worlds
from tests.oracle.worlds.making import Making, Row
from tests.oracle.worlds.meetings import before_sql, chains, colleagues, from_calls
from tests.oracle.worlds.money import money, visitors
from tests.oracle.worlds.prospects import companies, lead
from tests.oracle.worlds.sellers import reps


@st.composite
def worlds(draw: Callable[..., Any]) -> tuple[Settings, dict[str, list[Row]]]:
    """An organisation of a few reps with the records of four months."""
    settings = draw(settings_of_worlds())
    make = Making(draw, settings.tz)
    reps(make)
    companies(make)
    stages(make)
    for number in range(make.one((3, 5, 0))):
        lead(make, number)
    for number in range(make.one((4, 7, 0))):
        deal(make, number)
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
    return settings, make.rows


__all__ = ["Row", "worlds"]
