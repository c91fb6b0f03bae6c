"""What is read off a formula: differences of shares, and the units of parts."""

from __future__ import annotations

import pytest

from foresail.catalogue import KPIS
from foresail.core.formulas import balance
from foresail.core.units import unit_of


def test_a_score_is_the_difference_of_shares_of_the_same_answers() -> None:
    assert balance(KPIS["nps"]) == ("promoters", "detractors")


@pytest.mark.parametrize("kpi", ["win_rate", "revenue_growth", "promoters", "revenue_per_rep"])
def test_other_ratios_are_no_difference_of_shares(kpi: str) -> None:
    assert balance(KPIS[kpi]) is None


@pytest.mark.parametrize(
    ("kpi", "part", "unit"),
    [
        ("nps", "", "points"),
        ("nps", "numerator", "count"),
        ("nps", "promoters", "count"),
        ("key_account_time_share", "numerator", "duration"),
        ("key_account_time_share", "denominator", "duration"),
        ("key_account_time_share", "assumed", "count"),
        ("key_account_touches", "denominator", "ratio"),
        ("visitor_to_lead", "denominator", "count"),
        ("gross_margin", "numerator", "money"),
    ],
)
def test_each_part_has_a_unit(kpi: str, part: str, unit: str) -> None:
    assert unit_of(part, KPIS[kpi]) == unit
