"""The questions that each world is asked, and the days that their periods mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

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
BY: tuple[tuple[str, ...], ...] = (
    (),
    ("rep",),
    ("team",),
    ("rep", "team"),
    *((name,) for name in (*PLACES[2:], *ORIGINS, *DEALS, *ACTS, *LEADS, *OTHERS)),
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


WHERE: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...] = (
    (),
    (("team", ("north",)),),
    (("rep", ("ann", "bob")),),
    (("source", ("web",)),),
    (("lead_stage", ("mql", "sql")),),
    (("response_kind", ("call",)),),
)
GRAINS = (None, None, "month", "week", "quarter", "day", "year")


@st.composite
def questions(draw: Callable[..., Any]) -> list[Asked]:
    """Some questions of two shapes; a shape is made once and then asked of several periods."""

    def one(values: Sequence[Any]) -> Any:
        return draw(st.sampled_from(values))

    shapes = [((("rep",), ()) if one((True, False)) else ((), ())), (one(BY), one(WHERE))]
    return [
        Asked(by, one(GRAINS), one((*PERIODS, "all")), one(AS_OF), where)
        for by, where in shapes
        for _ in range(4)
    ]
