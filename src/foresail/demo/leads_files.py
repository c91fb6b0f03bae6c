"""The files about leads: requests, hand-overs and stages."""

from __future__ import annotations

import numpy as np

from foresail.demo import files, names
from foresail.demo.arrays import DAY, NEVER, NOTHING, Flags, Ints, Random
from foresail.demo.campaigns import campaign_of
from foresail.demo.chase import QUALIFIED, REFUSED
from foresail.demo.clock import as_date
from foresail.demo.story import Story

STAGES = ("mql", "sql", "passed", "accepted", "opportunity", "customer", "disqualified", "recycled")
MQL, SQL, PASSED, ACCEPTED, OPPORTUNITY, CUSTOMER, DISQUALIFIED, RECYCLED = range(8)
SQL_IN_MEETING = 0.4
"""Share of qualified leads that only the first meeting makes an SQL; the others, the talk."""

REASON_WEIGHTS = (0.22, 0.36, 0.2, 0.12, 0.1)


def write_leads(random: Random, folder: files.Folder, story: Story) -> None:
    """Write the leads, their hand-overs and their stages."""
    told = story.lead_is_told() & (story.leads.created <= story.clock.horizon)
    owner = _write_hand_overs(folder, story, told)
    _write_leads(random, folder, story, np.flatnonzero(told), owner)
    _write_stages(random, folder, story, told)


def _write_leads(
    random: Random, folder: files.Folder, story: Story, rows: Ints, owner: Ints
) -> None:
    leads, companies = story.leads, story.companies
    account, contact, source = leads.account[rows], leads.contact[rows], leads.source[rows]
    known = random.random(len(rows)) < np.where(leads.is_inbound[rows], 0.72, 0.9)
    guess = companies.employees[account] * np.exp(random.normal(0, 0.12, len(rows)))
    assigned = np.where(
        story.chase.assigned[rows] <= story.clock.horizon, story.chase.assigned[rows], NEVER
    )
    folder.add(
        "lead",
        {
            "lead_id": files.ids("L", rows + 1),
            "created_at": files.instants(story.clock.utc(leads.created[rows])),
            "channel": files.pick(("outbound", "inbound"), leads.is_inbound[rows].astype(np.int64)),
            "source": files.pick(names.SOURCES, source),
            "is_organic": files.flags(np.array(names.ORGANIC)[source]),
            "campaign_id": _campaigns(story, rows),
            "owner_id": files.ids("R", np.where(assigned == NEVER, NOTHING, owner[rows] + 1)),
            "assigned_at": files.instants(story.clock.utc(assigned)),
            "account_id": files.ids("C", account + 1),
            "contact_id": files.ids("K", contact + 1),
            "company_size": files.integers(np.where(known, np.round(guess), NOTHING).astype(int)),
            "title_level": files.pick(
                names.LEVELS, np.where(known, companies.contact_level[contact], NOTHING)
            ),
            "territory": files.pick(names.REGIONS, companies.region[account]),
            "segment": files.pick(names.SEGMENTS, companies.segment[account]),
        },
    )


def _campaigns(story: Story, rows: Ints) -> object:
    """The campaign of each lead's source on the day of its creation."""
    days = [as_date(number) for number in story.clock.days]
    known = [campaign_of(source, day) for source in range(len(names.SOURCES)) for day in days]
    day = story.leads.created[rows] // DAY - story.clock.first
    return files.pick(files.texts(known), story.leads.source[rows] * len(days) + day)


