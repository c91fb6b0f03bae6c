# ruff: noqa: E501  # a table is drawn as wide as it is
"""How near a forecast came, and what leads have brought."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world

DEALS = drawn("""
    opportunity_id | owner_id | outcome | created_at | closed_at  | expected_close_on | amount | probability
    oak            | ann      | won     | 2026-01-05 | 2026-02-10 | 2026-02-10        | 1000   | 0.5
    elm            | ann      | lost    | 2026-01-05 | 2026-02-12 | 2026-02-28        | 2000   | 0.25
    ash            | bob      |         | 2026-01-05 |            | 2026-03-01        | 4000   | 0.5
    fir            | bob      | won     | 2026-02-03 | 2026-02-20 | 2026-02-20        | 600    | 0.5
    yew            | bob      | won     | 2026-01-05 | 2026-01-31 | 2026-02-10        | 900    | 0.5
""")


def test_a_forecast_is_held_against_what_was_won(tmp_path: Path) -> None:
    project = world(tmp_path, opportunity=DEALS)
    # due in February and open as it began: oak 500, elm 500. Won: oak 1,000 and fir 600.
    (row,) = project.ask("forecast_accuracy", period="2026-02").rows
    assert row["forecast_accuracy.forecast"] == 1000
    assert row["forecast_accuracy.actual"] == 1600
    assert row["forecast_accuracy"] == pytest.approx(1 - 600 / 1600)
    assert row["forecast_accuracy.numerator"] == 600
    assert "forecast_accuracy.low" not in row
    answer = project.ask("forecast_accuracy", by="rep", period="2026-02")
    # ann forecast 1,000 and won 1,000; bob forecast nothing and won 600
    assert by(answer, "rep", "forecast_accuracy") == {
        "Ann": pytest.approx(1),
        "Bob": pytest.approx(0),
        "Cid": None,
    }


def test_only_a_period_that_is_over_has_an_accuracy(tmp_path: Path) -> None:
    project = world(tmp_path, opportunity=DEALS)
    (row,) = project.ask("forecast_accuracy", period="2026-02", as_of="2026-02-27").rows
    assert row["forecast_accuracy"] is None
    assert (row["forecast_accuracy.forecast"], row["forecast_accuracy.actual"]) == (1000, 1600)
    assert value(project, "forecast_accuracy", period="2026-02", as_of="2026-02-28") is not None
    # nothing was won in December; all never ends
    assert value(project, "forecast_accuracy", period="2025-12") is None
    assert value(project, "forecast_accuracy", period="all") is None
    answer = project.ask("forecast_accuracy", grain="month", period="2026-Q1", as_of="2026-03-20")
    # in January nothing stood open as it began, and 900 were won
    assert by(answer, "period", "forecast_accuracy") == {
        dt.date(2026, 1, 1): pytest.approx(0),
        dt.date(2026, 2, 1): pytest.approx(0.625),
        dt.date(2026, 3, 1): None,
    }
    answer = project.ask(
        "forecast_accuracy", period="2026-03", as_of="2026-03-31", compare="previous"
    )
    assert answer.rows[0]["forecast_accuracy.before"] == pytest.approx(0.625)


def test_a_forecast_that_missed_by_more_than_was_won_is_below_zero(tmp_path: Path) -> None:
    deals = [dict(each) for each in DEALS]
    deals[0]["amount"], deals[1]["amount"], deals[3]["amount"] = "200", "16000", "0"
    project = world(tmp_path, opportunity=deals)
    # 100 and 4,000 were forecast, 200 won
    assert value(project, "forecast_accuracy", period="2026-02") == pytest.approx(1 - 3900 / 200)
    deals[0]["amount"] = "-200"
    project = world(tmp_path / "refund", opportunity=deals)
    assert value(project, "forecast_accuracy", period="2026-02") is None


def test_the_forecast_is_as_it_was_known_at_the_beginning(tmp_path: Path) -> None:
    change = drawn("""
        opportunity_id | field             | old_value  | new_value  | changed_at
        oak            | amount            | 400        | 1000       | 2026-02-05T08:00:00Z
        ash            | expected_close_on | 2026-02-20 | 2026-03-01 | 2026-02-05T08:00:00Z
        ash            | owner_id          | cid        | bob        | 2026-02-05T08:00:00Z
    """)
    project = world(tmp_path, opportunity=DEALS, opportunity_change=change)
    answer = project.ask("forecast_accuracy", by="rep", period="2026-02")
    # oak at 400, elm at 2,000; ash was due then, and cid's
    assert by(answer, "rep", "forecast_accuracy.forecast") == {"Ann": 700, "Bob": 0, "Cid": 2000}


LEADS = drawn("""
    lead_id | created_at | source | owner_id
    l1      | 2026-01-01 | ads    | ann
    l2      | 2026-01-10 | ads    | ann
    l3      | 2026-01-20 | list   | bob
    l4      | 2026-01-30 | list   | bob
