"""Today: the page that the day begins with; for reps their own day, for others that of everyone."""

from __future__ import annotations

from foresail.core.errors import QuestionError
from foresail.web.number import Number
from foresail.web.people.rights import Role
from foresail.web.people.viewer import viewer_of
from foresail.web.question import Question
from foresail.web.sheets.blocks import (
    Block,
    Cell,
    Column,
    Row,
    Section,
    Sheet,
    Table,
    Tile,
    Tiles,
    Words,
)
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.first import first, rest_of
from foresail.web.sheets.links import rep_url
from foresail.web.templatetags.formats import day as day_of
from foresail.web.today.lists import lists
from foresail.web.today.pacing import Pacing, Standing, mark, note, now_of, pace_cell, tone

UNLINKED = (
    "Your account is not linked to anybody in the data, so there is no day of your own to show. "
    "An admin can link it on the page People."
)


def today(desk: Desk) -> Sheet:
    """What is due today, who waits, and what must not be forgotten."""
    viewer = viewer_of(desk.request)
    is_rep = viewer.person.role == Role.REP
    question = desk.question.but(period="today")
    if is_rep and not viewer.person.rep_id:
        return Sheet("Today", (Section("own", "", (Words("unlinked", sentences=(UNLINKED,)),)),))
    if is_rep:
        question = question.only("rep", viewer.person.rep_id)
    pace = _own if is_rep else _everyone
    is_own = is_rep or not desk.names_people
    sections = desk.together(
        lambda own: pace(Pacing(own, question)),
        lambda own: lists(own, question, own=is_own) if own.sees_records else (),
    )
    local = now_of(desk, question).astimezone(desk.settings.tzinfo)
    return Sheet(
        "Today",
        sections,
        of=f"{local:%A}, {day_of(local.date())}",
        controls=() if is_rep else ("team",),
        is_live=True,
    )


def _lead(pacing: Pacing) -> str:
    """What the numbers are held against."""
    day = pacing.day
    if not day.is_now:
        return (
            f"No work is due today. Shown is the last working day, {day.day:%A}, "
            f"{day_of(day.day)}; the next one is {day.next:%A}, {day_of(day.next)}."
        )
    if day.is_over:
        return "The working day is over: this is how it ended."
    passed = (
        f"{day.share * 100:.0f} % of the working day has passed"
        if day.share
        else "The working day begins"
    )
    return f"{passed}. What is due is due in the evening; as much of it is expected by now."


def _credit(pacing: Pacing) -> str:
    """Whose an action is, where that is not who made the call that led to it."""
    if not {"meetings_booked", "new_opportunities"} <= set(pacing.actions):
        return ""
    return " A meeting counts for whoever holds it, an opportunity for whoever brought it in."


def _title(pacing: Pacing) -> str:
    return "Pace" if pacing.day.is_now else f"{pacing.day.day:%A}’s pace"


def _own(pacing: Pacing) -> Section:
    """One person's numbers."""
    stood = pacing.standings()
    lead = _lead(pacing)
    blocks: tuple[Block, ...] = (_tiles(pacing, stood[0]),) if stood else ()
    return Section("pace", _title(pacing), blocks, lead)


def _tiles(pacing: Pacing, stood: Standing) -> Tiles:
    desk = pacing.desk
    labels = _labels(pacing)
    return Tiles(
        "own",
        tiles=tuple(
            Tile(
                Number(labels[kpi], "count", each.done, {}, ""),
                url=desk.records_url(kpi, pacing.question),
                definition_url=desk.definition_url(kpi),
                note=note(each),
                tone=tone(each),
                mark=mark(each),
            )
            for kpi, each in stood.paces.items()
            if not each.is_idle
        ),
        currency=desk.currency,
    )


def _everyone(pacing: Pacing) -> Section:
    """Teams, and below them people, who is behind first."""
    blocks: list[Block] = [_table(pacing, "teams", "Teams", ("team",))]
    if pacing.desk.names_people:
        try:
            blocks.append(_table(pacing, "people", "People", ("team", "rep")))
        except QuestionError as refused:
            blocks.append(Words("people", "People", sentences=(str(refused),)))
    return Section("pace", _title(pacing), tuple(blocks), f"{_lead(pacing)}{_credit(pacing)}")


def _table(pacing: Pacing, id: str, title: str, by: tuple[str, ...]) -> Table:
    desk, labels = pacing.desk, _labels(pacing)
    people = "rep" in by
    rows = []
    standings = pacing.standings(by)
    rest = rest_of(desk, id, len(standings))
    for each in first(standings, rest):
        inside = _inside(pacing.question, each, by)
        name = each.row[by[-1]] or "(none)"
        cells = [
            Cell(
                name,
                url=rep_url(each.row.get("rep_id")) if people else "",
                note=each.row["team"] if people else "",
                mark="away" if each.is_away else "",
            )
        ]
        cells += [
            pace_cell(stood, desk.records_url(kpi, inside), each.is_away)
            for kpi, stood in each.paces.items()
        ]
        cells += [
            Cell(each.row[kpi], "count", desk.records_url(kpi, inside)) for kpi in pacing.loads
        ]
        rows.append(Row(tuple(cells)))
    columns = [
        Column("name", title),
        *(
            Column(kpi, labels[kpi], "count", is_number=True, url=desk.definition_url(kpi))
            for kpi in (*pacing.actions, *pacing.loads)
        ),
    ]
    empty = "Nobody worked on this day, as far as the data say."
    return Table(
        id,
        title,
        columns=tuple(columns),
        rows=tuple(rows),
        caption=title,
        empty=empty,
        rest=rest,
    )


def _inside(question: Question, stood: Standing, by: tuple[str, ...]) -> Question:
    key = by[-1]
    return question.but(of=(key, str(stood.row.get(f"{key}_id", stood.row[key]))))


def _labels(pacing: Pacing) -> dict[str, str]:
    kpis = pacing.desk.kpis
    return {kpi: kpis[kpi].label for kpi in (*pacing.actions, *pacing.loads)}
