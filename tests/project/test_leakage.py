"""What is lost beyond expectation, by hand and as a law."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some

from foresail.project.leakage import gap, leaks, worst
from foresail.project.results import Answer, ColumnInfo

NAMES = ("leak_rate.numerator", "leak_rate.denominator", "leaked_value", "leaked_value.deals")


def answer(*rows: tuple[Any, ...]) -> Answer:
    """An answer by stage: leaked, judged, amount lost, deals lost with an amount."""
    names = ("stage", *NAMES)
    return Answer(
        table=pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows]),
        columns=tuple(ColumnInfo(name, name, "value") for name in names),
        kpis=("leak_rate", "leaked_value"),
        by=("stage",),
        grain=None,
        period=(dt.date(2026, 1, 1), dt.date(2026, 4, 1)),
        period_name="2026-Q1",
        as_of=dt.datetime(2026, 3, 31),
        currency="EUR",
    )


OWN = answer(("talk", 5, 50, 1_000.0, 4), ("offer", 30, 40, 9_000.0, 20), ("deal", 0, 0, None, 0))
ALL = answer(
    ("talk", 25, 250, 9_000.0, 20), ("offer", 80, 240, 60_000.0, 60), ("deal", 2, 9, 700.0, 1)
)


def test_the_rest_is_everybody_without_the_own_cases() -> None:
    offer, talk = leaks(OWN, ALL, is_inside=True)
    # offer: 50 of the other 200 leak, so 10 of 40 were expected; a deal lost there is worth 1,000
    assert offer.key == ("offer",)
    assert offer.gap.expected is not None
    assert offer.gap.expected.value == 0.25
    assert offer.gap.beyond is not None
    assert offer.gap.beyond.value == pytest.approx(20)
    assert offer.money is not None
    assert offer.money.value == pytest.approx(20_000)
    assert offer.gap.is_separable
    # talk: 20 of 200 there, 5 of 50 here
    assert talk.gap.beyond is not None
    assert talk.gap.beyond.value == pytest.approx(0)
    assert talk.gap.is_separable is False
    assert worst([offer, talk]) is offer


def test_another_period_holds_none_of_the_own_cases() -> None:
    offer, _ = leaks(OWN, ALL, is_inside=False)
    # 80 of 240 there: 13.33 of 40; (9,000 + 60,000) / (20 + 60) a deal
    assert offer.gap.beyond is not None
    assert offer.gap.beyond.value == pytest.approx(30 - 40 / 3)
    assert offer.mean == 862.5


def test_without_others_nothing_is_expected() -> None:
    offer, talk = leaks(OWN, answer(("talk", 5, 50, 1_000.0, 4)), is_inside=True)
    assert {offer.key, talk.key} == {("offer",), ("talk",)}
    assert [each.gap.is_separable for each in (offer, talk)] == [None, None]
    assert (offer.money, talk.money) == (None, None)
    assert worst([offer, talk]) is None


COUNTS = some.integers(1, 10**4).flatmap(
    lambda cases: some.tuples(some.integers(0, cases), some.just(cases))
)


@given(COUNTS, COUNTS)
def test_a_gap_is_separable_exactly_where_its_range_leaves_out_nothing(
    own: tuple[int, int], others: tuple[int, int]
) -> None:
    found = gap(*own, *others)
    assert found.beyond is not None
    low, value, high = found.beyond.low, found.beyond.value, found.beyond.high
    assert low - 1e-6 <= value <= high + 1e-6
    assert value == pytest.approx(own[0] - own[1] * others[0] / others[1], abs=1e-6)
    assert found.is_separable == (low > 0 or high < 0)


@given(COUNTS)
def test_nobody_is_separable_from_others_alike(counts: tuple[int, int]) -> None:
    assert gap(*counts, *counts).is_separable is False
