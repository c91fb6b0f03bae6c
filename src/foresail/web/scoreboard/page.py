"""Reps by KPIs: who stands where, over which period, against when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from foresail.core.slices import NONE
from foresail.project.results import Answer
from foresail.web.sheets import tables
from foresail.web.sheets.blocks import Choice, Row, Section, Sheet, Table, Words
from foresail.web.sheets.desk import Desk

DEFAULT_KPIS = (
    "outbound_calls",
    "connect_rate",
    "meetings_held",
    "new_opportunities",
    "win_rate",
    "revenue",
    "quota_attainment",
    "sales_cycle",
)
CONTROLS = ("period", "compare", "by", "team", "kpis", "filters")
COURSES = {"none": "No course", "weeks": "Last 8 weeks", "months": "Last 6 months"}
SPANS = {"weeks": ("last-8-weeks", "week"), "months": ("last-6-months", "month")}
LAYOUTS = {"teams": "By team", "flat": "One list"}


def scoreboard(desk: Desk) -> Sheet:
    """Each rep, team or source by the KPIs that were chosen, every number with its records."""
    kpis = desk.question.kpis or desk.answerable(DEFAULT_KPIS)
    course = desk.option("course", COURSES, "none")
    is_rep = desk.question.by == "rep"
    layout = desk.option("layout", LAYOUTS, "flat")
    choices = [Choice("course", "Course", tuple(COURSES.items()), course)]
    if is_rep:
        choices.append(Choice("layout", "Reps", tuple(LAYOUTS.items()), layout))
    block = _board(desk, kpis, course, layout if is_rep else "flat") if kpis else _nothing()
    return Sheet(
        "Scoreboard",
        (Section("board", "", (block,)),),
        controls=CONTROLS,
        choices=tuple(choices),
        kpis=tuple(kpis),
    )


def _nothing() -> Words:
    return Words(
        "none",
        "No KPI is chosen",
        sentences=(
            "None of the usual KPIs can be answered by the data that is loaded. Open the list of "
            "KPIs above: those that can be answered have a box to tick, the others say which data "
            "they need.",
        ),
        tone="warn",
    )


def _board(desk: Desk, kpis: tuple[str, ...], course: str, layout: str) -> Table:
    by = desk.question.by
    is_grouped = layout == "teams"
    answer = desk.ask(
        *kpis,
        by=("team", by) if is_grouped else (by,),
        compare=True,
        order=None if is_grouped else desk.question.order or by,
        totals=True,
    )
    found = _courses(desk, kpis, by, course)
    board = tables.table(
        desk,
        "board-table",
        answer,
        caption=f"{answer.columns[0].label} by {len(kpis)} KPIs. Money in {answer.currency}. "
        "Every number leads to its records.",
        row_url=None if by == desk.people else lambda row: _inside(desk, row),
        sortable="" if is_grouped else "order",
        courses=lambda row, kpi: found.get((_key(row, by), kpi), ()),
        empty="Nothing in this period. Choose a longer one, or let go of a filter.",
        is_whole=is_grouped,
    )
    return _grouped(desk, board, answer) if is_grouped else board


def _inside(desk: Desk, row: Mapping[str, Any]) -> str:
    by = desk.question.by
    key = row.get(f"{by}_id", row[by]) or NONE
    return desk.url(where=desk.question.only(by, str(key)).where, by=desk.people, order="")


def _courses(
    desk: Desk, kpis: tuple[str, ...], by: str, course: str
) -> dict[tuple[Any, str], tuple[float | None, ...]]:
    """The course of each KPI for each row, over the weeks or months before now."""
    if course not in SPANS:
        return {}
    period, grain = SPANS[course]
    answer = desk.ask(*kpis, by=(by,), grain=grain, question=desk.question.but(period=period))
    found: dict[tuple[Any, str], list[float | None]] = {}
    for row in answer.rows:
        for kpi in kpis:
            found.setdefault((_key(row, by), kpi), []).append(row[kpi])
    return {key: tuple(values) for key, values in found.items()}


def _key(row: Mapping[str, Any], by: str) -> Any:
    """What a row is about; nothing for the totals."""
    return row.get(f"{by}_id", row.get(by))


def _grouped(desk: Desk, board: Table, answer: Answer) -> Table:
    """The reps below their teams, each team's own numbers above them, asked anew."""
    sums = tables.table(desk, "teams", desk.ask(*answer.kpis, by=("team",), compare=True))
    folded = set(filter(None, desk.options.get("folded", "").split("|")))
    total = [row for row in board.rows if row.is_total]
    reps: dict[Any, list[Row]] = {}
    for row in board.rows[len(total) :]:
        reps.setdefault(row.cells[0].value, []).append(row)
    rows = [_without_team(row) for row in total]
    for team in sums.rows:
        name = team.cells[0].value
        is_folded = str(name) in folded
        rows.append(
            replace(
                team,
                is_group=True,
                is_folded=is_folded,
                fold_url=desk.url(folded="|".join(sorted(folded ^ {str(name)}))),
            )
        )
        if not is_folded:
            rows += [
                replace(_without_team(row), is_inside=True) for row in _sorted(reps.get(name, ()))
            ]
    return replace(board, columns=board.columns[1:], rows=tuple(rows))


def _without_team(row: Row) -> Row:
    name = row.cells[0] if row.is_total else row.cells[1]
    return replace(row, cells=(name, *row.cells[2:]))


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: str(row.cells[1].value).casefold())
