# a table is drawn as wide as it is
"""Which period a record falls in: zones, clock changes, dates without time, comparisons."""

from __future__ import annotations

from pathlib import Path

import pytest

from foresail.core.errors import QuestionError
from tests.catalogue import drawn, value
from tests.world import by, world


def test_hour_and_weekday_are_those_of_the_organisations_clock(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at
        c1          | call | outbound  | ann    | 2026-03-27T23:30:00Z
        c2          | call | outbound  | ann    | 2026-03-29T00:30:00Z
        c3          | call | outbound  | ann    | 2026-03-29T01:30:00Z
        c4          | call | outbound  | ann    | 2026-03-29T22:30:00Z
        c5          | call | outbound  | ann    | 2026-03-30
    """)
    project = world(tmp_path, settings='zone = "Europe/Berlin"', activity=activity)

    hours = project.ask("outbound_calls", by="hour_of_day", period="2026-03")
    days = project.ask("outbound_calls", by="weekday", period="2026-03")

    # c1 00:30 on Saturday; c2 01:30 and c3 03:30 on Sunday, when 02:30 does not exist;
    # c4 00:30 on Monday, in summer time; c5 has a day and no hour.
    assert by(hours, "hour_of_day", "outbound_calls") == {0: 2, 1: 1, 3: 1, None: 1}
    assert by(days, "weekday", "outbound_calls") == {"saturday": 1, "sunday": 2, "monday": 2}


def test_a_month_begins_at_local_midnight(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at
        c1          | call | outbound  | ann    | 2026-02-28T22:59:59Z
        c2          | call | outbound  | ann    | 2026-02-28T23:00:00Z
        c3          | call | outbound  | ann    | 2026-03-31T21:59:59Z
        c4          | call | outbound  | ann    | 2026-03-31T22:00:00Z
        c5          | call | outbound  | ann    | 2026-03-01
        c6          | call | outbound  | ann    | 2026-03-31
        c7          | call | outbound  | ann    | 2026-04-01
    """)
    project = world(
        tmp_path, as_of="2026-04-30", settings='zone = "Europe/Berlin"', activity=activity
    )

    # March is c2 and c3 (23:59:59 in summer time), c5 and c6.
    answer = project.ask("outbound_calls", grain="month", period="2026-02-01..2026-04-30")
    assert [row["outbound_calls"] for row in answer.rows] == [1, 4, 2]


def test_timestamps_without_a_zone_are_in_the_organisations(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at
        c1          | call | outbound  | ann    | 2026-03-10T23:30
        c2          | call | outbound  | ann    | 2026-03-11T03:30:00Z
        c3          | call | outbound  | ann    | 2026-03-11T04:30:00Z
    """)
    project = world(tmp_path, settings='zone = "America/New_York"', activity=activity)

    # c1 and c2 are both at 23:30 on the 10th in New York, c3 at 00:30 on the 11th.
    assert value(project, "outbound_calls", period="2026-03-10") == 2
    assert value(project, "outbound_calls", period="2026-03-11") == 1


def test_a_running_month_is_compared_with_the_first_working_days_of_the_month_before(
    tmp_path: Path,
) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at
        c1          | call | outbound  | ann    | 2026-02-02T09:00
        c2          | call | outbound  | ann    | 2026-02-10T23:00
        c3          | call | outbound  | ann    | 2026-02-11T09:00
        c4          | call | outbound  | ann    | 2026-02-27T09:00
        c5          | call | outbound  | ann    | 2026-03-02T09:00
        c6          | call | outbound  | ann    | 2026-03-09T09:00
        c7          | call | outbound  | ann    | 2026-03-10T09:00
    """)
    project = world(tmp_path, as_of="2026-03-10", activity=activity)

    answer = project.ask("outbound_calls", period="this-month", compare="previous")

    # By Tuesday 10 March seven working days have passed; the first seven of February end on
    # Tuesday 10th as well: c1 and c2 against c5, c6 and c7.
    assert answer.rows == [
        {
            "outbound_calls": 3,
            "outbound_calls.before": 2,
            "outbound_calls.change": 1,
            "outbound_calls.change_share": 0.5,
        }
    ]
    assert answer.working_days == 7
    assert answer.compared_working_days == 7


