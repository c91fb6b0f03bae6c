"""Worked examples of open deals: stalled, untouched and pushed ones, and whose an activity is."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from tests.oracle.records import Settings
from tests.oracle.small import STAGES, back_to, by, deal, ever, march, value, way
from tests.oracle.stalling import ninth_decile

OLD = {"created_at": "2026-01-05", "contact_id": "una", "account_id": "acme"}
PEOPLE = [{"contact_id": "una", "account_id": "acme"}, {"contact_id": "vic", "account_id": "acme"}]


def call(day: str, **values: Any) -> dict[str, Any]:
    """An outbound call at noon."""
    made = {"activity_id": f"{day} {values}", "kind": "call", "direction": "outbound"}
    return {**made, "occurred_at": f"{day}T12:00:00Z", **values}


def untouched(*activities: dict[str, Any], as_of: str = "2026-03-31", **values: Any) -> int:
    """Whether an old deal of Una of Acme is untouched at the end of March."""
    found: int = value(
        "untouched_deals",
        march(
            as_of,
            account=[{"account_id": "acme"}],
            contact=PEOPLE,
            opportunity=[deal("oak", **{**OLD, **values})],
            activity=activities,
        ),
    )
    return found


def test_quantiles_lie_between_two_lengths_in_proportion() -> None:
    assert ninth_decile([Fraction(each) for each in (10, 20, 30)]) == 28
    assert ninth_decile([Fraction(5)]) == 5
    assert ninth_decile([]) is None


def test_stalled_is_longer_than_usual_in_that_stage() -> None:
    # 30 visits of meet took a day, one of offer 20 days: 30 are enough for a stage's own.
    rows = [deal(f"d{number}") for number in range(30)]
    history = [row for each in rows for row in way(each["opportunity_id"], meet=2, offer=3)]
    history += [*way("d0", won=23), *way("elm", meet=25), *way("ash", meet=31)]
    rows += [deal("elm"), deal("ash")]
    view = march(stage=STAGES, opportunity=rows, opportunity_stage=history)
    # Elm stands in meet for six days. The 29 in offer stand there for 28: all visits together
    # are 30 of a day and one of 20, of which 90 % took a day.
    assert by("stalled_deals", view, "stage") == {"meet": 1, "offer": 29}


def test_without_thirty_visits_all_stages_tell_what_is_usual() -> None:
    rows = [deal("oak"), deal("elm"), deal("fir")]
    history = [*way("oak", meet=2, offer=12), *way("elm", meet=20), *way("fir", offer=22)]
    view = march(stage=STAGES, opportunity=rows, opportunity_stage=history)
    # Ten days are usual: oak stands for 19, elm for 11, fir for 9.
    assert by("stalled_deals", view, "stage") == {"offer": 1, "meet": 1}
    view = march("2026-03-12", stage=STAGES, opportunity=rows, opportunity_stage=history)
    assert value("stalled_deals", view) == 0


def test_visits_that_did_not_advance_say_nothing() -> None:
    rows = [deal("oak"), deal("elm")]
    history = [*way("oak", meet=2, lost=3), *way("elm", offer=2), back_to("elm", "meet", 4)]
    view = march(stage=STAGES, opportunity=rows, opportunity_stage=history)
    assert value("stalled_deals", view) == 0


def test_who_returned_may_stall_though_he_had_advanced() -> None:
    history = [*way("oak", meet=2, offer=3), back_to("oak", "meet", 5)]
    view = march(stage=STAGES, opportunity=[deal("oak")], opportunity_stage=history)
    assert value("stalled_deals", view) == 1
    assert value("leak_rate.stalled", view) == 0


def test_a_deal_is_untouched_from_so_many_days_on() -> None:
    assert untouched() == 1
    assert untouched(as_of="2026-03-31", created_at="2026-03-17") == 1
    assert untouched(as_of="2026-03-31", created_at="2026-03-18") == 0
    assert untouched(call("2026-03-17", opportunity_id="oak")) == 1
    assert untouched(call("2026-03-18", opportunity_id="oak")) == 0


def test_a_touch_is_an_attempt_or_a_meeting_held() -> None:
    late = {"opportunity_id": "oak"}
    assert untouched(call("2026-03-30", direction="inbound", **late)) == 1
    assert untouched(call("2026-03-30", outcome="abandoned", **late)) == 1
    assert untouched(call("2026-03-30", kind="letter", **late)) == 0
    assert untouched(call("2026-03-30", is_automated=True, **late)) == 1
    assert untouched(call("2026-03-30", kind="meeting", direction="inbound", **late)) == 0
    assert untouched(call("2026-03-30", kind="meeting", outcome="cancelled", **late)) == 1


def test_what_is_planned_keeps_a_deal_from_being_untouched() -> None:
    later = {"opportunity_id": "oak", "booked_at": "2026-03-02"}
    assert untouched(call("2026-04-20", **later)) == 0
    assert untouched(call("2026-04-20", **{**later, "direction": "inbound"})) == 1
    assert untouched(call("2026-04-20", **{**later, "direction": None})) == 0
    assert untouched(call("2026-04-20", **{**later, "booked_at": "2026-04-01"})) == 1
    assert untouched(call("2026-04-20", opportunity_id="oak")) == 1
    assert untouched(call("2026-04-20", contact_id="una", booked_at="2026-03-02")) == 0


def test_how_long_is_a_setting() -> None:
    view = march(
        settings=Settings(untouched_days=30),
        opportunity=[deal("oak", created_at="2026-03-01"), deal("elm", created_at="2026-03-02")],
    )
    assert value("untouched_deals", view) == 1


def test_an_open_deal_without_creation_date_is_not_known_to_be_untouched() -> None:
    view = ever(march(opportunity=[{"opportunity_id": "oak"}]))
    assert value("open_deals", view) == 1
    assert value("untouched_deals", view) == 0


def test_an_activity_belongs_to_the_open_deals_of_its_contact() -> None:
    assert untouched(call("2026-03-30", contact_id="una")) == 0
    # Not yet created, or closed, at the time.
    assert untouched(call("2026-01-02", contact_id="una"), created_at="2026-01-20") == 1


def test_else_to_the_only_open_deal_of_its_account() -> None:
    assert untouched(call("2026-03-30", account_id="acme")) == 0
    # Vic has no deal: his account is Acme.
    assert untouched(call("2026-03-30", contact_id="vic")) == 0


def test_an_account_with_two_open_deals_does_not_tell() -> None:
    rows = [deal("oak", **OLD), deal("elm", **OLD), deal("fir", **OLD)]
    rows[2] |= {"outcome": "won", "closed_at": "2026-03-01"}
    tables: dict[str, Any] = {
        "account": [{"account_id": "acme"}],
        "contact": PEOPLE,
        "opportunity": rows,
    }
    to_account = march(**tables, activity=[call("2026-03-30", account_id="acme")])
    assert value("untouched_deals", to_account) == 2
    to_contact = march(**tables, activity=[call("2026-03-30", contact_id="una")])
    assert value("untouched_deals", to_contact) == 0
    # Its contact has open deals: those, not the one of the account.
    tables["opportunity"] = [rows[0], deal("ash", **{**OLD, "contact_id": "vic"})]
    of_una = march(**tables, activity=[call("2026-03-30", contact_id="una")])
    assert value("untouched_deals", of_una) == 1


def pushed(new: str | None, changed: str, **values: Any) -> Any:
    """The share pushed, of a deal that was due on the 20th of March until it was not."""
    change = {
        "opportunity_id": "oak",
        "field": "expected_close_on",
        "old_value": "2026-03-20",
        "new_value": new,
        "changed_at": f"{changed}T12:00:00Z",
    }
    rows = [deal("oak", **{"created_at": "2026-02-01", "expected_close_on": new, **values})]
    return value("push_rate", march(opportunity=rows, opportunity_change=[change]))


def test_a_deal_is_pushed_beyond_the_period() -> None:
    assert pushed("2026-04-01", "2026-03-10") == 1
    assert pushed("2026-03-31", "2026-03-10") == 0
    assert pushed(None, "2026-03-10") == 0
    # Closed by E, created since, or known before.
    closed = {"outcome": "lost", "closed_at": "2026-03-15T12:00:00Z"}
    assert pushed("2026-04-01", "2026-03-10", **closed) == 0
    assert pushed("2026-04-01", "2026-03-10", created_at="2026-03-02") is None
    assert pushed("2026-04-01", "2026-02-10") is None
    assert pushed("2026-04-01", "2026-04-10") == 0


def test_a_push_is_credited_to_the_owner_at_the_first_instant() -> None:
    change = {"opportunity_id": "oak", "changed_at": "2026-03-10T12:00:00Z"}
    changes = [
        {**change, "field": "owner_id", "old_value": "bob", "new_value": "ann"},
        {
            **change,
            "field": "expected_close_on",
            "old_value": str(dt.date(2026, 3, 20)),
            "new_value": "2026-05-01",
        },
    ]
    rows = [deal("oak", created_at="2026-02-01", expected_close_on="2026-05-01")]
    view = march(opportunity=rows, opportunity_change=changes)
    assert by("push_rate", view, "rep") == {"bob": 1}
