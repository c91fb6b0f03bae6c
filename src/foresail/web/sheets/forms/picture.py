"""A chart as a picture, drawn from the very specification that the page draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foresail.web.sheets.blocks import Chart

WIDTH = 760
SCALE = 2
SERIES = ("#0a5f7d", "#c4731a", "#5b7f2b", "#8a4f9e", "#a5291d", "#4d6a8a", "#937b16", "#3f8f82")
STYLE: Mapping[str, Any] = {
    "background": "#ffffff",
    "font": "sans-serif",
    "view": {"stroke": None},
    "range": {
        "category": list(SERIES),
        "heatmap": ["#eef3f5", "#0a5f7d"],
        "outcomes": [SERIES[0], "#8a8a84", SERIES[4], SERIES[3]],
    },
    "mark": {"color": SERIES[0]},
    "axis": {"labelFontSize": 11, "titleFontSize": 11, "gridColor": "#e4e2da", "domain": False},
    "legend": {"orient": "top"},
}


def png_bytes(chart: Chart) -> bytes:
    """The chart as PNG, on white, at twice its size."""
    import vl_convert

    drawn: bytes = vl_convert.vegalite_to_png(_specification(chart), scale=SCALE)
    return drawn


def svg_bytes(chart: Chart) -> bytes:
    """The chart as SVG, on white."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(_specification(chart))).encode()


def _specification(chart: Chart) -> dict[str, Any]:
    size = {"width": WIDTH, "height": chart.spec.get("height", chart.height)}
    title = {"title": {"text": chart.title, "anchor": "start"}} if chart.title else {}
    return {**chart.spec, **size, **title, "config": dict(STYLE)}