def test_a_free_range_is_compared_with_as_many_days_before(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at
        c1          | call | outbound  | ann    | 2026-02-28T09:00
        c2          | call | outbound  | ann    | 2026-03-01T09:00
        c3          | call | outbound  | ann    | 2026-03-05T09:00
        c4          | call | outbound  | ann    | 2026-03-06T09:00
        c5          | call | outbound  | ann    | 2026-03-10T09:00
        c6          | call | outbound  | ann    | 2026-03-11T09:00
    """)
    project = world(tmp_path, activity=activity)

    answer = project.ask("outbound_calls", period="2026-03-06..2026-03-10", compare="previous")
    last = project.ask(
        "outbound_calls", period="last-5-days", compare="previous", as_of="2026-03-11"
    )

    # 6 to 10 March are five days: c4 and c5 against c2 and c3 of 1 to 5 March.
    assert answer.rows[0]["outbound_calls"] == 2
    assert answer.rows[0]["outbound_calls.before"] == 2
    # On the 11th the last five days end yesterday, so they are the same.
    assert last.rows == answer.rows


def test_year_ago_is_the_same_month_or_52_weeks_before(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at
        c1          | call | outbound  | ann    | 2025-03-01T09:00
        c2          | call | outbound  | ann    | 2025-03-03T09:00
        c3          | call | outbound  | ann    | 2025-03-09T09:00
        c4          | call | outbound  | ann    | 2025-03-10T09:00
        c5          | call | outbound  | ann    | 2026-03-02T09:00
        c6          | call | outbound  | ann    | 2026-03-08T09:00
        c7          | call | outbound  | ann    | 2026-03-09T09:00
    """)
    project = world(tmp_path, activity=activity)

    month = project.ask("outbound_calls", period="2026-03", compare="year-ago")
    week = project.ask("outbound_calls", period="2026-W10", compare="year-ago")

    assert month.rows[0]["outbound_calls"] == 3
    assert month.rows[0]["outbound_calls.before"] == 4
    # Week 10 begins on Monday 2 March; 52 weeks before, on Monday 3 March 2025: c2 and c3.
    assert week.rows[0]["outbound_calls"] == 2
    assert week.rows[0]["outbound_calls.before"] == 2


def test_a_series_has_every_period(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at      | outcome
        c1          | call | outbound  | ann    | 2026-01-05T09:00 | connected
        c2          | call | outbound  | bob    | 2026-03-30T09:00 | busy
    """)
    project = world(tmp_path, activity=activity)

    answer = project.ask(
        "outbound_calls", "connect_rate", grain="month", period="2026-01-01..2026-04-30"
    )

    # February has no calls: 0, and a rate of nothing. April has not begun: unknown.
    assert [(str(row["period"]), row["outbound_calls"]) for row in answer.rows] == [
        ("2026-01-01", 1),
        ("2026-02-01", 0),
        ("2026-03-01", 1),
        ("2026-04-01", None),
    ]
    assert [row["connect_rate"] for row in answer.rows] == [1.0, None, 0.0, None]


def test_a_period_that_has_not_begun_is_unknown(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at      | booked_at
        c1          | call | outbound  | ann    | 2026-03-05T09:00 |
        c2          | call | outbound  | ann    | 2026-04-05T09:00 | 2026-03-05T09:00
    """)
    project = world(tmp_path, activity=activity)

    answer = project.ask("outbound_calls", "prospects_approached", period="2026-04")

    assert answer.rows[0]["outbound_calls"] is None
    assert answer.rows[0]["prospects_approached"] is None
    assert any("2026-04-01" in note for note in answer.notes)


