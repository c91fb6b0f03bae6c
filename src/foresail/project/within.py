"""Who a person may see on which day: the small tables that a question's rows are held against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import duckdb
import pyarrow as pa

from foresail.core.dimensions import ANSWERED_BY, MANAGER, REP, TEAM, Dimension
from foresail.core.errors import QuestionError
from foresail.core.scope import Kind, Scope
from foresail.engine.asked import fingerprint
from foresail.engine.sessions import Session
from foresail.engine.sight import PEOPLE_TABLE, STRETCHES, TEAM_TABLE, TEAMS, Sight
from foresail.engine.windows import Moment, Window
from foresail.project.data import Data
from foresail.warehouse import Settings

OF_ONE_REP = (REP, ANSWERED_BY)
"""The dimensions that tell reps apart."""

FIRST_DAY, LAST_DAY = dt.date(1, 1, 1), dt.date(9999, 12, 31)
TREE = """
with recursive held as (
  select rep_id, manager, since_on::date as since_on, until_on::date as until_on,
    case when manager is null and since_on > left_on then
      last_value(manager ignore nulls) over (partition by rep_id order by since_on) else manager
    end as reports_to
  from fact.role
), tree(person, since_on, until_on) as (
  select $rep, date '0001-01-01', date '9999-12-31'
  union all
  select h.rep_id, greatest(h.since_on, t.since_on), least(h.until_on, t.until_on)
  from tree t join held h
    on h.reports_to = t.person and h.since_on < t.until_on and h.until_on > t.since_on
  where h.rep_id <> $rep
)
select distinct h.rep_id, t.person, t.since_on, t.until_on
from tree t join held h on h.manager = t.person where h.rep_id <> $rep
union all
select h.rep_id, null, greatest(h.since_on, t.since_on), least(h.until_on, t.until_on)
from tree t join held h on h.manager is null and h.reports_to = t.person
  and h.since_on < t.until_on and h.until_on > t.since_on
where h.rep_id <> $rep
"""
"""Who stands below a manager, under whom, when. Who left stays where he or she last stood."""

MEMBERS = """
select s.person_team, s.since_on::date, s.until_on::date,
  case when p.scope_rep is not null then greatest(s.since_on::date, p.scope_since_on) end,
  case when p.scope_rep is not null then least(s.until_on::date, p.scope_until_on) end
from fact.rep_state s left join asked_scope p
  on s.person_rep = p.scope_rep and s.person_manager is not distinct from p.scope_manager
  and s.since_on < p.scope_until_on and s.until_on > p.scope_since_on
where s.is_described
"""
"""Every position in a team, with the days of it on which its holder may be seen."""

Stretch = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Seen:
    """How rows are compared with what a person may see, and the tables that say it.

    `words` say it to people; `group_size` is the smallest group whose numbers are told.
    """

    sight: Sight | None = None
    tables: Mapping[str, pa.Table] = field(default_factory=dict)
    words: str = ""
    group_size: int = 0

    @cached_property
    def key(self) -> Hashable:
        """The same where the same may be seen."""
        return self.sight, fingerprint(self.tables)

    @property
    def kept_by(self) -> tuple[Dimension, ...]:
        """The dimensions by which the rows are kept, as if somebody had filtered by them."""
        if self.sight is None:
            return ()
        return (REP,) if self.sight is Sight.PEOPLE else (TEAM,)


@dataclass(frozen=True)
class Teams:
    """The days on which somebody of a team may be seen, those on which all of it may, and those on
    which only a part of some team may, or somebody without a team.
    """

    seen: Mapping[str, list[Stretch]]
    whole: Mapping[str, list[Stretch]]
    parts: tuple[Stretch, ...]

    def on(self, day: dt.date) -> list[str]:
        """The teams of a day, by name."""
        return sorted(
            team for team, days in self.seen.items() if any(a <= day < b for a, b in days)
        )


def refused(scope: Scope, settings: Settings) -> tuple[Dimension, ...]:
    """The dimensions that would tell people apart to whoever may not: none for the own rows."""
    if scope.kind is Kind.SUMS:
        return (*OF_ONE_REP, MANAGER)
    is_guarded = settings.privacy.works_council and scope.kind is not Kind.REP
    return OF_ONE_REP if is_guarded else ()


def seen_by(
    data: Data,
    settings: Settings,
    scope: Scope,
    dimensions: Collection[Dimension],
    moment: Moment,
    windows: Sequence[Window],
    *,
    is_own: bool = False,
) -> Seen:
    """What a question by these dimensions sees of the data; a rep that `is_own` the own rows alone.

    Errors: `QuestionError` when it tells reps apart that the person may not tell apart.
    """
    apart = any(each in dimensions for each in OF_ONE_REP)
    is_own = scope.kind is Kind.REP and (is_own or apart)
    group_size = settings.privacy.group_size if settings.privacy.works_council else 0
    if is_own:
        return _own(data, settings, scope.rep)
    kept_together = [each.id for each in refused(scope, settings) if each in dimensions]
    if kept_together and scope.kind is Kind.SUMS:
        raise QuestionError(
            f"You see sums, not people: no number is split or filtered by {kept_together[0]}. "
            "Split it by team."
        )
    if kept_together:
        raise QuestionError(
            f"No number is split or filtered by {kept_together[0]}: this organisation shows no "
            "figures of single people (works_council in foresail.toml). Split it by team."
        )
    if scope.kind is Kind.MANAGER:
        return _tree(data, settings, scope.rep, moment, windows, group_size)
    if scope.kind is Kind.REP:
        return _team(data, settings, scope.rep, moment, group_size)
    return Seen(group_size=group_size)


def _own(data: Data, settings: Settings, rep: str) -> Seen:
    people = people_of(data, settings, Scope.of_rep(rep))
    return Seen(Sight.PEOPLE, {PEOPLE_TABLE: people}, "Your own records only.")


def _team(data: Data, settings: Settings, rep: str, moment: Moment, group_size: int) -> Seen:
    """The rep's team of today; the rep alone where there is none."""
    found = data.cursor.execute(
        "select team from fact.role where rep_id = ? and since_on <= ? and until_on > ?",
        [rep, moment.today, moment.today],
    ).fetchone()
    if not found or found[0] is None:
        return _own(data, settings, rep)
    table = pa.table({"scope_team": [found[0]]}, schema=TEAMS)
    return Seen(Sight.TEAM, {TEAM_TABLE: table}, f"You see the team {found[0]}.", group_size)


