"""What customers pay, held against what they paid before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.oracle import deals
from tests.oracle.calendar import DAY
from tests.oracle.customers import base, described, standing
from tests.oracle.spells import last_day, subscriptions, today
from tests.oracle.view import Kpi, Line, View, divided


@dataclass(frozen=True)
class Paid:
    """The mrr of an account of the base, on the day before the window and at E."""

    before: Fraction
    now: Fraction
    is_customer: bool


def mrr_on(company: str, day: dt.date, view: View) -> Fraction:
    """What is known of an account's mrr on a day, at the rate of the window's first day."""
    known = [
        deals.home(row.mrr, row.currency, view.window.start, view.world)
        for row in subscriptions(view).get(company, [])
        if row.started_on
        and row.started_on <= day
        and ((last := last_day(row, view)) is None or day <= last)
    ]
    return sum((each for each in known if each is not None), Fraction(0))


def paid(view: View) -> list[Line]:
    """What each account of the base paid then and pays now."""
    day = view.stands_on
    # Whose spell ended with the day of E is gone, if that is known.
    theirs = {each.account for each in standing(view) if each.last != day or day >= today(view)}
    lines = []
    for spell in base(view):
        before = mrr_on(spell.account, view.window.start - DAY, view)
        stays = spell.account in theirs
        now = mrr_on(spell.account, day, view) if stays else Fraction(0)
        what = described(spell.account, view.window.start, view)
        lines.append(Line(Paid(before, now, stays), what))
    return lines


def _net(lines: list[Line]) -> Any:
    return divided(sum(line.value.now for line in lines), _start(lines))


def _gross(lines: list[Line]) -> Any:
    kept = sum(min(line.value.now, line.value.before) for line in lines)
    return divided(kept, _start(lines))


def _start(lines: list[Line]) -> Any:
    return sum(line.value.before for line in lines)


def _expansion(lines: list[Line]) -> Any:
    return sum(max(line.value.now - line.value.before, Fraction(0)) for line in lines)


def _contraction(lines: list[Line]) -> Any:
    stay = [line.value for line in lines if line.value.is_customer]
    return sum(max(each.before - each.now, Fraction(0)) for each in stay)


def _churned(lines: list[Line]) -> Any:
    return sum(line.value.before for line in lines if not line.value.is_customer)


KPIS: dict[str, Kpi] = {
    "net_revenue_retention": Kpi(_net, (paid,)),
    "gross_revenue_retention": Kpi(_gross, (paid,)),
    **{
        f"{name}_revenue_retention.{part}": Kpi(fold, (paid,))
        for name in ("net", "gross")
        for part, fold in (
            ("expansion", _expansion),
            ("contraction", _contraction),
            ("churned", _churned),
        )
    },
}
