"""What was entered twice: a small share of the records, merged into the first or deleted again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from foresail.demo import files, names
from foresail.demo.arrays import DAY, NEVER, NOTHING, Ints, Random, ints
from foresail.demo.deals import PIPELINES, STAGES
from foresail.demo.deals_files import KINDS, told_deals
from foresail.demo.story import CURRENCIES, Story

SHARE = 0.004
"""Share of the records that somebody enters again."""

DELETED_ONE_IN = 3
"""Of how many copies one is deleted; the others are merged."""


@dataclass(frozen=True)
class Copies:
    """Records entered again: of which, when, and when each was deleted; never where merged."""

    of: Ints
    created: Ints
    deleted: Ints
    first: int

    @property
    def numbers(self) -> Ints:
        """The numbers of the copies' ids."""
        return self.first + np.arange(len(self.of))

    @property
    def merged_into(self) -> Ints:
        """The number of the record that survived; nothing where the copy was deleted."""
        return np.where(self.deleted == NEVER, self.of + 1, NOTHING)


def write_duplicates(random: Random, folder: files.Folder, story: Story) -> None:
    """Write the copies of accounts, contacts, leads and deals behind the records themselves."""
    clock, leads, deals = story.clock, story.leads, story.deals
    told = story.lead_is_told() & (leads.created <= clock.horizon)
    asked = _copies(random, story, np.flatnonzero(told), leads.created, leads.n)
    _write_leads(folder, story, asked)
    _write_companies(random, folder, story, asked)
    opened = told_deals(story) & (deals.closed == NEVER)
    _write_deals(folder, story, _copies(random, story, np.flatnonzero(opened), deals.created))


def _copies(
    random: Random, story: Story, rows: Ints, created: Ints, count: int | None = None
) -> Copies:
    """Some of the rows again, minutes to days later."""
    n = round(len(rows) * SHARE) + DELETED_ONE_IN
    chosen = np.sort(random.choice(rows, min(n, len(rows)), replace=False))
    again = created[chosen] + 300 + ints(random.exponential(1.5 * DAY, len(chosen)))
    deleted = again + 600 + ints(random.exponential(4 * DAY, len(chosen)))
    is_merged = np.arange(len(chosen)) % DELETED_ONE_IN > 0
    is_past = deleted <= story.clock.horizon
    deleted, chosen, again = (values[is_past] for values in (deleted, chosen, again))
    deleted = np.where(is_merged[is_past], NEVER, deleted)
    return Copies(chosen, again, deleted, (len(created) if count is None else count) + 1)


def _write_leads(folder: files.Folder, story: Story, copies: Copies) -> None:
    leads, of = story.leads, copies.of
    account = leads.account[of]
    folder.add(
        "lead",
        {
            "lead_id": files.ids("L", copies.numbers),
            "created_at": files.instants(story.clock.utc(copies.created)),
            "channel": files.pick(("outbound", "inbound"), leads.is_inbound[of].astype(np.int64)),
            "source": files.pick(names.SOURCES, leads.source[of]),
            "is_organic": files.flags(np.array(names.ORGANIC)[leads.source[of]]),
            "account_id": files.ids("C", account + 1),
            "contact_id": files.ids("K", leads.contact[of] + 1),
            "territory": files.pick(names.REGIONS, story.companies.region[account]),
            "segment": files.pick(names.SEGMENTS, story.companies.segment[account]),
            "merged_into_id": files.ids("L", copies.merged_into),
            "deleted_at": files.instants(story.clock.utc(copies.deleted)),
        },
    )


def _write_companies(random: Random, folder: files.Folder, story: Story, leads: Copies) -> None:
    """Companies and people that came in again with a lead; all were merged."""
    companies = story.companies
    account, first = np.unique(story.leads.account[leads.of], return_index=True)
    account, first = account[::2], first[::2]
    kept = companies.names.take(pa.array(account))
    number = companies.n + 1 + np.arange(len(account))
    folder.add(
        "account",
        {
            "account_id": files.ids("C", number),
            "name": pc.utf8_upper(kept),
            "segment": files.pick(names.SEGMENTS, companies.segment[account]),
            "created_at": files.instants(story.clock.utc(leads.created[first])),
            "merged_into_id": files.ids("C", account + 1),
        },
    )
    contact = companies.someone(random, account)
    folder.add(
        "contact",
        {
            "contact_id": files.ids(
                "K", len(companies.contact_account) + 1 + np.arange(len(contact))
            ),
            "account_id": files.ids("C", number),
            "merged_into_id": files.ids("K", contact + 1),
        },
    )


def _write_deals(folder: files.Folder, story: Story, copies: Copies) -> None:
    """Deals opened again in their first stage."""
    deals, of, clock = story.deals, copies.of, story.clock
    stage = files.pick([pipeline[0] for pipeline in STAGES], deals.pipeline[of])
    created = files.instants(clock.utc(copies.created))
    folder.add(
        "opportunity",
        {
            "opportunity_id": files.ids("O", copies.numbers),
            "account_id": files.ids("C", deals.account[of] + 1),
            "owner_id": files.ids("R", deals.owner[of] + 1),
            "pipeline": files.pick(PIPELINES, deals.pipeline[of]),
            "deal_type": files.pick(KINDS, deals.kind[of]),
            "product": files.pick(names.PRODUCTS, deals.product[of]),
            "amount": files.money(deals.amount[of]),
            "currency": files.pick(CURRENCIES, story.currency(deals.account[of])),
            "created_at": created,
            "expected_close_on": files.dates(copies.created // DAY + 60),
            "stage": stage,
            "merged_into_id": files.ids("O", copies.merged_into),
            "deleted_at": files.instants(clock.utc(copies.deleted)),
        },
    )
    folder.add(
        "opportunity_stage",
        {
            "opportunity_id": files.ids("O", copies.numbers),
            "stage": stage,
            "entered_at": created,
            "rep_id": files.ids("R", deals.owner[of] + 1),
        },
    )
