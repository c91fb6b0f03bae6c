"""Formulas as people read them."""

from __future__ import annotations

from foresail.catalogue import KPIS
from foresail.core.formulas import ratio
from foresail.core.measures import Above, Absolute, Constant, Finished, measures
from foresail.core.measures import Formula as Term
from foresail.core.units import unit_of
from foresail.facts.open_deals import OpenDeals
from foresail.facts.opportunities import Opportunities

MISS: Term = Constant(1) - Absolute(OpenDeals.open_value - Opportunities.won_value) / Finished(
    Above(Opportunities.won_value)
)


def test_a_distance_and_a_condition_read_as_arithmetic() -> None:
    assert str(MISS) == "1 − |amount of open deals − amount won| ÷ (amount won)"


def test_the_parts_of_what_a_constant_shifts_are_those_of_the_division() -> None:
    found = ratio(MISS)
    assert found is not None
    assert str(found.left) == "|amount of open deals − amount won|"
    assert [each.name for each in measures(MISS)] == ["open_value", "won_value", "won_value"]


def test_days_and_visitors_are_no_money() -> None:
    assert unit_of("denominator", KPIS["rep_turnover"]) == "ratio"
    assert unit_of("denominator", KPIS["visitor_to_lead"]) == "count"
    assert unit_of("denominator", KPIS["market_share"]) == "money"
    assert unit_of("forecast", KPIS["forecast_accuracy"]) == "money"
    assert unit_of("stay", KPIS["avg_tenure"]) == "duration"
