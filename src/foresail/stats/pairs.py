"""Whether two of some values differ by more than chance.

Each test gives a square of p-values, one for each pair: how often chance alone makes a difference
as large as the one seen.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from foresail.stats.again import same_again
from foresail.stats.exact import binomial, dealt, fisher
from foresail.stats.rank_sums import rank_sums

Floats = npt.NDArray[np.float64]
Square = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

FEW_EXPECTED = 5.0
FEW_COUNTED = 50
FEW_RECORDS = 12


@same_again
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
        difference = (k / n)[:, None] - k / n
        expected = np.minimum(p, 1 - p) * np.minimum(n[:, None], n)
    hits, tries = k.astype(np.int64), n.astype(np.int64)
    return _tested(
        difference,
        error,
        expected < FEW_EXPECTED,
        lambda i, j: fisher(hits[i], tries[i], hits[j], tries[j]),
    )


@same_again
def counts(seen: npt.ArrayLike) -> Square:
    """Pairs of counts over the same time: of all counted, each is as likely either one's.

        z = (k₁ − k₂) ÷ √(k₁ + k₂)          exactly, by the binomial law, below 50

    Source: Przyborowski and Wilenski (1940), Biometrika 31, 313-323.

    >>> counts([9, 1])[0, 1].round(5)
    np.float64(0.02148)
    """
    k = np.asarray(seen, float)
    together, whole = k[:, None] + k, k.astype(np.int64)
    return _tested(
        k[:, None] - k,
        np.sqrt(together),
        together < FEW_COUNTED,
        lambda i, j: binomial(whole[i], whole[i] + whole[j]),
    )


@same_again
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
    few = (number[:, None] + number) <= FEW_RECORDS
    error = np.sqrt(q[:, None] + q)
    return _tested(s[:, None] - s, error, few, lambda i, j: dealt(values, i, j))


@same_again
def samples(records: Sequence[npt.ArrayLike], centres: npt.ArrayLike) -> Square:
    """Pairs of typical values (a mean, a median): the rank-sum test of their records.

        z = (|U − n₁n₂/2| − ½) ÷ σ      U = how often a record of one is above one of the other

    Where the ranks contradict the order of the `centres`, nothing is told apart.
    Source: Mann and Whitney (1947), Ann. Math. Stat. 18, 50-60; σ corrected for ties.

    >>> samples([[1, 2, 3, 4, 5], [11, 12, 13, 14, 15]], [3, 13])[0, 1].round(4)
    np.float64(0.0122)
    """
    values = [np.asarray(each, float) for each in records]
    middle = np.asarray(centres, float)
    ahead, variance = rank_sums(values)
    agrees = ahead * (middle[:, None] - middle) > 0
    is_told = agrees & (variance > 0)
    size, error = np.maximum(np.abs(ahead) - 0.5, 0), np.sqrt(np.where(is_told, variance, 1))
    return _tested(size, error, ~is_told, lambda i, _: np.ones(i.size))


def _tested(
    difference: Floats,
    error: Floats,
    few: npt.NDArray[np.bool_],
    exactly: Callable[[Places, Places], Floats],
) -> Square:
    """The square of p-values: exact ones where few are counted, else by the normal law."""
    found: Square = np.ones(few.shape)
    for chosen, test in (
        (few, exactly),
        (~few, lambda i, j: _two_sided(difference[i, j], error[i, j])),
    ):
        i, j = np.nonzero(np.triu(chosen, 1))
        found[i, j] = found[j, i] = test(i, j)
    return found


def _two_sided(difference: Floats, error: Floats) -> Floats:
    """How often a normal error is as large; 1 where nothing varies."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.nan_to_num(np.abs(difference) / error, nan=0.0, posinf=0.0)
    found: Floats = np.vectorize(math.erfc, otypes=[float])(z / math.sqrt(2))
    return found
