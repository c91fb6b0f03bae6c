"""Money in a random world, and who visits its pages."""

from __future__ import annotations

from tests.oracle.worlds.making import DAYS, REPS, Making
from tests.oracle.worlds.sellers import TEAMS


def money(make: Making) -> None:
    """Revenue, rates and quotas."""
    for number in range(make.one((0, 2, 3))):
        make.add(
            "revenue",
            revenue_id=f"rev{number}",
            day=str(make.day()),
            account_id=make.maybe(make.ids("account") or [None], 2),
            opportunity_id=make.maybe(make.ids("opportunity") or [None], 3),
            amount=make.maybe((500, 20.24, -10), 6),
            cost=make.maybe((100, 8)),
            currency=make.maybe(("EUR", "USD", "CHF"), 2),
        )
    for day in (DAYS[2], DAYS[12]):
        if make.chance():
            make.add("exchange_rate", currency="USD", day=str(day), rate=make.one((0.9, 1.25)))
    kinds = make.one(((), ("rep",), ("rep", "team"), ("rep", "team", "company"), ("company",)))
    for kind in kinds:
        owners = {"rep": REPS[:2], "team": TEAMS[:1], "company": ("company",)}[kind]
        for owner in owners:
            _quota(make, kind, owner)


def _quota(make: Making, kind: str, owner: str) -> None:
    spans = make.one(
        (
            (("2026-01-01", "2026-03-31"),),
            (("2026-01-01", "2026-03-11"), ("2026-03-12", "2026-06-30")),
            (("2026-02-01", None), ("2026-04-01", "2026-04-30")),
        )
    )
    for starts, ends in spans:
        make.add(
            "quota",
            owner_kind=kind,
            owner_id=owner,
            starts_on=starts,
            ends_on=ends,
            amount=make.one((9000, 5900, 100000)),
            currency=make.maybe(("EUR", "USD"), 2),
        )


CATEGORIES = (
    "media",
    "sales_salaries",
    "tools",
    "marketing_salaries",
    "commission",
    "agency",
    "other",
)
SPANS = (
    ("2026-03-01", "2026-03-31"),
    ("2026-03-29", None),
    ("2026-02-16", "2026-04-05"),
    ("2026-01-01", "2026-06-30"),
    ("2026-03-30", "2026-03-08"),
)


def costs(make: Making) -> None:
    """What was spent, on some days or over some weeks."""
    for number in range(make.one((1, 2, 4))):
        starts, ends = make.one(SPANS)
        make.add(
            "cost",
            cost_id=f"cost{number}",
            starts_on=starts,
            ends_on=ends,
            amount=make.maybe((900, 31.5, -70), 8),
            currency=make.maybe(("EUR", "USD", "CHF"), 2),
            category=make.one(CATEGORIES),
            source=make.maybe(("web", "fair")),
            campaign_id=make.maybe(("spring",), 2),
            team=make.maybe(TEAMS, 2),
        )


def market(make: Making) -> None:
    """What the market sells, as a whole or by segments."""
    for segment in make.one(((), ("",), ("small", "large"), ("", "small"))):
        for starts, ends in make.one((SPANS[:1], (SPANS[0], SPANS[3]), (SPANS[2],))):
            make.add(
                "market",
                starts_on=starts,
                ends_on=ends,
                segment=segment,
                market_sales=make.maybe((50_000, 7_000), 6),
                largest_rival_sales=make.maybe((9_000, 1_000), 2),
                currency=make.maybe(("EUR", "USD"), 2),
            )


def visitors(make: Making) -> None:
    """Web traffic of one or two sources, from the first day on."""
    for source in make.one(((), ("web",), ("web", "ad"))):
        days = {DAYS[0], *(make.day() for _ in range(make.one((1, 3))))}
        for day in sorted(days):
            make.add(
                "web_traffic",
                day=str(day),
                source=source,
                is_organic=make.maybe((True, False)),
                visitors=make.maybe((7, 0, 100), 6),
            )
