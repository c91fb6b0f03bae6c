"""The middle half against the standard library's quantiles."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foresail.stats.quartiles import middle_half

NUMBERS = st.floats(-1e9, 1e9, allow_subnormal=False)


@given(st.lists(NUMBERS, min_size=2, max_size=40))
def test_it_agrees_with_the_standard_library(values: list[float]) -> None:
    expected = statistics.quantiles(values, n=4, method="inclusive")
    assert list(middle_half(values)) == pytest.approx(expected, abs=1e-5, rel=1e-9)


def test_one_value_is_its_own_middle() -> None:
    assert middle_half([7]) == (7, 7, 7)
