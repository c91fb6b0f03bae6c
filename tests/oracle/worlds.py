"""Small random worlds, full of edge cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.oracle.records import Settings

Row = dict[str, Any]
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland")
# Ends of months, quarters and years, the changes of the clock, holidays, and days between them.
DAYS_OF_MONTH = {
    (2025, 12): (31,),
    (2026, 1): (
        1,
        30,
        31,
    ),
    (2026, 2): (
        1,
        6,
        16,
        28,
    ),
    (2026, 3): (
        1,
        7,
        8,
        9,
        12,
        16,
        18,
        20,
        28,
        29,
        30,
        31,
    ),
    (2026, 4): (
        1,
        3,
        4,
        5,
        6,
        14,
        30,
    ),
    (2026, 5): (1,),
}
DAYS = tuple(dt.date(*month, day) for month, days in DAYS_OF_MONTH.items() for day in days)
TIMES = ("00:00:00", "00:00:01", "02:30:00", "09:00:00", "12:00:00", "17:30:00", "23:59:59")
REPS = ("ann", "bob", "cid", "eve")
TEAMS = ("north", "south")


@dataclass
class Making:
    """The rows made so far, and how to make more."""

    draw: Callable[..., Any]
    zone: ZoneInfo
    rows: dict[str, list[Row]] = field(default_factory=dict)
    count: int = 0

    def one(self, values: Sequence[Any]) -> Any:
        """One of some values; the first is the simplest."""
        return self.draw(st.sampled_from(values))

    def chance(self, one_in: int = 2) -> bool:
        """True once in so many times."""
        return bool(self.draw(st.integers(0, one_in - 1)) == one_in - 1)

    def maybe(self, values: Sequence[Any], one_in: int = 4) -> Any:
        """One of some values, or nothing once in so many times."""
        return None if self.chance(one_in) else self.one(values)

    def day(self, first: dt.date = DAYS[0]) -> dt.date:
        """A day of the pool, not before another."""
        return dt.date.fromisoformat(
            str(self.one([day for day in DAYS if day >= first] or [first]))
        )

    def at(self, day: dt.date, dated: int = 0) -> str:
        """An instant of a day; a date without time once in `dated`. No two are equal."""
        if dated and self.chance(dated):
            return day.isoformat()
        self.count += 1
        local = dt.datetime.combine(day, dt.time.fromisoformat(self.one(TIMES)), self.zone)
        instant = local.astimezone(dt.UTC) + dt.timedelta(milliseconds=self.count)
        return instant.isoformat().replace("+00:00", "Z")

    def add(self, table: str, **values: Any) -> Row:
        """One more row; what is empty is left out."""
        row = {name: value for name, value in values.items() if value is not None}
        self.rows.setdefault(table, []).append(row)
        return row

    def ids(self, table: str) -> list[str]:
        """The ids of a table's rows so far."""
        return [row[f"{table}_id"] for row in self.rows.get(table, [])]

    def parent(self, table: str, one_in: int = 3) -> Any:
        """A row of a table, or nothing."""
        rows = self.rows.get(table)
        return self.maybe(rows, one_in) if rows else None


@st.composite
def settings_of_worlds(draw: Callable[..., Any]) -> Settings:
    """What organisations decide differently."""

    def one(*values: Any) -> Any:
        return draw(st.sampled_from(values))

    return Settings(
        zone=one(*ZONES),
        country=one("", "DE", "US", "NZ"),
        week_start=one("monday", "sunday", "saturday"),
        fiscal_year_start=one(1, 4, 2, 12),
        conversation_seconds=one(120, 0, 60),
        not_a_loss=one(("duplicate", "test"), (), ("price",)),
        decided_from_accepted_stage=one(False, False, True),
        decided_without_renewals=one(False, False, True),
        cycle_without_same_day=one(False, False, True),
    )


@st.composite
def worlds(draw: Callable[..., Any]) -> tuple[Settings, dict[str, list[Row]]]:
    """An organisation of a few reps with the records of four months."""
    settings = draw(settings_of_worlds())
    make = Making(draw, settings.tz)
    _reps(make)
    _companies(make)
    _stages(make)
    for number in range(make.one((3, 5, 0))):
        _lead(make, number)
    for number in range(make.one((4, 7, 0))):
        _deal(make, number)
    for number in range(make.one((6, 12, 0))):
        _activity(make, number)
    _money(make)
    return settings, make.rows


def _place(make: Making) -> Row:
    return {
        "team": make.maybe(TEAMS, 6),
        "manager_id": make.maybe(("dan",)),
        "role": make.maybe(("ae", "sdr")),
        "seniority": make.maybe(("junior", "senior")),
        "territory": make.maybe(("east", "west")),
    }


def _reps(make: Making) -> None:
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


