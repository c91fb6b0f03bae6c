"""States of deals cut where a person begins or ceases to see their owner.

What is out of sight is kept, marked as such: a deal comes into sight and leaves it as it comes into
a team and leaves it.
"""

from __future__ import annotations

from typing import Any

import ibis

from foresail.core.dimensions import OWNER, TEAM
from foresail.engine.sight import Sight, is_of_team, same, stretches
from foresail.facts.making.source import BEGINNING, END

WHO = ("scope_rep", "scope_manager", "scope_team")


def with_sight(states: Any, sight: Sight | None) -> Any:
    """The states with `is_seen`."""
    if sight is None:
        return states.mutate(is_seen=True)
    if sight is Sight.TEAM:
        return states.mutate(is_seen=is_of_team(states[OWNER.column(TEAM)]).fill_null(False))
    scope = _all_times()
    overlap = [scope.scope_since_at < states.until, scope.scope_until_at > states.since]
    kept = {name: states[name] for name in states.columns}
    kept["since"] = ibis.greatest(states.since, scope.scope_since_at.fill_null(BEGINNING))
    kept["until"] = ibis.least(states.until, scope.scope_until_at.fill_null(END))
    return states.left_join(scope, [*same(states, OWNER, scope), *overlap]).select(
        **kept, is_seen=scope.is_seen.fill_null(False)
    )


def _all_times() -> Any:
    """All times of those who may be seen at some, each with whether they may be then."""
    scope = stretches()
    scope = scope.select(*WHO, "scope_since_at", "scope_until_at", is_seen=True)
    in_order = ibis.window(group_by=WHO, order_by="scope_since_at")
    following = scope.scope_since_at.lead().over(in_order).fill_null(END)
    before = scope.group_by(WHO).agg(next_at=scope.scope_since_at.min())
    gaps = [
        before.select(*WHO, scope_since_at=BEGINNING, scope_until_at=before.next_at),
        scope.mutate(next_at=following).select(
            *WHO, scope_since_at=ibis._.scope_until_at, scope_until_at=ibis._.next_at
        ),
    ]
    out_of_sight = ibis.union(*gaps).mutate(is_seen=False)
    return ibis.union(scope, out_of_sight.filter(ibis._.scope_since_at < ibis._.scope_until_at))
