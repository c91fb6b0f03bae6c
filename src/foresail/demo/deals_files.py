"""The files about opportunities: stages, history, changes and splits."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from foresail.demo import files, names
from foresail.demo.arrays import DAY, NEVER, NOTHING, Flags, Floats, Ints, Random, choose_by_row
from foresail.demo.deals import (
    LOST,
    PATH,
    PIPELINES,
    PROBABILITIES,
    STAGES,
    TYPE_RENEWAL,
    WON,
)
from foresail.demo.story import CURRENCIES, Story

KINDS = ("new", "expansion", "renewal")
STAGE_NAMES = [stage for pipeline in STAGES for stage in pipeline]
FORECAST = ("Pipeline", "Pipeline", "Best case", "Commit", "Closed", "Omitted")
LOST_WEIGHTS = (
    (0.05, 0.1, 0.4, 0.2, 0.05, 0.15, 0.05),
    (0.1, 0.25, 0.25, 0.1, 0.2, 0.07, 0.03),
    (0.35, 0.25, 0.2, 0.08, 0.04, 0.05, 0.03),
    (0.3, 0.2, 0.12, 0.15, 0.03, 0.15, 0.05),
)
"""Why deals are lost, by the stage in which they are."""

OWN_REASON = 3.0
"""How much more often than others a rep loses deals by the own weak point."""


def told_deals(story: Story) -> Flags:
    """The deals that are opened by the end and not yet over on the first day."""
    deals, start = story.deals, story.clock.start_day * DAY
    is_young = (deals.closed == NEVER) | (deals.closed >= start)
    return np.asarray((deals.created <= story.clock.horizon) & is_young)


def write_deals(random: Random, folder: files.Folder, story: Story) -> None:
    """Write the deals with all that belongs to them."""
    rows = np.flatnonzero(told_deals(story))
    _write_opportunities(random, folder, story, rows)
    _write_history(folder, story, rows)
    _write_changes(folder, story, rows)
    _write_splits(random, folder, story, rows)
    folder.add(
        "stage",
        {
            "pipeline": files.pick(PIPELINES, np.repeat([0, 1], 6)),
            "stage": files.texts(STAGE_NAMES),
            "position": files.integers(np.tile(np.arange(1, 7), 2)),
            "probability": files.numbers(np.array(PROBABILITIES).ravel()),
            "kind": files.texts(["open", "open", "open", "open", "won", "lost"] * 2),
            "is_accepted": files.flags(np.tile([1, 1, 1, 1, 1, 0], 2)),
            "is_forecast": files.flags(np.tile([0, 1, 1, 1, 1, 0], 2)),
        },
    )


def _write_opportunities(random: Random, folder: files.Folder, story: Story, rows: Ints) -> None:
    deals, clock, n = story.deals, story.clock, len(rows)
    account, stage = deals.account[rows], deals.stage[rows]
    amount = deals.amount_at(clock.horizon)[rows]
    closed, won = deals.closed[rows], deals.is_won[rows]
    outcome = np.where(closed == NEVER, NOTHING, np.where(won, 0, 1))
    own_view = np.array(PROBABILITIES)[deals.pipeline[rows], stage] + random.normal(0, 0.07, n)
    judged = (outcome < 0) & (random.random(n) < 0.3)
    lost = np.where(outcome == 1, _lost_reasons(random, story, rows), NOTHING)
    folder.add(
        "opportunity",
        {
            "opportunity_id": files.ids("O", rows + 1),
            "account_id": files.ids("C", account + 1),
            "contact_id": files.ids("K", deals.contact[rows] + 1),
            "lead_id": files.ids(
                "L", np.where(deals.lead[rows] < 0, NOTHING, deals.lead[rows] + 1)
            ),
            "owner_id": files.ids("R", deals.owner_at(np.full(deals.n, clock.horizon))[rows] + 1),
            "sourced_by_id": files.ids("R", deals.opener[rows] + 1),
            "pipeline": files.pick(PIPELINES, deals.pipeline[rows]),
            "deal_type": files.pick(KINDS, deals.kind[rows]),
            "product": files.pick(names.PRODUCTS, deals.product[rows]),
            "name": _deal_names(story, rows),
            "amount": files.money(amount),
            "cost": files.money(amount * np.array(names.PRODUCT_COSTS)[deals.product[rows]]),
            "currency": files.pick(CURRENCIES, story.currency(account)),
            "probability": files.numbers(
                np.where(judged, np.round(own_view.clip(0.02, 0.95), 2), np.nan)
            ),
            "created_at": files.instants(clock.utc(deals.created[rows])),
            "expected_close_on": files.dates(deals.expected[rows, 4]),
            "closed_at": files.instants(clock.utc(closed)),
            "outcome": files.pick(("won", "lost"), outcome),
            "lost_reason": files.pick(names.LOST_REASONS, lost),
            "stage": files.pick(STAGE_NAMES, deals.pipeline[rows] * 6 + stage),
            "forecast_category": files.pick(FORECAST, stage),
        },
    )


def _lost_reasons(random: Random, story: Story, rows: Ints) -> Ints:
    """Why each deal would be lost: by the stage it was in, and its rep's weak point."""
    deals, weak_points = story.deals, story.people.skill.loses_by
    before = deals.entered[rows][:, :-1]
    last = before.shape[1] - 1 - np.argmax((before != NEVER)[:, ::-1], axis=1)
    stage = np.minimum(np.array(PATH)[last], len(LOST_WEIGHTS) - 1)
    rep = deals.owner_at(deals.closed)[rows]
    weights = np.array(LOST_WEIGHTS)[stage]
    weights[np.arange(len(rows)), weak_points[rep]] *= OWN_REASON
    return choose_by_row(random, weights, np.arange(len(rows)))


