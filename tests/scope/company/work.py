"""What belongs to one rep of the company."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.scope.company.marks import named, of_team, record, rep_id, text
from tests.scope.company.people import AMOUNTS, BEFORE, TEAM_OF, TEAMS

Row = tuple[str, dict[str, Any]]
LAST_DAY = {"gus": "2026-03-20"}
COMMON = ("second", "third")
"""Deals of the same worth as everybody's: so no median tells what one rep's own deal was worth."""


def work_of(rep: str, number: int, place: dict[str, Any], pipeline: str) -> Iterator[Row]:
    """The rep, and what the rep did; the numbers differ from rep to rep."""
    hired = {"hired_on": f"2025-{number % 12 + 1:02}-01", "email": f"{rep}@mark_{rep}_.example"}
    left = {"left_on": LAST_DAY[rep], "leave_kind": "voluntary"} if rep in LAST_DAY else {}
    yield "rep", {"rep_id": rep_id(rep), "name": named(rep), **hired, **left, **place}
    yield from _before(rep, number, place)
    quota = {"owner_kind": "rep", "owner_id": rep_id(rep), "kpi": "", "starts_on": "2026-02-01"}
    yield "quota", {**quota, "ends_on": "2026-12-31", "amount": 10_000 + 100 * number}
    yield from _customer(rep, number)
    yield from _leads(rep, number)
    yield from _deals(rep, number, pipeline)
    yield from _activities(rep, number)


def _before(rep: str, number: int, place: dict[str, Any]) -> Iterator[Row]:
    """January, where the rep stood elsewhere then."""
    if rep not in BEFORE:
        return
    code, team, manager = BEFORE[rep]
    then = {**place, "team": of_team(team), "territory": of_team(team, "land")}
    span = {"rep_id": rep_id(rep), "valid_from": "2025-01-01", "valid_to": "2026-01-31"}
    yield "rep_assignment", {**span, **then, "manager_id": rep_id(manager)}
    yield "rep_assignment", {"rep_id": rep_id(rep), "valid_from": "2026-02-01", **place}
    for day in range(5, 9):
        yield "activity", _activity(rep, f"early {day}", f"2026-01-{day:02}", number, code)


def _team(rep: str, words: str) -> str:
    """Something that only the rep's team deals with, or those who are in none."""
    return of_team(TEAM_OF[rep] or "non", words)


def _customer(rep: str, number: int) -> Iterator[Row]:
    firm, buyer = {"account_id": record(rep, "firm")}, {"contact_id": record(rep, "buyer")}
    sort = {"industry": _team(rep, "steel"), "segment": "smb", "country": _team(rep, "Inland")}
    size = {"employees": 20 + number, "created_at": "2026-02-02T09:00:00Z"}
    yield "account", {**firm, "name": text(rep, "Firm"), "owner_id": rep_id(rep), **sort, **size}
    post = {"title": text(rep, "Head"), "title_level": "director", "is_decision_maker": True}
    yield "contact", {**buyer, **firm, "name": text(rep, "Buyer"), **post}
    plan: dict[str, Any] = {**firm, "product": _team(rep, "plan")}
    first = {"subscription_id": record(rep, "s1"), "started_on": "2026-02-10", "mrr": 100 + number}
    ended = {"ended_on": "2026-03-09", "end_reason": _team(rep, "ran out")}
    yield "subscription", {**plan, **first, **ended}
    later = {"subscription_id": record(rep, "s2"), "started_on": "2026-03-10", "mrr": 140 + number}
    yield "subscription", {**plan, **later}
    booked = {"revenue_id": record(rep, "r"), "opportunity_id": record(rep, "won"), **firm}
    yield "revenue", {**booked, "day": "2026-03-10", "amount": 1000 + number, "cost": 300 + number}
    sent = {"sent_at": "2026-03-15T09:00:00Z", "answered_at": "2026-03-16T09:00:00Z"}
    asked: dict[str, Any] = {"survey_id": record(rep, "q"), **firm, **buyer, "rep_id": rep_id(rep)}
    yield "survey_response", {**asked, **sent, "score": number % 11, "comment": text(rep, "Said")}
    use = {"usage_id": record(rep, "u"), **firm, "day": "2026-03-11", "event": text(rep, "log-in")}
    yield "usage", {**use, "amount": 3 + number}


def _leads(rep: str, number: int) -> Iterator[Row]:
    at = "2026-03-02T09:05:00Z"
    for which, channel in (("in", "inbound"), ("out", "outbound")):
        lead: dict[str, Any] = {"lead_id": record(rep, which), "channel": channel}
        lead |= {"source": _team(rep, "fair"), "campaign_id": _team(rep, "spring")}
        lead |= {"owner_id": rep_id(rep), "territory": _team(rep, "land"), "segment": "smb"}
        lead |= {"account_id": record(rep, "firm"), "contact_id": record(rep, "buyer")}
        lead |= {"created_at": "2026-03-02T09:00:00Z", "assigned_at": at}
        lead |= {"company_size": 20 + number, "title_level": "director", "is_organic": False}
        yield "lead", lead
        given = {"lead_id": lead["lead_id"], "rep_id": rep_id(rep)}
        yield "lead_assignment", {**given, "assigned_at": at}
        stages = ["mql", "sql", "passed", "accepted"] if which == "in" else ["mql", "disqualified"]
        for day, stage in enumerate(stages, 3):
            reached = {"stage": stage, "reached_at": f"2026-03-{day:02}T12:00:00Z"}
            yield "lead_stage", {**given, **reached, "reason": text(rep, "Because")}
    waiting = {"lead_id": record(rep, "new"), "owner_id": rep_id(rep), "channel": "inbound"}
    yield "lead", {**waiting, "created_at": "2026-03-31T07:00:00Z", "source": _team(rep, "fair")}


