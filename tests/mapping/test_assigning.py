"""The assignment of columns: never worse than trying all of them."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from foresail.load.guess.assigning import assigned

SCORES = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(1, 20).map(lambda n: n / 20)
)


def test_the_best_pair_gives_way_where_the_whole_gains() -> None:
    # Greedily 0 takes 0 (0.9), and 1 is left with nothing.
    assert assigned({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.8}, 2, 2) == {0: 1, 1: 0}


def test_a_row_without_a_pair_stays_alone() -> None:
    assert assigned({(1, 2): 0.4}, 3, 3) == {1: 2}
    assert assigned({}, 2, 0) == {}


@given(SCORES)
def test_no_other_assignment_gains_more(gains: dict[tuple[int, int], float]) -> None:
    taken = assigned(gains, 4, 4)
    assert len(set(taken.values())) == len(taken)
    found = sum(gains[pair] for pair in taken.items())
    best = max(
        sum(gains.get((row, column), 0.0) for row, column in enumerate(order))
        for order in permutations(range(4))
    )
    assert abs(found - best) < 1e-9