def _deal_names(story: Story, rows: Ints) -> pa.Array:
    what = np.where(story.deals.kind == TYPE_RENEWAL, 1, 0)[rows]
    company = story.companies.names.take(pa.array(story.deals.account[rows]))
    product = files.pick(names.PRODUCTS, story.deals.product[rows])
    title = pc.binary_join_element_wise(company, product, " – ")
    return pc.binary_join_element_wise(title, files.pick(("", " (renewal)"), what), "")


def _write_history(folder: files.Folder, story: Story, rows: Ints) -> None:
    deals = story.deals
    entered = deals.entered[rows]
    deal, slot = np.nonzero(entered != NEVER)
    moment = entered[deal, slot]
    end = np.where(deals.is_won[rows][deal], WON, LOST)
    stage = np.where(slot == len(PATH) - 1, end, np.array(PATH)[slot])
    mover = np.where(
        (deals.owner_changed[rows][deal] != NEVER) & (moment >= deals.owner_changed[rows][deal]),
        deals.new_owner[rows][deal],
        deals.owner[rows][deal],
    )
    folder.add(
        "opportunity_stage",
        {
            "opportunity_id": files.ids("O", rows[deal] + 1),
            "stage": files.pick(STAGE_NAMES, deals.pipeline[rows][deal] * 6 + stage),
            "entered_at": files.instants(story.clock.utc(moment)),
            "rep_id": files.ids("R", mover + 1),
        },
    )


def _write_changes(folder: files.Folder, story: Story, rows: Ints) -> None:
    """Changes of amount at the offer and the negotiation, of owner, and of the expected day."""
    deals, clock = story.deals, story.clock
    first, quoted, final = deals.amount[rows], deals.quoted[rows], deals.final[rows]
    offered, agreed = deals.entered[rows, 2], deals.entered[rows, 7]
    before = np.where(offered == NEVER, first, quoted)
    _add_changes(folder, story, rows, "amount", _cents(first), _cents(quoted), offered)
    _add_changes(folder, story, rows, "amount", _cents(before), _cents(final), agreed)
    old, new = files.ids("R", deals.owner[rows] + 1), files.ids("R", deals.new_owner[rows] + 1)
    _add_changes(folder, story, rows, "owner_id", old, new, deals.owner_changed[rows])
    for push in range(1, deals.expected.shape[1]):
        old_day, new_day = (_days(deals.expected[rows, column]) for column in (push - 1, push))
        moved = deals.expected_moved[rows, push]
        moved = np.where(moved <= clock.horizon, moved, NEVER)
        _add_changes(folder, story, rows, "expected_close_on", old_day, new_day, moved)


def _add_changes(
    folder: files.Folder,
    story: Story,
    rows: Ints,
    field: str,
    old: pa.Array,
    new: pa.Array,
    moment: Ints,
) -> None:
    differs = np.asarray(pc.fill_null(pc.not_equal(old, new), False))
    keep = np.flatnonzero(differs & (moment != NEVER))
    chosen = pa.array(keep)
    folder.add(
        "opportunity_change",
        {
            "opportunity_id": files.ids("O", rows[keep] + 1),
            "field": files.pick((field,), np.zeros(len(keep), dtype=np.int64)),
            "old_value": old.take(chosen),
            "new_value": new.take(chosen),
            "changed_at": files.instants(story.clock.utc(moment[keep])),
        },
    )


def _cents(amounts: Floats) -> pa.Array:
    return files.money(amounts).cast(pa.decimal128(18, 2)).cast(pa.string())


def _days(days: Ints) -> pa.Array:
    return files.dates(days).cast(pa.string())


def _write_splits(random: Random, folder: files.Folder, story: Story, rows: Ints) -> None:
    """Two sellers share some won deals; some pay an overlay to the rep who opened them."""
    deals = story.deals
    won = rows[(deals.is_won & (deals.closed != NEVER))[rows]]
    owner = deals.owner_at(deals.closed)
    u, partner = random.random(len(won)), story.carer[deals.account[won]]
    shared = (u < 0.08) & (partner != owner[won])
    overlay = (u >= 0.08) & (u < 0.2) & (deals.opener[won] != owner[won])
    part = random.choice([0.2, 0.3, 0.4, 0.5], len(won))
    deal = np.concatenate([won[shared], won[shared], won[overlay]])
    rep = np.concatenate([owner[won[shared]], partner[shared], deals.opener[won[overlay]]])
    share = np.concatenate([1 - part[shared], part[shared], part[overlay]])
    kind = np.repeat([0, 1], [2 * int(shared.sum()), int(overlay.sum())])
    folder.add(
        "opportunity_split",
        {
            "opportunity_id": files.ids("O", deal + 1),
            "rep_id": files.ids("R", rep + 1),
            "share": files.numbers(np.round(share, 2)),
            "kind": files.pick(("revenue", "overlay"), kind),
        },
    )