def _deals(rep: str, number: int, pipeline: str) -> Iterator[Row]:
    closed = f"2026-03-{11 + list(TEAMS).index(TEAM_OF[rep]):02}T09:00:00Z"
    for name in ("won", "lost", "open", "slow", *COMMON):
        outcome = "won" if name in COMMON else name if name in ("won", "lost") else ""
        deal: dict[str, Any] = {"opportunity_id": record(rep, name), "name": text(rep, "Deal")}
        deal |= {"account_id": record(rep, "firm"), "contact_id": record(rep, "buyer")}
        deal |= {"lead_id": record(rep, "in"), "owner_id": rep_id(rep), "pipeline": pipeline}
        deal |= {"sourced_by_id": rep_id(rep), "deal_type": "new", "product": _team(rep, "plan")}
        deal |= {"amount": _amount(rep, name, number), "cost": 100 + number}
        deal |= {"created_at": "2026-03-03T09:00:00Z", "expected_close_on": "2026-03-20"}
        deal |= {"outcome": outcome, "stage": outcome or "=offer"}
        if outcome:
            deal["closed_at"] = closed
        if outcome == "lost":
            deal["lost_reason"] = _team(rep, "Price")
        yield "opportunity", {**deal, "forecast_category": _team(rep, "commit")}
        key = {"opportunity_id": deal["opportunity_id"]}
        for stage, at in (("meet", "03"), ("=offer", "07"), (outcome, closed)):
            entered = at if at == closed else f"2026-03-{at}T09:00:00Z"
            if stage:
                yield (
                    "opportunity_stage",
                    {**key, "stage": stage, "entered_at": entered, "rep_id": rep_id(rep)},
                )
        for field, old, new in (
            ("amount", "900", str(deal["amount"])),
            ("expected_close_on", "2026-03-10", "2026-03-20"),
        ):
            change = {"field": field, "old_value": old, "new_value": new}
            yield "opportunity_change", {**key, **change, "changed_at": "2026-03-08T09:00:00Z"}
    split = {"opportunity_id": record(rep, "won"), "rep_id": rep_id(rep)}
    yield "opportunity_split", {**split, "share": 1, "kind": "revenue"}


def _amount(rep: str, name: str, number: int) -> int:
    if name == "won":
        return int(AMOUNTS[rep])
    return 1000 if name in COMMON else 1000 + 10 * number


def _activity(rep: str, name: str, day: str, number: int, code: str, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"activity_id": record(code, name), "rep_id": rep_id(rep)}
    row |= {"kind": "call", "direction": "outbound", "outcome": "connected", "is_completed": True}
    row |= {"occurred_at": f"{day}T{9 + number % 8:02}:00:00Z", "is_conversation": True}
    row |= {"duration_seconds": 120 + number, "subject": text(code, "About")}
    row |= {"note": text(code, "Noted"), "dialled_number": text(code, "tel")}
    return row | {"recording_url": f"https://calls.example/mark_{code}_"} | more


def _activities(rep: str, number: int) -> Iterator[Row]:
    about: dict[str, Any] = {"lead_id": record(rep, "in"), "contact_id": record(rep, "buyer")}
    about |= {"account_id": record(rep, "firm")}
    deal: dict[str, Any] = {**about, "opportunity_id": record(rep, "open")}
    no_talk = {"is_conversation": False}

    def done(name: str, day: int, **more: Any) -> Row:
        return "activity", _activity(rep, name, f"2026-03-{day:02}", number, rep, **more)

    yield done("first", 4, **about)
    yield done("second", 5, **about, outcome="no_answer", **no_talk)
    yield done("inbound", 6, **about, direction="inbound")
    yield done("third", 9, lead_id=record(rep, "out"), outcome="voicemail", **no_talk)
    yield done("mail", 6, **about, kind="email", outcome="replied", **no_talk)
    mail = {"activity_id": record(rep, "mail"), "content_id": "guide"}
    yield "content_share", mail
    for kind in ("click", "view", "callback"):
        row = {"event_id": record(rep, kind), "kind": kind, "lead_id": record(rep, "in")}
        yield "content_event", {**mail, **row, "occurred_at": "2026-03-07T09:00:00Z"}
    meeting = {"kind": "meeting", "booked_at": "2026-03-05T09:00:00Z"}
    yield done("held", 10, **deal, **meeting, outcome="held")
    missed = {**meeting, "is_completed": False}
    yield done("missed", 11, **deal, **missed, outcome="no_show")
    yield done("put off", 12, **deal, **missed, outcome="moved", moved_by="prospect")
    moved = {"moved_from_id": record(rep, "put off")}
    yield done("later", 17, **deal, **meeting, outcome="held", **moved)
    yield done("letter", 13, **about, kind="letter", outcome="delivered")
    yield done("social", 13, **about, kind="social", network=_team(rep, "net"))
    yield done("planned", 31, **deal, is_completed=False, outcome="")
    # set aside: a day that there is not
    yield "activity", _activity(rep, "broken", "2026-13-45", number, rep)
