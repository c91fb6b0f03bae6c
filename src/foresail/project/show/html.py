"""How results look in a notebook: a calm table in the notebook's own colours, light or dark.

Everything is text that was escaped; there is no script. Colours are mixed with the notebook's own,
so that they stay readable on any ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from foresail.project.show.layout import Cell, Column

STYLE = """\
<style>
.foresail{font:14px/1.45 system-ui,sans-serif;color:inherit;max-width:100%;overflow-x:auto}
.foresail h3{font-size:16px;font-weight:600;margin:.2em 0 .3em}
.foresail p{margin:.2em 0 .6em;max-width:75ch}
.foresail .about,.foresail .notes,.foresail dt,.foresail .detail,.foresail small{
color:color-mix(in srgb,currentColor 74%,transparent)}
.foresail .about{margin:.2em 0 .6em}
.foresail table{border-collapse:collapse;border:0;margin:0;font-variant-numeric:tabular-nums}
.foresail table th,.foresail table td{padding:.3em .75em;border:0;background:none;color:inherit;
text-align:left;vertical-align:baseline;white-space:nowrap;font-weight:400;max-width:none}
.foresail table tr>:first-child{padding-left:0}
.foresail table .number{text-align:right}
.foresail table .value{font-weight:600}
.foresail table .text{white-space:normal;min-width:24ch;max-width:60ch}
.foresail table .detail{font-size:13px}
.foresail table .number.detail{padding-left:0}
.foresail table thead th{font-weight:600;vertical-align:bottom;white-space:normal;max-width:14ch}
.foresail table thead tr{border:0;
border-bottom:1px solid color-mix(in srgb,currentColor 45%,transparent)}
.foresail table thead th.detail{font-weight:400}
.foresail table tbody tr{background:none}
.foresail table tbody tr+tr{border-top:1px solid color-mix(in srgb,currentColor 13%,transparent)}
.foresail table tfoot td,.foresail table tfoot th{font-weight:600}
.foresail table tfoot tr{border-top:1px solid color-mix(in srgb,currentColor 45%,transparent)}
.foresail table tfoot .detail{font-weight:400}
.foresail .green{color:color-mix(in srgb,#12a150 68%,currentColor)}
.foresail .red{color:color-mix(in srgb,#e5484d 72%,currentColor)}
.foresail ul.notes{margin:.7em 0 0;padding:0 0 0 1.1em;max-width:75ch}
.foresail dl{display:grid;grid-template-columns:max-content minmax(0,75ch);gap:.2em 1.2em;
margin:.4em 0}
.foresail dt,.foresail dd{margin:0}
.foresail pre{max-height:24em;overflow:auto;font-size:12px;line-height:1.4;padding:.8em;
margin:.4em 0;color:inherit;background:color-mix(in srgb,currentColor 6%,transparent)}
.foresail summary{cursor:pointer}
</style>"""

SENTENCE = 40
"""A column with longer texts is folded."""


def card(*parts: str) -> str:
    """Parts that are HTML already, in one frame with their style."""
    return f'{STYLE}<div class="foresail">{"".join(parts)}</div>'


def title(text: str, small: str = "") -> str:
    """A heading, with its name for programs beside it."""
    beside = f" <small><code>{escape(small)}</code></small>" if small else ""
    return f"<h3>{escape(text)}{beside}</h3>"


def paragraph(text: str) -> str:
    """A sentence."""
    return f"<p>{escape(text)}</p>"


def about(parts: Iterable[str]) -> str:
    """What was asked, as of when."""
    return f'<p class="about">{escape(" · ".join(parts))}</p>'


def notes(found: Sequence[str]) -> str:
    """What else one must know."""
    items = "".join(f"<li>{escape(each)}</li>" for each in found)
    return f'<ul class="notes">{items}</ul>' if items else ""


def pairs(found: Iterable[tuple[str, str]]) -> str:
    """Labels, each with its text; those without a text are left out."""
    items = (f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in found if text)
    return f"<dl>{''.join(items)}</dl>"


def folded(summary: str, text: str) -> str:
    """A long text that opens when it is wanted."""
    inside = f"<summary>{escape(summary)}</summary><pre><code>{escape(text)}</code></pre>"
    return f"<details>{inside}</details>"


def table(keys: Sequence[Column], values: Sequence[Column], *, has_totals: bool = False) -> str:
    """Columns as a table; with totals, the last row stands below a line."""
    columns = [*keys, *values]
    rows = list(zip(*(each.cells for each in columns), strict=True))
    head = "".join(_head(each) for each in columns)
    body, foot = (rows[:-1], rows[-1:]) if has_totals else (rows, [])
    parts = [f"<thead><tr>{head}</tr></thead>", f"<tbody>{_rows(columns, body, len(keys))}</tbody>"]
    if foot:
        parts.append(f"<tfoot>{_rows(columns, foot, len(keys))}</tfoot>")
    return f"<table>{''.join(parts)}</table>"


def _rows(columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]], keys: int) -> str:
    return "".join(
        "<tr>"
        + "".join(
            _cell(column, cell, is_key=place < keys)
            for place, (column, cell) in enumerate(zip(columns, row, strict=True))
        )
        + "</tr>"
        for row in rows
    )


def _head(column: Column) -> str:
    return f'<th scope="col"{_class(column)}>{escape(column.header)}</th>'


def _cell(column: Column, cell: Cell, *, is_key: bool) -> str:
    text = escape(cell.text)
    if cell.style in ("green", "red"):
        text = f'<span class="{cell.style}">{text}</span>'
    if is_key:
        return f'<th scope="row"{_class(column)}>{text}</th>'
    return f"<td{_class(column)}>{text}</td>"


def _class(column: Column) -> str:
    names = []
    if column.is_number:
        names.append("number")
        names.append("detail" if column.is_detail else "value")
    elif column.is_detail:
        names.append("detail")
    if max((len(each.text) for each in column.cells), default=0) > SENTENCE:
        names.append("text")
    return f' class="{" ".join(names)}"' if names else ""
