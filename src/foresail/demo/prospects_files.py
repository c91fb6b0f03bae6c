"""The files about companies and their people."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from foresail.demo import files, names
from foresail.demo.arrays import DAY, NOTHING, Flags, Ints, Random, ints
from foresail.demo.clock import Clock
from foresail.demo.prospects import Companies

COUNTRY_NAMES = [name for part in names.COUNTRIES for name in (*part, *part[:1] * (4 - len(part)))]


def write_companies(
    random: Random,
    folder: files.Folder,
    clock: Clock,
    companies: Companies,
    owner: Ints,
    first_seen: Ints,
) -> None:
    """Write the accounts that are known by the end, and their contacts.

    `first_seen` is the moment a record first names the account; `owner` its rep.
    """
    known = np.flatnonzero(first_seen <= clock.horizon)
    n = companies.n
    parent = np.where(random.random(n) < 0.03, random.integers(0, n, n), NOTHING)
    parent = np.where((parent >= 0) & (first_seen[parent] <= first_seen), parent, NOTHING)
    parent = np.where(parent == np.arange(n), NOTHING, parent)
    revenue = companies.employees * np.exp(random.normal(12.1, 0.5, n))
    folder.add(
        "account",
        {
            "account_id": files.ids("C", known + 1),
            "name": companies.names.take(pa.array(known)),
            "parent_account_id": files.ids("C", np.where(parent < 0, NOTHING, parent + 1)[known]),
            "industry": files.pick(names.INDUSTRY_OF_TRADE, companies.trade[known]),
            "segment": files.pick(names.SEGMENTS, companies.segment[known]),
            "employees": files.integers(companies.employees[known]),
            "annual_revenue": files.money(np.round(revenue[known], -4)),
            "country": files.pick(COUNTRY_NAMES, (companies.region * 4 + companies.country)[known]),
            "owner_id": files.ids("R", owner[known] + 1),
            "created_at": files.instants(clock.utc(first_seen[known])),
        },
    )
    _write_contacts(random, folder, companies, first_seen <= clock.horizon)


def _write_contacts(
    random: Random, folder: files.Folder, companies: Companies, is_known: Flags
) -> None:
    contact = np.flatnonzero(is_known[companies.contact_account])
    account = companies.contact_account[contact]
    level = companies.contact_level[contact]
    folder.add(
        "contact",
        {
            "contact_id": files.ids("K", contact + 1),
            "account_id": files.ids("C", account + 1),
            "name": _person_names(random, companies.region[account]),
            "title": files.pick(
                [title for titles in names.TITLES for title in titles],
                level * 4 + random.integers(0, 4, len(level)),
            ),
            "title_level": files.pick(names.LEVELS, level),
            "is_decision_maker": files.flags(companies.contact_knowledge[contact]),
        },
    )


def _person_names(random: Random, region: Ints) -> pa.Array:
    """Names of the region; one in ten from another one."""
    n = len(region)
    home = np.where(random.random(n) < 0.1, random.integers(0, 4, n), region)
    first, last = (" ".join(part).split() for part in (names.FIRST, names.LAST))
    return pc.binary_join_element_wise(
        files.pick(first, home * 26 + random.integers(0, 26, n)),
        files.pick(last, home * 36 + random.integers(0, 36, n)),
        " ",
    )


def first_seen_by(n: int, account: Ints, moment: Ints, lead_time: Ints) -> Ints:
    """The earliest moment of each account, less the time it was known before."""
    seen = np.full(n, np.iinfo(np.int64).max)
    np.minimum.at(seen, account, moment)
    return np.where(seen == np.iinfo(np.int64).max, seen, seen - lead_time)


def entered_before(random: Random, n: int) -> Ints:
    """Seconds by which accounts are entered before the first record that names them."""
    return ints(random.exponential(20, n).clip(0, 200)) * (DAY // 24) + 60
