# ruff: noqa: E501  # a table is drawn as wide as it is
"""What customers answer, by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue import drawn
from tests.world import by, world

KPIS = ("nps", "promoters", "passives", "detractors", "survey_response_rate")


def test_one_answer_of_a_person_counts_in_thirty_days(tmp_path: Path) -> None:
    contact = drawn("""
        contact_id | account_id | merged_into_id
        pia        | acme       |
        pia2       |            | pia
        max        | bolt       |
    """)
    account = drawn("""
        account_id | segment | owner_id
        acme       | smb     | cid
        bolt       | large   | cid
    """)
    survey_response = drawn("""
        survey_id | account_id | contact_id | rep_id | sent_at              | answered_at          | score
        s1        |            | pia        | ann    | 2026-02-01T08:00:00Z | 2026-02-02T08:00:00Z | 9
        s2        |            | pia2       | ann    | 2026-02-01T08:00:00Z | 2026-03-04T07:59:59Z | 0
        s3        |            | pia        | ann    | 2026-03-05T08:00:00Z | 2026-04-03T07:59:58Z | 10
        s4        | bolt       | max        | bob    | 2026-02-01T08:00:00Z | 2026-02-01           | 8
        s5        | bolt       | max        | bob    | 2026-02-01T08:00:00Z | 2026-03-03T23:00:00Z | 6
        s6        | bolt       |            | bob    | 2026-02-01T08:00:00Z | 2026-02-02T08:00:00Z | 7
        s7        | bolt       |            | bob    | 2026-02-01T08:00:00Z | 2026-02-02T08:00:00Z | 1
        s8        |            |            |        | 2026-02-01T08:00:00Z | 2026-02-02T08:00:00Z | 10
        s9        |            |            |        | 2026-02-01T08:00:00Z | 2026-02-02T08:00:00Z | 0
        u1        |            | max        | bob    | 2026-02-20T08:00:00Z | 2026-02-20T09:00:00Z |
        u2        | acme       |            | bob    | 2026-03-01T08:00:00Z |                      |
        u3        | acme       |            | bob    | 2026-03-02T08:00:00Z |                      |
        u4        | acme       |            | bob    | 2026-03-20T08:00:00Z | 2026-04-01T08:00:00Z | 5
    """)
    project = world(tmp_path, account=account, contact=contact, survey_response=survey_response)
    february = project.ask(*KPIS, period="2026-02").rows[0]
    # s1 9, s4 8, s6 7 (s7 came at the same moment), s8 10, s9 0
    assert february["nps"] == pytest.approx(100 * (2 - 1) / 5)
    assert [february[kpi] for kpi in KPIS[1:4]] == [0.4, 0.4, 0.2]
    beside = [february[f"nps.{name}"] for name in ("promoters", "passives", "detractors")]
    assert beside == [2, 2, 1]
    assert (february["nps.numerator"], february["nps.denominator"]) == (1, 5)
    # 1.96 × √((0.4 + 0.2 − 0.2²) / 5) = 65.6
    assert february["nps.low"] == pytest.approx(20 - 65.593, abs=0.001)
    assert february["nps.high"] == pytest.approx(20 + 65.593, abs=0.001)
    # s2 came a second too soon; s5 30 days after the 1st. What is without a score blocks nothing
    march = project.ask(*KPIS, period="2026-03").rows[0]
    assert (march["nps"], march["nps.denominator"], march["nps.low"]) == (-100, 1, -100)
    # sent in March: one answered later than T, two unanswered; u2 waits for 30 days
    assert march["survey_response_rate"] == 0
    assert march["survey_response_rate.denominator"] == 4
    assert march["survey_response_rate.pending"] == 3
    later = project.ask(*KPIS, period="2026-03", as_of="2026-04-03").rows[0]
    assert (later["survey_response_rate"], later["survey_response_rate.pending"]) == (0.5, 0)
    april = project.ask(*KPIS, period="2026-04", as_of="2026-04-05").rows[0]
    # s3 lies within 30 days of s2, although that one does not count itself
    assert (april["detractors"], april["nps.denominator"]) == (1, 1)
    assert april["survey_response_rate"] is None

    reps = project.ask("nps", "survey_response_rate", by="rep", period="2026-02")
    assert by(reps, "rep", "nps") == {"Ann": 100, "Bob": 0, "Cid": None, None: 0}
    segments = project.ask("nps", by="segment", period="2026-02")
    assert by(segments, "segment", "nps") == {"smb": 100, "large": 0, None: 0}
    found = project.records("nps", period="2026-02").rows
    assert [(row["survey_id"], row["value"]) for row in found] == [
        ("s1", 1),
        ("s8", 1),
        ("s9", -1),
    ]


def test_surveys_without_a_score_have_no_nps(tmp_path: Path) -> None:
    survey_response = drawn("""
        survey_id | sent_at              | answered_at
        s1        | 2026-03-01T08:00:00Z | 2026-03-02T08:00:00Z
        s2        | 2026-03-01T08:00:00Z |
    """)
    answer = world(tmp_path, survey_response=survey_response).ask(*KPIS, period="2026-03")
    assert [answer.rows[0][kpi] for kpi in KPIS] == [None, None, None, None, 0.5]
    assert any("survey_response.score" in note for note in answer.notes)
