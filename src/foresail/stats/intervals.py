"""Ranges that a figure can be trusted to."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Z_95 = 1.959963984540054


class Interval(NamedTuple):
    """Lower and upper end."""

    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]


def wilson_interval(won: npt.ArrayLike, closed: npt.ArrayLike, z: float = Z_95) -> Interval:
    """The range a share can be trusted to, honest for few cases.

        (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n)     p = won/closed, n = closed

    Unit: shares, 0 to 1; unknown (nan) where n is 0.
    Shapes: `won` and `closed` alike; so are both ends.
    Source: Wilson (1927), J. Am. Stat. Assoc. 22, 209-212.

    >>> low, high = wilson_interval([2], [5])
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (0.118, 0.769)
    """
    k, n = np.asarray(won, float), np.asarray(closed, float)
    n = np.where(n > 0, n, np.nan)
    p = k / n
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(np.maximum(p * (1 - p), 0) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    low, high = np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)
    return Interval(np.minimum(low, p), np.maximum(high, p))


def difference_interval(
    added: npt.ArrayLike, taken: npt.ArrayLike, n: npt.ArrayLike, z: float = Z_95
) -> Interval:
    """The range the difference of two shares of the same cases can be trusted to.

        (p − q) ± z √((p + q − (p − q)²)/n)     p = added/n, q = taken/n

    Unit: shares, -1 to 1; unknown (nan) where n is 0.
    Shapes: all alike; so are both ends.
    Source: the variance of a multinomial difference, as in Rocks (2016), Am. Stat. 70, 365-372.

    >>> low, high = difference_interval([5], [2], [10])
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (-0.184, 0.784)
    """
    k, m, n = np.asarray(added, float), np.asarray(taken, float), np.asarray(n, float)
    n = np.where(n > 0, n, np.nan)
    d = (k - m) / n
    half = z * np.sqrt(np.maximum((k + m) / n - d**2, 0) / n)
    return Interval(np.clip(d - half, -1, 1), np.clip(d + half, -1, 1))


def gap_interval(
    won: npt.ArrayLike,
    closed: npt.ArrayLike,
    other_won: npt.ArrayLike,
    other_closed: npt.ArrayLike,
    z: float = Z_95,
) -> Interval:
    """The range the difference of two shares of different cases can be trusted to.

        p − q − √((p − l)² + (u′ − q)²)  to  p − q + √((u − p)² + (q − l′)²)

    p and q are the shares, l to u and l′ to u′ Wilson's intervals of them.

    Unit: shares, -1 to 1; unknown (nan) where either has no case.
    Shapes: all alike; so are both ends.
    Source: Newcombe (1998), Stat. Med. 17, 873-890, method 10.

    >>> low, high = gap_interval([56], [70], [48], [80])
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (0.0524, 0.3339)
    """
    k, n = np.asarray(won, float), np.asarray(closed, float)
    m, o = np.asarray(other_won, float), np.asarray(other_closed, float)
    p, q = k / np.where(n > 0, n, np.nan), m / np.where(o > 0, o, np.nan)
    own, other = wilson_interval(k, n, z), wilson_interval(m, o, z)
    low = p - q - np.hypot(p - own.low, other.high - q)
    high = p - q + np.hypot(own.high - p, q - other.low)
    return Interval(np.clip(low, -1, 1), np.clip(high, -1, 1))


def count_interval(counted: npt.ArrayLike, z: float = Z_95) -> Interval:
    """The range of a count, if what is counted comes by chance at an even pace.

        k + z²/2 ± z √(k + z²/4)

    Unit: counts, never below 0.
    Source: the score interval of a Poisson mean, Rao (1948), Math. Proc. Camb. 44, 50-57.

    >>> low, high = count_interval([9])
    >>> round(float(low[0]), 2), round(float(high[0]), 2)
    (4.74, 17.11)
    """
    k = np.asarray(counted, float)
    middle, half = k + z**2 / 2, z * np.sqrt(k + z**2 / 4)
    return Interval(np.maximum(middle - half, 0), middle + half)


def sum_interval(total: npt.ArrayLike, squares: npt.ArrayLike, z: float = Z_95) -> Interval:
    """The range of a sum of records, if they come by chance: few large ones are a wide range.

        S ± z √(Σx²)

    Unit: that of the records.
    Source: the variance of a compound Poisson sum.

    >>> low, high = sum_interval([300.0], [100.0**2 * 3])
    >>> round(float(low[0])), round(float(high[0]))
    (-39, 639)
    """
    s, half = np.asarray(total, float), z * np.sqrt(np.asarray(squares, float))
    return Interval(s - half, s + half)
