"""The ranks of values of which not every two can be told apart."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

ROUNDING = 1e-9


def holm(p: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The p-values of all pairs, made larger for their number: by Holm's steps.

    Source: Holm (1979), Scand. J. Stat. 6, 65-70.

    >>> holm(np.array([[1, .01, .04], [.01, 1, .03], [.04, .03, 1]]))[0].round(2).tolist()
    [1.0, 0.03, 0.06]
    """
    rows, columns = np.triu_indices(len(p), 1)
    given = p[rows, columns]
    order = np.argsort(given)
    steps = np.minimum(given[order] * np.arange(given.size, 0, -1), 1)
    adjusted = np.empty_like(given)
    adjusted[order] = np.maximum.accumulate(steps)
    found = np.ones_like(p)
    found[rows, columns] = found[columns, rows] = adjusted
    return found


class Ranks(NamedTuple):
    """Per value: its place (equal values share one), the ranks it may have, its group's first."""

    place: npt.NDArray[np.int64]
    best: npt.NDArray[np.int64]
    worst: npt.NDArray[np.int64]
    group: npt.NDArray[np.int64]


def ranks(values: npt.ArrayLike, apart: npt.NDArray[np.bool_]) -> Ranks:
    """The ranks of values, the highest first, where only some pairs can be told apart.

        best = 1 + those that are better for sure      worst = n − those that are worse for sure

    A group ends only where all before can be told from all after.

    >>> found = ranks([7, 9, 9, 1], np.array([[0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 1], [1] * 4]))
    >>> found.place.tolist(), found.worst.tolist(), found.group.tolist()
    ([3, 1, 1, 4], [3, 3, 3, 4], [1, 1, 1, 4])
    """
    v, n = np.asarray(values, float), np.size(values)
    above = v[None, :] - v[:, None] > ROUNDING * np.maximum(np.abs(v[None, :]), 1)
    sure = np.asarray(apart, bool)
    best = 1 + (above & sure).sum(axis=1)
    worst = n - (above.T & sure).sum(axis=1)
    order = np.argsort(-v, kind="stable")
    sorted_sure = sure[np.ix_(order, order)]
    group = np.empty(n, np.int64)
    start = 0
    for end in range(1, n + 1):
        if end == n or sorted_sure[:end, end:].all():
            group[order[start:end]] = start + 1
            start = end
    return Ranks(1 + above.sum(axis=1), best, worst, group)
