"""Results as text for a prompt, and as HTML for a notebook."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from foresail.project.show import answers, html, kpis, records, waterfall
from foresail.project.show.layout import Cell, Column, console

if TYPE_CHECKING:
    from rich.console import Console

    from foresail.project.results import Answer, Explanation, KpiInfo, Records, Waterfall

WIDTH = 100
ROWS = 30
MORE = "… and {:,} more rows: .to_pandas() has all of them."


def text_of(show: Callable[..., None], *arguments: Any) -> str:
    """What would be printed, at a fixed width and without colours."""
    written = io.StringIO()
    to: Console = console(written)
    to.width = WIDTH
    show(to, *arguments)
    return written.getvalue().rstrip("\n")


def answer_text(answer: Answer) -> str:
    """An answer as it looks in a terminal."""
    return text_of(answers.show_answer, _first(answer), ZoneInfo(answer.zone))


def answer_html(answer: Answer) -> str:
    """An answer: what was asked, the table, the notes."""
    about = html.about(answers.heading(answer, ZoneInfo(answer.zone)))
    if not answer.table.num_rows:
        return html.card(about, html.paragraph(answers.NO_RECORD), html.notes(answer.notes))
    answer = _first(answer)
    found = answers.layout(answer)
    values = [column for block in found.blocks for column in block]
    table = html.table(found.keys, values, has_totals=found.has_totals)
    return html.card(about, table, html.notes(answer.notes))


def _first(answer: Answer) -> Answer:
    """The first rows of a long answer, with a note of how many more there are."""
    rest = answer.table.num_rows - ROWS
    if rest <= 0:
        return answer
    return replace(
        answer, table=answer.table.slice(0, ROWS), notes=(MORE.format(rest), *answer.notes)
    )


def records_text(found: Records) -> str:
    """Records as they look in a terminal."""
    return text_of(records.show_records, found, ZoneInfo(found.zone), ROWS, ".to_pandas()")


def records_html(found: Records) -> str:
    """Records: how many of what, what all share, the first of them, the notes."""
    zone = ZoneInfo(found.zone)
    rows = found.rows
    parts = [html.about(records.heading(found, zone))]
    if rows:
        shared, columns = records.columns_of(found, rows[:ROWS], zone)
        parts.append(html.about(shared) if shared else "")
        parts.append(html.table(columns[:1], columns[1:]))
    if len(rows) > ROWS:
        parts.append(html.about([MORE.format(len(rows) - ROWS)]))
    return html.card(*parts, html.notes(found.notes))


def waterfall_text(found: Waterfall) -> str:
    """A waterfall as it looks in a terminal."""
    return text_of(waterfall.show_waterfall, found, ZoneInfo(found.zone))


def waterfall_html(found: Waterfall) -> str:
    """A waterfall, its steps one below the other."""
    about = html.about(waterfall.heading(found, ZoneInfo(found.zone)))
    steps, *slices = waterfall.columns_of(found)
    return html.card(about, html.table([steps], slices, has_totals=True), html.notes(found.notes))


def kpi_text(info: KpiInfo) -> str:
    """An entry of the catalogue as it looks in a terminal."""
    return text_of(kpis.show_definition, info)


def kpi_html(info: KpiInfo) -> str:
    """An entry of the catalogue."""
    return html.card(*_definition(info), html.notes(info.caveats))


def _definition(info: KpiInfo) -> list[str]:
    missing = [("Missing", f"this project holds no {', '.join(info.missing)}")]
    return [
        html.title(info.label, info.id),
        html.paragraph(info.meaning),
        html.pairs([*kpis.definition(info), *(missing if info.missing else [])]),
    ]


def explanation_text(found: Explanation) -> str:
    """An explanation as it looks in a terminal."""
    return text_of(kpis.show_explanation, found, ZoneInfo(found.zone))


def explanation_html(found: Explanation) -> str:
    """A definition, what to mind, and the query behind a fold."""
    query = html.folded(kpis.query_heading(found, ZoneInfo(found.zone)), found.sql)
    notes = (*found.kpi.caveats, *found.notes)
    return html.card(*_definition(found.kpi), html.notes(notes), query)


def kpis_text(found: Sequence[KpiInfo]) -> str:
    """The catalogue as it looks in a terminal."""
    return text_of(kpis.show_kpis, found, True).lstrip("\n")


def kpis_html(found: Sequence[KpiInfo]) -> str:
    """The catalogue: a table for each theme, under its question."""
    parts = []
    for (theme, question), group in groupby(found, lambda each: (each.theme, each.theme_question)):
        chosen = list(group)
        names = Column("KPI", tuple(Cell(each.id) for each in chosen), is_number=False)
        columns = [_column(header, chosen, tell) for header, tell in TOLD.items()]
        parts += [
            html.title(theme),
            html.paragraph(question),
            html.table([names], [each for each in columns if any(c.text for c in each.cells)]),
        ]
    return html.card(*parts)


TOLD: dict[str, Callable[[KpiInfo], str]] = {
    "Meaning": lambda each: each.meaning,
    "Unit": lambda each: each.unit,
    "Good": lambda each: kpis.better_words(each.better),
    "Lacks": lambda each: ", ".join(each.missing),
}


def _column(header: str, found: Sequence[KpiInfo], tell: Callable[[KpiInfo], str]) -> Column:
    cells = tuple(Cell(tell(each)) for each in found)
    return Column(header, cells, is_number=False, is_detail=True)


def project_html(facts: Sequence[tuple[str, str]], name: str) -> str:
    """A project: what it is about and where it is."""
    return html.card(html.title(name), html.pairs(facts))