def test_fiscal_quarters_follow_the_setting(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at
        c1          | call | outbound  | ann    | 2025-12-31T09:00
        c2          | call | outbound  | ann    | 2026-01-31T09:00
        c3          | call | outbound  | ann    | 2026-02-01T09:00
        c4          | call | outbound  | ann    | 2026-03-30T09:00
    """)
    project = world(tmp_path, settings="fiscal_year_start = 2", activity=activity)

    # The fiscal year 2027 began in February 2026; the calendar's first quarter in January.
    assert value(project, "outbound_calls", period="this-quarter") == 2
    assert value(project, "outbound_calls", period="FY2027-Q1") == 2
    assert value(project, "outbound_calls", period="2026-Q1") == 3
    assert value(project, "outbound_calls", period="FY2026") == 2
    answer = project.ask("outbound_calls", grain="quarter", period="all")
    assert [(str(row["period"]), row["outbound_calls"]) for row in answer.rows] == [
        ("2025-11-01", 2),
        ("2026-02-01", 2),
    ]


def test_weeks_begin_on_the_day_of_the_setting(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at
        c1          | call | outbound  | ann    | 2026-03-07T09:00
        c2          | call | outbound  | ann    | 2026-03-08T09:00
        c3          | call | outbound  | ann    | 2026-03-14T09:00
    """)
    project = world(tmp_path, settings='week_start = "sunday"', activity=activity)

    answer = project.ask("outbound_calls", grain="week", period="2026-03-01..2026-03-14")

    # Saturday the 7th ends a week, Sunday the 8th begins the next.
    assert [(str(row["period"]), row["outbound_calls"]) for row in answer.rows] == [
        ("2026-03-01", 1),
        ("2026-03-08", 2),
    ]


def test_a_record_without_a_date_is_in_all_and_in_no_month(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at
        c1          | call | outbound  | ann    | 2026-03-05T09:00
        c2          | call | outbound  | ann    |
    """)
    project = world(tmp_path, activity=activity)

    month = project.ask("outbound_calls", period="2026-03")
    whole = project.ask("outbound_calls", period="all")

    assert month.rows[0]["outbound_calls"] == 1
    assert month.notes == ("Activities without a start, left out but of the period all: 1.",)
    assert whole.rows[0]["outbound_calls"] == 2


def test_totals_are_asked_anew(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at      | contact_id | outcome
        c1          | call | outbound  | ann    | 2026-02-05T09:00 | pia        | connected
        c2          | call | outbound  | ann    | 2026-03-05T09:00 | pia        | connected
        c3          | call | outbound  | bob    | 2026-03-06T09:00 | pia        | busy
        c4          | call | outbound  | bob    | 2026-03-09T09:00 | quin       | busy
        c5          | call | outbound  | bob    | 2026-03-10T09:00 | quin       | busy
    """)
    project = world(tmp_path, activity=activity)

    answer = project.ask(
        "prospects_approached",
        "connect_rate",
        by="rep",
        grain="month",
        period="2026-02-01..2026-03-31",
        totals=True,
    )

    # Rows add up to Pia in February, Pia for Ann and Pia and Quin for Bob in March: 4. There are 2.
    assert sum(row["prospects_approached"] for row in answer.rows) == 4
    assert answer.totals is not None
    assert answer.totals["prospects_approached"] == 2
    # 2 of 5, not the mean of 100 %, 100 % and 0 %.
    assert answer.totals["connect_rate"] == 0.4


def test_unknown_names_are_refused_with_the_nearest(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at
        c1          | call | outbound  | ann    | 2026-03-05T09:00
    """)
    project = world(tmp_path, activity=activity)

    with pytest.raises(QuestionError, match="Did you mean outbound_calls"):
        project.ask("outbound_cals")
    with pytest.raises(QuestionError, match="Did you mean team"):
        project.ask("outbound_calls", by="teem")
    with pytest.raises(QuestionError, match="Did you mean month"):
        project.ask("outbound_calls", grain="mont")
    with pytest.raises(QuestionError, match="Did you mean this-month"):
        project.ask("outbound_calls", period="this-mnth")
    with pytest.raises(QuestionError, match="Did you mean previous"):
        project.ask("outbound_calls", compare="previus")
    with pytest.raises(QuestionError, match=r"There is no team nort\. Did you mean north"):
        project.ask("outbound_calls", where={"team": ["nort"]})
    with pytest.raises(QuestionError, match=r"There is no rep Anne\. Did you mean Ann"):
        project.ask("outbound_calls", where={"rep": ["Anne"]})
    with pytest.raises(QuestionError, match="outbound_calls cannot be split by stage"):
        project.ask("outbound_calls", by="stage")
