"""The KPIs of the catalogue, each worked by hand.

A test draws its tables; `drawn` reads them: a line of column names, then a line for each row.
"""

from __future__ import annotations

from typing import Any

from foresail.project import Project


def drawn(text: str) -> list[dict[str, str]]:
    """The rows of a table drawn with bars; an empty cell is left out.

    >>> drawn('''
    ...     opportunity_id | outcome
    ...     oak            | won
    ...     elm            |
    ... ''')
    [{'opportunity_id': 'oak', 'outcome': 'won'}, {'opportunity_id': 'elm'}]
    """
    names, *lines = [
        [cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.strip()
    ]
    return [{name: cell for name, cell in zip(names, line, strict=True) if cell} for line in lines]


def value(project: Project, kpi: str, **question: Any) -> Any:
    """The one number that a question without slices has."""
    (row,) = project.ask(kpi, **question).rows
    return row[kpi]
