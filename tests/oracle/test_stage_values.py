"""Worked examples of stages: how many win, what is lost there, and how long it takes."""

from __future__ import annotations

from fractions import Fraction

from tests.oracle.small import DAY, STAGES, back_to, by, deal, march, of_one, value, way


def test_win_rate_of_a_stage_is_over_all_that_entered_it() -> None:
    rows = [deal("oak"), deal("elm"), deal("ash")]
    history = [*way("oak", meet=2, won=9), *way("elm", meet=2, lost=9), *way("ash", meet=2)]
    view = march(stage=STAGES, opportunity=rows, opportunity_stage=history)
    assert value("stage_win_rate", view, stage="meet") == Fraction(1, 3)
    assert value("stage_win_rate.open", view, stage="meet") == 1


def test_the_value_lost_is_that_of_the_last_open_stage() -> None:
    rows = [
        deal("oak", amount=100),
        deal("elm", amount=50, outcome="lost", closed_at="2026-03-09", stage="offer"),
        deal("ash", amount=20, outcome="lost", closed_at="2026-03-09", stage="lost"),
        deal("fir", amount=7, lost_reason="test"),
    ]
    history = [*way("oak", meet=2, review=5, lost=9), *way("fir", meet=2, lost=9)]
    view = march(stage=STAGES, opportunity=rows, opportunity_stage=history)
    assert by("leaked_value", view, "stage") == {"review": 100, "offer": 50, None: 20}


def test_the_value_lost_is_at_the_rate_of_the_day_of_the_loss() -> None:
    rows = [deal("oak", amount=100, currency="USD", outcome="lost", closed_at="2026-03-09")]
    rates = [
        {"currency": "USD", "day": "2026-03-09", "rate": 0.9},
        {"currency": "USD", "day": "2026-03-10", "rate": 0.8},
    ]
    assert value("leaked_value", march(opportunity=rows, exchange_rate=rates)) == 90


def test_time_in_a_stage_is_that_of_all_its_visits() -> None:
    # Three days and two; what was skipped has no time.
    history = [*way("oak", meet=2, review=5), back_to("oak", "meet", 10), *way("oak", lost=12)]
    view = of_one(history)
    assert by("time_in_stage", view, "stage") == {"meet": 5 * DAY, "review": 5 * DAY}


def test_who_still_stands_there_is_censored() -> None:
    rows = [deal("oak"), deal("elm"), deal("ash")]
    history = [*way("oak", meet=2, lost=12), *way("elm", meet=2), *way("ash", meet=2)]
    view = march("2026-03-20", stage=STAGES, opportunity=rows, opportunity_stage=history)
    assert value("time_in_stage", view) is None
    later = [*history, *way("elm", lost=22)]
    view = march("2026-03-25", stage=STAGES, opportunity=rows, opportunity_stage=later)
    assert value("time_in_stage", view) == 20 * DAY


def test_time_in_a_stage_is_dated_by_the_beginning_of_the_first_visit() -> None:
    first = {"opportunity_id": "oak", "stage": "meet", "entered_at": "2026-02-20"}
    view = of_one([first, *way("oak", offer=5), back_to("oak", "meet", 9)])
    assert by("time_in_stage", view, "stage") == {"offer": 4 * DAY}
