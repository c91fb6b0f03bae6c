"""Tests of pairs against second implementations, and what holds for all of them."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy import stats
from statsmodels.stats.proportion import proportions_ztest

from foresail.stats.pairs import Square, counts, samples, shares, sums

CASES = some.integers(1, 60).flatmap(lambda n: some.tuples(some.integers(0, n), some.just(n)))
RECORDS = some.lists(some.integers(-50, 1000).map(float), max_size=6)
MANY = some.lists(some.integers(0, 30).map(float), min_size=1, max_size=40)


@given(CASES, CASES)
def test_shares_of_few_are_tested_exactly(one: tuple[int, int], other: tuple[int, int]) -> None:
    (k, n), (j, m) = one, other
    p = shares([k, j], [n, m])[0, 1]
    pooled = (k + j) / (n + m)
    if min(pooled, 1 - pooled) * min(n, m) < 5:
        theirs = stats.fisher_exact([[k, n - k], [j, m - j]]).pvalue
    else:
        theirs = proportions_ztest([k, j], [n, m])[1]
    assert p == pytest.approx(theirs, rel=1e-6)


def test_shares_of_many_are_tested_by_their_score() -> None:
    p = shares([120, 90, 0], [300, 310, 0])
    # pooled 210/610; z = (0.4 - 0.290323) / sqrt(0.344262 * 0.655738 * (1/300 + 1/310)) = 2.85027
    assert p[0, 1] == pytest.approx(0.0043684, abs=1e-6)
    assert p[0, 2] == 1


@given(some.integers(0, 30), some.integers(0, 30))
def test_counts_are_tested_by_the_binomial_law(one: int, other: int) -> None:
    p = counts([one, other])[0, 1]
    if one + other == 0:
        assert p == 1
    elif one + other < 50:
        assert p == pytest.approx(stats.binomtest(one, one + other).pvalue, rel=1e-9)


def test_large_counts_are_tested_by_their_difference() -> None:
    # z = 60 / sqrt(1060) = 1.84289
    assert counts([560, 500])[0, 1] == pytest.approx(0.0653458, abs=1e-5)


@given(RECORDS, RECORDS)
def test_sums_of_few_records_are_tested_over_all_ways(one: list[float], other: list[float]) -> None:
    p = sums([one, other])[0, 1]
    seen = abs(sum(one) - sum(other))
    ways = [
        abs(sum(sign * each for sign, each in zip(signs, one + other, strict=True)))
        for signs in product((1, -1), repeat=len(one) + len(other))
    ]
    assert p == pytest.approx(sum(way >= seen for way in ways) / len(ways))


def test_many_small_records_tell_more_than_few_large_ones() -> None:
    # Both differ by 1,000: z = 1000 / sqrt(3000 * 100) = 1.83, and 1000 / sqrt(15e6) = 0.26.
    small = sums([[100.0] * 20, [100.0] * 10])[0, 1]
    large = sums([[1000.0] * 8, [1000.0] * 7])[0, 1]
    assert small == pytest.approx(0.067889, abs=1e-5)
    assert large == pytest.approx(0.796253, abs=1e-5)


@given(MANY, MANY)
def test_samples_are_tested_by_rank_sums(one: list[float], other: list[float]) -> None:
    p = samples([one, other], [np.mean(one), np.mean(other)])[0, 1]
    theirs = stats.mannwhitneyu(one, other, use_continuity=True, method="asymptotic")
    ahead = theirs.statistic - len(one) * len(other) / 2
    if ahead * (np.mean(one) - np.mean(other)) > 0:
        assert p == pytest.approx(theirs.pvalue, rel=1e-9)
    else:
        assert p == 1


def test_no_record_tells_nothing() -> None:
    assert samples([[], [1.0, 2.0]], [0, 1.5]).tolist() == [[1, 1], [1, 1]]
    assert sums([[], []]).tolist() == [[1, 1], [1, 1]]


@given(some.lists(CASES, min_size=2, max_size=6))
def test_squares_are_symmetric_and_nobody_differs_from_himself(
    cases: list[tuple[int, int]],
) -> None:
    won, of = np.array(cases).T
    for p in (shares(won, of), counts(won)):
        np.testing.assert_allclose(p, p.T)
        np.testing.assert_allclose(np.diag(p), 1)
        assert ((p >= 0) & (p <= 1)).all()


@given(
    some.lists(CASES, min_size=2, max_size=6),
    some.lists(RECORDS, min_size=2, max_size=6),
)
def test_each_pair_is_tested_as_if_it_was_alone(
    cases: list[tuple[int, int]], records: list[list[float]]
) -> None:
    won, of = np.array(cases).T
    centres = np.array([np.mean(each) if each else 0 for each in records])

    def all_tests(chosen: list[int]) -> tuple[Square, ...]:
        heaps = [records[each] for each in chosen]
        return (
            shares(won[chosen], of[chosen]),
            counts(of[chosen]),
            sums(heaps),
            samples(heaps, centres[chosen]),
        )

    size = min(len(cases), len(records))
    for place, square in enumerate(all_tests(list(range(size)))):
        for i, j in product(range(size), repeat=2):
            if i != j:
                assert square[i, j] == pytest.approx(all_tests([i, j])[place][0, 1], rel=1e-9)
