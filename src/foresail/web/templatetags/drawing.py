"""Small drawings and the data of charts, as HTML."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django import template
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

from foresail.web.sheets.blocks import Block, Chart
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.links import record_url

register = template.Library()
register.filter(record_url)

WIDTH, HEIGHT, INSET = 72.0, 20.0, 2.0


@register.simple_tag
def spark(values: Sequence[float | None]) -> SafeString:
    """A course in the size of a word; unknown values leave a gap. Its last point is marked."""
    known = [each for each in values if each is not None]
    if len(known) < 2:
        return SafeString("")
    path, last = _course(values, min(known), max(known))
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">'
        '<path d="{}"/><circle cx="{}" cy="{}" r="1.8"/></svg>',
        *(WIDTH, HEIGHT, WIDTH, HEIGHT),
        path,
        *last,
    )


def _course(
    values: Sequence[float | None], low: float, high: float
) -> tuple[str, tuple[float, float]]:
    step = (WIDTH - 2 * INSET) / max(len(values) - 1, 1)
    drawn, last, is_down = [], (0.0, 0.0), False
    for place, value in enumerate(values):
        if value is None:
            is_down = False
            continue
        share = (value - low) / (high - low) if high > low else 0.5
        last = (
            round(INSET + place * step, 1),
            round(HEIGHT - INSET - share * (HEIGHT - 2 * INSET), 1),
        )
        drawn.append(f"{'L' if is_down else 'M'}{last[0]} {last[1]}")
        is_down = True
    return "".join(drawn), last


@register.simple_tag
def chart_data(chart: Chart) -> SafeString:
    """The specification of a chart, for the script that draws it."""
    return json_script(json.loads(json.dumps(chart.spec)), f"{chart.id}-spec")


@register.filter
def taken(desk: Desk, block: str) -> str:
    """The address of a block alone; the form is added to it."""
    return desk.url(block=block)


@register.filter
def is_chart(block: Block) -> bool:
    """Whether a block is drawn."""
    return isinstance(block, Chart)
