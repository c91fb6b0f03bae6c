"""Usage: what customers do with what they pay for."""

from __future__ import annotations

from foresail.core.anchors import On, Sum
from foresail.core.expressions import Setting, _
from foresail.core.measures import Fact, Measure, Need

EVENTS = Setting("success_events")


class Usage(Fact):
    """One row per account, day and kind of use."""

    table = "usage"
    key = ("row_key",)
    dimensions = ()
    shows = ("account_id", "day", "event", "times")

    successes = Measure(
        Sum(_.times, unit="count"),
        at=On("day", "the day of use"),
        where=(EVENTS == ()) | _.event.isin(EVENTS),
        needs=(Need("usage"),),
        words="times of success",
    )
