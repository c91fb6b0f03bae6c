"""One line of a leaderboard: who, in which rank, with which value."""

from __future__ import annotations

from foresail.project.ranking import Ranking, Standing
from foresail.project.results import Answer
from foresail.web.number import number
from foresail.web.sheets.blocks import Cell, Column, Row
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.links import rep_url
from foresail.web.sheets.rows import inside
from foresail.web.templatetags.formats import UNKNOWN, quantity


def head(desk: Desk, answer: Answer, kpi: str) -> tuple[Column, ...]:
    """The columns of one KPI's ranks."""
    info = desk.kpis[kpi]
    return (
        Column("rank", "Rank"),
        Column(answer.by[0], answer.columns[0].label),
        Column(kpi, info.label, info.unit, is_number=True, url=desk.definition_url(kpi)),
    )


def line(desk: Desk, answer: Answer, kpi: str, found: Ranking, place: int) -> Row:
    """The line of one standing; it is set off where a new group begins."""
    standing = found.standings[place]
    value = number(standing.row, answer.columns, kpi)
    name = standing.row[answer.by[0]]
    before = found.standings[place - 1] if place else standing
    return Row(
        (
            Cell(rank(found, standing), mark=moved(found, standing, answer)),
            Cell("(none)" if name is None else name, url=rep_url(standing.row.get("rep_id"))),
            Cell(
                value.value,
                value.unit,
                desk.records_url(kpi, inside(desk.question, standing.row, answer)),
                value,
                mark=_range(standing, value.unit),
            ),
        ),
        is_cut=found.is_tested and before.group != standing.group,
    )


def rank(found: Ranking, standing: Standing) -> str:
    """The rank, or all ranks that chance leaves open: "1–5"."""
    if standing.place is None:
        return UNKNOWN
    if not found.is_tested:
        return str(standing.place)
    if standing.best == standing.worst:
        return str(standing.best)
    return f"{standing.best}–{standing.worst}"


def moved(found: Ranking, standing: Standing, answer: Answer) -> str:
    """The place by the bare value, where the rank is a range, and where it was before."""
    if standing.place is None:
        return ""
    said = []
    if found.is_tested and standing.best != standing.worst:
        said.append(f"place {standing.place}")
    if answer.compared_with is not None:
        said.append(_change(standing.place, standing.before))
    return " · ".join(said)


def _change(place: int, before: int | None) -> str:
    if before is None:
        return "new"
    if place == before:
        return "as before"
    return f"▲ up from {before}" if place < before else f"▼ down from {before}"


def _range(standing: Standing, unit: str) -> str:
    if standing.low is None or standing.high is None:
        return ""
    return f"{quantity(round(standing.low), unit)} to {quantity(round(standing.high), unit)}"
