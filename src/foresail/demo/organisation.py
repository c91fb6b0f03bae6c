"""The one door of the demo: a directory of canonical files, and the truth behind them."""

from __future__ import annotations

import datetime as dt
import json
import zoneinfo
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from foresail.core.errors import QuestionError
from foresail.demo import names
from foresail.demo.arrays import DAY, Ints, Random
from foresail.demo.causes import Causes
from foresail.demo.clock import make_clock
from foresail.demo.deals_files import told_deals, write_deals
from foresail.demo.dirt import Dirt, write_dirt
from foresail.demo.duplicates import write_duplicates
from foresail.demo.files import Folder
from foresail.demo.leads_files import write_leads
from foresail.demo.market import SUCCESS, write_market
from foresail.demo.money import write_money
from foresail.demo.people_files import write_people
from foresail.demo.prospects_files import entered_before, first_seen_by, write_companies
from foresail.demo.story import Story, make_story
from foresail.demo.truth import truth
from foresail.demo.work import write_work

MAX_REPS = 3000
MAX_MONTHS = 60
TRUTH = "truth.toml"


@dataclass(frozen=True)
class DemoOrganisation:
    """What was written, and the settings that a project for it needs."""

    directory: Path
    name: str
    currency: str
    country: str
    zone: str
    week_start: str
    fiscal_year_start: int
    start: dt.date
    until: dt.date
    rows: dict[str, int]
    dirt: tuple[Dirt, ...]

    @property
    def paths(self) -> list[Path]:
        """All files: the good ones, and behind them those with bad rows."""
        return [*self.good, *dict.fromkeys(self.directory / each.file for each in self.dirt)]

    @property
    def good(self) -> list[Path]:
        """The files in which every row is good."""
        return [self.directory / f"{table}.parquet" for table in self.rows]

    @property
    def truth(self) -> Path:
        """The file with the causes."""
        return self.directory / TRUTH

    def settings_toml(self) -> str:
        """The lines of foresail.toml that describe the organisation."""
        texts = ("name", "zone", "currency", "country", "week_start")
        lines = [f"{key} = {json.dumps(getattr(self, key), ensure_ascii=False)}" for key in texts]
        success = [
            f"thresholds.success_events = {json.dumps([SUCCESS])}",
            "thresholds.success_times = 2",
        ]
        year = f"fiscal_year_start = {self.fiscal_year_start}"
        return "\n".join([*lines, year, *success, "demo = true", ""])


def write_organisation(
    directory: Path,
    *,
    reps: int = 24,
    months: int = 15,
    seed: int = 7,
    until: dt.date | None = None,
    zone: str = "Europe/Berlin",
) -> DemoOrganisation:
    """Simulate a sales organisation and write it as canonical files into a directory.

    The story covers `months` whole months and the days of the running month up to the end of
    `until` (default: today); only plans lie after it. The same arguments give the same bytes.

    Errors: `QuestionError` when there is no such organisation to simulate.
    """
    until = until or dt.datetime.now(_zone(zone)).date()
    _check(reps, months, seed, zone)
    random, causes = np.random.default_rng(seed), Causes()
    story = make_story(random, make_clock(until, months, zone), causes, reps)
    directory.mkdir(parents=True, exist_ok=True)
    folder = Folder(directory)
    try:
        _write(random, folder, story)
    finally:
        rows = folder.close()
    dirt = write_dirt(directory, rows)
    (directory / TRUTH).write_text(truth(story, seed, dirt), encoding="utf-8")
    return DemoOrganisation(
        directory=directory,
        name=names.COMPANY,
        currency="EUR",
        country=story.clock.country,
        zone=zone,
        week_start="monday",
        fiscal_year_start=1,
        start=story.clock.start,
        until=until,
        rows=rows,
        dirt=dirt,
    )


def _zone(zone: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise QuestionError(f"There is no time zone {zone!r}. Write it as Europe/Berlin.") from None


def _check(reps: int, months: int, seed: int, zone: str) -> None:
    _zone(zone)
    for what, number, low, high in (
        ("reps", reps, 1, MAX_REPS),
        ("months", months, 1, MAX_MONTHS),
        ("seed", seed, 0, 2**63),
    ):
        if not low <= number <= high:
            raise QuestionError(
                f"A demo organisation cannot have {what} = {number}. "
                f"Choose a number from {low} to {high}."
            )


def _write(random: Random, folder: Folder, story: Story) -> None:
    write_people(random, folder, story.clock, story.people)
    write_companies(random, folder, story.clock, story.companies, *_account_records(random, story))
    write_leads(random, folder, story)
    write_deals(random, folder, story)
    write_duplicates(random, folder, story)
    write_work(random, folder, story)
    write_money(random, folder, story)
    write_market(random, folder, story)


def _account_records(random: Random, story: Story) -> tuple[Ints, Ints]:
    """The owner of each account, and when it was entered."""
    leads, deals, companies = story.leads, story.deals, story.companies
    told = story.lead_is_told()
    owner = story.carer.copy()
    owner[leads.account[told]] = leads.rep[told]
    won = told_deals(story) & deals.is_won & (deals.closed >= 0)
    owner[deals.account[won]] = story.carer[deals.account[won]]
    owner[companies.n_prospects :] = story.carer[companies.n_prospects :]
    deal_told = told_deals(story)
    account = np.concatenate([leads.account[told], deals.account[deal_told]])
    moment = np.concatenate([leads.created[told], deals.created[deal_told]])
    seen = first_seen_by(companies.n, account, moment, entered_before(random, companies.n))
    subscriptions = story.subscriptions
    since = np.full(companies.n, np.iinfo(np.int64).max // DAY)
    np.minimum.at(since, subscriptions.account, subscriptions.started)
    return owner, np.minimum(seen, (since - 20) * DAY + 10 * 3600)
