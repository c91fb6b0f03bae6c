"""Exact tests of pairs with few cases, of many pairs at once.

Each takes the pairs as arrays of one length and gives their p-values. Pairs are worked through in
portions that fit into memory.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int64]

PORTION = 2_000_000
"""How many outcomes are looked at together."""
SAME = 1e-7
"""Outcomes whose chances differ by less are equally rare."""
ROUNDING = 1e-9


def fisher(k: Wholes, n: Wholes, j: Wholes, m: Wholes) -> Floats:
    """k of n against j of m: all ways to have as many in both together, by Fisher's exact test."""
    low, high = np.maximum(0, k + j - m), np.minimum(n, k + j)
    found = np.empty(k.size)
    for part in _portions(high - low + 1):
        tried = low[part, None] + np.arange((high - low)[part].max() + 1)
        is_way = tried <= high[part, None]
        tried = np.minimum(tried, high[part, None])
        ways = _log_ways(n[part, None], tried) + _log_ways(
            m[part, None], (k + j)[part, None] - tried
        )
        weights = np.where(is_way, np.exp(ways - ways.max(axis=1, keepdims=True)), 0.0)
        found[part] = _as_rare(weights, (k - low)[part])
    return found


def binomial(k: Wholes, together: Wholes) -> Floats:
    """k of so many together, where each is as likely to be in or out."""
    most = int(together.max(initial=0))
    ways = [[math.comb(t, each) / 2.0**t for each in range(most + 1)] for t in range(most + 1)]
    chances = np.array([_as_rare(np.tile(row, (most + 1, 1)), np.arange(most + 1)) for row in ways])
    found: Floats = chances[together, k]
    return found


def dealt(records: list[Floats], one: Wholes, other: Wholes) -> Floats:
    """Two heaps of records: all ways to deal them out, and how often they differ as much.

    `one` and `other` are the places of each pair's heaps among the `records`.
    """
    sizes = np.array([each.size for each in records])
    sums = np.array([each.sum() for each in records])
    found = np.empty(one.size)
    kinds = sizes[one] * (sizes.max(initial=0) + 1) + sizes[other]
    for kind in np.unique(kinds):
        alike = np.flatnonzero(kinds == kind)
        ways = 2 ** (sizes[one[alike[0]]] + sizes[other[alike[0]]])
        for part in _portions(np.full(alike.size, ways)):
            chosen = alike[part]
            made = (
                _signed(records, one[chosen])[:, :, None] + _signed(records, other[chosen])[:, None]
            )
            seen = np.abs(sums[one[chosen]] - sums[other[chosen]]) * (1 - ROUNDING)
            found[chosen] = np.mean(np.abs(made) >= seen[:, None, None], axis=(1, 2))
    return found


def _signed(records: list[Floats], places: Wholes) -> Floats:
    """The sums of some heaps of one size, each record added or taken away, in all ways."""
    heaps, place = np.unique(places, return_inverse=True)
    values = np.stack([records[each] for each in heaps])
    size = values.shape[1]
    signs = 2 * ((np.arange(2**size)[:, None] >> np.arange(size)) & 1) - 1
    made: Floats = (values @ signs.T)[place]
    return made


def _as_rare(weights: Floats, seen: Wholes) -> Floats:
    """The weight of all outcomes that are as rare as the one seen, or rarer; a row each."""
    most = np.take_along_axis(weights, seen[:, None], axis=1) * (1 + SAME)
    rare = np.where(weights <= most, weights, 0.0).sum(axis=1) / weights.sum(axis=1)
    found: Floats = np.minimum(1.0, rare)
    return found


def _log_ways(n: Wholes, k: Wholes) -> Floats:
    """The logarithm of in how many ways k of n can be chosen."""
    return _log_factorial(n) - _log_factorial(k) - _log_factorial(n - k)


def _log_factorial(n: Wholes) -> Floats:
    most = int(n.max(initial=0))
    if most < n.size:
        return np.array([math.lgamma(each + 1) for each in range(most + 1)])[n]
    known, place = np.unique(n, return_inverse=True)
    found = np.array([math.lgamma(each + 1) for each in known.tolist()])
    return found[place].reshape(n.shape)


def _portions(sizes: Wholes) -> Iterator[Wholes]:
    """The places of pairs with so many outcomes each, those of like sizes together."""
    order = np.argsort(sizes, kind="stable")
    start = 0
    while start < order.size:
        # The last of a portion has the most outcomes, and all are given as much room.
        room = sizes[order[start:]] * np.arange(1, order.size - start + 1)
        end = start + max(int(np.searchsorted(room, PORTION, "right")), 1)
        yield order[start:end]
        start = end
