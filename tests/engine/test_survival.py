"""Censored medians and estimated shares, held against a statistics library."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from foresail.core.anchors import Aggregate, At, CensoredMedian, Incidence
from foresail.core.expressions import Setting, _
from foresail.core.measures import Measure
from foresail.engine.survival import survival

Case = tuple[float, int]
CENSORED, EVENT, RIVAL = 0, 1, 2


def worked_out(aggregate: Aggregate, cases: list[Case], **context: Any) -> dict[str, Any]:
    """The measure over one slice of cases, each a length and what ended it."""
    table = pa.table(
        {
            "slice": ["all"] * len(cases),
            "length": pa.array([length for length, _ in cases], pa.float64()),
            "ended": pa.array([ended for _, ended in cases], pa.int64()),
        }
    )
    measure = Measure(aggregate, at=At("ended", "the end"))
    question: Any = SimpleNamespace(context=context, currency="EUR")
    found = survival(ibis.memtable(table), ["slice"], measure, "value", question)
    rows: list[dict[str, Any]] = found.to_pyarrow().to_pylist()
    return rows[0]


MEDIAN = CensoredMedian(_.length, _.ended == EVENT)
IN_THE_END = Incidence(_.length, _.ended == EVENT, rival=_.ended == RIVAL)


def test_who_never_got_there_holds_the_median_back() -> None:
    # Of four, two were answered after 1 and 3 hours; two still wait after 2 and 4.
    # S = 3/4 after 1; of the two left at 3 one is answered: 3/4 x 1/2 = 3/8.
    cases = [(1.0, EVENT), (2.0, CENSORED), (3.0, EVENT), (4.0, CENSORED)]
    assert worked_out(MEDIAN, cases) == {
        "slice": "all",
        "value": 3.0,
        "value__n": 4.0,
        "value__not_reached": 0.0,
    }


def test_a_median_that_half_never_reach_is_unknown() -> None:
    found = worked_out(MEDIAN, [(1.0, EVENT), (5.0, CENSORED), (6.0, CENSORED)])
    assert (found["value"], found["value__not_reached"]) == (None, 1.0)


def test_exactly_half_is_enough() -> None:
    assert worked_out(MEDIAN, [(7.0, EVENT), (7.0, CENSORED)])["value"] == 7.0


def test_events_come_before_censorings_of_the_same_length() -> None:
    # At 2 three are watched and one has the event: 2/3. At 3 it is the last one's turn.
    cases = [(2.0, CENSORED), (2.0, EVENT), (3.0, EVENT)]
    assert worked_out(MEDIAN, cases)["value"] == 3.0


def test_a_negative_length_is_left_out_of_the_median() -> None:
    found = worked_out(MEDIAN, [(-1.0, EVENT), (4.0, EVENT)])
    assert (found["value"], found["value__n"]) == (4.0, 1.0)


def test_lost_deals_rule_a_win_out() -> None:
    # 4 deals: won at 1, lost at 2, open since 3, won at 4. Chance of a win: 1/4, then of the two
    # that are neither won nor lost by 3 the one still watched at 4 is won: 2/4 x 1/1.
    cases = [(1.0, EVENT), (2.0, RIVAL), (3.0, CENSORED), (4.0, EVENT)]
    assert worked_out(IN_THE_END, cases)["value"] == pytest.approx(0.75)


def test_a_horizon_ends_the_count() -> None:
    share = Incidence(_.length, _.ended == EVENT, horizon=Setting("days") * 10)
    cases = [(10.0, EVENT), (15.0, CENSORED), (20.0, EVENT), (31.0, EVENT)]
    # 1/4 by 10; of the three quarters left, one of two at 20.
    assert worked_out(share, cases, days=2)["value"] == pytest.approx(1 / 4 + 3 / 4 / 2)
    assert worked_out(share, cases, days=1)["value"] == pytest.approx(1 / 4)


def test_only_a_slice_with_cases_cut_off_needs_a_curve() -> None:
    # By 10 of the old four two had their event. Of the young four one did at 2; one is cut off at
    # 3, so that at 5 two are still watched, of whom one has it: 1/4 + 3/4 x 1/2.
    table = pa.table(
        {
            "slice": ["old"] * 4 + [None] * 4,
            "length": [2.0, 5.0, 11.0, 12.0, 2.0, 3.0, 5.0, 11.0],
            "ended": [EVENT, EVENT, EVENT, CENSORED, EVENT, CENSORED, EVENT, CENSORED],
        }
    )
    share = Incidence(_.length, _.ended == EVENT, horizon=Setting("days") * 10)
    question: Any = SimpleNamespace(context={"days": 1}, currency="EUR")
    measure = Measure(share, at=At("ended", "the end"))
    found = survival(ibis.memtable(table), ["slice"], measure, "value", question)
    rows = {row["slice"]: row for row in found.to_pyarrow().to_pylist()}
    assert rows["old"] == {"slice": "old", "value": 0.5, "value__n": 4.0}
    assert rows[None] == {"slice": None, "value": pytest.approx(0.625), "value__n": 4.0}
    assert len(rows) == 2


CASES = st.lists(
    st.tuples(st.integers(0, 12).map(float), st.sampled_from((CENSORED, EVENT, RIVAL))),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_the_median_is_that_of_a_statistics_library(cases: list[Case]) -> None:
    times = np.array([length for length, _ in cases])
    events = np.array([ended == EVENT for _, ended in cases]).astype(int)
    theirs = None
    if events.any():
        curve = SurvfuncRight(times, events)
        reached = curve.surv_times[curve.surv_prob <= 0.5 + 1e-9]
        theirs = float(reached[0]) if len(reached) else None
    assert worked_out(MEDIAN, cases)["value"] == theirs


@settings(max_examples=30, deadline=None)
@given(st.lists(CASES, min_size=2, max_size=5))
def test_each_slice_has_the_median_of_its_own_cases(slices: list[list[Case]]) -> None:
    rows = [(str(number), *case) for number, cases in enumerate(slices) for case in cases]
    table = pa.table(dict(zip(("slice", "length", "ended"), zip(*rows, strict=True), strict=True)))
    measure = Measure(MEDIAN, at=At("ended", "the end"))
    question: Any = SimpleNamespace(context={}, currency="EUR")
    found = survival(ibis.memtable(table), ["slice"], measure, "value", question)
    together = {int(row.pop("slice")): row for row in found.to_pyarrow().to_pylist()}
    for number, cases in enumerate(slices):
        alone = worked_out(MEDIAN, cases)
        alone.pop("slice")
        assert together[number] == alone


# The library works out a standard error as well, which some cases have none of.
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@settings(max_examples=60, deadline=None)
@given(CASES)
def test_the_share_in_the_end_is_that_of_a_statistics_library(cases: list[Case]) -> None:
    times = np.array([length for length, _ in cases])
    ended = np.array([kind for _, kind in cases])
    theirs = 0.0
    if (ended == EVENT).any():
        theirs = CumIncidenceRight(times, ended).cinc[0][-1]
    assert worked_out(IN_THE_END, cases)["value"] == pytest.approx(theirs, abs=1e-9)
