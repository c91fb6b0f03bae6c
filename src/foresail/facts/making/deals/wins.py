"""Wins: what led to each, from the first request and touch on, and whose first one it was."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.reigns import between, first_reigns
from foresail.facts.making.shared.stretches import laid_over, through_time
from foresail.facts.making.source import BEGINNING, END, Source

OF_LEAD = tuple(
    f"attempt_{name}" for name in ("rep", "team", "manager", "role", "seniority", "territory")
)


def make_wins(source: Source) -> Any:
    """Make `fact.win`: per win and stretch of time, its lead's request, the first touch and the
    number of the last one before the close.
    """
    wins = source.fact("opportunity_state").filter(row.state == "won")
    wins = attach(
        wins,
        source.fact("lead"),
        {"lead_id": "lead_id"},
        {"requested_at": "created_at", "requested_is_date": "created_is_date"},
    )
    wins = wins.mutate(**source.clock(wins.requested_at, wins.requested_is_date, "requested"))
    deals = wins.select("opportunity_id").distinct()
    first = first_reigns(_touches_of(source, wins), "opportunity_id")
    first = first.mutate(touched_at=row.occurred_at, touched_is_date=row.is_date)
    columns = ("touched_at", "touched_is_date")
    wins = laid_over(
        wins, through_time(deals, first, "opportunity_id", columns), "opportunity_id", columns
    )
    wins = source.keep("win_touched", wins)
    wins = wins.mutate(**source.clock(wins.touched_at, wins.touched_is_date, "touched"))
    credit = _credit(source, wins)
    wins = wins.left_join(
        credit,
        [
            wins.lead_id == credit.lead_key,
            credit.lead_since < wins.until,
            credit.lead_until > wins.since,
        ],
    )
    wins = wins.mutate(
        since=ibis.greatest(row.since, row.lead_since.fill_null(BEGINNING)),
        until=ibis.least(row.until, row.lead_until.fill_null(END)),
    ).drop("lead_key", "lead_since", "lead_until")
    made = source.keep("win", _with_last_touch(source, wins))
    source.drop("win_touched", "win_before", "win_last")
    return made


def _touches_of(source: Source, wins: Any) -> Any:
    """The attempts that belong to a deal or to its lead."""
    touches = source.fact("activity").filter(row.is_touch)
    linked = source.fact("deal_touch").filter(row.is_touch)
    of_deal = linked.semi_join(wins, "opportunity_id").rename(is_date="occurred_is_date")
    leads = wins.filter(row.lead_id.notnull()).select("opportunity_id", "lead_id").distinct()
    of_lead = leads.inner_join(touches, "lead_id").select(
        "opportunity_id",
        "activity_id",
        "occurred_at",
        "deleted_at",
        is_date=row.occurred_is_date,
    )
    return ibis.union(of_deal.select(*of_lead.columns), of_lead, distinct=True)


def _credit(source: Source, wins: Any) -> Any:
    """Whose each lead is over time, with the names that a join wants."""
    states = source.fact("lead_state").semi_join(wins, "lead_id")
    return states.select(*OF_LEAD, lead_key=row.lead_id, lead_since=row.since, lead_until=row.until)


def _with_last_touch(source: Source, wins: Any) -> Any:
    """Add `last_touch_number` of the lead's touches up to the close, cut where touches go."""
    numbered = source.fact("touch_number")
    cases = wins.filter(row.lead_id.notnull() & row.closed_at.notnull())
    cases = cases.select(
        "opportunity_id", "lead_id", "closed_at", "closed_on", "closed_is_date"
    ).distinct()
    either = numbered.touched_is_date | cases.closed_is_date
    touched_on = source.wall_time(numbered.touched_at).date()
    before = cases.inner_join(
        numbered,
        [
            cases.lead_id == numbered.lead_id,
            (numbered.touched_at <= cases.closed_at) | (either & (touched_on == cases.closed_on)),
        ],
    ).select(
        cases.opportunity_id,
        cases.closed_at,
        numbered.touched_at,
        numbered.touch_number,
        numbered.version_since,
        numbered.version_until,
    )
    before = source.keep("win_before", before)
    key = ["opportunity_id", "closed_at"]
    cuts = ibis.union(
        before.select(*key, cut_at=row.version_since),
        before.select(*key, cut_at=row.version_until).filter(row.cut_at < END),
        distinct=True,
    )
    in_order = ibis.window(group_by=key, order_by="cut_at")
    cuts = cuts.mutate(cut_until=ibis.coalesce(row.cut_at.lead().over(in_order), END))
    last = cuts.inner_join(
        before,
        [
            cuts.opportunity_id == before.opportunity_id,
            cuts.closed_at == before.closed_at,
            before.version_since <= cuts.cut_at,
            before.version_until > cuts.cut_at,
        ],
    )
    last = last.select(
        win=cuts.opportunity_id,
        win_at=cuts.closed_at,
        cut_at=cuts.cut_at,
        cut_until=cuts.cut_until,
        touched_at=before.touched_at,
        touch_number=before.touch_number,
    )
    latest = ibis.window(
        group_by=["win", "win_at", "cut_at"],
        order_by=[ibis.desc("touched_at"), ibis.desc("touch_number")],
    )
    last = last.mutate(place=ibis.row_number().over(latest)).filter(row.place == 0)
    last = last.drop("place", "touched_at").rename(last_touch_number="touch_number")
    last = source.keep("win_last", last)
    covered = attach(
        wins,
        last,
        {"opportunity_id": "win", "closed_at": "win_at"},
        {
            "last_touch_number": "last_touch_number",
            "cut_at": "cut_at",
            "cut_until": "cut_until",
        },
        lambda win, cut: [cut.cut_at < win.until, cut.cut_until > win.since],
    )
    return covered.mutate(
        since=ibis.greatest(row.since, row.cut_at.fill_null(BEGINNING)),
        until=ibis.least(row.until, row.cut_until.fill_null(END)),
    ).drop("cut_at", "cut_until")


def make_first_wins(source: Source) -> Any:
    """Make `fact.first_win`: the wins that were ever their account's first, while they were.

    A deal without an account is its own. An undated win comes first only while no dated one is in
    force.
    """
    wins = (
        source.fact("opportunity_state")
        .filter(row.state == "won")
        .mutate(
            customer=ibis.coalesce("account " + row.account_id, "deal " + row.opportunity_id),
            gone_at=ibis.least(row.until, row.deleted_at.fill_null(END)).nullif(END),
        )
    )
    dated = wins.filter(row.closed_at.notnull()).select(
        "customer",
        "opportunity_id",
        "closed_at",
        occurred_at=ibis.greatest(row.closed_at, row.since),
        deleted_at=row.gone_at,
    )
    reigns = source.keep("first_dated", first_reigns(dated, "customer", order=("opportunity_id",)))
    found = wins.drop("since", "until").inner_join(
        reigns.select("opportunity_id", "closed_at", "since", "until"),
        ["opportunity_id", "closed_at"],
    )
    undated = wins.filter(row.closed_at.isnull())
    earliest = ibis.window(group_by="customer", order_by="opportunity_id")
    undated = undated.mutate(place=ibis.row_number().over(earliest)).filter(row.place == 0)
    gaps = between(
        undated.select("customer"), reigns.semi_join(undated, "customer"), "customer", BEGINNING
    )
    unknown = undated.drop("since", "until", "place").inner_join(gaps, "customer")
    made = source.keep("first_win", ibis.union(found, unknown.select(*found.columns)))
    source.drop("first_dated")
    return made
