"""Worked examples of what customers answer."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.oracle.records import Settings
from tests.oracle.scenes import at
from tests.oracle.small import as_of, by, march, value

CONTACTS = [
    {"contact_id": "una", "account_id": "acme"},
    {"contact_id": "vic", "merged_into_id": "una"},
    {"contact_id": "wim", "account_id": "acme"},
]
ACCOUNTS = [{"account_id": "acme", "segment": "small"}, {"account_id": "bolt"}]
REPS = [{"rep_id": "ann", "team": "north"}]


def answer(key: str, when: str | None, score: int | None = None, **more: Any) -> dict[str, Any]:
    """A survey of the first of March, and when it was answered."""
    row = {"survey_id": key, "sent_at": at("1 8:00"), "score": score, **more}
    row["answered_at"] = when if when is None or len(when) > 8 else at(when)
    return {name: value for name, value in row.items() if value is not None}


SURVEYS = [
    answer("s1", "2026-02-10T10:00:00Z", 0, contact_id="una"),
    # Less than 30 days later, and by the name she had.
    answer("s2", "12 9:59", 10, contact_id="vic"),
    # 30 days after the first, but not after the second.
    answer("s3", "12 10:00", 10, contact_id="una"),
    answer("s4", "3 10:00", 9, contact_id="wim", rep_id="ann"),
    answer("s5", "4 10:00", 8, account_id="bolt", rep_id="ann"),
    answer("s6", "5 10:00", 3, account_id="bolt"),
    answer("s7", "6 10:00", 6),
    answer("s8", "6 10:00", 0),
    # Without a score it is an answer, but says nothing.
    answer("s9", "3 9:00", contact_id="wim"),
    answer("t1", None, contact_id="wim"),
    answer("t2", "2026-04-02T10:00:00Z", 10),
    answer("t3", None, sent_at=at("20 8:00")),
]
VIEW = march("2026-03-31", account=ACCOUNTS, contact=CONTACTS, rep=REPS, survey_response=SURVEYS)


def test_one_answer_of_a_person_counts_in_thirty_days() -> None:
    # 9 of wim; 8 of bolt; 6 and 0 of nobody known: una is silent all March.
    assert value("nps", VIEW) == Fraction(100 * (1 - 2), 4)
    # 1.96 times the root of (3/4 - 1/16) / 4 to either side, but no lower than -100.
    assert value("nps.low", VIEW) == -100
    assert value("nps.high", VIEW) == pytest.approx(-25 + 81.2558, abs=1e-4)
    assert value("promoters", VIEW) == Fraction(1, 4)
    assert value("passives", VIEW) == Fraction(1, 4)
    assert value("detractors", VIEW) == Fraction(1, 2)


def test_answers_are_of_the_rep_and_of_the_account() -> None:
    assert by("nps", VIEW, "team") == {"north": 50, None: -100}
    assert by("promoters", VIEW, "segment") == {"small": 1, None: 0}


def test_a_shorter_time_lets_more_answers_count() -> None:
    rows: dict[str, Any] = {"account": ACCOUNTS, "contact": CONTACTS, "survey_response": SURVEYS}
    view = march("2026-03-31", Settings(survey_days=1), **rows)
    # Una's 10 on the twelfth, the second of which came a minute later; and bolt's 3.
    assert value("nps", view) == Fraction(100 * (2 - 3), 6)


def test_the_response_rate_is_of_surveys_sent() -> None:
    assert value("survey_response_rate", VIEW) == Fraction(9, 12)
    assert value("survey_response_rate", as_of(VIEW, "2026-04-02")) == Fraction(10, 12)
    # On the 31st at midnight t1 and t2 are more than 30 days old.
    assert value("survey_response_rate.pending", VIEW) == 1
    assert value("survey_response_rate.pending", as_of(VIEW, "2026-03-31T07:59")) == 3
