"""What is at stake in a random world."""

from __future__ import annotations

import datetime as dt

from tests.oracle.worlds.making import DAYS, REPS, Making, Row


def stages(make: Making) -> None:
    """The stages of the pipeline, of which not all may have a place."""
    if make.chance(4):
        return
    kinds = (
        ("meet", "open", 0.1),
        ("demo", "open", 0.3),
        ("offer", "open", 0.5),
        ("won", "won", 1.0),
        ("lost", "lost", 0.0),
    )
    is_forecast = make.one(("offer", "demo"))
    for position, (stage, kind, chance) in enumerate(kinds):
        make.add(
            "stage",
            stage=stage,
            position=make.maybe((position,), 8),
            kind=kind,
            probability=make.maybe((chance,), 5),
            is_accepted=stage == "offer",
            is_forecast=stage == is_forecast,
        )


def deal(make: Making, number: int) -> None:
    """A deal of a lead, a contact or an account, perhaps with what became of it on the way."""
    key, lead, contact = f"deal{number}", make.parent("lead", 2) or {}, make.parent("contact") or {}
    contact = {} if lead else contact
    account = (lead or contact).get("account_id")
    created = make.maybe((make.day(),), 8)
    outcome = make.maybe(("won", "won", "lost"), 3)
    closed = make.maybe((make.day(created or DAYS[0]),), 8) if outcome else None
    if closed and make.chance(12):
        closed = make.day()
    row = make.add(
        "opportunity",
        opportunity_id=key,
        account_id=account if lead or contact else make.maybe(make.ids("account")),
        contact_id=contact.get("contact_id"),
        lead_id=lead.get("lead_id"),
        owner_id=make.maybe(REPS, 6),
        sourced_by_id=make.maybe(REPS, 2),
        deal_type=make.maybe(("new", "renewal")),
        product=make.maybe(("oak", "elm")),
        amount=make.maybe((1000, 250.4, 40, 0, -30), 6),
        currency=make.maybe(("EUR", "USD", "CHF"), 2),
        probability=make.maybe((0.2, 0.75), 2),
        created_at=make.at(created, 4) if created else None,
        expected_close_on=str(make.day()) if make.chance() else None,
        closed_at=make.at(closed, 4) if closed else None,
        outcome=outcome,
        lost_reason=make.maybe(("price", "duplicate", "test")) if outcome == "lost" else None,
        stage=outcome or make.maybe(("meet", "demo", "offer")),
        merged_into_id="deal0" if number and make.chance(8) else None,
        deleted_at=make.deleted(),
    )
    if "merged_into_id" in row:
        return
    if created and "stage" in make.rows and "stage" in row and make.chance():
        _stage_history(make, row, created)
    _changes(make, row)
    if make.chance(4):
        for rep, share in zip(REPS, make.one(((0.5, 0.5), (0.25, 0.75), (1.0,))), strict=False):
            make.add(
                "opportunity_split", opportunity_id=key, rep_id=rep, share=share, kind="revenue"
            )
        make.add("opportunity_split", opportunity_id=key, rep_id="ann", share=0.5, kind="overlay")


def wins_of_leads(make: Making) -> None:
    """Deals of leads that were won some time after the request."""
    requests = [row for row in make.rows.get("lead", []) if "created_at" in row]
    for number in range(make.one((0, 1, 2)) if requests else 0):
        lead = make.one(requests)
        days = make.one((10, 1, 30, 90, 60, -1))
        make.add(
            "opportunity",
            opportunity_id=f"quick{number}",
            lead_id=lead["lead_id"],
            account_id=lead.get("account_id"),
            owner_id=make.maybe(REPS, 6),
            amount=make.maybe((1000, 40), 8),
            currency=make.maybe(("EUR", "USD"), 2),
            created_at=lead["created_at"],
            outcome="won",
            closed_at=make.after(lead["created_at"], days * 86_400 + make.one((0, 1, -1))),
        )


def _stage_history(make: Making, deal: Row, created: dt.date) -> None:
    """Visits that end in the deal's stage; a close is the last visit's start."""
    made = deal["created_at"]
    instants = sorted(make.at(make.day(created)) for _ in range(make.one((1, 2, 3, 4))))
    instants = [at for at in instants if len(made) == 10 or at > made]
    if not instants:
        return
    kept = ""
    for at in instants[:-1]:
        kept = make.one([each for each in ("meet", "demo", "offer", "won", "lost") if each != kept])
        make.add(
            "opportunity_stage", opportunity_id=deal["opportunity_id"], stage=kept, entered_at=at
        )
    last = deal["stage"]
    make.add(
        "opportunity_stage",
        opportunity_id=deal["opportunity_id"],
        stage=last,
        entered_at=instants[-1],
    )
    if "outcome" in deal:
        # Won after won keeps the first date.
        repeated = kept == last
        deal["closed_at"] = instants[-2] if repeated and len(instants) > 1 else instants[-1]
        if repeated:
            make.rows["opportunity_stage"].pop()


def _changes(make: Making, deal: Row) -> None:
    for name, values in (
        ("amount", ("100", "2000.4", None)),
        ("owner_id", REPS),
        ("expected_close_on", tuple(str(day) for day in DAYS[10:])),
    ):
        if not make.chance(4):
            continue
        instants = sorted(make.at(make.day()) for _ in range(make.one((1, 2))))
        old = make.maybe(values)
        for number, at in enumerate(instants):
            last = number == len(instants) - 1
            new = (
                str(deal[name]) if last and name in deal else (None if last else make.maybe(values))
            )
            make.add(
                "opportunity_change",
                opportunity_id=deal["opportunity_id"],
                field=name,
                old_value=old,
                new_value=new,
                changed_at=at,
            )
            old = new


OUTCOMES = {
    "call": ("connected", "connected", "no_answer", "voicemail", "abandoned"),
    "meeting": ("held", "no_show", "cancelled", "moved"),
    "email": ("delivered", "bounced", "replied"),
}
