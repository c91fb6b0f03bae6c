"""Whether two of some values differ by more than chance.

Each test gives a square of p-values, one for each pair: how often chance alone makes a difference
as large as the one seen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Square = npt.NDArray[np.float64]

FEW_EXPECTED = 5.0
FEW_COUNTED = 50
FEW_RECORDS = 12
ROUNDING = 1e-9


def shares(won: npt.ArrayLike, of: npt.ArrayLike) -> Square:
    """Pairs of shares: Fisher's exact test where few are expected, else the score test.

        z = (k₁/n₁ − k₂/n₂) ÷ √(p(1−p)(1/n₁ + 1/n₂))     p = (k₁ + k₂)/(n₁ + n₂)

    A share of nothing can be told from none.
    Source: Fisher (1935), J. R. Stat. Soc. 98, 39-82; Cochran (1954), Biometrics 10, 417-451.

    >>> shares([8, 1], [10, 10])[0, 1].round(5)
    np.float64(0.00548)
    """
    k, n = np.asarray(won, float), np.asarray(of, float)
    together, cases = k[:, None] + k, n[:, None] + n
    with np.errstate(divide="ignore", invalid="ignore"):
        p = together / cases
        error = np.sqrt(p * (1 - p) * (1 / n[:, None] + 1 / n))
        z = (k / n)[:, None] - k / n
        found = _two_sided(z, error)
        expected = np.minimum(p, 1 - p) * np.minimum(n[:, None], n)
    for i, j in zip(*np.nonzero(np.triu(expected < FEW_EXPECTED, 1)), strict=True):
        found[i, j] = found[j, i] = _fisher(int(k[i]), int(n[i]), int(k[j]), int(n[j]))
    return found


def counts(seen: npt.ArrayLike) -> Square:
    """Pairs of counts over the same time: of all counted, each is as likely either one's.

        z = (k₁ − k₂) ÷ √(k₁ + k₂)          exactly, by the binomial law, below 50

    Source: Przyborowski and Wilenski (1940), Biometrika 31, 313-323.

    >>> counts([9, 1])[0, 1].round(5)
    np.float64(0.02148)
    """
    k = np.asarray(seen, float)
    together = k[:, None] + k
    found = _two_sided(k[:, None] - k, np.sqrt(together))
    for i, j in zip(*np.nonzero(np.triu(together < FEW_COUNTED, 1)), strict=True):
        t = int(together[i, j])
        weights = np.array([math.comb(t, each) for each in range(t + 1)], float) / 2.0**t
        found[i, j] = found[j, i] = _as_rare(weights, int(k[i]))
    return found


def sums(records: Sequence[npt.ArrayLike]) -> Square:
    """Pairs of sums of records: each record is as likely either one's.

        z = (Σx₁ − Σx₂) ÷ √(Σx₁² + Σx₂²)    exactly, over all ways to deal them, up to 12 records

    Few large records therefore tell less than many small ones.
    Source: the compound Poisson law; Fisher's randomisation, The Design of Experiments (1935), §21.

    >>> sums([[900.0, 700.0], [500.0]])[0, 1]
    np.float64(0.5)
    """
    values = [np.asarray(each, float) for each in records]
    s = np.array([each.sum() for each in values])
    q = np.array([(each**2).sum() for each in values])
    number = np.array([each.size for each in values])
    found = _two_sided(s[:, None] - s, np.sqrt(q[:, None] + q))
    few = (number[:, None] + number) <= FEW_RECORDS
    for i, j in zip(*np.nonzero(np.triu(few, 1)), strict=True):
        found[i, j] = found[j, i] = _dealt(np.concatenate((values[i], values[j])), abs(s[i] - s[j]))
    return found


def samples(records: Sequence[npt.ArrayLike], centres: npt.ArrayLike) -> Square:
    """Pairs of typical values (a mean, a median): the rank-sum test of their records.

        z = (|U − n₁n₂/2| − ½) ÷ σ      U = how often a record of one is above one of the other

    Where the ranks contradict the order of the `centres`, nothing is told apart.
    Source: Mann and Whitney (1947), Ann. Math. Stat. 18, 50-60; σ corrected for ties.

    >>> samples([[1, 2, 3, 4, 5], [11, 12, 13, 14, 15]], [3, 13])[0, 1].round(4)
    np.float64(0.0122)
    """
    values = [np.sort(np.asarray(each, float)) for each in records]
    middle = np.asarray(centres, float)
    found = np.ones((len(values), len(values)))
    for i, one in enumerate(values):
        for j, other in enumerate(values[:i]):
            if one.size and other.size:
                ahead, p = _rank_sum(one, other)
                agrees = ahead * (middle[i] - middle[j]) > 0
                found[i, j] = found[j, i] = p if agrees else 1.0
    return found


def _two_sided(difference: Floats, error: Floats) -> Square:
    """How often a normal error is as large; 1 where nothing varies."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.nan_to_num(np.abs(difference) / error, nan=0.0, posinf=0.0)
    found: Square = np.vectorize(math.erfc, otypes=[float])(z / math.sqrt(2))
    return found


def _as_rare(weights: Floats, seen: int) -> float:
    """The weight of all outcomes that are as rare as the one seen, or rarer."""
    return min(1.0, float(weights[weights <= weights[seen] * (1 + 1e-7)].sum() / weights.sum()))


def _fisher(k: int, n: int, j: int, m: int) -> float:
    low, high = max(0, k + j - m), min(n, k + j)
    tried = np.arange(low, high + 1)
    weights = np.array([_log_ways(n, int(i)) + _log_ways(m, k + j - int(i)) for i in tried])
    return _as_rare(np.exp(weights - weights.max()), k - low)


def _log_ways(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _dealt(values: Floats, difference: float) -> float:
    """How often dealing records out by chance makes a difference as large."""
    ways = (np.arange(2**values.size)[:, None] >> np.arange(values.size)) & 1
    made = np.abs((2 * ways - 1) @ values)
    return float(np.mean(made >= difference * (1 - ROUNDING)))


def _rank_sum(one: Floats, other: Floats) -> tuple[float, float]:
    """How far the one is ahead of the other in ranks, and how often chance does that."""
    n, m = one.size, other.size
    below = np.searchsorted(other, one, "left") + np.searchsorted(other, one, "right")
    ahead = below.sum() / 2 - n * m / 2
    _, ties = np.unique(np.concatenate((one, other)), return_counts=True)
    t = float(n + m)
    variance = n * m / 12 * ((t + 1) - (ties**3 - ties).sum() / (t * (t - 1)))
    if variance <= 0:
        return 0.0, 1.0
    z = max(abs(ahead) - 0.5, 0) / math.sqrt(variance)
    return float(ahead), math.erfc(z / math.sqrt(2))
