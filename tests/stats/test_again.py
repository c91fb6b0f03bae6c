"""Results kept for the same numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from foresail.stats import again
from foresail.stats.again import same_again

Floats = npt.NDArray[np.float64]


@pytest.fixture
def worked() -> list[str]:
    return []


def test_the_same_numbers_are_worked_once_and_others_anew(worked: list[str]) -> None:
    @same_again
    def share(won: object, of: object) -> Floats:
        worked.append("share")
        found: Floats = np.asarray(won, float) / np.asarray(of, float)
        return found

    assert share([1, 3], [2, 4]).tolist() == [0.5, 0.75]
    assert share(np.array([1, 3]), np.array([2, 4])).tolist() == [0.5, 0.75]
    assert len(worked) == 1
    assert share([2, 4], [1, 3]).tolist() == [2.0, 4 / 3]
    assert share(won=[1, 3], of=[2, 4]).tolist() == [0.5, 0.75]
    assert share(of=[1, 3], won=[2, 4]).tolist() == [2.0, 4 / 3]


def test_lists_of_other_lengths_are_others(worked: list[str]) -> None:
    @same_again
    def sums(records: list[list[float]]) -> Floats:
        worked.append("sums")
        return np.array([sum(each) for each in records])

    assert sums([[1.0, 2.0], [3.0]]).tolist() == [3.0, 3.0]
    assert sums([[1.0], [2.0, 3.0]]).tolist() == [1.0, 5.0]
    assert len(worked) == 2


def test_a_result_cannot_be_changed() -> None:
    kept = same_again(lambda values: np.array(values, float))([1.0])
    with pytest.raises(ValueError, match="read-only"):
        kept[0] = 2.0


def test_no_more_is_kept_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch, worked: list[str]
) -> None:
    monkeypatch.setattr(again, "MOST", 16)

    @same_again
    def one(values: object) -> Floats:
        worked.append("one")
        return np.array(values, float)

    for value in (1.0, 2.0, 1.0, 3.0, 1.0, 2.0):
        one([value])
    assert len(worked) == 4
