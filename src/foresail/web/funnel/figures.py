"""Figures of what was expected, as cells and sentences."""

from __future__ import annotations

from foresail.project.leakage import Gap, Leak, Range
from foresail.web.number import Number, Part
from foresail.web.sheets.blocks import Cell
from foresail.web.templatetags.formats import interval, quantity, rounded


def range_cell(found: Range | None, unit: str) -> Cell:
    """A figure with its range below it."""
    if found is None:
        return Cell(None, unit)
    parts = {"low": Part(found.low, unit), "high": Part(found.high, unit)}
    value = round(found.value, 1) if unit == "count" else found.value
    return Cell(value, unit, number=Number("", unit, value, parts, ""))


def share_cell(found: Range | None) -> Cell:
    """A share that is expected, with its range."""
    return range_cell(found, "share")


def verdict(gap: Gap, *, more_is_worse: bool = True) -> Cell:
    """Whether the difference is more than chance, in words; its tone only says it again."""
    if gap.is_separable is None or gap.beyond is None:
        return Cell(None)
    if not gap.is_separable:
        return Cell("no")
    is_more = gap.beyond.value > 0
    tone = "bad" if is_more == more_is_worse else "good"
    return Cell("yes", tone=tone, mark="more than expected" if is_more else "fewer than expected")


def lost_more(leak: Leak, currency: str) -> str:
    """How many deals went no further at a stage, and what that is worth beyond expectation."""
    gap = leak.gap
    assert gap.share is not None
    assert gap.expected is not None
    said = (
        f"{quantity(gap.counted, 'count')} of {quantity(gap.cases, 'count')} deals went no further "
        f"({quantity(gap.share.value, 'share')}, expected "
        f"{interval(gap.expected.low, gap.expected.high)}), {beyond(gap)}"
    )
    if leak.money is None:
        return f"{said}."
    return (
        f"{said}, about {quantity(leak.money.value, 'money')} {currency} "
        f"({interval(leak.money.low, leak.money.high, 'money')})."
    )


def beyond(gap: Gap) -> str:
    """How many cases more than expected."""
    return f"{rounded(gap.beyond.value)} more than expected" if gap.beyond else ""
