"""The cells of tables, written here and not in templates: pages have hundreds of them.

A template looks up every name and condition anew for each cell, which took most of a page's time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foresail.web.templatetags.drawing import spark
from foresail.web.templatetags.formats import (
    arrow,
    change,
    change_share,
    clock,
    entry_of,
    interval,
    is_long,
    is_time,
    quantity,
    utc,
    verdict,
)

if TYPE_CHECKING:
    from foresail.web.number import Number
    from foresail.web.sheets.blocks import Cell, Column, Row, Table

register = template.Library()
NOTHING = SafeString("")


@register.simple_tag
def cells(table: Table, row: Row, place: int) -> SafeString:
    """The cells of a table's row: the first names it; `place` is the row's, counted from 1."""
    pairs = zip(row.cells, table.columns, strict=False)
    written = (
        _named(table, row, place, cell, column) if not number else _valued(row, cell, column)
        for number, (cell, column) in enumerate(pairs)
    )
    return SafeString("\n".join(written))


@register.simple_tag
def number_parts(number: Number) -> SafeString:
    """What stands below a number: its change, the sample and range it comes from, its target."""
    return _joined((_change(number), _sample(number), _target(number)))


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return SafeString("".join(pieces))


def _named(table: Table, row: Row, place: int, cell: Cell, column: Column) -> SafeString:
    return format_html(
        '<th scope="row" class="name">{}{}</th>',
        _fold(table, row, place) if row.fold_url else NOTHING,
        _content(row, cell, column),
    )


def _fold(table: Table, row: Row, place: int) -> SafeString:
    return format_html(
        '<a class="fold" id="{}-fold-{}" href="{}" hx-get="{}" hx-target="#sheet"'
        ' aria-expanded="{}"><span aria-hidden="true">{}</span>'
        '<span class="unseen">Reps of </span></a>',
        table.id,
        place,
        row.fold_url,
        row.fold_url,
        "false" if row.is_folded else "true",
        "▸" if row.is_folded else "▾",
    )


def _valued(row: Row, cell: Cell, column: Column) -> SafeString:
    kind = "number" if column.is_number else "text"
    width = " when" if is_time(cell.value) else " long" if is_long(cell.value) else ""
    return format_html('<td class="{}{}">{}</td>', kind, width, _content(row, cell, column))


def _content(row: Row, cell: Cell, column: Column) -> SafeString:
    return _joined(
        (
            NOTHING if row.is_total and cell.value == "" else _value(cell, column),
            format_html(" {}", spark(cell.spark)) if cell.spark else NOTHING,
            format_html(' <span class="sample">{}</span>', cell.note) if cell.note else NOTHING,
            _mark(cell),
            number_parts(cell.number) if cell.number else NOTHING,
        )
    )


def _value(cell: Cell, column: Column) -> SafeString:
    if cell.url:
        return _linked(cell, column)
    if cell.since:
        since, lasted = utc(cell.since), clock(cell.value)
        return format_html('<time data-since="{}">{}</time>', since, lasted)
    if cell.more:
        names = format_html_join("", "<li>{}</li>", ((each,) for each in cell.more))
        return format_html(
            '<details class="more"><summary>{}</summary><ul>{}</ul></details>',
            entry_of(cell),
            names,
        )
    return format_html("{}", entry_of(cell))


def _linked(cell: Cell, column: Column) -> SafeString:
    """A value that leads to its records; a number says of what, to those who hear it alone."""
    label = cell.number.label if cell.number else column.label if column.is_number else ""
    return format_html(
        '<a class="value" href="{}"{}>{}{}</a>',
        cell.url,
        SafeString(' target="_blank" rel="noopener noreferrer"') if cell.is_outside else NOTHING,
        entry_of(cell),
        format_html('<span class="unseen"> {}, records</span>', label) if label else NOTHING,
    )


def _mark(cell: Cell) -> SafeString:
    if not cell.mark:
        return NOTHING
    return format_html(' <span class="mark {}">{}</span>', cell.tone, cell.mark)


def _change(number: Number) -> SafeString:
    if "change" not in number.parts or number.value is None:
        return NOTHING
    changed, share = number.parts["change"].value, number.parts.get("change_share")
    if changed is None:
        return format_html(' <span class="change {}">before –</span>', number.tone)
    relative = NOTHING
    if share is not None and share.value is not None:
        relative = format_html(' <span class="relative">({})</span>', change_share(share.value))
    return format_html(
        ' <span class="change {}"><span aria-hidden="true">{}</span> {}{}'
        '<span class="unseen"> {}</span></span>',
        number.tone,
        arrow(changed),
        change(changed, number.unit),
        relative,
        verdict(number.tone),
    )


def _sample(number: Number) -> SafeString:
    said = _sample_of(number)
    return format_html(' <span class="sample">{}</span>', said) if said else NOTHING


def _sample_of(number: Number) -> str:
    """The cases that a number rests on, and how far chance alone may have moved it."""
    if number.unknown_as:
        return number.unknown_as
    parts = number.parts
    low, high = parts.get("low"), parts.get("high")
    within = "" if low is None or high is None else interval(low.value, high.value, low.unit)
    base = parts.get("denominator")
    if base is not None and base.value is not None:
        if number.value is None:
            return ""
        part = parts["numerator"]
        counted = quantity(part.value, part.unit), number.joint, quantity(base.value, base.unit)
        return " · ".join(filter(None, (" ".join(counted), within)))
    if within:
        return within
    cases = parts.get("n")
    if cases is None or cases.value is None:
        return ""
    said = f"{quantity(cases.value, 'count')} case{'' if cases.value == 1 else 's'}"
    pending = parts.get("pending")
    if pending is not None and pending.value:
        said += f" · {quantity(pending.value, 'count')} pending"
    return said


def _target(number: Number) -> SafeString:
    target = number.parts.get("target")
    if target is None or not target.value:
        return NOTHING
    said = quantity(target.value, number.unit)
    return format_html(' <span class="sample">target {}</span>', said)
