"""Rank sums of many pairs of samples at once: each value is looked up once per sample."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class RankSums(NamedTuple):
    """Per pair how far the one is ahead of the other in ranks, and how much chance alone varies it.

    ahead = U − n₁n₂/2     variance = σ² of U, corrected for ties
    """

    ahead: Floats
    variance: Floats


def rank_sums(samples: Sequence[Floats]) -> RankSums:
    """Squares of all pairs of some samples; undefined where one of the two is empty.

        U = Σ how many of the other are below + ½ how many are equal
        σ² = n₁n₂/12 · ((t + 1) − Σ(e³ − e)/(t(t − 1)))     t = n₁ + n₂, e = how many are equal

    >>> rank_sums([np.array([1.0, 2.0]), np.array([2.0, 5.0, 6.0])]).ahead[0].tolist()
    [0.0, -2.5]
    """
    size = len(samples)
    number = np.array([each.size for each in samples], float)
    whose = np.repeat(np.arange(size), number.astype(np.int64))
    known, value = np.unique(np.concatenate((*samples, [])), return_inverse=True)
    # A row for each value of each sample, with how often it has it.
    pairs, times = np.unique(np.stack((whose, value.ravel())), axis=1, return_counts=True)
    owner, place = pairs
    often = times.astype(np.float64)
    above, shared = np.empty((size, size)), np.empty((size, size))
    for other in range(size):
        equal = np.zeros(known.size)
        equal[place[owner == other]] = often[owner == other]
        below = np.cumsum(equal) - equal
        here = equal[place]
        above[:, other] = _by(owner, often * (below[place] + here / 2), size)
        shared[:, other] = _by(owner, often * here * (often + here), size)
    own = _by(owner, often**3 - often, size)
    t = number[:, None] + number
    ties = own[:, None] + own + 3 * shared
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.outer(number, number) / 12 * ((t + 1) - ties / (t * (t - 1)))
    return RankSums(above - np.outer(number, number) / 2, variance)


def _by(owner: npt.NDArray[np.int64], values: Floats, size: int) -> Floats:
    found: Floats = np.bincount(owner, weights=values, minlength=size).astype(np.float64)
    return found
