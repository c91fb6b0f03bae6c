"""Leaderboard: the ranks of reps or teams in chosen KPIs, honest about chance."""

from __future__ import annotations

from foresail.project.ranking import Ranking, ranking
from foresail.project.results import Answer
from foresail.web.leaderboard.rows import head, line
from foresail.web.sheets import tables
from foresail.web.sheets.blocks import Link, Section, Sheet, Table, Words
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.first import first, rest_of
from foresail.web.sheets.lacking import lacking

DEFAULT_KPIS = ("revenue", "meetings_booked", "meetings_held", "win_rate")
CONTROLS = ("period", "compare", "by", "team", "kpis", "filters")


def leaderboard(desk: Desk) -> Sheet:
    """Each chosen KPI with who leads, and which ranks are no more than chance."""
    kpis = desk.question.kpis or desk.answerable(DEFAULT_KPIS)
    is_ranked = desk.settings.privacy.ranking
    sections = boards(desk, kpis) if is_ranked else _sums(desk, kpis)
    missing = None if desk.question.kpis else lacking(desk, DEFAULT_KPIS)
    return Sheet(
        "Leaderboard",
        (*sections, *((missing,) if missing else ())),
        controls=CONTROLS if is_ranked else tuple(each for each in CONTROLS if each != "by"),
        kpis=tuple(kpis),
        links=(Link("Full screen for the office", desk.url("tv", kpis=tuple(kpis))),),
    )


def boards(desk: Desk, kpis: tuple[str, ...]) -> tuple[Section, ...]:
    """A section per KPI with its ranks."""
    if not kpis:
        return (_nothing(),)
    answer = desk.ask(*kpis, by=(desk.question.by,), compare=True)
    return tuple(_board(desk, answer, kpi) for kpi in kpis)


def ranked(desk: Desk, answer: Answer, kpi: str) -> Ranking | None:
    """The ranks of one KPI; its records are looked at where they tell what is chance."""
    return ranking(desk.kpis[kpi], answer, lambda: desk.records(kpi))


def _board(desk: Desk, answer: Answer, kpi: str) -> Section:
    info = desk.kpis[kpi]
    found = ranked(desk, answer, kpi)
    if found is None:
        words = f"{info.label} is good near its target, so nobody is first in it."
        return Section(kpi, info.label, (Words(f"{kpi}-words", sentences=(words,)),), width="half")
    id = f"{kpi}-ranks"
    rest = rest_of(desk, id, len(found.standings))
    places = first(range(len(found.standings)), rest)
    table = Table(
        id,
        "",
        columns=head(desk, answer, kpi),
        rows=tuple(line(desk, answer, kpi, found, place) for place in places),
        caption=f"Ranks in {info.label}",
        empty="Nobody has this number in this period. Choose a longer one, or let go of a filter.",
        currency=answer.currency,
        rest=rest,
    )
    return Section(kpi, info.label, (table,), lead(found), width="half")


def lead(found: Ranking) -> str:
    """What the ranks are worth, in a sentence."""
    if found.ranked < 2:
        return ""
    if not found.is_tested:
        return (
            "The order is that of the bare values: how much of it is chance is not known for "
            "this number."
        )
    said = f"({found.method}; together wrong in at most 5 of 100 cases)"
    if found.groups == 1:
        return f"All {found.ranked} are one group: chance alone makes such differences {said}."
    return (
        f"{found.groups} groups can be told apart. Within a group the order may be chance {said}."
    )


def _sums(desk: Desk, kpis: tuple[str, ...]) -> tuple[Section, ...]:
    """The numbers of teams, in the order of their names."""
    words = Words(
        "off",
        sentences=(
            "This organisation ranks nobody (works_council in foresail.toml). Here are the numbers "
            "of the teams, in the order of their names.",
        ),
    )
    if not kpis:
        return (_nothing(),)
    answer = desk.ask(*kpis, by=("team",), compare=True, order="team", totals=True)
    table = tables.table(desk, "teams-table", answer, caption="Teams")
    return (Section("teams", "Teams", (words, table)),)


def _nothing() -> Section:
    words = Words(
        "none",
        "No KPI is chosen",
        sentences=(
            "None of the usual KPIs can be answered by the data that is loaded. Choose others in "
            "the list above: those that can be answered have a box to tick.",
        ),
        tone="warn",
    )
    return Section("none-section", "", (words,))