""")
WINS = drawn("""
    opportunity_id | lead_id | owner_id | outcome | created_at | closed_at  | amount
    oak            | l1      | cid      | won     | 2026-01-05 | 2026-02-10 | 1000
    elm            | l1      | cid      | won     | 2026-01-05 | 2026-04-01 | 500
    ash            | l1      | cid      | won     | 2026-01-05 | 2026-04-02 | 8000
    fir            | l2      | cid      | lost    | 2026-01-12 | 2026-02-10 | 700
    yew            | l3      | cid      | won     | 2026-01-25 | 2026-02-20 | 600
    box            |         | cid      | won     | 2026-01-25 | 2026-02-20 | 9000
""")


def test_value_per_lead_is_what_was_won_by_the_age_of_90_days(tmp_path: Path) -> None:
    project = world(tmp_path, as_of="2026-04-10", lead=LEADS, opportunity=WINS)
    # on 10 April l1 is 99 and l2 90 days old: oak, and elm on the 90th day; ash came a day late
    (row,) = project.ask("value_per_lead", period="2026-01").rows
    assert row["value_per_lead"] == pytest.approx(750)
    assert row["value_per_lead.numerator"] == 1500
    assert row["value_per_lead.denominator"] == 2
    assert row["value_per_lead.maturing"] == 2
    # customers: l1 after 40 days of four, l3 after 31: half of them; a win of old leads brought 750
    assert row["value_per_lead.estimate"] == pytest.approx(0.5 * 750)
    answer = project.ask("value_per_lead", by="source", period="2026-01")
    assert by(answer, "source", "value_per_lead") == {"ads": pytest.approx(750), "list": None}
    answer = project.ask("value_per_lead", by="rep", period="2026-01")
    assert by(answer, "rep", "value_per_lead")["Ann"] == pytest.approx(750)
    # all are old enough by the end of April
    late = value(project, "value_per_lead", period="2026-01", as_of="2026-04-30")
    assert late == pytest.approx(2100 / 4)


def test_a_win_taken_back_is_of_no_value(tmp_path: Path) -> None:
    wins = [dict(each) for each in WINS]
    wins[0]["deleted_at"] = "2026-04-20T08:00:00Z"
    project = world(tmp_path, as_of="2026-04-30", lead=LEADS, opportunity=wins)
    assert value(project, "value_per_lead", period="2026-01") == pytest.approx(1100 / 4)
    early = value(project, "value_per_lead", period="2026-01", as_of="2026-04-19")
    assert early == pytest.approx(1500 / 2)


def test_wins_count_at_the_rate_of_the_close(tmp_path: Path) -> None:
    rates = drawn("""
        currency | day        | rate
        USD      | 2026-01-01 | 0.50
        USD      | 2026-02-15 | 0.80
    """)
    wins = [{**each, "currency": "USD"} for each in WINS]
    project = world(tmp_path, as_of="2026-04-30", lead=LEADS, opportunity=wins, exchange_rate=rates)
    # 1,000 at 0.50, 500 and 600 at 0.80
    assert value(project, "value_per_lead", period="2026-01") == pytest.approx(1380 / 4)


def test_what_was_never_loaded_makes_them_unknown(tmp_path: Path) -> None:
    project = world(tmp_path, lead=LEADS)
    (row,) = project.ask("value_per_lead", "forecast_accuracy", period="2026-01").rows
    assert (row["value_per_lead"], row["forecast_accuracy"]) == (None, None)
    assert row["forecast_accuracy.forecast"] is None
