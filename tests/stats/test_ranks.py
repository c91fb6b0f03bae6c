"""Ranks where not every two values can be told apart."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some
from statsmodels.stats.multitest import multipletests

from foresail.stats.pairs import counts
from foresail.stats.ranks import holm, ranks

VALUES = some.lists(some.integers(0, 2000), min_size=1, max_size=12)


def square(pairs: list[float], size: int) -> np.ndarray:
    found = np.ones((size, size))
    rows, columns = np.triu_indices(size, 1)
    found[rows, columns] = found[columns, rows] = pairs
    return found


@settings(max_examples=25)  # statsmodels takes 50 ms for each
@given(some.lists(some.floats(0, 1), min_size=6, max_size=6))
def test_holms_steps_agree_with_statsmodels(pairs: list[float]) -> None:
    adjusted = holm(square(pairs, 4))
    theirs = multipletests(pairs, method="holm")[1]
    np.testing.assert_allclose(adjusted[np.triu_indices(4, 1)], theirs, rtol=1e-12)
    np.testing.assert_allclose(adjusted, adjusted.T)


def test_equal_values_share_a_rank_and_the_next_is_left_out() -> None:
    apart = ~np.eye(4, dtype=bool)
    assert ranks([5, 9, 5, 2], apart).place.tolist() == [2, 1, 2, 4]


def test_nobody_told_apart_is_one_group() -> None:
    found = ranks([30, 20, 10], np.zeros((3, 3), bool))
    assert found.group.tolist() == [1, 1, 1]
    assert found.best.tolist() == [1, 1, 1]
    assert found.worst.tolist() == [3, 3, 3]


def test_a_group_ends_only_where_all_pairs_across_are_apart() -> None:
    # 100 and 10 are apart, 100 and 50 are not, 50 and 10 are not: one group of three, before 1.
    apart = np.array([[0, 0, 1, 1], [0, 0, 0, 1], [1, 0, 0, 1], [1, 1, 1, 0]], bool)
    found = ranks([100, 50, 10, 1], apart)
    assert found.group.tolist() == [1, 1, 1, 4]
    assert found.best.tolist() == [1, 1, 2, 4]
    assert found.worst.tolist() == [2, 3, 3, 4]


@given(VALUES)
def test_a_place_is_one_of_the_ranks_left_open_and_no_group_is_within_another(
    values: list[int],
) -> None:
    found = ranks(values, holm(counts(values)) < 0.05)
    assert (found.best <= found.place).all()
    assert (found.place <= found.worst).all()
    assert (found.group <= found.best).all()
    for group in set(found.group.tolist()):
        last = group + (found.group == group).sum() - 1
        assert (found.worst[found.group == group] <= last).all()


@given(VALUES, some.randoms())
def test_the_order_of_the_rows_does_not_matter(values: list[int], random: object) -> None:
    order = np.array(sorted(range(len(values)), key=lambda _: random.random()))  # type: ignore[attr-defined]
    kept = ranks(values, holm(counts(values)) < 0.05)
    given_values = np.array(values)[order]
    turned = ranks(given_values, holm(counts(given_values)) < 0.05)
    for one, other in zip(kept, turned, strict=True):
        assert one[order].tolist() == other.tolist()
