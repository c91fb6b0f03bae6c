"""What stands open, folded by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from foresail.project import standing
from foresail.project.standing import Heap

NOW = dt.datetime(2026, 4, 1)
TODAY = dt.date(2026, 3, 31)


def deal(stage: str | None, created: str, due: str | None, value: float | None) -> dict[str, Any]:
    return {
        "stage": stage,
        "created_at": dt.datetime.fromisoformat(created),
        "expected_close_on": due and dt.date.fromisoformat(due),
        "value": value,
    }


DEALS = [
    deal("talk", "2026-03-31", "2026-04-30", 100.0),
    deal("talk", "2026-03-03", "2026-03-30", 10.0),
    deal("talk", "2026-03-02", "2026-03-31", None),
    deal("offer", "2025-10-03", None, 1.0),
    deal(None, "2025-10-04", "2027-01-01", 5.0),
]


def test_ages_are_whole_days_and_a_band_ends_where_the_next_begins() -> None:
    # 0, 29, 30, 180 and 179 days
    assert standing.by_age(DEALS, NOW) == {
        ("talk", "0-29 days"): Heap(2, 110.0),
        ("talk", "30-59 days"): Heap(1, 0.0),
        ("offer", "180 days and more"): Heap(1, 1.0),
        (None, "90-179 days"): Heap(1, 5.0),
    }


def test_a_deal_due_today_has_not_passed() -> None:
    assert list(standing.by_month(DEALS, TODAY).items()) == [
        (standing.PASSED, Heap(1, 10.0)),
        ("2026-03", Heap(1, 0.0)),
        ("2026-04", Heap(1, 100.0)),
        ("2027-01", Heap(1, 5.0)),
        (standing.NO_DAY, Heap(1, 1.0)),
    ]
    assert [each["value"] for each in standing.overdue(DEALS, TODAY)] == [10.0]


def test_the_largest_come_first_and_unknown_amounts_last() -> None:
    assert [each["value"] for each in standing.largest(DEALS)] == [100.0, 10.0, 5.0, 1.0, None]


def test_what_it_takes_is_the_reverse_of_what_is_won() -> None:
    found = standing.cover(4.0, 0.25, 0.2, 0.4)
    assert (found.need, found.need_low, found.need_high) == (4.0, 2.5, 5.0)
    assert found.is_enough is None
    assert standing.cover(5.0, 0.25, 0.2, 0.4).is_enough is True
    assert standing.cover(2.4, 0.25, 0.2, 0.4).is_enough is False
    assert standing.cover(9.0, 0.0, 0.0, 0.4).is_enough is None
    assert standing.cover(9.0, None, None, None).need is None
