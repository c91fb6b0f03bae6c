"""The twenty, and what each may meet: said by name, as docs/rights.md says it in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foresail.core.scope import EVERYTHING, SUMS, Scope
from tests.scope.company.marks import amount_of, rep_id

TEAMS = {
    "nor": ("ann", "bob", "ida"),
    "eas": ("cid", "dot", "eli"),
    "sou": ("eve", "fay", "gus"),
    "wes": ("hal", "jon"),
    "": ("ivy",),
}
HEADS = {"mia": "nor", "max": "sou", "zoe": "hea"}
"""The team that each manager is in."""

LED = {"nor": "mia", "eas": "mia", "sou": "max", "wes": "max", "": "max"}
REPS = tuple(rep for team in TEAMS.values() for rep in team)
TEAM_OF = {rep: team for team, members in TEAMS.items() for rep in members}
BEFORE = {
    "eve": ("evn", "nor", "mia"),
    **{each: (f"{each[:2]}o", "eas", "max") for each in TEAMS["eas"]},
}
"""What stands for some people's January, and the team and manager they had then."""

AMOUNTS = {rep: str(amount_of(number)) for number, rep in enumerate(REPS)}
MIAS = "ann bob ida cid dot eli"
MAXES = "eve fay gus hal jon ivy"
ALL = f"{MIAS} {MAXES} evn cio doo elo"


@dataclass(frozen=True)
class Colleague:
    """Somebody of the twenty: the role, and who in the data it is.

    `sees` are those whose records may be opened, `knows` the people whose names may be read,
    `teams` those whose sums may be; `non` stands for those without a team.
    """

    name: str
    role: str
    scope: Scope
    sees: frozenset[str]
    knows: frozenset[str]
    teams: frozenset[str]
    is_active: bool = True

    @property
    def marks(self) -> frozenset[str]:
        """All marks that this person may meet."""
        found = {f"{kind}_{each}_" for kind in ("id", "mark") for each in self.sees}
        found |= {f"{kind}_{each}_" for kind in ("rep", "name") for each in self.knows}
        found |= {AMOUNTS[each] for each in self.sees if each in AMOUNTS}
        return frozenset(found | {f"team_{each}_" for each in self.teams})


def _of(name: str, role: str, scope: Scope, sees: str, knows: str, teams: str) -> Colleague:
    seen, known, led = (frozenset(each.split()) for each in (sees, knows, teams))
    return Colleague(name, role, scope, seen, known, led, is_active=name != "gus")


def _everybody() -> Iterator[Colleague]:
    people, teams = f"{MIAS} {MAXES} mia max zoe", "nor eas sou wes hea non"
    manager = {each: Scope.of_manager(rep_id(each)) for each in HEADS}
    yield _of("ada", "admin", EVERYTHING, ALL, people, teams)
    yield _of("nina", "analyst", EVERYTHING, ALL, people, teams)
    yield _of("vera", "viewer", SUMS, "", "", teams)
    yield _of("lou", "manager", SUMS, "", "", teams)
    yield _of("liz", "rep", SUMS, "", "", teams)
    yield _of("zoe", "manager", manager["zoe"], ALL, people, teams)
    yield _of("mia", "manager", manager["mia"], f"{MIAS} evn", f"{MIAS} mia zoe eve", "nor eas")
    yield _of(
        "max",
        "manager",
        manager["max"],
        f"{MAXES} cio doo elo",
        f"{MAXES} max zoe cid dot eli",
        "sou wes eas non",
    )
    for own in ("ann", "bob", "ida"):
        yield _rep(own, own, f"{own} mia", "nor")
    for own, past in (("cid", "cio"), ("dot", "doo"), ("eli", "elo")):
        yield _rep(own, f"{own} {past}", f"{own} mia max", "eas")
    yield _rep("eve", "eve evn", "eve max mia", "sou nor")
    yield _rep("fay", "fay", "fay max", "sou")
    yield _rep("gus", "", "", "")
    yield _rep("hal", "hal", "hal max", "wes")
    yield _rep("jon", "jon", "jon max", "wes")
    yield _rep("ivy", "ivy", "ivy max", "non")


def _rep(own: str, sees: str, knows: str, teams: str) -> Colleague:
    return _of(own, "rep", Scope.of_rep(rep_id(own)), sees, knows, teams)


PEOPLE = {each.name: each for each in _everybody()}
MARKS = PEOPLE["ada"].marks
