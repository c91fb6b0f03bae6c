"""The files about the market around: visitors, its size, what customers say and use."""

from __future__ import annotations

import numpy as np

from foresail.demo import files, names
from foresail.demo.arrays import DAY, NEVER, Floats, Ints, Random, choose, expand, ints
from foresail.demo.clock import months, work_seconds
from foresail.demo.seeds import owner_on
from foresail.demo.story import Story

VISITS_PER_LEAD = (55, 70, 60, 25, 35, 42)
SUCCESS = "report exported"
"""What shows that a customer makes a success of the product, when it happens twice a month."""

EVENTS = ("log-in", "dock booked", SUCCESS)
USES_A_WEEK = (9, 14, 0.8)
FADING = 8
"""Weeks over which use dies away before a customer leaves."""
ANSWER_RATE = 0.36


def write_market(random: Random, folder: files.Folder, story: Story) -> None:
    """Write visitors, the market, surveys and usage."""
    _write_traffic(random, folder, story)
    _write_market(random, folder, story)
    account, start, end = _customers(story)
    _write_surveys(random, folder, story, account, start, end)
    _write_usage(random, folder, story, account, start, end)


def _write_traffic(random: Random, folder: files.Folder, story: Story) -> None:
    """Visitors by day and source, in step with the requests that come from there."""
    clock, leads = story.clock, story.leads
    days = np.arange(clock.start_day, clock.until_day + 1)
    n_sources = names.INBOUND_SOURCES
    weight = clock.season()[days - clock.first]
    requests = np.bincount(leads.source[leads.is_inbound], minlength=n_sources)[:n_sources]
    per_day = (requests + 1) * np.array(VISITS_PER_LEAD) / (clock.until_day - clock.first + 1)
    visitors = random.poisson(np.outer(weight, per_day) * random.gamma(25, 1 / 25, (len(days), 1)))
    source = np.tile(np.arange(n_sources), len(days))
    folder.add(
        "web_traffic",
        {
            "day": files.dates(np.repeat(days, n_sources)),
            "source": files.pick(names.SOURCES, source),
            "is_organic": files.flags(np.array(names.ORGANIC)[source]),
            "visitors": files.integers(visitors.ravel()),
        },
    )


def _write_market(random: Random, folder: files.Folder, story: Story) -> None:
    """The market's and the largest rival's sales by month: each segment and the whole."""
    spans = months(story.clock)
    yearly = story.subscriptions.yearly[story.subscriptions.runs_on(story.clock.until_day)].sum()
    shares = np.array([1.0, 0.22, 0.34, 0.44])
    size = float(yearly) / 12 / 0.07 * np.cumprod(random.normal(1.008, 0.006, len(spans)))
    market: Floats = np.outer(size, shares)
    rival: Floats = (
        market * np.array([0.24, 0.2, 0.23, 0.31]) * random.normal(1, 0.02, market.shape)
    )
    n = market.size
    folder.add(
        "market",
        {
            "starts_on": files.dates(np.repeat([start for start, _ in spans], 4)),
            "ends_on": files.dates(np.repeat([end for _, end in spans], 4)),
            "segment": files.pick(("", *names.SEGMENTS), np.tile(np.arange(4), len(spans))),
            "market_sales": files.money(np.round(market.ravel(), -3)),
            "largest_rival_sales": files.money(np.round(rival.ravel(), -3)),
            "currency": files.texts(["EUR"] * n),
            "source": files.texts(["Logistics Software Monitor"] * n),
        },
    )


def _customers(story: Story) -> tuple[Ints, Ints, Ints]:
    """Each customer with the first and last day of service that are told of."""
    found, clock = story.subscriptions, story.clock
    n = story.companies.n
    first, last = np.full(n, np.iinfo(np.int64).max), np.full(n, NEVER)
    np.minimum.at(first, found.account, found.started)
    np.maximum.at(last, found.account, np.where(found.ended == NEVER, clock.until_day, found.ended))
    start, end = np.maximum(first, clock.start_day), np.minimum(last, clock.until_day)
    account = np.flatnonzero(end > start)
    return account, start[account], end[account]


def _write_surveys(
    random: Random, folder: files.Folder, story: Story, account: Ints, start: Ints, end: Ints
) -> None:
    """A question about every four months; a third answer, and the unhappy ones sooner."""
    clock = story.clock
    place, _ = expand(random.poisson((end - start) / 120))
    n = len(place)
    day = start[place] + ints(random.random(n) * (end - start + 1)[place])
    sent = clock.snap(day * DAY + work_seconds(random, n))
    mood = 8.1 + story.causes.satisfaction_on_score * story.companies.satisfaction
    said = np.round(mood[account[place]] + random.normal(0, 1.5, n))
    score = np.clip(said, 0, 10).astype(np.int64)
    answered = sent + 600 + ints(random.exponential(1.6 * DAY, n))
    replies = (random.random(n) < ANSWER_RATE) & (answered <= clock.horizon)
    keep = sent <= clock.horizon
    comment = np.where(score >= 9, 0, np.where(score >= 7, 1, 3)) + choose(random, n, (1, 1))
    comment = np.minimum(comment, len(names.COMMENTS) - 1)
    told = replies & (random.random(n) < 0.4)
    carer = owner_on(random, story.people, story.carer[account[place]], day)
    contact = story.companies.someone(random, account[place])
    folder.add(
        "survey_response",
        {
            "survey_id": files.ids("Q", np.arange(n)[keep] + 1),
            "account_id": files.ids("C", account[place][keep] + 1),
            "contact_id": files.ids("K", contact[keep] + 1),
            "rep_id": files.ids("R", carer[keep] + 1),
            "sent_at": files.instants(clock.utc(sent[keep])),
            "answered_at": files.instants(clock.utc(np.where(replies, answered, NEVER)[keep])),
            "score": files.integers(np.where(replies, score, -1)[keep]),
            "comment": files.pick(names.COMMENTS, np.where(told, comment, -1)[keep]),
        },
    )


def _write_usage(
    random: Random, folder: files.Folder, story: Story, account: Ints, start: Ints, end: Ints
) -> None:
    """What each customer did in each week, by kind; those who will leave do less and less."""
    n_kinds = len(EVENTS)
    liking = np.exp(story.causes.satisfaction_on_usage * story.companies.satisfaction[account])
    habit = random.gamma(2.0, 0.5, (len(account), n_kinds)) * np.array(USES_A_WEEK)
    weeks = (end - start) // 7 + 1
    place, week = expand(weeks)
    left = np.where(end < story.clock.until_day, weeks, weeks + FADING)[place] - week
    fading = np.clip(left / FADING, 0.1, 1.0) * liking[place]
    amount = random.poisson(habit[place] * fading[:, None])
    row, event = np.nonzero(amount)
    folder.add(
        "usage",
        {
            "account_id": files.ids("C", account[place][row] + 1),
            "day": files.dates((start[place] + week * 7)[row]),
            "event": files.pick(EVENTS, event),
            "amount": files.numbers(amount[row, event].astype(np.float64)),
        },
    )
