"""What leads brought: the wins of each."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.source import END, Source


def make_lead_wins(source: Source) -> Any:
    """Make `fact.lead_win`: each dated win of a lead, while it is in force, with its lead's state.

    What describes it is the lead's, so that wins can be held against leads.
    """
    states = source.fact("lead_state")
    wins = source.fact("opportunity_state").filter(
        (row.state == "won") & row.lead_id.notnull() & row.closed_at.notnull()
    )
    wins = wins.select(
        "opportunity_id",
        "closed_at",
        "closed_on",
        "closed_is_date",
        "closed_value",
        win_lead=row.lead_id,
        win_since=row.since,
        win_until=row.until,
        win_deleted_at=row.deleted_at.fill_null(END),
    )
    found = states.inner_join(
        wins,
        [
            states.lead_id == wins.win_lead,
            states.since < wins.win_until,
            states.until > wins.win_since,
        ],
    )
    gone_at = ibis.least(row.deleted_at.fill_null(END), row.win_deleted_at).nullif(END)
    return source.keep(
        "lead_win",
        found.mutate(
            since=ibis.greatest(row.since, row.win_since),
            until=ibis.least(row.until, row.win_until),
            deleted_at=gone_at,
        ).drop("win_lead", "win_since", "win_until", "win_deleted_at"),
    )
