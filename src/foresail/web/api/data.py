"""Operations on data: loads, rows that were set aside, health, and loading files."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from foresail.web.api.entry import entry
from foresail.web.api.schemas import plain
from foresail.web.current import project_of
from foresail.web.people.rights import Right

router = Router(tags=["Data"])
Offset = Annotated[int, Field(ge=0, le=1_000_000)]
Limit = Annotated[int, Field(ge=1, le=1000)]


class LoadOut(Schema):
    """One load: read = accepted + updated + unchanged + quarantined."""

    load_id: int
    started_at: str
    finished_at: str
    files: list[str]
    read: int
    accepted: int
    updated: int
    unchanged: int
    quarantined: int


class LoadsOut(Schema):
    """Loads, newest first."""

    loads: list[LoadOut]
    total: int
    next_offset: int | None


class SetAsideOut(Schema):
    """A row that was set aside, why, and what it held."""

    load_id: int
    table: str
    file: str
    row_number: int | None
    reason: str
    row_text: str


class QuarantineOut(Schema):
    """Rows that were set aside."""

    rows: list[SetAsideOut]
    next_offset: int | None


class TableHealthOut(Schema):
    """One table: its rows, the days they speak of, and how many rows fill each column."""

    table: str
    rows: int
    first_on: dt.date | None
    last_on: dt.date | None
    filled: dict[str, int]


class LackOut(Schema):
    """Rows that a KPI needs and that leave a column empty."""

    table: str
    column: str
    said_of: str
    empty: int
    rows: int


class KpiHealthOut(Schema):
    """Whether the data answer a KPI: answerable, unsafe or impossible."""

    kpi: str
    state: str
    missing: list[str]
    lacking: list[LackOut]


class FindingOut(Schema):
    """Something that looks wrong: `n` of the `rows` of a table, some of them by key."""

    check: str
    table: str
    title: str
    meaning: str
    remedy: str
    is_wrong: bool
    n: int
    rows: int
    samples: list[str]


class HealthOut(Schema):
    """What is there, which KPIs it answers, and what looks wrong."""

    as_of: str
    tables: list[TableHealthOut]
    kpis: list[KpiHealthOut]
    findings: list[FindingOut]
    quarantined: int


@router.get("/loads", response=LoadsOut, auth=entry(Right.LOAD), summary="What was loaded when")
def loads(
    request: HttpRequest,
    offset: Offset = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """Loads, newest first."""
    found = project_of(request).whole("see what was loaded").loads()
    end = offset + limit
    return {
        "loads": [
            {name: plain(value) for name, value in asdict(each).items()}
            for each in found[offset:end]
        ],
        "total": len(found),
        "next_offset": end if end < len(found) else None,
    }


@router.get(
    "/quarantine",
    response=QuarantineOut,
    auth=entry(Right.LOAD),
    summary="Rows that were set aside",
)
def quarantine(
    request: HttpRequest,
    load: Annotated[int, Field(ge=1, le=2**31)] | None = None,
    offset: Offset = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """Rows that were set aside, each with its reason."""
    end = offset + limit
    found = project_of(request).whole("see the rows that were set aside").quarantine(load, end + 1)
    return {
        "rows": [asdict(each) for each in found[offset:end]],
        "next_offset": end if end < len(found) else None,
    }


@router.get("/health", response=HealthOut, auth=entry(Right.LOAD), summary="The data's health")
def health(request: HttpRequest) -> dict[str, Any]:
    """Which data are there, which KPIs they answer safely, and what looks wrong in them."""
    return project_of(request).whole("see the health of the data").health().to_dict()
