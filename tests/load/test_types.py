"""How each type of column is read, and what is said of a value that cannot be."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import duckdb
import pytest

from tests.load.conftest import Project, counts


def one(project: Project, table: str, column: str, value: str, extra: str = "") -> object:
    """What becomes of one text in one column; the reason where it is set aside."""
    needed = {"lead": "lead_id", "account": "account_id", "opportunity": "opportunity_id"}
    needed |= {"rep": "rep_id", "survey_response": "survey_id"}
    project.write("one.csv", f'id;value\n1;"{value}"\n')
    report = project.load(
        "one.csv",
        mapping=f'[{table}]\nfrom = "one.csv"\n{needed[table]} = "id"\n{column} = "value"\n{extra}',
    )
    if report.tables[0].quarantined:
        return project.reasons()[0]
    return project.rows(f"select {column} from canonical.{table}")[0][0]


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


# Berlin is an hour ahead of UTC in winter, two in summer.
@pytest.mark.parametrize(
    ("text", "utc", "is_date"),
    [
        ("2024-01-15", "2024-01-14 23:00", True),
        ("2024-07-15", "2024-07-14 22:00", True),
        ("2024-01-15 10:30", "2024-01-15 09:30", False),
        ("2024-01-15T10:30:15", "2024-01-15 09:30:15", False),
        ("2024-01-15 00:00:00", "2024-01-14 23:00", False),
        ("2024-01-15 10:30:00.123456", "2024-01-15 09:30:00.123456", False),
        ("2024-01-15T10:30:00Z", "2024-01-15 10:30", False),
        ("2024-01-15T10:30:00.000+0000", "2024-01-15 10:30", False),
        ("2024-01-15 10:30-05", "2024-01-15 15:30", False),
        ("2024-01-15T10:30:00 +02:00", "2024-01-15 08:30", False),
        (" 2024-01-15 ", "2024-01-14 23:00", True),
        # The clock jumps from 2:00 to 3:00: 2:30 does not exist and is read as 3:30.
        ("2024-03-31 02:30", "2024-03-31 01:30", False),
        # The clock goes back from 3:00 to 2:00: 2:30 exists twice and is the second.
        ("2024-10-27 02:30", "2024-10-27 01:30", False),
    ],
)
def test_instants_are_utc_and_dates_are_marked(
    project: Project, text: str, utc: str, is_date: bool
) -> None:
    assert one(project, "lead", "created_at", text) == at(utc)
    assert project.rows("select created_at_is_date from canonical.lead") == [(is_date,)]


@pytest.mark.parametrize(
    "text",
    ["1705312800", "15.01.2024", "2024-1-15", "2024-02-30", "2024-01-15 25:00", "soon", "infinity"],
)
def test_what_is_no_instant(project: Project, text: str) -> None:
    said = f"created_at: '{text}' is not a date or a date with time"
    assert one(project, "lead", "created_at", text) == said


@pytest.mark.parametrize("text", ["1899-12-31", "2201-01-01 10:00", "0024-01-15"])
def test_implausible_years(project: Project, text: str) -> None:
    assert "lies outside of the years 1900 to 2200" in str(one(project, "lead", "created_at", text))


def test_an_empty_instant_has_no_mark(project: Project) -> None:
    assert one(project, "lead", "created_at", "  ") is None
    assert project.rows("select created_at_is_date from canonical.lead") == [(None,)]


def test_date_format_and_zone_of_a_table(project: Project) -> None:
    german = 'date_format = "%d.%m.%Y %H:%M"\nzone = "America/New_York"\n'
    assert one(project, "lead", "created_at", "15.01.2024 10:30", german) == at("2024-01-15 15:30")
    assert one(project, "lead", "created_at", "15.01.2024", german) == (
        "created_at: '15.01.2024' is not a date or a date with time"
    )


def test_a_date_format_without_hours_marks_a_date(project: Project) -> None:
    assert one(project, "lead", "created_at", "15.01.24", 'date_format = "%d.%m.%y"\n') == at(
        "2024-01-14 23:00"
    )
    assert project.rows("select created_at_is_date from canonical.lead") == [(True,)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-15", dt.date(2024, 1, 15)),
        ("2024-01-15 23:59:59", dt.date(2024, 1, 15)),
        ("2024-01-15T23:30:00Z", dt.date(2024, 1, 15)),
        ("9999-12-31", "expected_close_on: '9999-12-31' lies outside of the years 1900 to 2200"),
        ("2024-02-30", "expected_close_on: '2024-02-30' is not a date"),
    ],
)
def test_dates_are_never_shifted(project: Project, text: str, expected: object) -> None:
    assert one(project, "opportunity", "expected_close_on", text) == expected


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("1234.56", "", Decimal("1234.56")),
        ("-1,234.56", "", Decimal("-1234.56")),
        ("1,234,567", "", Decimal(1234567)),
        ("1 234.5", "", Decimal("1234.5")),
        ("1,234", "", "amount: '1,234' is not an amount"),
        ("1,234", ".", Decimal(1234)),
        ("1.234,56", ",", Decimal("1234.56")),
        ("1.234", ",", Decimal(1234)),
        ("12,5", ",", Decimal("12.5")),
        ("1234.56", ",", "amount: '1234.56' is not an amount"),
        ("1,23,456", "", "amount: '1,23,456' is not an amount"),
        ("1e3", "", Decimal(1000)),
        ("NaN", "", "amount: 'NaN' is not an amount"),
        ("12 EUR", "", "amount: '12 EUR' is not an amount"),
        ("123456789012345678", "", "amount: '123456789012345678' is not an amount"),
    ],
)
def test_money(project: Project, text: str, decimal: str, expected: object) -> None:
    extra = f'decimal = "{decimal}"\n' if decimal else ""
    assert one(project, "opportunity", "amount", text, extra) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.25", 0.25),
        ("1", 1.0),
        ("55", "probability: '55' is above 1"),
        ("-0.1", "probability: '-0.1' is below 0"),
        ("inf", "probability: 'inf' is not a number"),
        ("1e999", "probability: '1e999' is not a number"),
    ],
)
def test_numbers_within_bounds(project: Project, text: str, expected: object) -> None:
    assert one(project, "opportunity", "probability", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12),
        ("12.0", 12),
        ("1,200,000", 1200000),
        ("12.5", "employees: '12.5' is not a whole number"),
        ("-1", "employees: '-1' is below 0"),
        ("9" * 25, f"employees: '{'9' * 25}' is not a whole number"),
    ],
)
def test_whole_numbers(project: Project, text: str, expected: object) -> None:
    assert one(project, "account", "employees", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TRUE", True),
        ("y", True),
        ("1", True),
        ("No", False),
        ("f", False),
        ("", None),
        ("maybe", "is_organic: 'maybe' is not yes or no"),
        ("2", "is_organic: '2' is not yes or no"),
    ],
)
def test_booleans(project: Project, text: str, expected: object) -> None:
    assert one(project, "lead", "is_organic", text) == expected


def test_choices_are_found_in_any_case(project: Project) -> None:
    assert one(project, "lead", "channel", " InBound ") == "inbound"
    assert (
        one(project, "lead", "channel", "sms") == "channel: 'sms' is not one of inbound, outbound"
    )


def test_texts_keep_their_blanks_and_ids_do_not(project: Project) -> None:
    assert one(project, "rep", "name", "  Ann\0 ") == "  Ann "
    assert one(project, "rep", "manager_id", " 007 ") == "007"
    assert one(project, "rep", "name", "") is None


def test_all_reasons_of_a_row_are_given(project: Project) -> None:
    project.write("activity.csv", "activity_id,kind,duration_seconds\n,sms,-5\n2,call,9\n")
    report = project.load()
    assert counts(report) == (2, 1, 0, 0, 1)
    kinds = "call, email, meeting, social, letter, other"
    assert project.rows("select file, row_number, reason, row_text from meta.quarantine") == [
        (
            "activity.csv",
            1,
            f"activity_id is missing; kind: 'sms' is not one of {kinds}; "
            "duration_seconds: '-5' is below 0",
            '{"activity_id":null,"kind":"sms","duration_seconds":"-5"}',
        )
    ]
    assert report.tables[0].reasons == (
        (f"activity_id is missing; kind is not one of {kinds}; duration_seconds is below 0", 1),
    )


def test_parquet_instants_by_their_type(project: Project) -> None:
    duckdb.sql("""
        select 'a' as lead_id, date '2024-01-15' as created_at,
               timestamp '2024-01-15 10:00' as assigned_at,
               timestamptz '2024-01-15 10:00:00+00' as deleted_at
        union all select 'b', 'infinity', null, null
    """).write_parquet(str(project.files / "lead.parquet"))
    assert counts(project.load()) == (2, 1, 0, 0, 1)
    assert project.rows("select created_at, assigned_at, deleted_at from canonical.lead") == [
        (at("2024-01-14 23:00"), at("2024-01-15 09:00"), at("2024-01-15 10:00"))
    ]
    assert project.rows(
        "select created_at_is_date, assigned_at_is_date, deleted_at_is_date from canonical.lead"
    ) == [(True, False, False)]


def test_parquet_numbers_by_their_type(project: Project) -> None:
    duckdb.sql("""
        select * from (values
            (1::bigint, 0.5::double, 12.0::double, 9.99::decimal(9, 2), 1),
            (2, 'nan', 12, 1, 1), (3, 0.5, 12.5, 1, 1), (4, 0.5, 12, 1, 7)
        ) t(opportunity_id, probability, product, amount, lead_id)
    """).write_parquet(str(project.files / "opportunity.parquet"))
    assert counts(project.load()) == (4, 3, 0, 0, 1)
    assert project.reasons() == ["probability: 'nan' is not a number"]
    assert project.rows(
        "select opportunity_id, amount, product, lead_id from canonical.opportunity order by 1"
    )[0] == ("1", Decimal("9.9900"), "12.0", "1")


def test_defaults_stand_in_for_empty_keys(project: Project) -> None:
    project.write("opportunity_split.csv", "opportunity_id,rep_id,share\n1,a,0.5\n")
    project.write("quota.csv", "owner_kind,owner_id,starts_on,amount\ncompany,,2024-01-01,5\n")
    project.load()
    assert project.column("opportunity_split", "kind") == ["revenue"]
    assert project.rows("select owner_id, kpi from canonical.quota") == [("company", "revenue")]


@pytest.mark.parametrize("text", ["2024-05-06 25:00", "2024-05-06T10:61", "2024-05-06 10:00+99:00"])
def test_a_day_with_an_impossible_time_is_no_date(project: Project, text: str) -> None:
    assert one(project, "account", "created_at", text) == (
        f"created_at: '{text}' is not a date or a date with time"
    )
    project.write("one.csv", f"rep_id,hired_on\n1,{text}\n")
    project.load(
        "one.csv", mapping='[rep]\nfrom = "one.csv"\nrep_id = "rep_id"\nhired_on="hired_on"'
    )
    assert project.reasons()[-1] == f"hired_on: '{text}' is not a date"


def test_a_currency_is_a_code_of_three_letters(project: Project) -> None:
    assert one(project, "opportunity", "currency", " usd ") == "USD"
    assert one(project, "opportunity", "currency", "EURO") == (
        "currency: 'EURO' is not a currency code of three letters"
    )


@pytest.mark.parametrize("bad", ["17\x00", "\ufeff17", "1\x1b7", "1\ufffd"])
def test_an_id_holds_nothing_that_cannot_be_typed(project: Project, bad: str) -> None:
    assert one(project, "lead", "owner_id", "Ann\u200f O'Neil") == "Ann\u200f O'Neil"
    assert one(project, "lead", "owner_id", bad) == (
        f"owner_id: '{bad}' holds a control character or one that was lost"
    )


def test_a_text_has_a_longest_length(project: Project) -> None:
    assert one(project, "lead", "source", "ë" * 100_000) == "ë" * 100_000
    assert one(project, "lead", "source", "ë" * 100_001) == (
        f"source: '{'ë' * 100}' is longer than 100,000 characters"
    )


def test_an_id_has_a_longest_length(project: Project) -> None:
    assert one(project, "lead", "owner_id", "9" * 500) == "9" * 500
    assert one(project, "lead", "owner_id", "9" * 501) == (
        f"owner_id: '{'9' * 100}' is longer than 500 characters"
    )


def test_a_score_lies_between_0_and_10(project: Project) -> None:
    assert one(project, "survey_response", "score", "10") == 10
    assert one(project, "survey_response", "score", "11") == "score: '11' is above 10"
