"""Worked examples of what censoring does."""

from __future__ import annotations

from fractions import Fraction

from tests.oracle.survival import censored_median, incidence


def test_without_censoring_half_is_reached_at_the_lower_middle() -> None:
    assert censored_median([(4, True), (1, True), (3, True)]) == 3
    assert censored_median([(1, True), (2, True), (3, True), (4, True)]) == 2


def test_a_case_is_held_for_as_long_as_it_was_watched() -> None:
    # 3/4 after 1; the case of 2 is gone; of the two left one goes at 3: 3/8.
    assert censored_median([(1, True), (2, False), (3, True), (9, False)]) == 3


def test_a_case_watched_as_long_as_an_event_takes_is_at_risk_of_it() -> None:
    # 1 of 2 at 5 is a half; were the watched one gone, it would be all.
    assert censored_median([(5, True), (5, False)]) == 5
    assert incidence([(5, "event"), (5, "censored")]) == Fraction(1, 2)


def test_where_half_never_get_there_the_median_is_unknown() -> None:
    assert censored_median([(1, True), (2, False), (3, False)]) is None
    assert censored_median([]) is None


def test_the_chance_against_rivals() -> None:
    cases = [(1, "event"), (2, "rival"), (3, "censored"), (4, "event")]
    assert incidence(cases, 1) == Fraction(1, 4)
    assert incidence(cases, 3) == Fraction(1, 4)
    # At 4 one half is left, and all of it wins.
    assert incidence(cases) == Fraction(3, 4)
    assert incidence([]) is None
