"""The files about money: rates, subscriptions, revenue; quotas and costs by their own."""

from __future__ import annotations

import numpy as np

from foresail.demo import files, names
from foresail.demo.arrays import DAY, NEVER, NOTHING, Floats, Ints, Random
from foresail.demo.clock import Clock, months
from foresail.demo.costs import write_costs
from foresail.demo.quotas import write_quotas
from foresail.demo.story import CURRENCIES, Story

START_RATES = (1.0, 1.17, 0.92)


def write_money(random: Random, folder: files.Folder, story: Story) -> None:
    """Write everything about money."""
    rates = _write_rates(random, folder, story.clock)
    won = _won_by_month(story, rates)
    write_quotas(folder, story, won)
    write_costs(random, folder, story, won, rates)
    _write_subscriptions(folder, story)
    _write_revenue(folder, story)


def _write_rates(random: Random, folder: files.Folder, clock: Clock) -> Floats:
    """A rate a week for each foreign currency; all rates, currencies by weeks."""
    weeks = np.arange(clock.first - clock.first % 7 - 1, clock.until_day + 1, 7)
    steps = np.exp(np.cumsum(random.normal(0, 0.006, (3, len(weeks))), axis=1))
    rates = np.round(np.array(START_RATES)[:, None] * steps, 4)
    rates[0] = 1.0
    currency = np.repeat([1, 2], len(weeks))
    folder.add(
        "exchange_rate",
        {
            "currency": files.pick(CURRENCIES, currency),
            "day": files.dates(np.tile(weeks, 2)),
            "rate": files.numbers(rates[1:].ravel()),
        },
    )
    return rates


def _won_by_month(story: Story, rates: Floats) -> Floats:
    """What each rep won in each month, in euros: reps by months."""
    deals, clock = story.deals, story.clock
    day = deals.closed // DAY
    rows = np.flatnonzero(deals.is_won & (deals.closed != NEVER) & (day >= clock.start_day))
    week = np.clip((day[rows] - clock.first) // 7, 0, rates.shape[1] - 1)
    euros = deals.amount_at(clock.horizon)[rows]
    euros = euros * rates[story.currency(deals.account[rows]), week]
    starts = [start for start, _ in months(clock)]
    month = np.searchsorted(starts, day[rows], side="right") - 1
    won = np.zeros((story.people.n, len(starts)))
    np.add.at(won, (deals.owner_at(deals.closed)[rows], month), euros)
    return won


def _write_subscriptions(folder: files.Folder, story: Story) -> None:
    found, clock = story.subscriptions, story.clock
    rows = np.flatnonzero(found.started <= clock.until_day)
    folder.add(
        "subscription",
        {
            "subscription_id": files.ids("S", rows + 1),
            "account_id": files.ids("C", found.account[rows] + 1),
            "product": files.pick(names.PRODUCTS, found.product[rows]),
            "started_on": files.dates(found.started[rows]),
            "ended_on": files.dates(found.ended[rows]),
            "mrr": files.money(found.yearly[rows] / 12),
            "currency": files.pick(CURRENCIES, story.currency(found.account[rows])),
            "end_reason": files.pick(names.END_REASONS, found.reason[rows]),
        },
    )


def _write_revenue(folder: files.Folder, story: Story) -> None:
    """Each month's part of each subscription, on the month's first day of service."""
    found, deals = story.subscriptions, story.deals
    last = np.where(found.ended == NEVER, np.iinfo(np.int64).max, found.ended)
    parts: list[tuple[Ints, Ints, Floats]] = []
    for start, end in months(story.clock):
        day = np.maximum(start, found.started)
        days = np.minimum(end, last) - day + 1
        rows = np.flatnonzero((days > 0) & (day <= story.clock.until_day))
        parts.append((rows, day[rows], found.yearly[rows] / 12 * days[rows] / (end - start + 1)))
    row, day, amount = (np.concatenate(column) for column in zip(*parts, strict=True))
    start = story.clock.start_day * DAY
    deal = found.deal[row]
    told = (deal >= 0) & (deals.closed[deal] >= start)
    cost = amount * np.array(names.PRODUCT_COSTS)[found.product[row]]
    folder.add(
        "revenue",
        {
            "revenue_id": files.ids("V", np.arange(len(row)) + 1),
            "account_id": files.ids("C", found.account[row] + 1),
            "opportunity_id": files.ids("O", np.where(told, deal + 1, NOTHING)),
            "day": files.dates(day),
            "amount": files.money(amount),
            "cost": files.money(cost),
            "currency": files.pick(CURRENCIES, story.currency(found.account[row])),
        },
    )
