"""How leads leave each stage of qualification."""

from __future__ import annotations

from functools import reduce
from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.leads.funnels import LADDER, with_drop
from foresail.facts.making.source import BEGINNING, END, Source


def make_lead_exits(source: Source) -> Any:
    """Make `fact.lead_exit`: per lead, stage it has left and stretch of time, how and when.

    It leaves a stage by reaching a later one; until that, by being disqualified.
    """
    exits = reduce(ibis.union, (_exits(source, number) for number in range(len(LADDER))))
    left = source.clock(exits.left_at, exits.left_is_date, "left")
    return source.keep("lead_exit", exits.mutate(**left))


def _exits(source: Source, number: int) -> Any:
    """The exits from the stage before the ladder's step of that number."""
    states = source.fact("lead_state").drop("dropped_at", "dropped_is_date")
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
    dropped = with_drop(source, states, "entered_at").filter(row.dropped_at.notnull())
    dropped = dropped.mutate(
        until=ibis.least(row.until, row.onward_at),
        left_at=row.dropped_at,
        left_is_date=row.dropped_is_date.fill_null(False),
        is_advance=False,
    )
    both = ibis.union(advanced, dropped.select(*advanced.columns))
    return both.filter(row.since < row.until).drop("onward_at", "onward_is_date", "entered_at")
