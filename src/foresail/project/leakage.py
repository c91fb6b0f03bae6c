"""Where more is lost than was to be expected: two answers about the same steps held together.

What is expected of some cases is what they would have given at the rate of others. Whether the
difference is more than chance is said by its interval alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foresail.project.results import Answer
from foresail.stats.intervals import gap_interval, wilson_interval

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Range:
    """A figure with the range that it can be trusted to."""

    value: float
    low: float
    high: float

    def times(self, factor: float) -> Range:
        """The same in another unit."""
        return Range(self.value * factor, self.low * factor, self.high * factor)


@dataclass(frozen=True)
class Gap:
    """Cases of which some share was counted, and what was expected of them.

    `beyond` is how many more were counted than expected. All is unknown without a case here, what
    is expected also without one there.
    """

    counted: int
    cases: int
    share: Range | None
    expected: Range | None
    beyond: Range | None

    @property
    def is_separable(self) -> bool | None:
        """Whether the difference is more than chance; None where nothing can be expected."""
        if self.beyond is None:
            return None
        return self.beyond.low > 0 or self.beyond.high < 0


@dataclass(frozen=True)
class Leak:
    """What one stage loses: `key` names it, `gap` counts deals, `money` what they are worth.

    `mean` is what a deal that is lost there is worth on average, here and there together.
    """

    key: tuple[Any, ...]
    row: Row
    gap: Gap
    mean: float | None
    money: Range | None


def gap(counted: int, cases: int, other_counted: int, other_cases: int) -> Gap:
    """Some cases against others.

    >>> found = gap(14, 31, 60, 200)
    >>> found.expected.value, round(found.beyond.value, 1), found.is_separable
    (0.3, 4.7, False)
    """
    share = _share(counted, cases)
    expected = _share(other_counted, other_cases)
    beyond = None
    if share and expected:
        ends = gap_interval([counted], [cases], [other_counted], [other_cases])
        between = Range(share.value - expected.value, float(ends.low[0]), float(ends.high[0]))
        beyond = between.times(cases)
    return Gap(counted, cases, share, expected, beyond)


def gap_of(kpi: str, own: Row, basis: Row, *, is_inside: bool) -> Gap:
    """A share of one row against that of another, which holds the cases of the first if inside.

    Without a row there nothing is expected.
    """
    counted, cases = _counts(own, kpi)
    other_counted, other_cases = _counts(basis, kpi)
    if is_inside and basis:
        other_counted, other_cases = other_counted - counted, other_cases - cases
    return gap(counted, cases, other_counted, other_cases)


def leaks(own: Answer, basis: Answer, *, is_inside: bool) -> list[Leak]:
    """What each stage loses, against others: those that lose most beyond expectation first.

    Both answers hold `leak_rate` and `leaked_value`, split alike. Stages of which nothing can be
    expected come last.
    """
    rows = {_key(row, own): row for row in own.rows}
    others = {_key(row, basis): row for row in basis.rows}
    found = [
        _leak(key, row, others.get(key, {}), is_inside=is_inside)
        for key, row in rows.items()
        if row["leak_rate.denominator"]
    ]
    return sorted(found, key=_weight, reverse=True)


def worst(found: Sequence[Leak]) -> Leak | None:
    """The stage that loses most beyond expectation, where that is more than chance."""
    certain = [each for each in found if each.gap.is_separable and each.gap.beyond]
    return next((each for each in certain if each.gap.beyond and each.gap.beyond.value > 0), None)


def _leak(key: tuple[Any, ...], row: Row, other: Row, *, is_inside: bool) -> Leak:
    found = gap_of("leak_rate", row, other, is_inside=is_inside)
    known = (other,) if is_inside else (row, other)
    value, deals = (
        sum(each.get(name) or 0 for each in known)
        for name in ("leaked_value", "leaked_value.deals")
    )
    mean = value / deals if deals else None
    money = found.beyond.times(mean) if found.beyond and mean is not None else None
    return Leak(key, row, found, mean, money)


def _weight(leak: Leak) -> tuple[bool, float, float]:
    beyond = leak.gap.beyond.value if leak.gap.beyond else 0.0
    return (leak.gap.beyond is not None, leak.money.value if leak.money else 0.0, beyond)


def _share(counted: int, cases: int) -> Range | None:
    if not cases:
        return None
    low, high = wilson_interval([counted], [cases])
    return Range(counted / cases, float(low[0]), float(high[0]))


def _counts(row: Row, kpi: str) -> tuple[int, int]:
    return int(row.get(f"{kpi}.numerator") or 0), int(row.get(f"{kpi}.denominator") or 0)


def _key(row: Row, answer: Answer) -> tuple[Any, ...]:
    return tuple(row[name] for name in answer.by)
