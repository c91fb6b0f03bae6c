"""The reps: who sells, where, and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foresail.project.results import Answer
from foresail.web.number import number
from foresail.web.rep.sellers import Seller, everybody, sellers
from foresail.web.sheets import tables
from foresail.web.sheets.blocks import Cell, Column, Row, Section, Sheet, Table, Words
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.first import first, rest_of

SORT = "sort"
KEY = ("revenue", "quota_attainment", "win_rate", "conversations", "outbound_activities")

NOBODY_NAMED = Words(
    "nobody-named",
    sentences=(
        "This organisation shows no figures of single people (Settings, under Privacy: Works "
        "council). The numbers of teams stand on all other pages.",
    ),
)


def reps(desk: Desk) -> Sheet:
    """The reps that whoever asks may see, those in the job first."""
    if not desk.names_people:
        return Sheet("Reps", (Section("nobody", "", (NOBODY_NAMED,)),), controls=())
    kpis = desk.answerable(KEY)
    answer = desk.ask(*kpis, by=("rep",), compare=True) if kpis else None
    active = sellers(desk)
    found = {row["rep_id"]: row for row in answer.rows} if answer else {}
    teams = desk.question.filters.get("team")
    inside = [each for each in active.values() if not teams or each.team in teams]
    gone = [] if teams else _gone(desk, active)
    people = [*sorted(inside, key=_by_name), *sorted(gone, key=_by_name)]
    columns = _columns(desk, answer)
    rest = rest_of(desk, "reps", len(people))
    shown = first(_sorted(people, found, columns), rest)
    table = Table(
        "reps",
        "Reps",
        columns=columns,
        rows=tuple(_row(desk, each, found.get(each.rep_id), answer) for each in shown),
        caption="The reps, with their place and their numbers in the period",
        empty="Nobody is in the job today. Load the table rep, or choose other teams.",
        currency=desk.currency,
        rest=rest,
    )
    return Sheet(
        "Reps", (Section("reps-all", "", (table,)),), controls=("period", "compare", "team")
    )


def _gone(desk: Desk, active: Mapping[str, Seller]) -> list[Seller]:
    return [
        Seller(row["rep_id"], row["rep"], is_active=False)
        for row in everybody(desk).rows
        if row["rep_id"] is not None and row["rep_id"] not in active
    ]


def _by_name(each: Seller) -> str:
    return each.name.casefold()


def _columns(desk: Desk, answer: Answer | None) -> tuple[Column, ...]:
    place = (
        Column("rep", "Rep"),
        Column("team", "Team"),
        Column("role", "Role"),
        Column("seniority", "Seniority"),
        Column("since", "Since"),
    )
    values = (
        Column(info.name, info.label, info.unit, is_number=True, url=desk.definition_url(info.name))
        for info in (answer.columns if answer else ())
        if info.kind == "value"
    )
    return tuple(tables.head(desk, each, SORT) for each in (*place, *values))


def _sorted(
    people: list[Seller], found: Mapping[str, Mapping[str, Any]], columns: tuple[Column, ...]
) -> list[Seller]:
    """The people by the column that is chosen; what is unknown comes last."""
    chosen = next((each for each in columns if each.sorted != "none"), None)
    if chosen is None:
        return people
    by_value = [(_value(each, found.get(each.rep_id, {}), chosen.name), each) for each in people]
    known = [pair for pair in by_value if pair[0] is not None]
    known.sort(key=lambda pair: _folded(pair[0]), reverse=chosen.sorted == "descending")
    unknown = (each for value, each in by_value if value is None)
    return [*(each for _, each in known), *unknown]


def _value(each: Seller, row: Mapping[str, Any], column: str) -> Any:
    """What stands in a column of somebody's row."""
    place = {
        "rep": each.name,
        "team": each.team,
        "role": each.role,
        "seniority": each.seniority,
        "since": each.hired_on,
    }
    return place[column] if column in place else row.get(column)


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _row(desk: Desk, each: Seller, row: Mapping[str, Any] | None, answer: Answer | None) -> Row:
    mark = "" if each.is_active else "not in the job today"
    names = (
        Cell(each.name, url=desk.url("rep", each.rep_id, where=()), mark=mark),
        Cell(each.team),
        Cell(each.role),
        Cell(each.seniority),
        Cell(each.hired_on),
    )
    if answer is None:
        return Row(names)
    about = desk.only("rep", each.rep_id)
    numbers = (number(row or {}, answer.columns, kpi) for kpi in answer.kpis)
    cells = tuple(
        Cell(found.value, found.unit, desk.records_url(kpi, about), found)
        for kpi, found in zip(answer.kpis, numbers, strict=True)
    )
    return Row((*names, *cells))
