"""What holds in every world: classes add up, and so does the waterfall."""

from __future__ import annotations

import datetime as dt
import os

from hypothesis import HealthCheck, given, settings

from tests.oracle import IS_FULL, deals
from tests.oracle.calendar import Window, as_of_instant
from tests.oracle.records import Settings, read
from tests.oracle.small import value
from tests.oracle.stages import CLASSES, entered
from tests.oracle.view import View
from tests.oracle.waterfall import balance, waterfall
from tests.oracle.worlds import Row, organisations

MARCH = Window(dt.date(2026, 3, 1), dt.date(2026, 4, 1), dt.date(2026, 3, 1), "month")
anything = settings(
    max_examples=100 if IS_FULL else 15,
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=list(HealthCheck),
)


def views(made: tuple[Settings, dict[str, list[Row]]]) -> list[View]:
    """March as of some day in it, of its end and of long after."""
    decided, rows = made
    world = read(decided, rows)
    return [
        View(world, as_of_instant(day, decided), MARCH)
        for day in ("2026-03-18T12:00", "2026-03-31", "2026-12-31")
    ]


@anything
@given(made=organisations())
def test_every_passage_has_one_class(made: tuple[Settings, dict[str, list[Row]]]) -> None:
    for view in views(made):
        counts = [value(f"leak_rate.{each}", view) for each in CLASSES]
        assert sum(counts) == len(entered(view))


@anything
@given(made=organisations())
def test_the_waterfall_ends_at_the_open_value(
    made: tuple[Settings, dict[str, list[Row]]],
) -> None:
    for view in views(made):
        standing = [
            deals.amount_at(deal, view.stands_at, view.stands_on, view.world) or 0
            for deal in deals.open_at(view, view.stands_at)
        ]
        gone = any(
            deal.deleted_at and view.stands_at < deal.deleted_at.at <= view.as_of
            for deal in view.world.opportunity
        )
        whole = waterfall(view).get(None, {"closing": 0})
        assert gone or whole["closing"] == sum(standing)
        for by in (None, "rep", "team"):
            for due in (False, True):
                slices = waterfall(view, by, due).values()
                assert all(balance(each) == each["closing"] for each in slices)
        slices = waterfall(view, "rep").values()
        assert sum(each["closing"] for each in slices) == whole["closing"]
