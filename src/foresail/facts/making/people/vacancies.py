"""Vacancies: when they were opened and filled."""

from __future__ import annotations

from typing import Any

from ibis import _ as row

from foresail.facts.making.source import Source


def make_vacancies(source: Source) -> Any:
    """Make `fact.vacancy`, with the team and role of the vacancy."""
    positions = source.canonical("position")
    return source.keep(
        "vacancy",
        positions.select(
            "position_id",
            "opened_on",
            "filled_on",
            "rep_id",
            "loaded_at",
            opened_at=source.midnight(row.opened_on),
            opened_is_date=True,
            filled_at=source.midnight(row.filled_on),
            filled_is_date=True,
            vacant_team=row.team,
            vacant_role=row.role,
        ),
    )
