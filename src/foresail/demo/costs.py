"""The file of costs: salaries, commissions, media by source and campaign, tools, agencies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foresail.demo import files, names
from foresail.demo.arrays import Floats, Random
from foresail.demo.campaigns import campaign_of
from foresail.demo.clock import as_date, months, quarters
from foresail.demo.story import CURRENCIES, Story

CATEGORIES = (
    *("media", "tools", "agency", "marketing_salaries", "sales_salaries", "commission", "other"),
)
MEDIA = {"Webinar": 1400, "Paid search": 3300, "Trade fair": 2100, "Bought list": 700}
"""Media a month and rep, by the source that it pays for."""

SALARIES = (3600, 4300, 5200, 6100)
BY_ROLE = (1.0, 1.35, 1.2)
CHARGES = 1.21
COMMISSION = 0.09
BRITISH = "UK & Ireland"
"""The teams of this region are paid in pounds, booked once a quarter."""


@dataclass(frozen=True)
class Cost:
    """One row of the file."""

    starts_on: int
    ends_on: int
    amount: float
    category: str
    currency: str = "EUR"
    source: str | None = None
    campaign: str | None = None
    team: str | None = None


def write_costs(
    random: Random, folder: files.Folder, story: Story, won: Floats, rates: Floats
) -> None:
    """Write all costs."""
    rows = [*_salaries(story, rates), *_commissions(story, won, rates)]
    for start, end in months(story.clock):
        rows += _marketing(random, story, start, end, rates)
    rows.sort(key=lambda cost: cost.starts_on)
    folder.add(
        "cost",
        {
            "cost_id": files.ids("X", np.arange(len(rows)) + 1),
            "starts_on": files.dates(np.array([cost.starts_on for cost in rows])),
            "ends_on": files.dates(np.array([cost.ends_on for cost in rows])),
            "amount": files.money(np.array([cost.amount for cost in rows])),
            "currency": files.texts([cost.currency for cost in rows]),
            "category": files.texts([cost.category for cost in rows]),
            "source": files.texts([cost.source for cost in rows]),
            "campaign_id": files.texts([cost.campaign for cost in rows]),
            "team": files.texts([cost.team for cost in rows]),
        },
    )


def _salaries(story: Story, rates: Floats) -> list[Cost]:
    """What the teams are paid: by the month, in Britain by the quarter; and the marketers."""
    people, clock = story.people, story.clock
    monthly = np.array(SALARIES)[people.seniority] * np.array(BY_ROLE)[people.role] * CHARGES
    rows = []
    for code, team in enumerate(people.teams):
        currency = _currency(team)
        spans = quarters(clock) if currency == "GBP" else months(clock)
        for start, end in spans:
            days = people.employed[people.team == code][:, _columns(story, start, end)]
            pay = float((monthly[people.team == code] * days.mean(axis=1)).sum())
            pay = pay * (end - start + 1) / 30.4 / _rate(story, rates, currency, start)
            if pay > 0:
                rows.append(Cost(start, end, pay, "sales_salaries", currency, team=team))
    for start, end in quarters(clock):
        pay = (_heads(story, start) * 3100 + 2500) * (end - start + 1) / 30.4
        rows.append(Cost(start, end, pay, "marketing_salaries"))
    return rows


def _commissions(story: Story, won: Floats, rates: Floats) -> list[Cost]:
    """A share of what each team won in a month, paid with the month's salaries."""
    rows = []
    for index, (start, end) in enumerate(months(story.clock)):
        for code, team in enumerate(story.people.teams):
            currency = _currency(team)
            bonus = float(won[story.people.team == code, index].sum()) * COMMISSION
            bonus /= _rate(story, rates, currency, start)
            if bonus > 0:
                rows.append(Cost(start, end, bonus, "commission", currency, team=team))
    return rows


def _marketing(random: Random, story: Story, start: int, end: int, rates: Floats) -> list[Cost]:
    """A month's media, tools (paid in dollars), agencies, and the rest."""
    heads = _heads(story, start)
    season = story.clock.season()[_columns(story, start, end)].mean()
    media = [
        Cost(
            start,
            end,
            heads * weight * season * random.uniform(0.85, 1.15),
            "media",
            source=source,
            campaign=campaign_of(names.SOURCES.index(source), as_date(start)),
        )
        for source, weight in MEDIA.items()
    ]
    tools = (heads * 420 + 900) / _rate(story, rates, "USD", start)
    return [
        *media,
        Cost(start, end, tools, "tools", "USD"),
        Cost(start, end, 3500 + heads * 330 * random.uniform(0.5, 1.5), "agency"),
        Cost(start, end, heads * 130 * random.uniform(0.6, 1.4), "other"),
    ]


def _currency(team: str) -> str:
    return "GBP" if team.startswith(BRITISH) else "EUR"


def _rate(story: Story, rates: Floats, currency: str, day: int) -> float:
    week = min(max(0, (day - story.clock.first) // 7), rates.shape[1] - 1)
    return float(rates[CURRENCIES.index(currency), week])


def _heads(story: Story, day: int) -> float:
    return float(story.people.employed[:, day - story.clock.first].sum())


def _columns(story: Story, start: int, end: int) -> slice:
    return slice(start - story.clock.first, end + 1 - story.clock.first)
