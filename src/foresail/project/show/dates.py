"""How dates, periods and instants are written for people."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo


def day(date: dt.date) -> str:
    """A date as people write it.

    >>> day(dt.date(2017, 12, 31))
    '31 Dec 2017'
    """
    return f"{date.day} {date:%b %Y}"


def days(start: dt.date, end: dt.date) -> str:
    """A half-open stretch of days, in months or years where it is whole ones.

    >>> days(dt.date(2017, 7, 1), dt.date(2017, 10, 1))
    'July to September 2017'
    >>> days(dt.date(2017, 9, 1), dt.date(2017, 10, 1))
    'September 2017'
    >>> days(dt.date(2017, 1, 1), dt.date(2018, 1, 1))
    '2017'
    >>> days(dt.date(2017, 9, 14), dt.date(2017, 9, 15))
    '14 Sep 2017'
    >>> days(dt.date(2017, 3, 1), dt.date(2017, 3, 9))
    '1 to 8 Mar 2017'
    """
    last = end - dt.timedelta(days=1)
    if start >= last:
        return day(start)
    if start.day == 1 and end.day == 1:
        return _months(start, last)
    if start.year != last.year:
        return f"{day(start)} to {day(last)}"
    if start.month != last.month:
        return f"{start.day} {start:%b} to {day(last)}"
    return f"{start.day} to {day(last)}"


def _months(start: dt.date, last: dt.date) -> str:
    """Whole months, from a first day to a last."""
    if (start.month, last.month) == (1, 12):
        return f"{start:%Y}" if start.year == last.year else f"{start:%Y} to {last:%Y}"
    if (start.year, start.month) == (last.year, last.month):
        return f"{start:%B %Y}"
    return (
        f"{start:%B} to {last:%B %Y}"
        if start.year == last.year
        else f"{start:%B %Y} to {last:%B %Y}"
    )


def unit_of_time(start: dt.date, grain: str) -> str:
    """One unit of a series, by its first day.

    >>> unit_of_time(dt.date(2017, 7, 1), "quarter"), unit_of_time(dt.date(2017, 4, 1), "year")
    ('Jul–Sep 2017', 'Apr 2017–Mar 2018')
    >>> unit_of_time(dt.date(2017, 9, 4), "week"), unit_of_time(dt.date(2017, 9, 4), "day")
    ('week of 4 Sep 2017', 'Mon 4 Sep 2017')
    """
    if grain == "month":
        return f"{start:%b %Y}"
    if grain == "week":
        return f"week of {day(start)}"
    if grain == "day":
        return f"{start:%a} {day(start)}"
    if grain == "year" and start.month == 1:
        return f"{start:%Y}"
    month = start.month + (3 if grain == "quarter" else 12) - 2
    last = dt.date(start.year + month // 12, month % 12 + 1, 1)
    joined = f"{start:%b}–" if start.year == last.year else f"{start:%b %Y}–"
    return f"{joined}{last:%b %Y}"


def moment(found: dt.datetime, zone: ZoneInfo) -> str:
    """When something happened, in the organisation's zone; midnight stands for the whole day.

    >>> moment(dt.datetime(2017, 9, 1, 22), ZoneInfo("Europe/Berlin"))
    '2 Sep 2017'
    """
    local = found.replace(tzinfo=dt.UTC).astimezone(zone)
    is_day = local.time() == dt.time()
    return day(local.date()) if is_day else f"{day(local.date())} {local:%H:%M}"


def instant(moment: dt.datetime, zone: ZoneInfo) -> str:
    """A UTC instant in the organisation's zone; the last of a day is that day.

    >>> instant(dt.datetime(2017, 12, 31, 22, 59, 59, 999999), ZoneInfo("Europe/Berlin"))
    '31 Dec 2017'
    >>> instant(dt.datetime(2017, 12, 31, 12, 5), ZoneInfo("Europe/Berlin"))
    '31 Dec 2017 13:05'
    """
    local = moment.replace(tzinfo=dt.UTC).astimezone(zone)
    if local.time() >= dt.time(23, 59, 59):
        return day(local.date())
    return f"{day(local.date())} {local:%H:%M}"
