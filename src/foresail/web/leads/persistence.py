"""Persistence: how often people are tried, when that ends, and what later touches bring."""

from __future__ import annotations

from collections.abc import Sequence

from foresail.project.results import Answer, KpiInfo
from foresail.web.leads.touches import CONTACT, CONVERSION, until_contact, until_conversion
from foresail.web.sheets import tables
from foresail.web.sheets.blocks import Cell, Column, Row, Section, Table, Words
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.parts import Answerable
from foresail.web.templatetags.formats import benchmark

TILES = (
    "leads_worked",
    "touches_per_lead",
    "touches_28d",
    "single_touch_rate",
    "win_share_5th_touch_or_later",
)
GIVEN_UP = "single_touch_rate"
BY_REP = ("leads_worked", "follow_ups", "touches_per_lead", GIVEN_UP)
SURVEYED = ("touches_28d", "win_share_5th_touch_or_later", GIVEN_UP)
KPIS = (*TILES, "follow_ups", CONTACT, CONVERSION)


def persistence(desk: Desk, has: Answerable) -> Sequence[Section | None]:
    """Touches per lead, whom each of them reaches, what it brings, who is given up, what surveys
    say.
    """
    kpis = has.of(*TILES)
    if not kpis:
        return ()
    now = desk.ask(*kpis, compare=True)
    return (
        Section("now", "", (tables.tiles(desk, "now-tiles", now),)),
        *(until_contact(desk) if has.of(CONTACT) else ()),
        *(until_conversion(desk) if has.of(CONVERSION) else ()),
        _given_up(desk, has, "source"),
        _surveys(desk, now),
        _reps(desk, has),
    )


def _surveys(desk: Desk, now: Answer) -> Section:
    """The own numbers beside what surveys claim, each claim with its source."""
    infos = [desk.kpis[kpi] for kpi in SURVEYED if kpi in now.kpis]
    table = Table(
        "surveys-table",
        columns=(
            Column("kpi", "KPI"),
            Column("own", "Here", is_number=True),
            Column("published", "Published", is_number=True),
            Column("source", "Source"),
        ),
        rows=tuple(_surveyed(desk, now, info) for info in infos if info.benchmark),
        caption="Own numbers beside published ones",
    )
    claims = tuple(each for info in infos for each in info.caveats if "urvey" in each)
    return Section(
        "surveys",
        "What surveys say",
        ((table,) if table.rows else ()) + (Words("surveys-words", sentences=claims),),
        lead="Published figures contradict each other and tell of other companies: they are "
        "surveys, no truths. The own curve counts.",
        width="half",
    )


def _surveyed(desk: Desk, now: Answer, info: KpiInfo) -> Row:
    assert info.benchmark is not None
    return Row(
        (
            Cell(info.label, url=desk.definition_url(info.id)),
            Cell(now.rows[0][info.id], info.unit, desk.records_url(info.id)),
            Cell(benchmark(info.benchmark, info.unit)),
            Cell(info.benchmark.source),
        )
    )


def _given_up(desk: Desk, has: Answerable, by: str) -> Section | None:
    if not has.of(GIVEN_UP):
        return None
    found = desk.ask(GIVEN_UP, by=(by,), order=f"-{GIVEN_UP}", totals=True)
    return Section(
        "given-up",
        "Touched once and given up",
        (tables.table(desk, "given-up-table", found),),
        lead="Leads never followed up a second time, by source.",
        width="half",
    )


def _reps(desk: Desk, has: Answerable) -> Section | None:
    kpis = has.of(*BY_REP)
    found = desk.ask(*kpis, by=(desk.people,), order=f"-{kpis[0]}", totals=True)
    title = f"{desk.people.capitalize()}s"
    return Section("people", title, (tables.table(desk, "people-table", found),))
