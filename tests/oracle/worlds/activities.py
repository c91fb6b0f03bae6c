"""What reps and prospects do in a random world."""

from __future__ import annotations

from typing import Any

from tests.oracle.worlds.making import DAYS, REPS, Making, Row

OUTCOMES = {
    "call": ("connected", "connected", "no_answer", "voicemail", "abandoned"),
    "meeting": ("held", "no_show", "cancelled", "moved"),
    "email": ("delivered", "bounced", "replied"),
}
KINDS = ("call", "call", "meeting", "email", "social", "letter", "other")
# Within and without half an hour, an hour, a day and four weeks.
SOON = (300, 1800, 1801, 3600, 3601, 5400, 90_000)
BEFORE = (-1800, -3600, -3601)
LATER = (60, 1800, 1801, 7200, 86_400, 3 * 86_400, 14 * 86_400)


def activity(make: Making, number: int) -> None:
    """An activity of any day, for anybody."""
    kind = make.one(KINDS)
    day = make.maybe((make.day(),), 12)
    aim = make.one(("contact", "lead", "opportunity", "account", ""))
    target = make.parent(aim, 6) if aim else None
    booked = make.one(DAYS) if (kind == "meeting" or make.chance(4)) and make.chance() else None
    add(
        make,
        f"act{number}",
        kind,
        direction=make.one(("outbound", "outbound", "outbound", "inbound", None)),
        occurred_at=make.at(day, 8) if day else None,
        booked_at=make.at(booked, 8) if booked and (day is None or booked < day) else None,
        **({f"{aim}_id": target[f"{aim}_id"]} if target else {}),
    )


def add(make: Making, key: str, kind: str, **values: Any) -> Row:
    """An activity of a kind, and how it went."""
    # Whether what came in took place is told by its outcome.
    taking_place = (None, True) if values.get("direction") == "inbound" else (None, True, False)
    common = {
        "duration_seconds": make.maybe((300, 120, 60, 0)) if kind in ("call", "meeting") else None,
        "is_completed": make.one((None, *taking_place)),
        "rep_id": make.maybe((*REPS, "zed"), 8),
        "outcome": make.maybe(OUTCOMES[kind]) if kind in OUTCOMES else None,
        "is_automated": make.one((None, None, False, True)),
        "is_conversation": make.one((None, None, None, True, False)),
        "moved_by": make.maybe(("rep", "prospect"), 2) if kind == "meeting" else None,
        "network": "linked" if kind == "social" and make.chance() else None,
        "deleted_at": make.deleted(),
    }
    return make.add("activity", activity_id=key, kind=kind, **{**common, **values})


def aimed_at(make: Making, lead: Row) -> Row:
    """The links of what is done for a lead: to it, to its contact, or to both."""
    both = {name: lead[name] for name in ("lead_id", "contact_id") if name in lead}
    return make.one((both, {"lead_id": lead["lead_id"]}, {"contact_id": lead.get("contact_id")}))  # type: ignore[no-any-return]


def responses(make: Making) -> None:
    """Answers, missed calls and calls taken live, near the request of some leads."""
    requests = [row for row in make.rows.get("lead", []) if "created_at" in row]
    requests = [row for row in requests if row.get("channel") == "inbound"] or requests
    ways = (
        ("call", "outbound", None, SOON),
        ("email", "outbound", None, SOON),
        ("call", "inbound", "connected", BEFORE),
        ("call", "inbound", "no_answer", (*SOON, *BEFORE)),
        ("call", "inbound", "connected", SOON),
        ("email", "inbound", None, (*SOON, *BEFORE)),
    )
    for number in range(make.one((1, 2, 4)) if requests else 0):
        lead = make.one(requests)
        kind, direction, outcome, times = make.one(ways)
        add(
            make,
            f"near{number}",
            kind,
            direction=direction,
            occurred_at=make.after(lead["created_at"], make.one(times)),
            is_automated=make.one((None, None, None, True)),
            **({"outcome": outcome} if outcome else {}),
            **aimed_at(make, lead),
        )


def persistence(make: Making) -> None:
    """Attempts at leads, each some time after the one before, every other call answered; replies,
    and calls still to come.
    """
    leads = make.rows.get("lead", [])
    for row in range(make.one((1, 2, 3)) if leads else 0):
        lead = make.one(leads)
        links = aimed_at(make, lead)
        at = lead.get("created_at") or make.at(make.day())
        rep = make.one(REPS[:2])
        common = {"direction": "outbound", "rep_id": rep, **links}
        for number in range(make.one((1, 1, 2, 4, 7))):
            at = make.after(at, make.one(LATER))
            key, kind = f"row{row}{number}", make.one(("call", "email"))
            when = at[:10] if make.chance(6) else at
            made = {"kind": kind, "occurred_at": when, "deleted_at": make.deleted()}
            if kind == "call" and number % 2:
                made["outcome"] = "connected"
            make.add("activity", activity_id=key, **made, **common)
        if make.chance():
            sign = {"direction": "inbound", "occurred_at": make.at(make.day()), **links}
            make.add("activity", activity_id=f"row{row}sign", kind="email", **sign)
        if make.chance():
            ahead = {"booked_at": make.after(at, 300), "occurred_at": make.at(DAYS[-1])}
            make.add("activity", activity_id=f"row{row}ahead", kind="call", **ahead, **common)
