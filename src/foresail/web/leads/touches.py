"""Touch by touch: after how many touches leads are reached, and after how many they convert."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foresail.project.results import Answer
from foresail.web.sheets import charts, tables
from foresail.web.sheets.blocks import Chart, Section
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.drawn import drawn

CONTACT = "touch_contact_rate"
CONVERSION = "touch_conversion"
LAST_TOUCH = 16
UP_TO = f"Drawn up to touch {LAST_TOUCH}."


@dataclass(frozen=True)
class Curve:
    """A part of a KPI by touch number, as a chart; without `part`, its value with its range."""

    id: str
    title: str
    part: str
    about: str
    lead: str


UNTIL_CONTACT = (
    Curve(
        "contact",
        "Touches until contact",
        "numerator",
        "Number of leads first reached by each touch.",
        "How many leads were first reached by which touch: by a connected call or in a meeting. "
        f"{UP_TO}",
    ),
    Curve(
        "contact-rate",
        "Share reached by each touch",
        "",
        "Share of leads first reached by each touch.",
        "Share of the leads not reached before that this touch reached, with its 95 % range. Those "
        "never reached are included.",
    ),
)
UNTIL_CONVERSION = (
    Curve(
        "conversions",
        "Conversions by touch",
        "numerator",
        "Number of leads that converted after each touch.",
        "How many leads converted after which touch. Few late ones may also mean that few leads "
        "are tried so often.",
    ),
    Curve(
        "curve",
        "What each touch brings",
        "",
        "Share of leads that convert after each touch.",
        "Of the leads that got this touch without having converted, those that then convert before "
        f"the next one, with the 95 % range. {UP_TO}",
    ),
    Curve(
        "tried",
        "Leads that got each touch",
        "denominator",
        "Number of leads not yet converted that got each touch.",
        "How many leads, not converted before, were tried so often.",
    ),
)


def until_contact(desk: Desk) -> Sequence[Section]:
    """How many leads each touch is the first to reach, and of how many."""
    return _curves(desk, CONTACT, UNTIL_CONTACT)


def until_conversion(desk: Desk) -> Sequence[Section]:
    """How many leads convert after each touch, and of how many."""
    return _curves(desk, CONVERSION, UNTIL_CONVERSION)


def _curves(desk: Desk, kpi: str, curves: Sequence[Curve]) -> Sequence[Section]:
    touches = desk.ask(kpi, by=("touch_number",))
    return tuple(_section(desk, kpi, touches, each) for each in curves)


def _section(desk: Desk, kpi: str, touches: Answer, curve: Curve) -> Section:
    rows = [
        {**row, "touch": row["touch_number"]}
        for row in drawn(desk, touches, kpi, part=curve.part)
        if isinstance(row["touch_number"], int) and row["touch_number"] <= LAST_TOUCH
    ]
    unit = "count" if curve.part else "share"
    chart = Chart(
        f"{curve.id}-chart",
        spec=charts.columns(
            rows, unit=unit, x="touch", title="Touch number", has_ranges=not curve.part
        ),
        table=tables.table(desk, f"{curve.id}-table", touches),
        about=curve.about,
        height=200,
    )
    return Section(curve.id, curve.title, (chart,), lead=curve.lead, width="half")
