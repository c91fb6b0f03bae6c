"""Every text can be read on every ground it stands on, in both themes (WCAG 2.2, 1.4.3)."""

import re
from pathlib import Path

import pytest

import foresail.web
from foresail.web.sheets.forms.picture import SERIES

TOKENS = Path(foresail.web.__file__).parent / "static/foresail/tokens.css"
TEXTS = ("ink", "soft", "accent", "good", "bad")
GROUNDS = ("paper", "sheet", "shade")


def colours(theme: str) -> dict[str, str]:
    light, dark = TOKENS.read_text().split("@media (prefers-color-scheme: dark)")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark if theme == "dark" else light))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_stand_out(theme: str) -> None:
    known = colours(theme)
    poor = {
        f"{text} on {ground}": round(contrast(known[text], known[ground]), 2)
        for text in TEXTS
        for ground in GROUNDS
        if contrast(known[text], known[ground]) < 4.5
    }
    assert not poor
    assert contrast(known["ink"], known["warn"]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_of_controls_stand_out(theme: str) -> None:
    known = colours(theme)
    assert contrast(known["rule"], known["sheet"]) >= 3
    assert contrast(known["rule"], known["paper"]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_of_charts_stand_out(theme: str) -> None:
    """Every series that a chart draws with, on what charts stand on (WCAG 2.2, 1.4.11)."""
    known = colours(theme)
    series = {name: each for name, each in known.items() if name.startswith("series-")}
    assert len(series) == 8
    poor = {
        f"{name} on {ground}": round(contrast(each, known[ground]), 2)
        for name, each in {**series, "heat-high": known["heat-high"]}.items()
        for ground in ("sheet", "paper")
        if contrast(each, known[ground]) < 3
    }
    assert not poor


def test_pictures_have_the_colours_of_the_light_page() -> None:
    known = colours("light")
    assert tuple(known[f"series-{number}"] for number in range(1, 9)) == SERIES
