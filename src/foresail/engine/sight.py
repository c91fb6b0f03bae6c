"""Rows kept to those that a person may see.

Who that is stands in small tables that a query joins when it runs. So a plan depends on how rows
are compared with them, never on the person.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

import pyarrow as pa

from foresail.core.anchors import At, During, On, Standing
from foresail.core.dimensions import MANAGER, REP, TEAM, Credit
from foresail.core.measures import Measure

PEOPLE_TABLE, TEAM_TABLE = "asked_scope", "asked_scope_team"
STRETCHES = pa.schema(
    [
        ("scope_rep", pa.string()),
        ("scope_manager", pa.string()),
        ("scope_team", pa.string()),
        ("scope_since_on", pa.date32()),
        ("scope_until_on", pa.date32()),
        ("scope_since_at", pa.timestamp("us")),
        ("scope_until_at", pa.timestamp("us")),
    ]
)
"""A rep while under a manager, or a team that has no rep; no two stretches of one overlap."""

TEAMS = pa.schema([("scope_team", pa.string())])


class Sight(Enum):
    """How rows are compared with what a person may see.

    `PEOPLE`: the rows of some reps, while they were under some managers. `PEOPLE_AND_TEAMS`: what
    belongs to their teams and to no rep besides, because nobody else is in these. `TEAM`: the rows
    of one team, whoever they are credited to.
    """

    PEOPLE = "people"
    PEOPLE_AND_TEAMS = "people and teams"
    TEAM = "team"


def is_beyond(measure: Measure, sight: Sight | None) -> bool:
    """Whether a measure's rows do not say what decides if they may be seen.

    Such a number is the organisation's. It is unknown to whoever sees a part: beside numbers of
    that part it would mislead.
    """
    if sight is None:
        return False
    carried = measure.credit.carries if measure.credit else ()
    return (REP if sight is Sight.PEOPLE else TEAM) not in carried


def is_of_teams(measure: Measure, sight: Sight | None) -> bool:
    """Whether of a measure's rows only those may be seen that name a team.

    Where none does, nothing is known: it is not 0.
    """
    return sight is not None and measure.credit is not None and REP not in measure.credit.carries


def columns_needed(credit: Credit | None) -> set[str]:
    """The fact's columns that decide whether a row may be seen."""
    carried = credit.carries if credit else ()
    return {credit.column(each) for each in (REP, MANAGER, TEAM) if credit and each in carried}


def seen(table: Any, measure: Measure, sight: Sight, day: Any = None) -> Any:
    """The rows that may be seen on a day: their own, of rows that are placed in windows.

    Rows that last are cut to the days on which they may be seen, before they are placed.
    """
    assert measure.credit is not None
    if sight is Sight.TEAM:
        return table.filter(is_of_team(table[measure.credit.column(TEAM)]))
    if isinstance(measure.at, During):
        return _cut(table, measure.credit)
    if day is None and isinstance(measure.at, Standing):
        day = table.stands_on
    elif day is None and isinstance(measure.at, At | On):
        day = table[measure.at.on].fill_null(table.as_of_on)
    return _on_day(table, measure.credit, day)


def is_of_team(team: Any) -> Any:
    """Whether a team is the one that may be seen."""
    import ibis

    teams = ibis.table(ibis.Schema.from_pyarrow(TEAMS), name=TEAM_TABLE)
    return team.isin(teams.scope_team)


def stretches() -> Any:
    """Who may be seen when, as a query sees it."""
    import ibis

    return ibis.table(ibis.Schema.from_pyarrow(STRETCHES), name=PEOPLE_TABLE)


def _on_day(table: Any, credit: Credit, day: Any) -> Any:
    """The rows whose rep, or team without a rep, may be seen on a day."""
    scope = stretches()
    days = [scope.scope_since_on <= day, scope.scope_until_on > day]
    return table.inner_join(scope, [*same(table, credit, scope), *days]).select(
        **{name: table[name] for name in table.columns}
    )


def _cut(table: Any, credit: Credit) -> Any:
    """Rows cut to the days on which they may be seen."""
    import ibis

    scope = stretches()
    overlap = [scope.scope_since_on < table.until_on, scope.scope_until_on > table.since_on]
    kept = {name: table[name] for name in table.columns}
    kept["since_on"] = ibis.greatest(table.since_on, scope.scope_since_on)
    kept["until_on"] = ibis.least(table.until_on, scope.scope_until_on)
    return table.inner_join(scope, [*same(table, credit, scope), *overlap]).select(**kept).view()


def same(table: Any, credit: Credit, scope: Any) -> list[Any]:
    """The conditions that a row is of the rep and manager of a stretch, or of its team alone."""
    import ibis

    if REP not in credit.carries:
        return [table[credit.column(TEAM)] == scope.scope_team, scope.scope_rep.isnull()]
    rep, manager = table[credit.column(REP)], table[credit.column(MANAGER)]
    team = ibis.ifelse(rep.isnull(), table[credit.column(TEAM)], None)
    return [
        rep.identical_to(scope.scope_rep),
        manager.identical_to(scope.scope_manager),
        team.identical_to(scope.scope_team),
    ]
