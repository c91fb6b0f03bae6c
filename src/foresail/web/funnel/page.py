"""Funnel and leakage: where leads and deals are lost, against what was to be expected, in money."""

from __future__ import annotations

from functools import partial

from foresail.web.funnel.choosing import Subject, subject
from foresail.web.funnel.deals import deal_sections
from foresail.web.funnel.leads import lead_section
from foresail.web.sheets.blocks import Cell, Column, Row, Section, Sheet, Table
from foresail.web.sheets.desk import Desk

REASONS = ("deals_lost", "leaked_value")
UNKNOWN = "No reason given"


def funnel(desk: Desk) -> Sheet:
    """Conversion, time and loss by stage."""
    about = subject(desk)
    sections = desk.together(
        partial(deal_sections, about=about),
        partial(_reasons, about=about),
        partial(lead_section, about=about),
    )
    return Sheet(
        "Funnel",
        sections,
        of="" if about.name == "everybody" else about.name,
        controls=("period", "team", "filters"),
        choices=about.choices,
    )


def _reasons(desk: Desk, about: Subject) -> tuple[Section, ...]:
    """Why deals were lost; a reason that nobody gave is said to be none."""
    kpis = desk.answerable(REASONS)
    if not kpis:
        return ()
    found = desk.ask(*kpis, by=("lost_reason",), order=f"-{kpis[-1]}", question=about.question)
    infos = [each for each in found.columns if each.kind == "value"]

    def cells(row: dict[str, object]) -> tuple[Cell, ...]:
        reason = row["lost_reason"]
        question = about.question.only("lost_reason", "(none)" if reason is None else str(reason))
        return (
            Cell(UNKNOWN if reason is None else reason),
            *(
                Cell(row[each.name], each.unit, desk.records_url(each.kpi, question))
                for each in infos
            ),
        )

    table = Table(
        "reasons-table",
        columns=(
            Column("lost_reason", "Reason"),
            *(
                Column(each.name, each.label, each.unit, True, desk.definition_url(each.kpi))
                for each in infos
            ),
        ),
        rows=tuple(Row(cells(row)) for row in found.rows if row["deals_lost"]),
        caption="Why deals were lost",
        empty="No deal was lost in this period.",
        currency=found.currency,
    )
    return (Section("reasons", "Why deals were lost", (table,)),)
