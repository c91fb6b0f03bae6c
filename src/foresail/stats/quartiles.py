"""Where the middle of a group lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class MiddleHalf(NamedTuple):
    """The first quartile, the median and the third quartile."""

    low: float
    middle: float
    high: float


def middle_half(values: Sequence[float]) -> MiddleHalf:
    """The range in which the middle half of some values lies, ends between two values drawn
    linearly.

        quartile q of n sorted values: the value at place (n − 1) × q, counted from 0

    Unit: that of the values.
    Shapes: at least one value, none unknown.
    Source: Hyndman and Fan (1996), Am. Stat. 50, 361-365, definition 7.

    >>> middle_half([1, 2, 3, 4, 10])
    MiddleHalf(low=2.0, middle=3.0, high=4.0)
    """
    return MiddleHalf(*(float(each) for each in np.quantile(values, (0.25, 0.5, 0.75))))
