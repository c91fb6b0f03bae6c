"""Operations on numbers: the catalogue, questions, the records behind them, how they are made."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from foresail.core.errors import QuestionError
from foresail.web.api.entry import entry
from foresail.web.api.schemas import (
    AnswerOut,
    AskIn,
    ExplainIn,
    ExplainOut,
    KpiOut,
    KpisOut,
    Name,
    RecordsIn,
    RecordsOut,
    answer_out,
    explain_out,
    kpi_out,
    records_out,
)
from foresail.web.current import project_of
from foresail.web.people.rights import Right

router = Router(tags=["Numbers"])


@router.get("/kpis", response=KpisOut, auth=entry(Right.SEE_NUMBERS), summary="The catalogue")
def kpis(
    request: HttpRequest,
    theme: Name | None = None,
    demand: Name | None = None,
) -> dict[str, Any]:
    """Every KPI with its definition, and what the data lack for it."""
    found = project_of(request).kpis(theme, demand)
    return {"kpis": [kpi_out(each) for each in found]}


@router.get("/kpis/{kpi}", response=KpiOut, auth=entry(Right.SEE_NUMBERS), summary="One KPI")
def kpi(request: HttpRequest, kpi: str) -> dict[str, Any]:
    """What one KPI means."""
    project = project_of(request)
    wanted = project.catalogue.kpi(kpi).id
    found = next((each for each in project.kpis() if each.id == wanted), None)
    if found is None:
        raise QuestionError(f"{kpi} is hidden here.")
    return kpi_out(found)


@router.post("/ask", response=AnswerOut, auth=entry(Right.SEE_NUMBERS), summary="Ask KPIs")
def ask(request: HttpRequest, question: AskIn) -> dict[str, Any]:
    """Values of KPIs by period and slice, with what is needed to trust them."""
    answer = project_of(request).ask(
        *question.kpis, order=question.order, totals=question.totals, **question.words
    )
    return answer_out(answer, question)


@router.post(
    "/records", response=RecordsOut, auth=entry(Right.SEE_RECORDS), summary="The records behind"
)
def records(request: HttpRequest, question: RecordsIn) -> dict[str, Any]:
    """The records behind a number, found by the filters that made it."""
    found = project_of(request).records(
        question.kpi,
        part=question.part,
        order=question.order,
        limit=question.limit,
        offset=question.offset,
        **question.words,
    )
    return records_out(found, question)


@router.post("/explain", response=ExplainOut, auth=entry(Right.SEE_NUMBERS), summary="Explain")
def explain(request: HttpRequest, question: ExplainIn) -> dict[str, Any]:
    """How a number is made: its definition, and the SQL that runs for this question."""
    found = project_of(request).explain(question.kpi, engine=question.engine, **question.words)
    return explain_out(found)
