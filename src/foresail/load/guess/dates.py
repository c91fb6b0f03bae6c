"""How dates are written: recognised from values, for the mapping's `date_format`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from foresail.load.values import DATE_OR_TIME

ISO = re.compile(DATE_OR_TIME)
DAYS = (
    "%d.%m.%Y",
    "%d.%m.%y",
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%m/%d/%y",
    "%d/%m/%y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y-%m-%d",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%b %d, %Y",
    "%d %B %Y",
    "%B %d, %Y",
)
TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", ", %H:%M", "T%H:%M:%S")
FORMATS = tuple(day + time for day in DAYS for time in TIMES)
LOOKS_DATED = re.compile(r"\d.*[./\- ].*\d")
TRIED = 200
ENOUGH = 0.95


@dataclass(frozen=True)
class Dates:
    """How far values are dates, and in which formats; "" is the format that needs no word.

    Of several formats that fit alike the values do not tell which is meant.
    """

    share: float = 0.0
    formats: tuple[str, ...] = ()


def dates_of(values: Sequence[str]) -> Dates:
    """How values are written as dates."""
    tried = values[:TRIED]
    if not tried:
        return Dates()
    plain = sum(1 for each in tried if ISO.fullmatch(each)) / len(tried)
    if plain >= ENOUGH:
        return Dates(plain, ("",))
    dated = [each for each in tried if len(each) <= 40 and LOOKS_DATED.search(each)]
    if len(dated) < ENOUGH * len(tried):
        return Dates(plain, ("",) if plain else ())
    shares = {}
    for form in FORMATS:
        if _fits(dated[0], form) or _fits(dated[-1], form):
            shares[form] = sum(1 for each in dated if _fits(each, form)) / len(tried)
    best = max(shares.values(), default=0.0)
    if best < ENOUGH:
        return Dates(plain)
    return Dates(best, tuple(form for form, share in shares.items() if share == best))


def _fits(value: str, form: str) -> bool:
    try:
        found = dt.datetime.strptime(value, form)
    except ValueError:
        return False
    return 1950 <= found.year <= 2100
