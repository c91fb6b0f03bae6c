"""Whom a random world sells to."""

from __future__ import annotations

from tests.oracle.worlds.making import REPS, Making, Row

PATH = ("mql", "sql", "passed", "accepted", "opportunity", "customer")
A_DAY = 86_400


def companies(make: Making) -> None:
    """Accounts, and people who work there."""
    for number in range(make.one((2, 3))):
        make.add(
            "account",
            account_id=f"acc{number}",
            industry=make.maybe(("steel", "food")),
            segment=make.maybe(("small", "large")),
            employees=make.maybe((12, 5000), 2),
            country=make.maybe(("DE", "NZ")),
            owner_id=make.maybe(REPS),
            merged_into_id="acc0" if number and make.chance(5) else None,
        )
    for number in range(make.one((2, 3))):
        make.add(
            "contact",
            contact_id=f"con{number}",
            account_id=make.maybe(make.ids("account")),
            title_level=make.maybe(("vp", "staff")),
            is_decision_maker=make.maybe((True, False), 2),
            merged_into_id="con0" if number and make.chance(5) else None,
        )


def lead(make: Making, number: int) -> None:
    """A lead, perhaps of somebody who asked a moment ago, and how far it got."""
    contact = make.parent("contact") or {}
    again = make.parent("lead") or {}
    created = make.maybe((make.day(),), 8)
    made = make.at(created, 4) if created else None
    if "created_at" in again and "contact_id" in again:
        contact = again
        made = make.after(again["created_at"], make.one((300, 3599, 3600, 3601)))
    row = make.add(
        "lead",
        lead_id=f"lead{number}",
        created_at=made,
        channel=make.maybe(("inbound", "inbound", "outbound")),
        source=make.maybe(("web", "fair")),
        is_organic=make.maybe((True, False)),
        campaign_id=make.maybe(("spring",)),
        owner_id=make.maybe(REPS),
        assigned_at=_assigned(make, made) if made and make.chance(3) else None,
        account_id=contact.get("account_id") if contact else make.maybe(make.ids("account")),
        contact_id=contact.get("contact_id"),
        company_size=make.maybe((10, 250), 2),
        title_level=make.maybe(("c_level", "manager")),
        territory=make.maybe(("uk", "dach")),
        segment=make.maybe(("small", "tiny")),
        merged_into_id="lead0" if number and make.chance(6) else None,
        deleted_at=make.deleted(),
    )
    if "merged_into_id" in row:
        return
    if make.chance(4):
        for rep in (make.maybe(REPS), make.maybe(REPS)):
            at = _assigned(make, made) if made else make.at(make.day())
            make.add("lead_assignment", lead_id=row["lead_id"], assigned_at=at, rep_id=rep)
    if make.chance():
        _stages(make, row)


def _assigned(make: Making, made: str) -> str:
    """Before the request, soon after it, or any day."""
    if make.chance():
        return make.at(make.day(), 6)
    return make.after(made, make.one((600, -600, 5400, A_DAY)))


def _stages(make: Making, row: Row) -> None:
    """A way through the stages of qualification, some of them skipped, some without time."""
    names = [name for name in PATH[: make.one((4, 6))] if not make.chance(3)]
    if make.chance(3):
        names.insert(make.one((0, len(names))), "disqualified")
    if make.chance(3):
        names.append("recycled")
    if make.chance(4):
        names.append(make.one(("disqualified", "mql", "sql")))
    at = row.get("created_at") or make.at(make.day())
    for name in names:
        at = make.after(at, make.one((900, A_DAY, 6 * A_DAY, 10 * A_DAY, 20 * A_DAY, -A_DAY)))
        # The day alone is noted of a stage that is reached once, for it is a part of the key.
        is_dated = names.count(name) == 1 and make.chance(6)
        reached = at[:10] if is_dated else at
        make.add("lead_stage", lead_id=row["lead_id"], stage=name, reached_at=reached)
