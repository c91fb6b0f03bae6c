"""From the words of a filter to the values that records hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import duckdb

from foresail.catalogue.catalogue import Catalogue
from foresail.core.dimensions import DIMENSIONS, HOUR_OF_DAY, REP, WEEKDAY, Dimension
from foresail.core.errors import QuestionError, nearest
from foresail.core.kpis import KPI
from foresail.core.measures import measures
from foresail.core.slices import NONE
from foresail.engine.question import Filter, dimension
from foresail.warehouse.settings import WEEKDAYS


def filters(
    cursor: duckdb.DuckDBPyConnection, catalogue: Catalogue, where: Mapping[str, Sequence[str]]
) -> tuple[Filter, ...]:
    """The filters that some words ask for.

    Errors: `QuestionError` for a dimension or value that there is not, with the nearest one.
    """
    found = []
    for name, values in where.items():
        chosen = dimension(name, DIMENSIONS)
        if chosen.of_rep:
            values = _of_reps(cursor, catalogue, chosen, list(values))
        elif chosen is WEEKDAY:
            values = [_weekday(value) for value in values]
        elif chosen is not HOUR_OF_DAY:
            values = _of_records(cursor, catalogue, chosen, values)
        found.append(Filter(chosen, tuple(None if value == NONE else value for value in values)))
    return tuple(found)


def known_values(
    cursor: duckdb.DuckDBPyConnection, kpis: Iterable[KPI], chosen: Dimension
) -> frozenset[str]:
    """The values that a dimension has in the records that some KPIs look at."""
    if chosen.of_rep:
        rows = cursor.execute(_held(kpis, chosen)).fetchall()
        return frozenset(row[0] for row in rows if row[0] is not None)
    tables = {
        measure.fact.table
        for each in kpis
        for measure in measures(each)
        if chosen in measure.fact.dimensions
    }
    queries = [f"select {chosen.id}::varchar from fact.{table}" for table in sorted(tables)]
    rows = cursor.execute(" union ".join(queries)).fetchall() if queries else []
    return frozenset(row[0] for row in rows if row[0] is not None)


def _of_records(
    cursor: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    chosen: Dimension,
    values: Sequence[str],
) -> list[str]:
    """The values of records that some words stand for: themselves, or the names people see.

    A value that no record has is refused, with the nearest one.
    """
    ids = {key: [key] for key in known_values(cursor, catalogue.known.values(), chosen)}
    if chosen.names:
        table = cursor.table(f"canonical.{chosen.names}")
        for key, name in table.project(f"{chosen.names}_id, name").fetchall():
            if key in ids and name and name != key:
                ids.setdefault(name, []).append(key)
    for value in values:
        if value != NONE and value not in ids:
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
    cursor: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    chosen: Dimension,
    values: list[str],
) -> list[str]:
    """The ids that some names of reps, teams and the like stand for."""
    rows = cursor.execute(
        f"select distinct h.held, n.name from ({_held(catalogue.known.values(), chosen)}) h "
        "left join canonical.rep n on n.rep_id = h.held where h.held is not null"
    ).fetchall()
    ids: dict[str, list[str]] = {}
    for key, name in rows:
        ids.setdefault(key, []).append(key)
        if chosen.names and name and name != key:
            ids.setdefault(name, []).append(key)
    found: list[str] = []
    for value in values:
        if value != NONE and value not in ids:
            hint = nearest(value, ids)
            raise QuestionError(f"There is no {chosen.label.lower()} {value}.{hint}")
        found += ids.get(value, [value])
    return found


def _held(kpis: Iterable[KPI], chosen: Dimension) -> str:
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
    return " union ".join([f"select {column} as held from fact.role", *sorted(without_rep)])
