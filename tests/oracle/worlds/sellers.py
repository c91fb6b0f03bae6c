"""Who sells in a random world."""

from __future__ import annotations

import datetime as dt

from tests.oracle.worlds.making import DAYS, REPS, Making, Row

TEAMS = ("north", "south")
WON_ON = ("2025-10-31", "2025-11-29", "2025-11-30", "2026-01-01", "2026-02-28", "2026-03-31")
LONG_AGO = (dt.date(2024, 2, 29), dt.date(2025, 3, 31))


def reps(make: Making) -> None:
    """The reps, some with a history of places, some with a leave."""
    flagged = make.chance()
    for rep in REPS[: make.one((2, 3, 4))]:
        hired = make.maybe((*DAYS[:8], *LONG_AGO), 2)
        left = make.day(dt.date(2026, 2, 16)) if make.chance(4) else None
        flag = make.one((True, False)) if flagged else None
        make.add(
            "rep",
            rep_id=rep,
            name=rep.title(),
            hired_on=hired and hired.isoformat(),
            left_on=left and left.isoformat(),
            leave_kind=make.maybe(("voluntary", "involuntary")) if left else None,
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


def newcomers(make: Making) -> None:
    """Somebody new beside somebody who has been there for years, and what both won."""
    if not make.chance(3):
        return
    began = make.one(("2025-08-31", "2025-10-01", "2025-11-30"))
    left = make.maybe(("2026-02-28", "2026-03-31"), 2)
    role = {"role": make.maybe(("ae",))}
    make.add("rep", rep_id="fay", hired_on=began, left_on=left, **role)
    make.add("rep", rep_id="gus", hired_on=make.maybe(("2024-02-29", "2025-03-01"), 3), **role)
    for number in range(make.one((2, 4, 6))):
        make.add(
            "opportunity",
            opportunity_id=f"won{number}",
            owner_id=make.one(("fay", "gus")),
            amount=make.maybe((100, 250, 0), 8),
            outcome="won",
            closed_at=make.one(WON_ON) if make.chance() else make.at(make.day()),
        )


def positions(make: Making) -> None:
    """Vacancies, some of which were filled; one before it was opened."""
    for number in range(make.one((0, 1, 3))):
        opened = make.maybe(DAYS, 8)
        filled = make.maybe([day for day in DAYS if not opened or day >= opened], 2)
        if filled and make.chance(10):
            filled = DAYS[0]
        make.add(
            "position",
            position_id=f"seat{number}",
            team=make.maybe(TEAMS, 6),
            role=make.maybe(("ae", "sdr")),
            opened_on=str(opened) if opened else None,
            filled_on=str(filled) if filled else None,
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
