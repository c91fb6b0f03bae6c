"""The file of quotas and targets."""

from __future__ import annotations

import numpy as np

from foresail.demo import files
from foresail.demo.arrays import NEVER, Floats
from foresail.demo.clock import months, quarters
from foresail.demo.skill import AE, SDR, SENIORITIES
from foresail.demo.story import Story

CALLS_A_DAY, CALLS_A_MONTH = 30.0, 600.0
"""The outbound calls that an opener is asked for; a third of them where there are no SDRs."""

OTHERS_CALL = 1.2
"""What a team is asked for, relative to its openers: the others call as well."""


def write_quotas(folder: files.Folder, story: Story, won: Floats) -> None:
    """Quarterly quotas of those who carry one, call targets of the openers, goals above."""
    spans = quarters(story.clock)
    potential = _potential(story, won)
    rows: list[tuple[str, str, str, int, int, float]] = []
    growth = _growth(story, won, spans)
    for rep in np.flatnonzero(story.people.role >= AE):
        for (start, end), factor in zip(spans, growth, strict=True):
            if _is_there(story, int(rep), start, end):
                first, last, share = _own_span(story, int(rep), start, end)
                amount = round(potential[rep] * 3 * factor * share / 5000) * 5000.0
                rows.append(("rep", f"R{rep + 1}", "revenue", first, last, max(5000.0, amount)))
    for start, end in spans:
        total = sum(row[5] for row in rows if start <= row[3] <= end)
        goal = round(total * 0.95 / 10_000) * 10_000.0
        rows.append(("company", "company", "revenue", start, end, max(10_000.0, goal)))
    rows += _call_targets(story)
    kinds, owners, kpis, starts, ends, amounts = zip(*rows, strict=True)
    money = [("EUR" if kpi == "revenue" else None) for kpi in kpis]
    folder.add(
        "quota",
        {
            "owner_kind": files.texts(kinds),
            "owner_id": files.texts(owners),
            "kpi": files.texts(kpis),
            "starts_on": files.dates(np.array(starts)),
            "ends_on": files.dates(np.array(ends)),
            "amount": files.money(np.array(amounts, dtype=np.float64)),
            "currency": files.texts(money),
        },
    )


def _growth(story: Story, won: Floats, spans: list[tuple[int, int]]) -> list[float]:
    """How far planners foresee each quarter's share of the business; 1 is an average quarter."""
    starts = np.array([start for start, _ in months(story.clock)])
    full = won.sum(axis=0)[:-1] if len(starts) > 1 else won.sum(axis=0)
    factors, last = [], 1.0
    for start, end in spans:
        inside = (starts[: len(full)] >= start) & (starts[: len(full)] <= end)
        if end <= story.clock.until_day and inside.any():
            last = 0.35 + 0.65 * float(full[inside].mean() / max(1.0, full.mean()))
        factors.append(last)
    return factors


def _own_span(story: Story, rep: int, start: int, end: int) -> tuple[int, int, float]:
    """The days of a quarter for which a rep has a quota, and the part of a quarter they are.

    The first months count less.
    """
    people = story.people
    first = max(start, int(people.hired[rep]))
    last = end if people.left[rep] == NEVER else min(end, int(people.left[rep]))
    is_new = first < people.hired[rep] + 100
    return first, last, (last - first + 1) / 91 * (0.55 if is_new else 1.0)


def _is_there(story: Story, rep: int, start: int, end: int) -> bool:
    left = story.people.left[rep]
    return bool(story.people.hired[rep] <= end and (left == NEVER or left >= start))


def _potential(story: Story, won: Floats) -> Floats:
    """What a rep is expected to win in a month: the role's and level's mean, half the own."""
    people, clock = story.people, story.clock
    spans = months(clock)
    present = np.array(
        [people.employed[:, s - clock.first : e + 1 - clock.first].mean(axis=1) for s, e in spans]
    )
    share = np.array([min(1.0, (clock.until_day - s + 1) / (e - s + 1)) for s, e in spans])
    worked = (present * share[:, None]).sum(axis=0)
    own = won.sum(axis=1) / np.maximum(worked, 0.5)
    group = people.role * len(SENIORITIES) + people.seniority
    totals = np.bincount(group, won.sum(axis=1)) / np.maximum(np.bincount(group, worked), 0.5)
    return np.asarray(1.04 * (0.6 * own + 0.4 * totals[group]))


def _call_targets(story: Story) -> list[tuple[str, str, str, int, int, float]]:
    """Outbound calls: of each opener by the day and by the month, of each team by the month."""
    people = story.people
    openers = np.flatnonzero(people.openers)
    part = 1 if (people.role == SDR).any() else 1 / 3
    a_day, a_month = round(CALLS_A_DAY * part), round(CALLS_A_MONTH * part)
    rows = []
    for start, end in months(story.clock):
        there = [rep for rep in openers if _is_there(story, int(rep), start, end)]
        for rep in there:
            rows.append(("rep", f"R{rep + 1}", "calls_per_rep_day", start, end, float(a_day)))
            rows.append(("rep", f"R{rep + 1}", "outbound_calls", start, end, float(a_month)))
        for code, team in enumerate(people.teams):
            size = sum(bool(people.team[rep] == code) for rep in there)
            if size:
                calls = round(a_month * size * OTHERS_CALL / 100) * 100.0
                rows.append(("team", team, "outbound_calls", start, end, calls))
    return rows
