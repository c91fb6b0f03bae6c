"""Numbers, dates and ranges as people read them; the one place where a unit becomes a text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone

from foresail.project.results import Benchmark, ColumnInfo
from foresail.web.codes import said, spoken

register = template.Library()

UNKNOWN = "–"
NARROW_SPACE = "\u202f"
MINUTE, HOUR, DAY = 60, 3600, 86400


@register.filter
def quantity(value: Any, unit: str) -> str:
    """A value in its unit; money without its currency, which stands beside it.

    >>> quantity(0.58333, "share"), quantity(10005534, "money"), quantity(None, "count")
    ('58.3\u202f%', '10,005,534', '–')
    >>> quantity(57 * 86400, "duration"), quantity(5400, "duration"), quantity(3.25, "ratio")
    ('57\u202fd', '1.5\u202fh', '3.25')
    """
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    number = float(value)
    if unit == "share":
        return f"{_decimals(number * 100, 1)}{NARROW_SPACE}%"
    if unit == "duration":
        return length(number)
    if unit == "count":
        return _decimals(number, _count_places(number))
    if unit == "points":
        return _decimals(number, 0 if number.is_integer() else 1)
    if unit in ("money", "money/day"):
        return _decimals(number, 2 if 0 < abs(number) < 100 else 0)
    return _decimals(number, 1 if abs(number) >= 100 else 2)


def _count_places(number: float) -> int:
    """Counts are whole; parts of shared ones and targets for some days have places that matter.

    >>> [_count_places(each) for each in (17.0, 16.9998, 2.5, 0.33, 594.19)]
    [0, 0, 1, 2, 0]
    """
    if abs(number) >= 100:
        return 0
    return next(n for n in (0, 1, 2) if n == 2 or abs(round(number, n) - number) < 0.001)


@register.filter
def change(value: Any, unit: str) -> str:
    """A difference with its sign; between shares in percentage points.

    >>> change(0.0421, "share"), change(-3, "count"), change(0, "count")
    ('+4.2\u202fpts', '−3', '±0')
    """
    if value is None:
        return UNKNOWN
    text = quantity(abs(value), unit)
    if unit == "share":
        text = f"{_decimals(abs(float(value)) * 100, 1)}{NARROW_SPACE}pts"
    return f"{sign(value)}{text}"


@register.filter
def change_share(value: Any) -> str:
    """A relative difference: "+12 %".

    >>> change_share(0.1234)
    '+12\u202f%'
    """
    if value is None:
        return UNKNOWN
    return f"{sign(value)}{_decimals(abs(float(value)) * 100, 0)}{NARROW_SPACE}%"


@register.filter
def arrow(value: Any) -> str:
    """The direction of a change as a mark beside its sign."""
    return "▲" if value > 0 else "▼" if value < 0 else "▬"


@register.filter
def verdict(tone: str) -> str:
    """What the colour of a change says, in words."""
    return {"good": "better", "bad": "worse"}.get(tone, "")


def sign(value: Any) -> str:
    """ "+", "−" or "±"."""
    return "+" if value > 0 else "−" if value < 0 else "±"


@register.simple_tag
def interval(low: Any, high: Any, unit: str = "share") -> str:
    """The range of a share, "24–55 %", or of anything else.

    >>> interval(0.2378, 0.5512), interval(-12.4, 20.1, "points")
    ('24–55\u202f%', '−12 to 20')
    >>> interval(-1.62, 9, "count"), interval(-4200.5, 60000, "money")
    ('−1.6 to 9', '−4,200 to 60,000')
    """
    if low is None or high is None:
        return ""
    if unit == "points":
        return f"{_decimals(float(low), 0)} to {_decimals(float(high), 0)}"
    if unit == "count":
        return " to ".join(rounded(float(end)) for end in (low, high))
    if unit != "share":
        return f"{quantity(low, unit)} to {quantity(high, unit)}"
    return f"{float(low) * 100:.0f}–{float(high) * 100:.0f}{NARROW_SPACE}%"


def rounded(number: float) -> str:
    """A number that need not be whole, with one place where that says something.

    >>> rounded(4.666), rounded(-0.04), rounded(1234.5)
    ('4.7', '0', '1,234')
    """
    return _decimals(number, 0 if abs(number) >= 100 or round(number, 1).is_integer() else 1)


def length(seconds: float) -> str:
    """A length of time in the unit that fits it.

    >>> length(45), length(1800), length(20000), length(4.47 * 86400), length(51.782 * 86400)
    ('45\u202fs', '30\u202fmin', '5.6\u202fh', '4.5\u202fd', '52\u202fd')
    """
    size = abs(seconds)
    for unit, name, limit in ((1, "s", MINUTE), (MINUTE, "min", HOUR), (HOUR, "h", DAY)):
        if size < limit:
            places = 1 if name == "h" and size % HOUR else 0
            return f"{_decimals(seconds / unit, places)}{NARROW_SPACE}{name}"
    places = 1 if size < 10 * DAY and size % DAY else 0
    return f"{_decimals(seconds / DAY, places)}{NARROW_SPACE}d"


@register.filter
def clock(seconds: float) -> str:
    """How long something has lasted so far, in its two largest units.

    >>> clock(59), clock(3725), clock(93600)
    ('0\u202fmin', '1\u202fh 2\u202fmin', '1\u202fd 2\u202fh')
    """
    minutes = int(seconds // MINUTE)
    hours, days = minutes // 60, minutes // (24 * 60)
    pairs = [(days, "d"), (hours % 24, "h"), (minutes % 60, "min")]
    first = 0 if days else 1 if hours else 2
    return " ".join(f"{number}{NARROW_SPACE}{unit}" for number, unit in pairs[first : first + 2])


@register.filter
def utc(value: dt.datetime) -> str:
    """An instant for programs; without a zone it is in UTC.

    >>> utc(dt.datetime(2026, 11, 2, 9, 5))
    '2026-11-02T09:05:00Z'
    """
    known = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
    return f"{known.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _decimals(number: float, places: int) -> str:
    text = f"{number:,.{places}f}"
    if float(text.replace(",", "")) == 0:
        text = text.lstrip("-")
    return text.replace("-", "−")


@register.filter
def day(value: dt.date) -> str:
    """A calendar day.

    >>> day(dt.date(2026, 11, 2))
    '2 Nov 2026'
    """
    return f"{value.day} {value:%b %Y}"


@register.filter
def instant(value: dt.datetime) -> str:
    """An instant in the organisation's zone; without a zone it is in UTC.

    >>> instant(dt.datetime(2026, 11, 2, 9, 5))
    '2 Nov 2026, 09:05'
    """
    if value.tzinfo is None:
        value = value.replace(tzinfo=dt.UTC)
    local = value.astimezone(timezone.get_current_timezone())
    return f"{day(local)}, {local:%H:%M}"


def first_and_last(period: tuple[dt.date, dt.date]) -> tuple[dt.date, dt.date]:
    """The days that a half-open range begins and ends with.

    >>> first_and_last((dt.date(2026, 11, 1), dt.date(2026, 12, 1)))
    (datetime.date(2026, 11, 1), datetime.date(2026, 11, 30))
    """
    start, end = period
    return start, end - dt.timedelta(days=1)


@register.filter
def days(period: tuple[dt.date, dt.date]) -> str:
    """A half-open range as its first and last day.

    >>> days((dt.date(2026, 11, 1), dt.date(2026, 11, 23)))
    '1–22 Nov 2026'
    >>> days((dt.date(2026, 9, 28), dt.date(2026, 10, 5)))
    '28 Sep – 4 Oct 2026'
    >>> days((dt.date(2025, 12, 29), dt.date(2026, 1, 5))), days((dt.date.min, dt.date.max))
    ('29 Dec 2025 – 4 Jan 2026', 'all time')
    """
    first, last = first_and_last(period)
    if first.year < 1000 or last.year > 9000:
        return "all time"
    if first >= last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%b} – {day(last)}"
    return f"{day(first)} – {day(last)}"


@register.filter
def plain(value: Any) -> str:
    """A value of a record, whose unit is not known.

    >>> plain(True), plain(None), plain(Decimal("1234.50")), plain("=1+1")
    ('yes', '–', '1,234.50', '=1+1')
    >>> plain("no_answer")
    'no answer'
    """
    match value:
        case None | "":
            return UNKNOWN
        case bool():
            return "yes" if value else "no"
        case dt.datetime():
            return instant(value)
        case dt.date():
            return day(value)
        case Decimal() | float():
            return _decimals(float(value), 0 if float(value).is_integer() else 2)
        case int():
            return _decimals(value, 0)
        case _:
            return said(str(value))


@register.filter
def words(name: str) -> str:
    """A name of a column, dimension or part as words.

    >>> words("lost_reason")
    'lost reason'
    """
    return name.replace("_", " ")


register.filter("said", said)
register.filter("spoken", spoken)


@register.filter
def entry(row: Mapping[str, Any], column: ColumnInfo) -> str:
    """What a record holds in one column."""
    value = row[column.name]
    return quantity(value, column.unit) if column.unit else plain(value)


@register.filter
def entry_of(cell: Any) -> str:
    """What a cell of a table says."""
    return quantity(cell.value, cell.unit) if cell.unit else plain(cell.value)


@register.filter
def is_time(value: Any) -> bool:
    """Whether a value is a day or an instant, which is not broken into lines."""
    return isinstance(value, dt.date)


@register.filter
def is_long(value: Any) -> bool:
    """Whether a value is a sentence, which needs some width to be read."""
    return isinstance(value, str) and len(value) > 40


@register.filter
def is_said(unit: str) -> bool:
    """Whether a unit must stand beside a value: a share, a length or a plain number says it."""
    return unit not in ("share", "duration", "count", "ratio")


@register.filter
def unit_name(unit: str, currency: str) -> str:
    """What stands below the name of a KPI.

    >>> unit_name("money/day", "EUR"), unit_name("per day", "EUR"), unit_name("duration", "EUR")
    ('EUR a day', 'per day', 'time')
    """
    names = {"money": currency, "money/day": f"{currency} a day", "duration": "time"}
    return names.get(unit, unit)


@register.filter
def direction(better: str) -> str:
    """Which direction is good, in words."""
    return {"higher": "more is better", "lower": "less is better"}.get(better, "near its target")


@register.filter
def benchmark(published: Benchmark, unit: str) -> str:
    """A published range.

    >>> from foresail.project.results import Benchmark
    >>> benchmark(Benchmark(0.35, 0.4, "a survey"), "share")
    '35.0 % to 40.0 %'
    """
    ends = [quantity(end, unit) for end in (published.low, published.high) if end is not None]
    return " to ".join(dict.fromkeys(ends))
