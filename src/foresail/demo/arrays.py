"""The few array operations that the simulation is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
Random: TypeAlias = np.random.Generator

NOTHING = -1
"""An index or code that points at nothing; written as an empty value."""

NEVER = np.iinfo(np.int64).min
"""A moment or day that never comes; written as an empty value."""

DAY = 86_400


def ints(values: Any) -> Ints:
    """The values as whole numbers, rounded down."""
    whole: Ints = np.floor(values).astype(np.int64)
    return whole


def chance(logit: Any) -> Floats:
    """The probability that belongs to a logit.

    >>> float(chance(0.0))
    0.5
    """
    return np.asarray(1.0 / (1.0 + np.exp(-np.asarray(logit, dtype=np.float64))))


def happens(random: Random, probability: Floats) -> Flags:
    """Whether each thing happens, given its probability."""
    return np.asarray(random.random(len(probability)) < probability)


def choose(random: Random, n: int, weights: Sequence[float] | NDArray[Any]) -> Ints:
    """Codes 0, 1, ... drawn by their weights."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    codes = np.searchsorted(edges, random.random(n) * edges[-1], side="right")
    return np.asarray(np.minimum(codes, len(edges) - 1), dtype=np.int64)


def choose_by_row(random: Random, table: NDArray[Any], rows: Ints) -> Ints:
    """A column for each of the given rows, drawn by the weights in that row of the table.

    A row without any weight yields its first column.
    """
    width = table.shape[1]
    edges = np.concatenate([[0.0], np.cumsum(table, dtype=np.float64).ravel()])
    low, high = edges[rows * width], edges[(rows + 1) * width]
    found = np.searchsorted(edges, low + random.random(len(rows)) * (high - low), side="right") - 1
    return np.asarray(np.clip(found - rows * width, 0, width - 1), dtype=np.int64)


def expand(counts: Ints) -> tuple[Ints, Ints]:
    """For things that have several parts: the thing of each part, and the part's place in it.

    >>> [part.tolist() for part in expand(np.array([2, 0, 1]))]
    [[0, 0, 2], [0, 1, 0]]
    """
    owner = np.repeat(np.arange(len(counts)), counts)
    starts = np.cumsum(counts) - counts
    return owner, np.arange(len(owner)) - starts[owner]
