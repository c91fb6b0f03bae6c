"""The files about the people who sell."""

from __future__ import annotations

import numpy as np

from foresail.demo import files, names
from foresail.demo.arrays import NEVER, NOTHING, Ints, Random
from foresail.demo.clock import Clock
from foresail.demo.people import People
from foresail.demo.skill import AE, ROLES, SENIORITIES

KINDS = ("holiday", "illness", "parental leave")


def write_people(random: Random, folder: files.Folder, clock: Clock, people: People) -> None:
    """Write reps, their assignments and absences, and the vacancies."""
    now = np.arange(people.n)
    mails = [f"{name.lower().replace('. ', '.').replace(' ', '.')}" for name in people.names]
    folder.add(
        "rep",
        {
            "rep_id": files.ids("R", now + 1),
            "name": files.texts(people.names),
            "email": files.texts([f"{mail}@{names.DOMAIN}" for mail in mails]),
            "hired_on": files.dates(people.hired),
            "left_on": files.dates(people.left),
            "leave_kind": files.pick(("involuntary", "voluntary"), people.is_voluntary),
            **_place(people, now, people.team, people.seniority),
        },
    )
    _write_assignments(folder, people)
    rep, start, end, kind = people.absences
    folder.add(
        "absence",
        {
            "rep_id": files.ids("R", rep + 1),
            "starts_on": files.dates(start),
            "ends_on": files.dates(end),
            "kind": files.pick(KINDS, kind),
        },
    )
    _write_positions(random, folder, clock, people)


def _place(people: People, rep: Ints, team: Ints, seniority: Ints) -> files.Columns:
    role = people.role[rep]
    return {
        "team": files.pick(people.teams, team),
        "manager_id": files.pick(people.managers, team),
        "role": files.pick(ROLES, role),
        "seniority": files.pick(SENIORITIES, seniority),
        "territory": files.pick(names.REGIONS, team % len(names.REGIONS)),
        "is_quota_carrying": files.flags(role >= AE),
    }


def _write_assignments(folder: files.Folder, people: People) -> None:
    """One row from the hiring, and one more for each change of team or seniority."""
    n = people.n
    rep = np.tile(np.arange(n), 3)
    start = np.concatenate([people.hired, people.moved_on, people.promoted_on])
    keep = (start != NEVER) & (start >= people.hired[rep])
    keep &= (people.left[rep] == NEVER) | (start <= people.left[rep])
    order = np.lexsort((start[keep], rep[keep]))
    rep, start = rep[keep][order], start[keep][order]
    is_last = np.append(rep[1:] != rep[:-1], True)
    end = np.where(is_last, people.left[rep], np.append(start[1:], 0) - 1)
    seniority = people.seniority[rep] - (start < people.promoted_on[rep])
    folder.add(
        "rep_assignment",
        {
            "rep_id": files.ids("R", rep + 1),
            "valid_from": files.dates(start),
            "valid_to": files.dates(end),
            **_place(people, rep, people.team_at(rep, start), seniority),
        },
    )


def _write_positions(random: Random, folder: files.Folder, clock: Clock, people: People) -> None:
    """A vacancy for each hiring of the last years, and some that are still open."""
    hired = np.flatnonzero(people.hired >= clock.start_day - 500)
    filled = people.hired[hired] - random.integers(14, 60, len(hired))
    opened = filled - random.integers(18, 110, len(hired))
    still_open = 1 + people.n // 12
    number, wanted = len(hired) + still_open, random.integers(0, people.n, still_open)
    like = np.concatenate([hired, wanted])
    since = clock.until_day - random.integers(5, 100, still_open)
    nobody = np.full(still_open, NEVER)
    folder.add(
        "position",
        {
            "position_id": files.ids("P", np.arange(number) + 1),
            "team": files.pick(people.teams, people.team[like]),
            "role": files.pick(ROLES, people.role[like]),
            "opened_on": files.dates(np.concatenate([opened, since])),
            "filled_on": files.dates(np.concatenate([filled, nobody])),
            "rep_id": files.ids("R", np.concatenate([hired + 1, np.full(still_open, NOTHING)])),
        },
    )