def _write_hand_overs(folder: files.Folder, story: Story, told: Flags) -> Ints:
    """Each lead's spells; the owners at the end.

    A slow request waits in the queue first; an undecided lead of a leaver goes to a colleague.
    """
    leads, chase, people = story.leads, story.chase, story.people
    rows = np.flatnonzero(told)
    queued = rows[chase.assigned[rows] - leads.created[rows] > 1800]
    left = people.left[leads.rep[rows]]
    orphaned = rows[
        (left != NEVER)
        & (chase.ends[rows] != REFUSED)
        & (leads.created[rows] // DAY > left - 45)
        & (left * DAY + 57_600 > chase.assigned[rows])
    ]
    heir = story.carer[leads.account[orphaned]]
    lead = np.concatenate([queued, rows, orphaned])
    rep = np.concatenate([np.full(len(queued), NOTHING), leads.rep[rows], heir])
    moment = np.concatenate(
        [
            leads.created[queued] + 20,
            chase.assigned[rows],
            people.left[leads.rep[orphaned]] * DAY + 57_600,
        ]
    )
    keep = moment <= story.clock.horizon
    folder.add(
        "lead_assignment",
        {
            "lead_id": files.ids("L", lead[keep] + 1),
            "assigned_at": files.instants(story.clock.utc(moment[keep])),
            "rep_id": files.ids("R", np.where(rep[keep] < 0, NOTHING, rep[keep] + 1)),
        },
    )
    owner = leads.rep.copy()
    past = people.left[leads.rep[orphaned]] * DAY + 57_600 <= story.clock.horizon
    owner[orphaned[past]] = heir[past]
    return owner


def _write_stages(random: Random, folder: files.Folder, story: Story, told: Flags) -> None:
    in_talk = random.random(len(story.meetings.lead)) >= SQL_IN_MEETING
    parts = [*_early_stages(random, story, in_talk), *_late_stages(random, story, in_talk)]
    lead, stage, moment, rep, reason = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    keep = told[lead] & (moment != NEVER) & (moment <= story.clock.horizon)
    folder.add(
        "lead_stage",
        {
            "lead_id": files.ids("L", lead[keep] + 1),
            "stage": files.pick(STAGES, stage[keep]),
            "reached_at": files.instants(story.clock.utc(moment[keep])),
            "rep_id": files.ids("R", np.where(rep[keep] < 0, NOTHING, rep[keep] + 1)),
            "reason": files.pick(names.REJECTIONS, reason[keep]),
        },
    )


Rows = tuple[Ints, Ints, Ints, Ints, Ints]


def _rows(lead: Ints, stage: int, moment: Ints, rep: Ints, reason: Ints | None = None) -> Rows:
    none = np.full(len(lead), NOTHING)
    return lead, np.full(len(lead), stage), moment, rep, none if reason is None else reason


def _reasons(random: Random, n: int) -> Ints:
    return random.choice(len(REASON_WEIGHTS), n, p=REASON_WEIGHTS).astype(np.int64)


def _early_stages(random: Random, story: Story, in_talk: Flags) -> list[Rows]:
    """MQL by score or interest, SQL and hand-over where the talk was enough, refusals."""
    leads, chase = story.leads, story.chase
    qualified = np.flatnonzero(chase.ends == QUALIFIED)
    refused = np.flatnonzero(chase.ends == REFUSED)
    sure = qualified[in_talk]
    scored = np.flatnonzero(leads.is_inbound & (leads.fit + random.normal(0, 0.6, leads.n) > -0.75))
    warm = qualified[~np.isin(qualified, scored)]
    warm = warm[random.random(len(warm)) < 0.94]
    return [
        _rows(scored, MQL, leads.created[scored] + 30, np.full(len(scored), NOTHING)),
        _rows(warm, MQL, chase.ended[warm] - 60, leads.rep[warm]),
        _rows(sure, SQL, chase.ended[sure] + 240, leads.rep[sure]),
        _rows(sure, PASSED, chase.ended[sure] + 400, leads.rep[sure]),
        _rows(
            refused,
            DISQUALIFIED,
            chase.ended[refused] + 300,
            leads.rep[refused],
            _reasons(random, len(refused)),
        ),
    ]


def _late_stages(random: Random, story: Story, in_talk: Flags) -> list[Rows]:
    """The others' SQL at the first meeting; accepted or refused there, then the deal's fate; no
    meeting: recycled.
    """
    meetings, deals = story.meetings, story.deals
    held = meetings.held != NEVER
    met = held & ~in_talk
    opener = story.leads.rep[meetings.lead[met]]
    yes, no = held & meetings.accepted, held & ~meetings.accepted
    tries = (meetings.how >= 0).sum(axis=1)
    last = meetings.how[np.arange(len(tries)), np.maximum(tries - 1, 0)]
    over = ~held & (tries > 0) & (last != 3) & (meetings.at.max(axis=1) <= story.clock.horizon)
    from_lead = np.flatnonzero((deals.lead >= 0) & (deals.created <= story.clock.horizon))
    won = from_lead[deals.is_won[from_lead] & (deals.closed[from_lead] != NEVER)]
    return [
        _rows(meetings.lead[met], SQL, meetings.held[met] + 1000, opener),
        _rows(meetings.lead[met], PASSED, meetings.held[met] + 1200, opener),
        _rows(meetings.lead[yes], ACCEPTED, meetings.held[yes] + 1700, meetings.closer[yes]),
        _rows(
            meetings.lead[no],
            DISQUALIFIED,
            meetings.held[no] + 2400,
            meetings.closer[no],
            _reasons(random, int(no.sum())),
        ),
        _rows(
            meetings.lead[over],
            RECYCLED,
            meetings.at[over].max(axis=1) + DAY,
            meetings.closer[over],
        ),
        _rows(deals.lead[from_lead], OPPORTUNITY, deals.created[from_lead], deals.owner[from_lead]),
        _rows(deals.lead[won], CUSTOMER, deals.closed[won], deals.owner_at(deals.closed)[won]),
    ]
