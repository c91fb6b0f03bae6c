"""The word between the numerator and the denominator of a number."""

import pytest

from foresail.catalogue import CATALOGUE
from foresail.project.answering import joint


@pytest.mark.parametrize(
    ("kpi", "word"),
    [
        ("win_rate", "of"),
        ("quota_attainment", "of"),
        ("nps", "of"),
        ("revenue_growth", "against"),
        ("touches_per_lead", "for"),
        ("cost_per_lead", "for"),
        ("deals_won", ""),
    ],
)
def test_a_part_stands_of_a_whole_a_growth_against_what_was_before(kpi: str, word: str) -> None:
    assert joint(CATALOGUE.known[kpi]) == word
