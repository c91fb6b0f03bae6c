"""From the words of a filter to the values that records hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from foresail.catalogue.catalogue import Catalogue
from foresail.core.dimensions import (
    DIMENSIONS,
    HOUR_OF_DAY,
    MANAGER,
    REP,
    WEEKDAY,
    Credit,
    Dimension,
)
from foresail.core.errors import QuestionError, nearest
from foresail.core.kpis import KPI
from foresail.core.measures import measures
from foresail.core.slices import NONE
from foresail.engine.question import Filter, dimension
from foresail.engine.sight import PEOPLE_TABLE, TEAM_TABLE, Sight
from foresail.project.data import Data
from foresail.project.within import Seen
from foresail.warehouse.settings import WEEKDAYS


def filters(
    data: Data,
    catalogue: Catalogue,
    where: Mapping[str, Sequence[str]],
    seen: Seen,
) -> tuple[Filter, ...]:
    """The filters that some words ask for.

    A rep, team or the like that whoever asks may not see is answered as one that there is not.

    Errors: `QuestionError` for a dimension or value that there is not, with the nearest one.
    """
    found = []
    for name, values in where.items():
        chosen = dimension(name, DIMENSIONS)
        if chosen.of_rep:
            values = _of_reps(data, catalogue, chosen, list(values), seen)
        elif chosen is WEEKDAY:
            values = [_weekday(value) for value in values]
        elif chosen is not HOUR_OF_DAY:
            values = _of_records(data, catalogue, chosen, values, seen)
        found.append(Filter(chosen, tuple(None if value == NONE else value for value in values)))
    return tuple(found)


def known_values(data: Data, kpis: Iterable[KPI], chosen: Dimension, seen: Seen) -> frozenset[str]:
    """The values that a dimension has in the records that some KPIs look at.

    Of reps only those in records that may be seen. They are looked for once in a state of the data.
    """
    query = _held(kpis, chosen, seen) if chosen.of_rep else _recorded(kpis, chosen, seen)
    if not query:
        return frozenset()

    def find() -> frozenset[str]:
        rows = data.session.execute(query, seen.tables).fetchall()
        return frozenset(row[0] for row in rows if row[0] is not None)

    return data.once(("known", query, seen.key), find)


def _recorded(kpis: Iterable[KPI], chosen: Dimension, seen: Seen) -> str:
    """The query for what records hold in a dimension of their own; empty where none carries it."""
    tables = {
        (measure.fact.table, measure.credit if chosen.names == "rep" else None)
        for each in kpis
        for measure in measures(each)
        if chosen in measure.fact.dimensions
    }
    queries = sorted(
        f"select distinct {chosen.id}::varchar from fact.{table}{_of_seen(credit, seen)}"
        for table, credit in tables
    )
    return " union ".join(queries)


def _of_records(
    data: Data,
    catalogue: Catalogue,
    chosen: Dimension,
    values: Sequence[str],
    seen: Seen,
) -> list[str]:
    """The values of records that some words stand for: themselves, or the names people see.

    A value that no record has is refused, with the nearest one. Whoever sees a part of the records
    is told neither: a value that only others' records have is as good as none, and finds nothing.
    """
    ids = _ids(data, catalogue, chosen, seen)
    for value in values:
        if value != NONE and value not in ids and seen.sight is None:
            raise QuestionError(
                f"No record has the {chosen.label.lower()} {value}.{nearest(value, ids)}"
            )
    return [key for value in values for key in ids.get(value, [value])]


def _weekday(name: str) -> str:
    """The number of a weekday, Monday = 1, by which rows are compared."""
    day = name.lower()
    if day == NONE:
        return day
    if day not in WEEKDAYS:
        raise QuestionError(f"{name} is no weekday.{nearest(day, WEEKDAYS)} Write monday.")
    return str(WEEKDAYS.index(day) + 1)


def _of_reps(
    data: Data,
    catalogue: Catalogue,
    chosen: Dimension,
    values: list[str],
    seen: Seen,
) -> list[str]:
    """The ids that some names of reps, teams and the like stand for."""
    ids = _ids(data, catalogue, chosen, seen)
    found: list[str] = []
    for value in values:
        if value != NONE and value not in ids:
            hint = nearest(value, ids)
            raise QuestionError(f"There is no {chosen.label.lower()} {value}.{hint}")
        found += ids.get(value, [value])
    return found


def _ids(data: Data, catalogue: Catalogue, chosen: Dimension, seen: Seen) -> dict[str, list[str]]:
    """The ids that each word stands for among the values of a dimension that may be seen."""

    def find() -> dict[str, list[str]]:
        found = known_values(data, catalogue.known.values(), chosen, seen)
        names = data.names()[chosen.names] if chosen.names else {}
        return _by_name({key: names.get(key) for key in sorted(found)})

    return data.once(("values", chosen.id, seen.key), find)


def _by_name(names: Mapping[str, str | None]) -> dict[str, list[str]]:
    """The ids that each word stands for: an id for itself, a name for all who are called so."""
    ids = {key: [key] for key in names}
    for key, name in names.items():
        if name and name != key:
            ids.setdefault(name, []).append(key)
    return ids


def _of_seen(credit: Credit | None, seen: Seen) -> str:
    """The condition that a record is credited to somebody who may be seen.

    Whoever sees sums of a team never comes here: who answered would tell its people apart.
    """
    if credit is None or seen.sight is None:
        return ""
    return (
        f" semi join {PEOPLE_TABLE} on {credit.column(REP)} is not distinct from scope_rep"
        f" and {credit.column(MANAGER)} is not distinct from scope_manager"
    )


def _positions(column: str, seen: Seen) -> str:
    """The query for what a column of positions holds, of those that may be seen."""
    role = f"select {column} as held from fact.role"
    if seen.sight is None:
        return role
    if seen.sight is Sight.TEAM:
        return f"{role} semi join {TEAM_TABLE} on team = scope_team"
    return (
        f"{role} semi join {PEOPLE_TABLE} on rep_id = scope_rep"
        " and manager is not distinct from scope_manager"
        " and since_on < scope_until_on and until_on > scope_since_on"
    )


def _held(kpis: Iterable[KPI], chosen: Dimension, seen: Seen) -> str:
    """The query for the reps, teams and the like that there are.

    Some records name a team themselves, not by way of a rep.
    """
    column = {"rep": "rep_id"}.get(chosen.id, chosen.id)
    without_rep = {
        f"select {measure.credit.column(chosen)} as held from fact.{measure.fact.table}"
        for each in kpis
        for measure in measures(each)
        if measure.credit and REP not in measure.credit.carries
        if chosen in measure.credit.carries
    }
    positions = _positions(column, seen)
    return " union ".join([positions, *(sorted(without_rep) if seen.sight is None else ())])
