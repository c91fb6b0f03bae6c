"""How a value is written for people, by its unit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from decimal import Decimal

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


def score(value: float) -> str:
    """A score in points out of 100.

    >>> score(33.333), score(-20)
    ('33.3', '−20')
    """
    return number(value, 0 if float(value).is_integer() else 1)


WRITERS: dict[str, Callable[[float], str]] = {
    "share": share,
    "money": amount,
    "money/day": amount,
    "duration": duration,
    "points": score,
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
    if isinstance(found, int | float | Decimal):
        return WRITERS.get(unit, decimal)(float(found))
    if isinstance(found, dt.datetime):
        return found.strftime("%Y-%m-%d %H:%M")
    return clean(str(found))


def column(found: Iterable[object], unit: str) -> Callable[[object], str]:
    """How the values of one column are written: with as many decimals each, so that they align.

    >>> money = column([240.5, 1200.0, None], "money")
    >>> money(240.5), money(1200.0), money(None)
    ('240.50', '1,200.00', '–')
    >>> calls = column([3, 12], "count")
    >>> calls(12)
    '12'
    """
    sizes = [abs(float(each)) for each in found if isinstance(each, int | float | Decimal)]
    if WRITERS.get(unit, amount) is not amount or all(each.is_integer() for each in sizes):
        return lambda each: value(each, unit)
    decimals = _decimals(max(sizes), unit)

    def write(each: object) -> str:
        if isinstance(each, int | float | Decimal) and not isinstance(each, bool):
            return number(float(each), decimals)
        return value(each, unit)

    return write


def _decimals(largest: float, unit: str) -> int:
    """How many decimals a column needs: none for large money, else one or two."""
    if unit in WRITERS:
        return 0 if largest >= 10_000 else 2
    return 1 if largest >= 100 else 2


def signed(found: float, unit: str) -> str:
    """A difference with its sign; between shares in percentage points.

    >>> signed(0.031, "share"), signed(-86400, "duration"), signed(12, "count"), signed(0, "count")
    ('+3.1 pts', '−1 d', '+12', '0')
    """
    text = points(found) if unit == "share" else value(found, unit)
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
    return unit if unit in ("per day", "per 1,000", "points") else ""


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
