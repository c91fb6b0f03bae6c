"""Wilson's interval against a second implementation, and what holds for every share."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as some
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.rates import confint_poisson

from foresail.stats.intervals import (
    count_interval,
    difference_interval,
    gap_interval,
    sum_interval,
    wilson_interval,
)

# Both work in doubles and square the same quantile; only the order of operations differs.
RTOL = 1e-9

CASES = some.integers(1, 10**9).flatmap(
    lambda closed: some.tuples(some.integers(0, closed), some.just(closed))
)


@given(some.lists(CASES, min_size=1, max_size=20))
def test_it_agrees_with_statsmodels(cases: list[tuple[int, int]]) -> None:
    won, closed = np.array(cases).T

    low, high = wilson_interval(won, closed)

    theirs = proportion_confint(won, closed, alpha=0.05, method="wilson")
    np.testing.assert_allclose(low, np.maximum(theirs[0], 0), rtol=RTOL, atol=1e-12)
    np.testing.assert_allclose(high, theirs[1], rtol=RTOL, atol=1e-12)


@given(CASES)
def test_the_share_lies_inside_and_the_ends_in_0_to_1(case: tuple[int, int]) -> None:
    won, closed = case

    low, high = wilson_interval([won], [closed])

    assert 0 <= low[0] <= won / closed <= high[0] <= 1


@given(CASES)
def test_won_and_lost_mirror_each_other(case: tuple[int, int]) -> None:
    won, closed = case

    of_won, of_lost = wilson_interval([won], [closed]), wilson_interval([closed - won], [closed])

    np.testing.assert_allclose(of_won.low, 1 - of_lost.high, atol=1e-12)
    np.testing.assert_allclose(of_won.high, 1 - of_lost.low, atol=1e-12)


def test_nothing_of_nothing_is_unknown() -> None:
    low, high = wilson_interval([0, 2], [0, 5])

    assert np.isnan([low[0], high[0]]).all()
    assert np.round([low[1], high[1]], 5).tolist() == [0.11762, 0.76928]


def test_all_and_none_of_few_are_not_certain() -> None:
    low, high = wilson_interval([0, 3], [3, 3])

    # 3.84146 / (3 + 3.84146) = 0.56150
    assert low[0] == 0
    assert np.isclose(high[0], 0.5615, atol=1e-4)
    assert np.isclose(low[1], 0.4385, atol=1e-4)
    assert high[1] == 1


COUNTS = some.tuples(*[some.integers(0, 10**6)] * 3).filter(any)


@given(COUNTS)
def test_a_difference_has_the_spread_of_scores_of_1_0_and_minus_1(
    counts: tuple[int, int, int],
) -> None:
    added, neither, taken = counts
    n = sum(counts)

    low, high = difference_interval([added], [taken], [n])

    mean = (added - taken) / n
    spread = ((added * (1 - mean) ** 2 + neither * mean**2 + taken * (-1 - mean) ** 2) / n) ** 0.5
    half = 1.959963984540054 * spread / n**0.5
    np.testing.assert_allclose(low[0], max(mean - half, -1), atol=1e-7)
    np.testing.assert_allclose(high[0], min(mean + half, 1), atol=1e-7)
    assert -1 <= low[0] <= mean <= high[0] <= 1


def test_of_nothing_no_range_is_known() -> None:
    low, high = difference_interval([0], [0], [0])

    assert np.isnan(low[0])
    assert np.isnan(high[0])


FEW = some.integers(1, 10**6).flatmap(
    lambda closed: some.tuples(some.integers(0, closed), some.just(closed))
)


@given(FEW, FEW)
def test_a_gap_of_two_shares_agrees_with_statsmodels(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    low, high = gap_interval([one[0]], [one[1]], [other[0]], [other[1]])

    theirs = confint_proportions_2indep(*one, *other, method="newcomb", compare="diff")
    np.testing.assert_allclose((low[0], high[0]), theirs, rtol=1e-6, atol=1e-9)


@given(FEW, FEW)
def test_a_gap_turned_round_changes_its_sign(one: tuple[int, int], other: tuple[int, int]) -> None:
    low, high = gap_interval([one[0]], [one[1]], [other[0]], [other[1]])
    turned = gap_interval([other[0]], [other[1]], [one[0]], [one[1]])

    np.testing.assert_allclose((low[0], high[0]), (-turned.high[0], -turned.low[0]), atol=1e-12)


def test_a_gap_to_nothing_is_unknown() -> None:
    assert np.isnan(gap_interval([1, 0], [2, 0], [0, 1], [0, 2])).all()


@given(some.integers(0, 10**6))
def test_the_range_of_a_count_agrees_with_statsmodels(counted: int) -> None:
    low, high = count_interval([counted])

    theirs = confint_poisson(counted, 1, method="score")
    np.testing.assert_allclose([low[0], high[0]], np.maximum(theirs, 0), rtol=RTOL, atol=1e-9)


def test_the_range_of_a_sum_of_ones_is_about_that_of_their_count() -> None:
    low, high = sum_interval([400.0], [400.0])

    # 400 ± 1.96 * 20
    np.testing.assert_allclose([low[0], high[0]], [360.8007, 439.1993], atol=1e-4)