def _tree(
    data: Data,
    settings: Settings,
    rep: str,
    moment: Moment,
    windows: Sequence[Window],
    group_size: int,
) -> Seen:
    scope = Scope.of_manager(rep)
    people = people_of(data, settings, scope)
    teams = data.once(("teams seen", scope), lambda: _teams(data.session, people))
    alone = [(None, None, team, *each) for team, days in teams.whole.items() for each in days]
    asked = (min(each.start for each in windows), max(each.end for each in windows))
    is_whole = bool(alone) and not any(_overlap(each, asked) for each in teams.parts)
    together = pa.concat_tables([people, _people(settings, alone)])
    return Seen(
        Sight.PEOPLE_AND_TEAMS if is_whole else Sight.PEOPLE,
        {PEOPLE_TABLE: together},
        _named_teams(teams.on(moment.today)),
        group_size,
    )


def people_of(data: Data, settings: Settings, scope: Scope) -> pa.Table:
    """Whose records a manager or rep may open, and on which days they were theirs to see."""

    def found() -> pa.Table:
        rows = _always(data.cursor, scope.rep)
        if scope.kind is Kind.MANAGER:
            rows += _below(data.cursor, scope.rep)
        return _people(settings, rows)

    return data.once(("people seen", scope), found)


def _below(cursor: duckdb.DuckDBPyConnection, manager: str) -> list[tuple[Any, ...]]:
    """Those who stand below a manager."""
    found: dict[tuple[str, str | None], list[Stretch]] = {}
    for rep, over, first, last in cursor.execute(TREE, {"rep": manager}).fetchall():
        found.setdefault((rep, over), []).append((first, last))
    return [(*who, None, *each) for who, days in found.items() for each in _merged(days)]


def _named_teams(teams: Sequence[str]) -> str:
    if not teams:
        return "You see your own people only."
    *others, last = teams
    if not others:
        return f"You see the team {last}, as far as it is yours."
    return f"You see the teams {', '.join(others)} and {last}, as far as they are yours."


def _always(cursor: duckdb.DuckDBPyConnection, rep: str) -> list[tuple[Any, ...]]:
    """The rep, whoever the manager was."""
    rows = cursor.execute("select distinct manager from fact.role where rep_id = ?", [rep])
    managers = {None, *(row[0] for row in rows.fetchall())}
    return [(rep, each, None, FIRST_DAY, LAST_DAY) for each in managers]


def _people(settings: Settings, rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    whole = [(*row, *(_midnight(day, settings) for day in row[3:])) for row in rows]
    return pa.Table.from_pylist(
        [dict(zip(STRETCHES.names, row, strict=True)) for row in whole], STRETCHES
    )


def _midnight(day: dt.date, settings: Settings) -> dt.datetime:
    local = dt.datetime.combine(day, dt.time())
    if day in (FIRST_DAY, LAST_DAY):
        return local
    return local.replace(tzinfo=settings.tzinfo).astimezone(dt.UTC).replace(tzinfo=None)


def _teams(session: Session, people: pa.Table) -> Teams:
    """The teams of those who may be seen."""
    inside: dict[str | None, list[Stretch]] = {}
    outside: dict[str | None, list[Stretch]] = {}
    rows = session.execute(MEMBERS, {PEOPLE_TABLE: people}).fetchall()
    for team, since, until, first, last in rows:
        seen = [(first, last)] if first is not None else []
        inside.setdefault(team, []).extend(seen)
        outside.setdefault(team, []).extend(_without([(since, until)], seen))
    named = {team: days for team, days in inside.items() if team is not None and days}
    whole = {team: _without(_merged(days), outside[team]) for team, days in named.items()}
    parts = [
        piece
        for team, days in inside.items()
        for piece in _without(days, whole.get(team, []) if team is not None else [])
    ]
    return Teams(named, whole, tuple(parts))


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _merged(days: Iterable[Stretch]) -> list[Stretch]:
    """Stretches put together where they meet."""
    found: list[Stretch] = []
    for first, last in sorted(days):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _without(days: Iterable[Stretch], taken: Iterable[Stretch]) -> list[Stretch]:
    """What is left of stretches when others are taken away."""
    left = list(days)
    for away in taken:
        left = [piece for each in left for piece in _apart(each, away)]
    return left


def _apart(days: Stretch, away: Stretch) -> Iterator[Stretch]:
    for first, last in (
        (days[0], min(days[1], away[0])),
        (max(days[0], away[1]), days[1]),
    ):
        if first < last:
            yield first, last
