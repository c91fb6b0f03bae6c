"""A sales organisation of three levels, in which people move.

Zoe heads all. Below her Mia leads the north and Max the south; Ann and Bob sell in the north, Cid
in the south. Eve sells for Mia until 14 February, for Max from the 15th on. Fay, who led the west,
left on 10 February: her people are Mia's from 21 February on, and Zoe's all along.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from foresail.core.scope import Scope
from foresail.project import Project
from tests.catalogue import drawn
from tests.world import world

REP = drawn("""
    rep_id | name | team  | manager_id | role    | hired_on   | left_on
    zoe    | Zoe  | heads |            | manager | 2020-01-01 |
    mia    | Mia  | north | zoe        | manager | 2020-01-01 |
    max    | Max  | south | zoe        | manager | 2020-01-01 |
    fay    | Fay  | west  | zoe        | manager | 2020-01-01 | 2026-02-10
    ann    | Ann  | north | mia        | ae      | 2020-01-01 |
    bob    | Bob  | north | mia        | ae      | 2020-01-01 |
    cid    | Cid  | south | max        | ae      | 2020-01-01 |
    eve    | Eve  |       |            | ae      | 2020-01-01 |
    wim    | Wim  |       |            | ae      | 2020-01-01 |
""")
REP_ASSIGNMENT = drawn("""
    rep_id | valid_from | valid_to   | team  | manager_id
    eve    | 2020-01-01 | 2026-02-14 | north | mia
    eve    | 2026-02-15 |            | south | max
    fay    | 2020-01-01 | 2026-02-10 | west  | zoe
    wim    | 2020-01-01 | 2026-02-20 | west  | fay
    wim    | 2026-02-21 |            | north | mia
""")
MOVED = drawn("""
    rep_id | name | team  | manager_id
    zoe    | Zoe  | heads |
    ben    | Ben  | heads |
    mia    | Mia  | north | ben
    ann    | Ann  | north | mia
""")
ZOE, BEN, MIA, MAX, FAY = (Scope.of_manager(name) for name in ("zoe", "ben", "mia", "max", "fay"))
ANN, BOB, EVE = (Scope.of_rep(name) for name in ("ann", "bob", "eve"))


def calls(*days: tuple[str, str]) -> list[dict[str, Any]]:
    """One outbound call per rep and day."""
    return [
        {
            "activity_id": f"{rep} {day} {number}",
            "kind": "call",
            "direction": "outbound",
            "outcome": "connected",
            "occurred_at": f"{day}T10:00:00Z",
            "rep_id": rep,
        }
        for number, (rep, day) in enumerate(days)
    ]


def organisation_that_changed(directory: Path, **tables: Any) -> Project:
    """A project in which Mia, above Ann, is Zoe's until 31 January and Ben's from the day after."""
    stood = {"rep_id": "mia", "team": "north"}
    assignments = [
        {**stood, "manager_id": "zoe", "valid_from": "2025-01-01", "valid_to": "2026-01-31"},
        {**stood, "manager_id": "ben", "valid_from": "2026-02-01"},
    ]
    return world(directory, rep=MOVED, rep_assignment=assignments, **tables)


def organisation(directory: Path, **tables: Any) -> Project:
    """A project with the cast and some rows."""
    return world(directory, **{"rep": REP, "rep_assignment": REP_ASSIGNMENT, **tables})
