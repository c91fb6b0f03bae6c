"""The people who sell: roles, teams, coming and going, days of work, and what each is good at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foresail.demo import names
from foresail.demo.arrays import DAY, NEVER, NOTHING, Flags, Floats, Ints, Random, choose, ints
from foresail.demo.causes import Causes
from foresail.demo.clock import CLOSES, OPENS, Clock
from foresail.demo.skill import AE, AM, SDR, Skill, make_skill

TEAM_SIZE = 12
RAMP_DAYS = 120


@dataclass(frozen=True)
class People:
    """All reps, one entry of every array for each; the matrices are reps by days."""

    names: list[str]
    role: Ints
    seniority: Ints
    hired: Ints
    left: Ints
    is_voluntary: Ints
    teams: tuple[str, ...]
    managers: list[str]
    team: Ints
    former_team: Ints
    moved_on: Ints
    promoted_on: Ints
    employed: Flags
    present: Flags
    productivity: Floats
    days_of_work: Ints
    absences: tuple[Ints, Ints, Ints, Ints]
    skill: Skill
    first: int

    @property
    def n(self) -> int:
        """How many reps there are."""
        return len(self.role)

    @property
    def openers(self) -> Flags:
        """Who works on leads: the SDRs, or everybody where there is none."""
        return self.role == SDR if (self.role == SDR).any() else self.role >= 0

    @property
    def region(self) -> Ints:
        """The region of each rep's team."""
        return self.team % len(names.REGIONS)

    def rank_at(self, rep: Ints, wall: Ints) -> Ints:
        """How many days the rep has worked before the day of that moment."""
        worked: Ints = np.cumsum(self.present, axis=1) - self.present
        day = np.clip(wall // DAY - self.first, 0, self.present.shape[1] - 1)
        return worked[rep, day].astype(np.int64)

    def day_at(self, rep: Ints, rank: Ints) -> Ints:
        """The rep's working day of that rank; a day after everything once there is none."""
        return self.days_of_work[rep, np.clip(rank, 0, self.days_of_work.shape[1] - 1)]

    def next_moment(self, random: Random, rep: Ints, wall: Ints) -> Ints:
        """The same moment if the rep works then, else shortly after the rep's next start."""
        day, second = wall // DAY, wall % DAY
        asked = np.where(second > CLOSES, day + 1, day)
        found = self.day_at(rep, self.rank_at(rep, asked * DAY))
        start = found * DAY + OPENS + ints(random.exponential(2000, len(rep)).clip(0, 20_000))
        return np.where((found == day) & (second >= OPENS), wall, start)

    def team_at(self, rep: Ints, day: Ints) -> Ints:
        """The rep's team on a day."""
        return np.where(day < self.moved_on[rep], self.former_team[rep], self.team[rep])


def make_people(random: Random, clock: Clock, causes: Causes, n: int) -> People:
    """Reps with their history, their days of work and their skill."""
    role, teams = _roles(n), _team_names(n)
    team = np.concatenate([np.arange((role == code).sum()) for code in range(3)]) % len(teams)
    hired, left, is_voluntary = _employment(random, clock, causes, role, len(teams))
    seniority = _seniority(random, clock, role, hired)
    moved_on, former = _moves(random, clock, role, team, len(teams))
    days = clock.days
    employed = (days >= hired[:, None]) & (days <= np.where(left == NEVER, days[-1], left)[:, None])
    absences = _absences(random, clock, hired, left)
    present = employed & clock.working
    for rep, start, end, _ in zip(*absences, strict=True):
        present[rep, max(0, start - clock.first) : max(0, end + 1 - clock.first)] = False
    ramp = np.clip((days - hired[:, None]) / RAMP_DAYS, 0.35, 1.0)
    return People(
        names=_names(random, team, n),
        role=role,
        seniority=seniority,
        hired=hired,
        left=left,
        is_voluntary=is_voluntary,
        teams=teams,
        managers=_managers(random, len(teams)),
        team=team,
        former_team=former,
        moved_on=moved_on,
        promoted_on=_promotions(random, clock, seniority, hired, left),
        employed=employed,
        present=present,
        productivity=np.where(present, ramp, 0.0),
        days_of_work=_days_of_work(present, clock),
        absences=absences,
        skill=make_skill(random, role, seniority),
        first=clock.first,
    )


def _roles(n: int) -> Ints:
    managers_of_accounts = round(n * 0.15) if n > 3 else 0
    openers = round((n - managers_of_accounts) * 0.45) if n > 1 else 0
    closers = n - managers_of_accounts - openers
    return np.repeat([SDR, AE, AM], [openers, closers, managers_of_accounts]).astype(np.int64)


def _team_names(n: int) -> tuple[str, ...]:
    count = max(1, min(4, round(n / 8))) if n <= 4 * TEAM_SIZE else -(-n // TEAM_SIZE)
    regions = names.REGIONS
    if count <= len(regions):
        return regions[:count]
    return tuple(f"{regions[i % 4]} {i // 4 + 1}" for i in range(count))


def _employment(
    random: Random, clock: Clock, causes: Causes, role: Ints, n_teams: int
) -> tuple[Ints, Ints, Ints]:
    """First day, last day and who ended it; the first rep of each role in each team stays."""
    n, span = len(role), clock.until_day - clock.start_day
    place = np.concatenate([np.arange((role == code).sum()) for code in range(3)])
    hired = clock.start_day - 200 - ints(random.exponential(800, n).clip(0, 3600))
    left = np.full(n, NEVER)
    movable = np.flatnonzero(place >= n_teams)
    movable = _by_turns(random, movable, role[movable])
    leaving = min(len(movable) // 2, round(n * causes.leavers_a_year * span / 365))
    gone, new = movable[:leaving], movable[leaving : 2 * leaving]
    left[gone] = clock.start_day + ints(span * random.uniform(0.1, 0.95, leaving))
    hired[new] = clock.start_day + ints(span * random.uniform(0.05, 0.9, leaving))
    return hired, left, np.where(left == NEVER, NOTHING, random.random(n) < 0.65)


def _by_turns(random: Random, who: Ints, group: Ints) -> Ints:
    """The same reps in random order, but each role in proportion all the way."""
    key = np.zeros(len(who))
    for code in np.unique(group):
        rows = np.flatnonzero(group == code)
        key[rows] = (random.permutation(len(rows)) + random.random()) / len(rows)
    return who[np.argsort(key)]


def _seniority(random: Random, clock: Clock, role: Ints, hired: Ints) -> Ints:
    years = (clock.until_day - hired) / 365 + random.normal(0, 0.8, len(role))
    level = np.searchsorted([1.6, 3.6, 6.5], years + np.where(role == SDR, -0.6, 0.6))
    return np.minimum(level, np.where(role == SDR, 2, 3)).astype(np.int64)


def _moves(random: Random, clock: Clock, role: Ints, team: Ints, n_teams: int) -> tuple[Ints, Ints]:
    """The day a few reps came to their present team, and the team before."""
    n, span = len(role), clock.until_day - clock.start_day
    moved_on, former = np.full(n, NEVER), team.copy()
    if n_teams > 1:
        who = random.permutation(np.flatnonzero(np.arange(n) % 6 == 5))[: max(1, n // 12)]
        moved_on[who] = clock.start_day + ints(span * random.uniform(0.3, 0.7, len(who)))
        former[who] = (team[who] + 1) % n_teams
    return moved_on, former


def _promotions(random: Random, clock: Clock, seniority: Ints, hired: Ints, left: Ints) -> Ints:
    span = clock.until_day - clock.start_day
    day = clock.start_day + ints(span * random.uniform(0.2, 0.9, len(seniority)))
    is_promoted = (random.random(len(seniority)) < 0.25) & (seniority > 0) & (left == NEVER)
    return np.where(is_promoted & (day > hired + 90), day, NEVER)


def _absences(
    random: Random, clock: Clock, hired: Ints, left: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    """Rep, first day, last day and kind (holiday, illness, parental leave) of each absence."""
    n, years = len(hired), clock.n_days / 365
    counts = np.array([random.poisson(rate * years, n) for rate in (3.6, 2.4, 0.04)])
    kind = np.repeat(np.tile(np.arange(3), n), counts.T.ravel())
    rep = np.repeat(np.arange(n), counts.sum(axis=0))
    summer = np.where(np.isin((clock.days // 30.44).astype(np.int64) % 12, (6, 7, 11)), 3.0, 1.0)
    start = clock.first + np.where(
        kind == 0,
        choose(random, len(rep), summer),
        random.integers(0, clock.n_days, len(rep)),
    )
    length = np.choose(
        kind, [random.choice([1, 4, 11, 18], len(rep)), random.geometric(0.4, len(rep)), 60]
    )
    end = start + length - 1
    last = np.where(left == NEVER, clock.first + clock.n_days, left)[rep]
    planned_only = (kind == 0) | (start <= clock.until_day)
    keep = (start >= hired[rep]) & (end <= last) & planned_only
    keep &= ~((kind == 1) & (end > clock.until_day))
    _, once = np.unique(rep * 100_000 + start, return_index=True)
    keep &= np.isin(np.arange(len(rep)), once)
    return rep[keep], start[keep], end[keep], kind[keep]


def _days_of_work(present: Flags, clock: Clock) -> Ints:
    """The days each rep works, in order, filled up with a day after everything."""
    never = clock.first + clock.n_days + 1000
    days = np.full((present.shape[0], present.shape[1] + 1), never, dtype=np.int64)
    rep, day = np.nonzero(present)
    rank = (np.cumsum(present, axis=1) - 1)[rep, day]
    days[rep, rank] = day + clock.first
    return days


def _names(random: Random, team: Ints, n: int) -> list[str]:
    """Names out of the team's region, each once; where they run out, with a second initial."""
    taken: dict[str, int] = {}
    found = []
    pairs = [random.permutation(26 * 36) for _ in names.REGIONS]
    used = [0] * len(names.REGIONS)
    for region in (int(code) % len(names.REGIONS) for code in team[:n]):
        pair = int(pairs[region][used[region] % (26 * 36)])
        used[region] += 1
        first = names.FIRST[region].split()[pair % 26]
        last = names.LAST[region].split()[pair // 26]
        taken[first + last] = taken.get(first + last, 0) + 1
        again = taken[first + last] - 1
        found.append(f"{first} {'ABCDEFGH'[again - 1] + '. ' if again else ''}{last}")
    return found


def _managers(random: Random, count: int) -> list[str]:
    """A manager's name for each team; a manager is no rep."""
    known = ("Ingrid Haldorsen", "Marcus Wendt", "Fiona Abernathy", "Pauline Carpentier")
    more = [
        f"{names.FIRST[i % 4].split()[(i // 4 * 5 + 3) % 26]} "
        f"{names.LAST[(i + 1) % 4].split()[int(random.integers(36))]}"
        for i in range(count)
    ]
    return [known[i] if i < len(known) else more[i] for i in range(count)]
