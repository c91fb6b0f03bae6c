"""Days of answers, by the organisation's clock."""

import datetime as dt

import pyarrow as pa
import pytest

from foresail.project.results import Records

APRIL = (dt.date(2026, 4, 1), dt.date(2026, 5, 1))


def found(as_of: dt.datetime, zone: str) -> Records:
    return Records(pa.table({}), (), "revenue", 0, "", (), APRIL, as_of, "EUR", zone=zone)


@pytest.mark.parametrize(
    ("as_of", "zone", "today", "last_day", "is_over"),
    [
        # 22:30 in UTC is the next day in Berlin, and still the same one in New York
        ("2026-04-15T22:30", "Europe/Berlin", "2026-04-16", "2026-04-16", False),
        ("2026-04-15T22:30", "America/New_York", "2026-04-15", "2026-04-15", False),
        ("2026-04-30T21:59:59.999998", "Europe/Berlin", "2026-04-30", "2026-04-30", False),
        ("2026-04-30T21:59:59.999999", "Europe/Berlin", "2026-04-30", "2026-04-30", True),
        ("2026-06-01T12:00", "Europe/Berlin", "2026-06-01", "2026-04-30", True),
    ],
)
def test_a_day_is_that_of_the_organisation(
    as_of: str, zone: str, today: str, last_day: str, is_over: bool
) -> None:
    records = found(dt.datetime.fromisoformat(as_of), zone)
    assert records.today == dt.date.fromisoformat(today)
    assert records.last_day == dt.date.fromisoformat(last_day)
    assert records.is_over == is_over