def _companies(make: Making) -> None:
    for number in range(make.one((2, 3))):
        make.add(
            "account",
            account_id=f"acc{number}",
            industry=make.maybe(("steel", "food")),
            segment=make.maybe(("small", "large")),
            country=make.maybe(("DE", "NZ")),
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


def _stages(make: Making) -> None:
    if make.chance(4):
        return
    kinds = (("meet", "open", "0.1"), ("offer", "open", "0.5"), ("won", "won", "1"))
    for position, (stage, kind, chance) in enumerate((*kinds, ("lost", "lost", "0"))):
        make.add(
            "stage",
            stage=stage,
            position=position,
            kind=kind,
            probability=make.maybe((float(chance),), 5),
            is_accepted=stage == "offer",
        )


def _deleted(make: Making) -> str | None:
    return make.at(make.day()) if make.chance(10) else None


def _lead(make: Making, number: int) -> None:
    contact = make.parent("contact") or {}
    created = make.maybe((make.day(),), 8)
    lead = make.add(
        "lead",
        lead_id=f"lead{number}",
        created_at=make.at(created, 4) if created else None,
        channel=make.maybe(("inbound", "outbound")),
        source=make.maybe(("web", "fair")),
        campaign_id=make.maybe(("spring",)),
        owner_id=make.maybe(REPS),
        assigned_at=make.at(make.day(created)) if created and make.chance(3) else None,
        account_id=contact.get("account_id") if contact else make.maybe(make.ids("account")),
        contact_id=contact.get("contact_id"),
        title_level=make.maybe(("c_level", "manager")),
        territory=make.maybe(("uk", "dach")),
        segment=make.maybe(("small", "tiny")),
        merged_into_id="lead0" if number and make.chance(6) else None,
        deleted_at=_deleted(make),
    )
    if make.chance(4) and "merged_into_id" not in lead:
        for rep in (make.maybe(REPS), make.maybe(REPS)):
            make.add(
                "lead_assignment",
                lead_id=f"lead{number}",
                assigned_at=make.at(make.day()),
                rep_id=rep,
            )


def _deal(make: Making, number: int) -> None:
    key, lead, contact = f"deal{number}", make.parent("lead", 2) or {}, make.parent("contact") or {}
    contact = {} if lead else contact
    account = (lead or contact).get("account_id")
    created = make.maybe((make.day(),), 8)
    outcome = make.maybe(("won", "won", "lost"), 3)
    closed = make.maybe((make.day(created or DAYS[0]),), 8) if outcome else None
    if closed and make.chance(12):
        closed = make.day()
    deal = make.add(
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
        stage=outcome or make.maybe(("meet", "offer")),
        merged_into_id="deal0" if number and make.chance(8) else None,
        deleted_at=_deleted(make),
    )
    if "merged_into_id" in deal:
        return
    if created and "stage" in make.rows and "stage" in deal and make.chance():
        _stage_history(make, deal, created)
    _changes(make, deal)
    if make.chance(4):
        for rep, share in zip(REPS, make.one(((0.5, 0.5), (0.25, 0.75), (1.0,))), strict=False):
            make.add(
                "opportunity_split", opportunity_id=key, rep_id=rep, share=share, kind="revenue"
            )
        make.add("opportunity_split", opportunity_id=key, rep_id="ann", share=0.5, kind="overlay")


def _stage_history(make: Making, deal: Row, created: dt.date) -> None:
    """Visits that end in the deal's stage; a close is the last visit's start."""
    made = deal["created_at"]
    instants = sorted(make.at(make.day(created)) for _ in range(make.one((1, 2, 3, 4))))
    instants = [at for at in instants if len(made) == 10 or at > made]
    if not instants:
        return
    kept = ""
    for at in instants[:-1]:
        kept = make.one([each for each in ("meet", "offer", "won", "lost") if each != kept])
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


def _activity(make: Making, number: int) -> None:
    kind = make.one(("call", "call", "meeting", "email", "social", "letter"))
    day = make.maybe((make.day(),), 12)
    aim = make.one(("contact", "lead", "opportunity", "account", ""))
    target = make.parent(aim, 6) if aim else None
    booked = make.one(DAYS) if kind == "meeting" and make.chance() else None
    make.add(
        "activity",
        activity_id=f"act{number}",
        kind=kind,
        direction=make.one(("outbound", "outbound", "outbound", "inbound", None)),
        occurred_at=make.at(day, 8) if day else None,
        booked_at=make.at(booked, 8) if booked and (day is None or booked < day) else None,
        duration_seconds=make.maybe((300, 120, 60, 0)) if kind in ("call", "meeting") else None,
        is_completed=make.one((None, None, True, False)),
        rep_id=make.maybe((*REPS, "zed"), 8),
        outcome=make.maybe(OUTCOMES[kind]) if kind in OUTCOMES else None,
        is_automated=make.one((None, None, False, True)),
        is_conversation=make.one((None, None, None, True, False)),
        network="linked" if kind == "social" and make.chance() else None,
        deleted_at=_deleted(make),
        **({f"{aim}_id": target[f"{aim}_id"]} if target else {}),
    )


def _money(make: Making) -> None:
    for number in range(make.one((0, 2, 3))):
        make.add(
            "revenue",
            revenue_id=f"rev{number}",
            day=str(make.day()),
            opportunity_id=make.maybe(make.ids("opportunity") or [None], 3),
            amount=make.maybe((500, 20.24, -10), 6),
            cost=make.maybe((100, 8)),
            currency=make.maybe(("EUR", "USD", "CHF"), 2),
        )
    for day in (DAYS[2], DAYS[12]):
        if make.chance():
            make.add("exchange_rate", currency="USD", day=str(day), rate=make.one((0.9, 1.25)))
    kinds = make.one(((), ("rep",), ("rep", "team"), ("rep", "team", "company"), ("company",)))
    for kind in kinds:
        owners = {"rep": REPS[:2], "team": TEAMS[:1], "company": ("company",)}[kind]
        for owner in owners:
            _quota(make, kind, owner)


def _quota(make: Making, kind: str, owner: str) -> None:
    spans = make.one(
        (
            (("2026-01-01", "2026-03-31"),),
            (("2026-01-01", "2026-03-11"), ("2026-03-12", "2026-06-30")),
            (("2026-02-01", None), ("2026-04-01", "2026-04-30")),
        )
    )
    for starts, ends in spans:
        make.add(
            "quota",
            owner_kind=kind,
            owner_id=owner,
            starts_on=starts,
            ends_on=ends,
            amount=make.one((9000, 5900, 100000)),
            currency=make.maybe(("EUR", "USD"), 2),
        )
