"""Assets of a random world, who is sent them, and what comes of it."""

from __future__ import annotations

from tests.oracle.worlds.activities import add, aimed_at
from tests.oracle.worlds.making import DAYS, REPS, Making, Row

NUMBERS = ("+49 30 1", "(0)49-30-1", "+49 30 2", "none")
A_DAY = 86_400
FORTNIGHT = 14 * A_DAY
SOON = (1, 5, 6, 90, A_DAY, -60, FORTNIGHT, FORTNIGHT + 1)


def assets(make: Making) -> None:
    """Two or three assets, of which some may have a number of their own."""
    for number in range(make.one((2, 3))):
        published = make.maybe(DAYS, 2)
        retired = make.maybe([day for day in DAYS if not published or day >= published], 3)
        make.add(
            "content",
            content_id=f"asset{number}",
            name=f"Asset {number}",
            published_on=str(published) if published else None,
            retired_on=str(retired) if retired and make.chance() else None,
            segment=make.maybe(("small", "large", "tiny"), 2),
            stage=make.maybe(("mql", "sql", "meet", "offer"), 2),
            tracking_number=make.maybe(NUMBERS),
        )


def shares(make: Making) -> None:
    """Assets that were shared in what reps did, one of which may not be described."""
    for row in list(make.rows.get("activity", [])):
        if row["kind"] in ("email", "meeting", "call", "social") and make.chance(3):
            shared = {make.one((*make.ids("content"), "lost"))}
            if make.chance(5):
                shared.add(make.one(make.ids("content")))
            for each in sorted(shared):
                make.add("content_share", activity_id=row["activity_id"], content_id=each)


def sent(make: Making) -> None:
    """Mails with an asset to some leads, and what came back."""
    leads = make.rows.get("lead", [])
    for number in range(make.one((1, 2, 3)) if leads else 0):
        lead, asset = make.one(leads), make.one(make.rows["content"])
        at = make.at(make.day(), 8)
        key = f"sent{number}"
        rep = make.one(REPS[:2])
        common = {"direction": "outbound", "rep_id": rep, **aimed_at(make, lead)}
        add(make, key, "email", occurred_at=at, **{"is_automated": None, **common})
        make.add("content_share", activity_id=key, content_id=asset["content_id"])
        for place in range(make.one((0, 1, 1, 2))):
            _came_back(make, f"{key}{place}", make.after(at, make.one(SOON)), key, lead, asset)


def _came_back(make: Making, key: str, at: str, mail: str, lead: Row, asset: Row) -> None:
    if make.chance(3):
        number = make.maybe((asset.get("tracking_number"),), 4) or make.one(NUMBERS)
        incoming = {"direction": "inbound", "dialled_number": number, **aimed_at(make, lead)}
        add(make, f"{key}call", "call", occurred_at=at, **incoming)
        return
    make.add(
        "content_event",
        event_id=key,
        kind=make.one(("click", "click", "callback", "view")),
        content_id=make.maybe((asset["content_id"],), 8),
        activity_id=make.maybe((mail,), 2),
        lead_id=make.maybe((lead["lead_id"],), 5),
        occurred_at=make.maybe((at, at, at, at[:10]), 10),
        is_bot=make.one((None, None, False, True)),
    )
