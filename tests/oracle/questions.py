"""The questions that each world is asked, and the days that their periods mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import strategies as st

from foresail.catalogue import THEMES
from foresail.core.kpis import Theme
from tests.oracle.calendar import Window, windows
from tests.oracle.records import Settings

PERIODS = {
    "2026-03": ("2026-03-01", "2026-04-01", "month"),
    "2026-04": ("2026-04-01", "2026-05-01", "month"),
    "2026-Q1": ("2026-01-01", "2026-04-01", "quarter"),
    "2026": ("2026-01-01", "2027-01-01", "year"),
    "2026-03-29": ("2026-03-29", "2026-03-30", "day"),
    "2026-03-08": ("2026-03-08", "2026-03-09", "day"),
    "2026-02-07..2026-04-05": ("2026-02-07", "2026-04-06", None),
}
AS_OF = ("2026-04-30", "2026-03-31", "2026-03-18T12:00", "2026-12-31", "2026-03-29T03:00")
PLACES = ("rep", "team", "manager", "role", "seniority", "territory")
ORIGINS = ("source", "channel", "campaign", "lead_territory", "segment", "industry", "country")
DEALS = ("pipeline", "product", "deal_type", "stage", "lost_reason")
ACTS = ("activity_kind", "outcome", "network", "moved_by")
LEADS = ("response_kind", "answered_by", "touch_number", "lead_stage")
OTHERS = ("title_level", "weekday", "hour_of_day")
SPENT = ("cost_category", "content", "end_reason")
BY: tuple[tuple[str, ...], ...] = (
    (),
    ("rep",),
    ("team",),
    ("rep", "team"),
    *((name,) for name in (*PLACES[2:], *ORIGINS, *DEALS, *ACTS, *LEADS, *OTHERS, *SPENT)),
    ("team", "weekday"),
    ("role", "source"),
    ("product", "rep"),
    ("team", "touch_number"),
    ("rep", "response_kind"),
    ("source", "stage"),
)


@dataclass(frozen=True)
class Asked:
    """A question in words."""

    by: tuple[str, ...]
    grain: str | None
    period: str
    as_of: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def windows(self, settings: Settings, everything: tuple[dt.date, dt.date]) -> list[Window]:
        """The lines of the answer; what `all` spans is told by the answer."""
        if self.period == "all":
            return windows(*everything, self.grain, settings, is_all=self.grain is None)
        start, end, unit = PERIODS[self.period]
        days = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
        if self.grain is None:
            return [Window(*days, days[0], unit)]
        return windows(*days, self.grain, settings)


ORGANISATIONS = 8
"""So many organisations, each asking for three ways, ask for all."""

WHERE: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...] = (
    (),
    (("team", ("north",)),),
    (("rep", ("ann", "bob")),),
    (("source", ("web",)),),
    (("lead_stage", ("mql", "sql")),),
    (("response_kind", ("call",)),),
)
GRAINS = (None, None, "month", "week", "quarter", "day", "year")


SHAPES = 4
"""How many ways of splitting each theme an organisation asks for: each must be compiled."""


def shapes(organisation: int, theme: type[Theme]) -> list[tuple[Any, Any]]:
    """The ways in which an organisation splits a theme; together they meet all dimensions."""
    offered = {each.id for kpi in theme.kpis() for each in kpi.dimensions}
    fitting = [by for by in BY if set(by) <= offered]
    filters = [where for where in WHERE if {name for name, _ in where} <= offered]
    chance = Random(f"{organisation} {theme.__name__}")
    start = chance.randrange(len(fitting)) if organisation >= ORGANISATIONS else organisation * 3
    return [
        (("rep",) if "rep" in offered else (), ()),
        *(
            (fitting[(start + number) % len(fitting)], chance.choice(filters))
            for number in range(SHAPES - 1)
        ),
    ]


@st.composite
def questions(draw: Callable[..., Any], organisation: int) -> tuple[type[Theme], list[Asked]]:
    """A theme, and questions about it of one shape, for several periods and instants."""

    def one(values: Sequence[Any]) -> Any:
        return draw(st.sampled_from(values))

    theme = one(THEMES)
    by, where = one(shapes(organisation, theme))
    asked = []
    for _ in range(3):
        period = one((*PERIODS, "all"))
        grain = one(GRAINS if period != "all" else (None, "quarter"))
        asked.append(Asked(by, grain, period, one(AS_OF), where))
    return theme, asked
