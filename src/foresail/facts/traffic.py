"""Visitors of the web site."""

from __future__ import annotations

from foresail.core.anchors import On, Sum
from foresail.core.dimensions import SOURCE
from foresail.core.expressions import _
from foresail.core.measures import Fact, Measure, Need


class Traffic(Fact):
    """One row per day and source of visitors."""

    table = "traffic"
    key = ("day", "source")
    dimensions = (SOURCE,)
    shows = ("day", "source", "visitors")

    visitors = Measure(
        Sum(_.visitors, unit="count"),
        at=On("day", "the visit"),
        needs=(Need("web_traffic", "visitors"),),
        words="visitors",
    )
    organic = visitors.only(
        _.is_organic.fill_null(False),
        needs=(Need("web_traffic", "is_organic"),),
        words="organic visitors",
    )
