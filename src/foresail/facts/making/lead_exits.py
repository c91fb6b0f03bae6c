"""How leads leave each stage of qualification."""

from __future__ import annotations

from functools import reduce
from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.attach import attach
from foresail.facts.making.funnels import LADDER
from foresail.facts.making.source import BEGINNING, END, Source


def make_lead_exits(source: Source) -> Any:
    """Make `fact.lead_exit`: per lead, stage it has left and stretch of time, how and when.

    It leaves a stage by reaching a later one; until that, by being disqualified.
    """
    states, ends = source.fact("lead_state"), source.fact("lead_end")
    drops = ends.filter(row.stage == "disqualified")
    exits = reduce(ibis.union, (_exits(states, drops, number) for number in range(len(LADDER))))
    left = source.clock(exits.left_at, exits.left_is_date, "left")
    return source.keep("lead_exit", exits.mutate(**left))


def _exits(states: Any, drops: Any, number: int) -> Any:
    """The exits from the stage before the ladder's step of that number."""
    stage = "lead" if number == 0 else LADDER[number - 1]
    entered = "requested_at" if number == 0 else f"{stage}_at"
    later = LADDER[number:]
    reached = [states[f"{each}_at"].fill_null(END) for each in later]
    onward = ibis.least(*reached) if len(reached) > 1 else reached[0]
    flags = [(onward == states[f"{each}_at"], states[f"{each}_is_date"]) for each in later]
    if stage != "lead":
        states = states.filter(states[entered].notnull())
    states = states.mutate(
        stage=ibis.literal(stage),
        lead_stage=ibis.literal(stage),
        entered_at=states[entered].fill_null(BEGINNING),
        onward_at=onward,
        onward_is_date=ibis.cases(*flags).fill_null(False),
    )
    advanced = states.filter(row.onward_at < END).mutate(
        since=ibis.greatest(row.since, row.onward_at),
        left_at=row.onward_at,
        left_is_date=row.onward_is_date,
        is_advance=True,
    )
    dropped = _dropped(states, drops).mutate(
        until=ibis.least(row.until, row.onward_at), is_advance=False
    )
    both = ibis.union(advanced, dropped.select(*advanced.columns))
    return both.filter(row.since < row.until).drop("onward_at", "onward_is_date", "entered_at")


def _dropped(states: Any, drops: Any) -> Any:
    """The leads that were disqualified once they had entered the stage, and when first."""
    cases = states.select("lead_id", "entered_at").distinct()
    found = cases.inner_join(
        drops, [cases.lead_id == drops.lead_id, drops.reached_at >= cases.entered_at]
    ).select(cases.lead_id, cases.entered_at, drops.reached_at, drops.is_date)
    first = found.group_by("lead_id", "entered_at").agg(
        left_at=row.reached_at.min(), left_is_date=row.is_date.argmin(row.reached_at)
    )
    columns = {"left_at": "left_at", "left_is_date": "left_is_date"}
    same = {"lead_id": "lead_id", "entered_at": "entered_at"}
    dropped = attach(states, first, same, columns).filter(row.left_at.notnull())
    return dropped.mutate(left_is_date=row.left_is_date.fill_null(False))
