"""Who sells in a random world."""

from __future__ import annotations

import datetime as dt

from tests.oracle.worlds.making import DAYS, REPS, Making, Row

TEAMS = ("north", "south")


def reps(make: Making) -> None:
    """The reps, some with a history of places, some with a leave."""
    flagged = make.chance()
    for rep in REPS[: make.one((2, 3, 4))]:
        hired = make.maybe(DAYS[:8], 2)
        left = make.day(dt.date(2026, 2, 16)) if make.chance(4) else None
        flag = make.one((True, False)) if flagged else None
        make.add(
            "rep",
            rep_id=rep,
            name=rep.title(),
            hired_on=hired and hired.isoformat(),
            left_on=left and left.isoformat(),
            is_quota_carrying=flag,
            **_place(make),
        )
        if make.chance(3):
            _history(make, rep, flagged)
        if make.chance(3):
            starts = make.day()
            ends = make.maybe([day for day in DAYS if day >= starts], 2)
            make.add(
                "absence", rep_id=rep, starts_on=str(starts), ends_on=str(ends) if ends else None
            )


def _place(make: Making) -> Row:
    return {
        "team": make.maybe(TEAMS, 6),
        "manager_id": make.maybe(("dan",)),
        "role": make.maybe(("ae", "sdr")),
        "seniority": make.maybe(("junior", "senior")),
        "territory": make.maybe(("east", "west")),
    }


def _history(make: Making, rep: str, flagged: bool) -> None:
    starts = dt.date(2025, 1, 1)
    for following in (make.day(dt.date(2026, 2, 1)), None):
        ends = (
            make.maybe((following,), 2) if following else make.maybe((dt.date(2026, 5, 1), None), 2)
        )
        make.add(
            "rep_assignment",
            rep_id=rep,
            valid_from=str(starts),
            valid_to=str(ends - dt.timedelta(days=1)) if ends else None,
            is_quota_carrying=make.one((True, False)) if flagged else None,
            **_place(make),
        )
        starts = following or starts
