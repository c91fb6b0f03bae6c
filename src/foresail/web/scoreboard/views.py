"""Reps by KPIs: who stands where, over which period, against when."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from foresail.core.errors import QuestionError
from foresail.project.results import Answer, KpiInfo
from foresail.web.current import project_of
from foresail.web.pages import page
from foresail.web.people.guard import reading
from foresail.web.question import COMPARISONS, PERIODS, Question, asked
from foresail.web.scoreboard.board import board
from foresail.web.templatetags.formats import first_and_last

if TYPE_CHECKING:
    from foresail.project import Project

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


@reading
@require_safe
def scoreboard(request: HttpRequest) -> HttpResponse:
    """The board of the question in the address; htmx swaps all below the heading."""
    question = asked(request)
    project = project_of(request)
    catalogue = project.kpis()
    kpis = question.kpis or _default(catalogue)
    context = _choices(project, question, catalogue, kpis)
    status = 200
    try:
        if kpis:
            answer = _answer(project, question, kpis)
            context |= {"answer": answer, "board": board(answer, question)}
            context["dates"] = first_and_last(answer.period)
    except QuestionError as error:
        context["error"] = str(error)
        status = 400
    response = page(request, "scoreboard/scoreboard.html", context, part="board", status=status)
    response["HX-Push-Url"] = request.path + question.query()
    return response


def _default(catalogue: list[KpiInfo]) -> tuple[str, ...]:
    """The usual KPIs that this project's data can answer."""
    answerable = {kpi.id for kpi in catalogue if kpi.is_answerable}
    return tuple(kpi for kpi in DEFAULT_KPIS if kpi in answerable)


def _answer(project: Project, question: Question, kpis: tuple[str, ...]) -> Answer:
    return project.ask(
        *kpis,
        by=(question.by,),
        compare=question.comparison,
        order=question.order or question.by,
        totals=True,
        **question.slice,
    )


def _choices(
    project: Project, question: Question, catalogue: list[KpiInfo], kpis: tuple[str, ...]
) -> dict[str, Any]:
    """What the controls offer."""
    chosen = [kpi for kpi in catalogue if kpi.id in kpis]
    shared = [
        name
        for name in (chosen[0].dimensions if chosen else ())
        if all(name in kpi.dimensions for kpi in chosen)
    ]
    known = dict(PERIODS)
    own = () if question.period in known else ((question.period, question.period),)
    return {
        "question": question,
        "kpis": kpis,
        "all_time_url": question.but(period="all").query(),
        "periods": (*PERIODS, *own),
        "dates": (question.start, question.end),
        "comparisons": COMPARISONS,
        "dimensions": shared if question.by in shared else [question.by, *shared],
        "teams": _teams(project, question, chosen),
        "filters": _filters(question),
        "themes": [(theme, list(kpis)) for theme, kpis in groupby(catalogue, attrgetter("theme"))],
        "is_empty": not project.loads(),
    }


def _teams(project: Project, question: Question, chosen: list[KpiInfo]) -> list[tuple[str, bool]]:
    """The teams of everyone who sells in the period, each with whether the question is about it."""
    picked = question.filters.get("team", [])
    found: set[str] = set()
    split = next((kpi.id for kpi in chosen if {"rep", "team"} <= set(kpi.dimensions)), None)
    if split:
        anyone = question.but(where=())
        try:
            rows = project.ask(split, by=("rep", "team"), **anyone.slice).rows
        except QuestionError:
            rows = []
        found = {row["team"] for row in rows if row["team"]}
    return [(team, team in picked) for team in sorted(found | set(picked))]


def _filters(question: Question) -> list[tuple[str, str, str]]:
    """The filters that no control shows, each with the address that lets go of it."""
    return [
        (dimension, value, question.but(where=_without(question.where, dimension, value)).query())
        for dimension, value in question.where
        if dimension != "team"
    ]


def _without(
    where: tuple[tuple[str, str], ...], dimension: str, value: str
) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in where if pair != (dimension, value))
