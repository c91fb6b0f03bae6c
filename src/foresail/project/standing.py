"""What stands open, deal by deal, folded by age, by expected close, and by how much is enough.

Everything is worked out from the records behind `pipeline_value`, whose values are in the
organisation's currency.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foresail.project.results import Records

Deal = Mapping[str, Any]
BANDS = ((0, 30), (30, 60), (60, 90), (90, 180), (180, None))
"""Ages in days, each from its first up to its second."""
NO_DAY = "no expected close"
PASSED = "already passed"


@dataclass(frozen=True)
class Heap:
    """Deals that belong together: how many they are, and what they are worth."""

    deals: int
    value: float

    @classmethod
    def of(cls, deals: Iterable[Deal]) -> Heap:
        """The heap of some deals; one without a known amount adds nothing."""
        kept = list(deals)
        return cls(len(kept), sum(each.get("value") or 0.0 for each in kept))


def band_name(band: tuple[int, int | None]) -> str:
    """A band of ages as people say it.

    >>> [band_name(each) for each in BANDS]
    ['0-29 days', '30-59 days', '60-89 days', '90-179 days', '180 days and more']
    """
    first, end = band
    return f"{first} days and more" if end is None else f"{first}-{end - 1} days"


def by_age(
    deals: Sequence[Deal], now: dt.datetime, since: str = "created_at"
) -> dict[tuple[str | None, str], Heap]:
    """The deals by stage and band of the age that `since` begins; unknown ages are left out."""
    found: dict[tuple[str | None, str], list[Deal]] = {}
    for deal in deals:
        band = _band(deal.get(since), now)
        if band is not None:
            found.setdefault((deal["stage"], band_name(band)), []).append(deal)
    return {key: Heap.of(kept) for key, kept in found.items()}


def by_month(deals: Sequence[Deal], today: dt.date) -> dict[str, Heap]:
    """The deals by the month of their expected close: those whose day has passed come first."""
    return _folded(sorted(deals, key=_close), lambda deal: _month(deal, today))


def overdue(deals: Sequence[Deal], today: dt.date) -> list[Deal]:
    """The deals whose expected close lies before a day, the largest first."""
    return largest(
        each for each in deals if each["expected_close_on"] and each["expected_close_on"] < today
    )


def largest(deals: Iterable[Deal]) -> list[Deal]:
    """The deals by what they are worth, unknown amounts last."""
    return sorted(deals, key=lambda each: -(each.get("value") or 0.0))


@dataclass(frozen=True)
class Push:
    """A deal whose expected close was put off, by how many days."""

    deal: Deal
    days: int


def pushes(found: Records, now: Mapping[str, dt.date | None]) -> list[Push]:
    """How far deals were put off: from the close expected at first to that of `now`, by id."""
    put_off = []
    for deal in found.rows:
        later, first = now.get(deal["opportunity_id"]), deal["expected_close_on"]
        if later and first:
            put_off.append(Push(deal, (later - first).days))
    return sorted(put_off, key=lambda each: -each.days)


@dataclass(frozen=True)
class Cover:
    """Whether what is due is enough: `need` is how much of it one unit of quota takes.

    One unit of pipeline brings the share of it that is usually won, so the need is the reverse of
    that share; its range is that of the share.
    """

    coverage: float
    need: float | None
    need_low: float | None
    need_high: float | None

    @property
    def is_enough(self) -> bool | None:
        """True or False where the range leaves no doubt, else None."""
        if self.need_low is None or self.need_high is None:
            return None
        if self.coverage >= self.need_high:
            return True
        return False if self.coverage < self.need_low else None


def cover(coverage: float, share: float | None, low: float | None, high: float | None) -> Cover:
    """The coverage held against the share that is usually won.

    >>> cover(2.0, 0.25, 0.2, 0.32).is_enough, cover(5.5, 0.25, 0.2, 0.32).is_enough
    (False, True)
    >>> cover(4.0, 0.25, 0.2, 0.32).is_enough is None
    True
    """

    def turned(each: float | None) -> float | None:
        return 1 / each if each else None

    return Cover(coverage, turned(share), turned(high), turned(low))


def _band(began: dt.datetime | None, now: dt.datetime) -> tuple[int, int | None] | None:
    if began is None or began > now:
        return None
    days = (now - began).days
    return next(each for each in BANDS if each[1] is None or days < each[1])


def _month(deal: Deal, today: dt.date) -> str:
    day = deal["expected_close_on"]
    if day is None:
        return NO_DAY
    return PASSED if day < today else f"{day:%Y-%m}"


def _close(deal: Deal) -> dt.date:
    day: dt.date | None = deal["expected_close_on"]
    return day or dt.date.max


def _folded(deals: Iterable[Deal], key: Callable[[Deal], str]) -> dict[str, Heap]:
    found: dict[str, list[Deal]] = {}
    for deal in deals:
        found.setdefault(key(deal), []).append(deal)
    return {name: Heap.of(kept) for name, kept in found.items()}
