"""Bookings: what was won, credited by splits."""

from __future__ import annotations

from typing import Any

from ibis import _ as row

from foresail.facts.making.people.roles import credited
from foresail.facts.making.shared.splits import part, shared_out
from foresail.facts.making.source import Source


def make_bookings(source: Source) -> Any:
    """Make `fact.booking` of the won stretches of opportunities and the revenue splits."""
    won = source.fact("opportunity_state").filter(row.state == "won")
    won = won.drop(
        *(name for name in won.columns if name.startswith(("owner_t", "owner_m", "owner_s")))
    )
    shared = shared_out(won, source.fact("split"), "owner_rep")
    shared = shared.mutate(value=part(row.closed_value))
    return source.keep("booking", credited(source, shared, "credited_id", "closed_on", "credited"))
