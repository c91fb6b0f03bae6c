"""Where the axis of a length of time is marked."""

from __future__ import annotations

from math import ceil

MINUTE, HOUR, DAY = 60, 3600, 86400
STEPS = (
    *(MINUTE * each for each in (1, 2, 5, 10, 15, 30)),
    *(HOUR * each for each in (1, 2, 3, 6, 12)),
    *(DAY * each for each in (1, 2, 5, 10, 15, 30, 60, 90, 180, 360, 720)),
)
MOST = 5


def whole_times(largest: float) -> list[int]:
    """Marks from zero to the largest value in whole minutes, hours or days, five at most above.

    >>> whole_times(3 * 3600), whole_times(21 * 86400)[:3], whole_times(0)
    ([0, 3600, 7200, 10800], [0, 432000, 864000], [0, 60])
    """
    step = next((each for each in STEPS if largest <= each * MOST), STEPS[-1])
    return [step * number for number in range(max(ceil(largest / step), 1) + 1)]
