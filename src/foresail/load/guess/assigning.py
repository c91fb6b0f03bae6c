"""Columns and fields matched so that the sum of their likeness is the greatest.

This is the assignment problem, solved by shortest augmenting paths (Kuhn and Munkres, in the form
of Jonker and Volgenant). scipy has it as well, but nothing else here needs scipy at run time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf


def assigned(gains: Mapping[tuple[int, int], float], rows: int, columns: int) -> dict[int, int]:
    """Which column each row takes, at most one each, so that the gains add up to the most.

    Pairs that are not among the gains are not made. Of equal solutions always the same is found.

    >>> assigned({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.8}, rows=2, columns=2)
    {0: 1, 1: 0}
    """
    # Every row also has a place of its own that gains nothing: it may stay alone.
    costs = [[-gains.get((row, column), 0.0) for column in range(columns)] for row in range(rows)]
    costs = [line + [0.0] * rows for line in costs]
    taken = _cheapest(costs, rows, columns + rows)
    return {
        row: column
        for column, row in sorted(taken.items(), key=lambda pair: pair[1])
        if column < columns and gains.get((row, column), 0.0) > 0
    }


def _cheapest(costs: Sequence[Sequence[float]], rows: int, columns: int) -> dict[int, int]:
    """The row that each column is given to, at the least total cost; rows <= columns."""
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0] = row
        least = [inf] * (columns + 1)
        before = [0] * (columns + 1)
        is_seen = [False] * (columns + 1)
        at = 0
        while owner[at]:
            is_seen[at] = True
            step, target = inf, 0
            for column in range(1, columns + 1):
                if is_seen[column]:
                    continue
                price = costs[owner[at] - 1][column - 1] - of_row[owner[at]] - of_column[column]
                if price < least[column]:
                    least[column], before[column] = price, at
                if least[column] < step:
                    step, target = least[column], column
            for column in range(columns + 1):
                if is_seen[column]:
                    of_row[owner[column]] += step
                    of_column[column] -= step
                else:
                    least[column] -= step
            at = target
        while at:
            owner[at] = owner[before[at]]
            at = before[at]
    return {column - 1: owner[column] - 1 for column in range(1, columns + 1) if owner[column]}
