"""How a value is written for people, by its unit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

UNKNOWN = "–"
MINUTE, HOUR, DAY = 60, 3600, 86400
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


def number(value: float, decimals: int = 0) -> str:
    """A number with thousands separators and a true minus.

    >>> number(10005534), number(-1234.5, 1)
    ('10,005,534', '−1,234.5')
    """
    text = f"{value:,.{decimals}f}"
    if text.strip("-0.,") == "":
        text = text.removeprefix("-")
    return text.replace("-", "−")


def amount(value: float) -> str:
    """Money without its currency: whole from 1,000 on, else with cents where there are any.

    >>> amount(60146.85), amount(55.5), amount(550.0)
    ('60,147', '55.50', '550')
    """
    return number(value, 0 if abs(value) >= 1000 or float(value).is_integer() else 2)


def share(value: float) -> str:
    """A share in percent; more decimals where it is very small.

    >>> share(0.632), share(1), share(0.0004)
    ('63.2 %', '100.0 %', '0.04 %')
    """
    small = 0 < abs(value) < 0.001
    return f"{number(value * 100, 2 if small else 1)} %"


def duration(seconds: float) -> str:
    """A length of time in the two units that matter, days from one day on.

    >>> duration(57 * 86400), duration(51.782 * 86400), duration(12000), duration(90), duration(8)
    ('57 d', '51.8 d', '3 h 20 min', '1 min 30 s', '8 s')
    """
    sign, length = ("−", -seconds) if seconds < 0 else ("", seconds)
    if length >= DAY - MINUTE / 2:
        days = round(length / DAY, 1)
        return f"{sign}{number(days, 0 if days == round(days) else 1)} d"
    if length >= HOUR - MINUTE / 2:
        return sign + _two(round(length / MINUTE), MINUTE, "h", "min")
    if length >= 10 * MINUTE:
        return f"{sign}{round(length / MINUTE)} min"
    if length >= MINUTE - 0.5:
        return sign + _two(round(length), MINUTE, "min", "s")
    return f"{sign}{number(length, 0 if length == round(length) else 1)} s"


def _two(small: int, per_large: int, large_name: str, small_name: str) -> str:
    large, rest = divmod(small, per_large)
    return f"{large} {large_name} {rest} {small_name}" if rest else f"{large} {large_name}"


def decimal(value: float) -> str:
    """A number that may have a fraction: two decimals below 10, one below 1,000.

    >>> decimal(3), decimal(1.254), decimal(14.25), decimal(2000.4)
    ('3', '1.25', '14.2', '2,000')
    """
    if float(value).is_integer():
        return number(value)
    size = abs(value)
    return number(value, 2 if size < 10 else 1 if size < 1000 else 0)


def points(value: float) -> str:
    """A difference of shares in percentage points.

    >>> points(-0.05)
    '−5.0 pts'
    """
    return f"{number(value * 100, 1)} pts"


WRITERS: dict[str, Callable[[float], str]] = {
    "share": share,
    "money": amount,
    "money/day": amount,
    "duration": duration,
    "points": points,
}


def value(found: object, unit: str = "") -> str:
    """A value by its unit; unknown is a dash.

    >>> value(None, "share"), value(4238, "count"), value(0.25, "share"), value(True)
    ('–', '4,238', '25.0 %', 'yes')
    """
    if found is None:
        return UNKNOWN
    if isinstance(found, bool):
        return "yes" if found else "no"
    if isinstance(found, int | float):
        return WRITERS.get(unit, decimal)(found)
    if isinstance(found, dt.datetime):
        return found.strftime("%Y-%m-%d %H:%M")
    return clean(str(found))


def signed(found: float, unit: str) -> str:
    """A difference with its sign; between shares in percentage points.

    >>> signed(0.031, "share"), signed(-86400, "duration"), signed(12, "count"), signed(0, "count")
    ('+3.1 pts', '−1 d', '+12', '0')
    """
    text = value(found, "points" if unit == "share" else unit)
    return f"+{text}" if found > 0 and any(each in "123456789" for each in text) else text


def clean(text: str) -> str:
    """A text on one line that cannot steer the terminal.

    >>> clean("Ann" + chr(27) + "[31m\\nBob")
    'Ann [31m Bob'
    """
    return CONTROL.sub(" ", text).strip()


def unit_words(unit: str, currency: str) -> str:
    """What stands behind a column's name.

    >>> unit_words("money", "USD"), unit_words("money/day", "USD"), unit_words("count", "USD")
    ('USD', 'USD/day', '')
    """
    if unit in ("money", "money/day"):
        return unit.replace("money", currency)
    return unit if unit in ("per day", "per 1,000") else ""


def with_unit(found: object, unit: str, currency: str) -> str:
    """A value that stands alone, with its unit behind it.

    >>> with_unit(1200.0, "money", "EUR"), with_unit(None, "money", "EUR")
    ('1,200 EUR', '–')
    >>> with_unit(3, "per day", "EUR")
    '3 per day'
    """
    text = value(found, unit)
    words = unit_words(unit, currency)
    return f"{text} {words}" if words and found is not None else text


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
