"""Which form a sheet is asked in, and whether whoever asks may take it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpResponse

from foresail.core.errors import QuestionError
from foresail.web.people.audit import note
from foresail.web.people.guard import demand
from foresail.web.people.rights import Right
from foresail.web.sheets.blocks import Block, Chart, Section, Sheet
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.forms.comma import csv_bytes
from foresail.web.sheets.forms.picture import png_bytes, svg_bytes
from foresail.web.sheets.forms.printed import pdf_bytes
from foresail.web.sheets.forms.workbook import xlsx_bytes
from foresail.web.templatetags.formats import days, instant

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
}


def in_form(desk: Desk, sheet: Sheet, form: str) -> HttpResponse:
    """The sheet, or the one block of it that the address names, as a file.

    Errors: `PermissionDenied` without the right to export; `QuestionError` when the block is not
    on the page, or is no chart where a picture is asked for.
    """
    demand(desk.request, Right.EXPORT)
    wanted = desk.request.GET.get("block", "")
    blocks = [each for each in sheet.blocks if each.id == wanted] if wanted else sheet.blocks
    if wanted and not blocks:
        raise QuestionError(f"{sheet.title} shows nothing that is called {wanted}.")
    content = _content(desk, sheet, blocks, form)
    about = "-".join(
        filter(None, (desk.page, *map(str, desk.arguments.values()), wanted, desk.question.range))
    )
    rows = sum(len(table.rows) for block in blocks for table in block.tables)
    note(desk.request, "exported", f"{rows:,} rows of {desk.url()} as {form}")
    response = HttpResponse(content, content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="{_file_name(about)}.{form}"'
    response["Cache-Control"] = "no-store, private"
    return response


def _content(desk: Desk, sheet: Sheet, blocks: Sequence[Block], form: str) -> bytes:
    tables = [table for block in blocks for table in block.tables]
    if form == "csv":
        return csv_bytes(tables)
    if form == "xlsx":
        return xlsx_bytes(sheet.title, tables, lines(desk))
    if form == "pdf":
        chosen = replace(
            sheet,
            sections=tuple(
                Section(each.id, each.title, kept, each.lead)
                for each in sheet.sections
                if (kept := tuple(block for block in each.blocks if block in blocks))
            ),
        )
        return pdf_bytes(chosen, desk.settings.name, lines(desk), desk.currency)
    charts = [each for each in blocks if isinstance(each, Chart)]
    if not charts:
        raise QuestionError("A picture is made of one chart: name it as block=… in the address.")
    return png_bytes(charts[0]) if form == "png" else svg_bytes(charts[0])


def lines(desk: Desk) -> list[str]:
    """What stands beside the numbers wherever they go: period, as-of instant, filters, notes."""
    basis = desk.basis
    found = []
    if basis is not None:
        against = f", compared with {days(basis.compared_with)}" if basis.compared_with else ""
        found.append(f"{days(basis.period)}{against}. Money in {basis.currency}.")
    found += [f"Only {dimension} {value}." for dimension, value in desk.question.where]
    if desk.answers:
        found.append(f"Data as of {instant(desk.answers[0].as_of)}.")
    return found + list(dict.fromkeys(note for each in desk.answers for note in each.notes))


def _file_name(text: str) -> str:
    return "".join(each if each.isalnum() or each in "-_." else "-" for each in text)[:120]
