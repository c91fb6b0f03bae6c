"""A sheet as a PDF that a screen reader can read: typst sets it from the same values."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from foresail.web.sheets.blocks import Block, Chart, Column, Own, Sheet, Table, Tiles, Words
from foresail.web.sheets.forms.picture import svg_bytes
from foresail.web.templatetags.formats import entry_of, quantity, unit_name

TEMPLATE = Path(__file__).with_name("printed.typ")
MOST_ROWS = 500


def pdf_bytes(sheet: Sheet, organisation: str, lines: Sequence[str], currency: str) -> bytes:
    """The sheet with all its blocks; `lines` (period, as-of instant, notes) stand at its end."""
    import typst

    pictures: dict[str, bytes] = {}
    sections = [
        {
            "title": section.title,
            "lead": section.lead,
            "blocks": [_block(block, pictures, currency) for block in _plain(section.blocks)],
        }
        for section in sheet.sections
    ]
    values = {
        "title": " · ".join(filter(None, (sheet.title, sheet.of))),
        "organisation": organisation,
        "lines": list(lines),
        "sections": sections,
    }
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, content in {**pictures, "sheet.json": json.dumps(values).encode()}.items():
            (place / name).write_bytes(content)
        main = place / TEMPLATE.name
        main.write_bytes(TEMPLATE.read_bytes())
        return typst.compile(main, root=place, format="pdf", pdf_standards="ua-1")


def _plain(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks as they are printed: what says the same in place of those with an own template."""
    for each in blocks:
        yield from each.plain if isinstance(each, Own) else (each,)


def _block(block: Any, pictures: dict[str, bytes], currency: str) -> dict[str, Any]:
    common = {"title": block.title}
    if isinstance(block, Words):
        return {**common, "kind": "words", "sentences": list(block.sentences)}
    if isinstance(block, Tiles):
        return {**common, "kind": "tiles", "tiles": [_tile(each, currency) for each in block.tiles]}
    if isinstance(block, Chart):
        name = f"{block.id}.svg"
        pictures[name] = svg_bytes(block)
        about = block.about or block.title
        return {**common, "kind": "chart", "file": name, "about": about}
    if isinstance(block, Table):
        return {**common, "kind": "table", **_table(block, currency)}
    return {**common, "kind": "words", "sentences": []}


def _tile(tile: Any, currency: str) -> dict[str, str]:
    number = tile.number
    unit = "" if number.unit in ("share", "duration", "count") else unit_name(number.unit, currency)
    return {
        "name": tile.name or number.label,
        "value": f"{quantity(number.value, number.unit)} {unit}".strip(),
        "note": tile.note,
    }


def _table(table: Table, currency: str) -> dict[str, Any]:
    def head(column: Column) -> str:
        shown = column.unit not in ("", "share", "duration", "count")
        return f"{column.label} ({unit_name(column.unit, currency)})" if shown else column.label

    count = table.paging.count if table.paging else len(table.rows)
    left = count - min(len(table.rows), MOST_ROWS)
    return {
        "columns": [{"label": head(each), "number": each.is_number} for each in table.columns],
        "rows": [[entry_of(cell) for cell in row.cells] for row in table.rows[:MOST_ROWS]],
        "empty": table.empty,
        "left": f"{left:,} further rows are in the spreadsheet." if left > 0 else "",
    }
