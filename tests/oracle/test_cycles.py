"""Worked examples of how long winning takes, and of the chance to win in the end."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.oracle.small import DAY, by, deal, march, value

WON = {"outcome": "won", "closed_at": "2026-03-20T12:00:00Z", "lead_id": "ivy"}
IVY = {"lead_id": "ivy", "created_at": "2026-02-20T12:00:00Z"}


def mail(day: str, **values: Any) -> dict[str, Any]:
    """An outbound mail at noon."""
    made = {"activity_id": f"{day} {values}", "kind": "email", "direction": "outbound"}
    return {**made, "occurred_at": f"{day}T12:00:00Z", **values}


def first_touch(*activities: dict[str, Any], **values: Any) -> Any:
    """The length from the first touch to the win of a deal of Ivy's."""
    rows = [deal("oak", **{**WON, **values})]
    return value("first_touch_cycle", march(lead=[IVY], opportunity=rows, activity=activities))


def test_the_first_attempt_for_the_deal_or_its_lead_begins_the_cycle() -> None:
    late = mail("2026-03-10", opportunity_id="oak")
    assert first_touch(late) == 10 * DAY
    assert first_touch(late, mail("2026-02-24", lead_id="ivy")) == 24 * DAY
    assert first_touch(late, mail("2026-02-24", lead_id="ivy", direction="inbound")) == 10 * DAY
    assert first_touch(late, mail("2026-02-24", lead_id="other")) == 10 * DAY


def test_a_win_without_a_touch_by_the_close_is_left_out() -> None:
    assert first_touch() is None
    assert first_touch(mail("2026-03-21", opportunity_id="oak")) is None


def test_an_equal_date_is_in_time() -> None:
    on_the_day = mail("2026-03-20", opportunity_id="oak")
    assert first_touch(on_the_day, closed_at="2026-03-20") == 0
    assert first_touch(on_the_day) == 0


def test_a_date_makes_calendar_days() -> None:
    # In instants it would be ten days and a half.
    touch = mail("2026-03-10", opportunity_id="oak", occurred_at="2026-03-10")
    assert first_touch(touch) == 10 * DAY


def test_conversion_begins_with_the_earliest_request() -> None:
    merged = {"lead_id": "fern", "created_at": "2026-02-10", "merged_into_id": "ivy"}
    view = march(lead=[IVY, merged], opportunity=[deal("oak", **WON)])
    assert value("conversion_time", view) == 38 * DAY
    assert by("conversion_time", view, "rep") == {"ann": 38 * DAY}
    assert value("conversion_time", march(lead=[IVY], opportunity=[deal("oak", **WON)])) == 28 * DAY


def test_a_request_after_the_win_is_left_out() -> None:
    later = {**IVY, "created_at": "2026-03-21T12:00:00Z"}
    assert value("conversion_time", march(lead=[later], opportunity=[deal("oak", **WON)])) is None


def test_the_chance_to_win_counts_losses_as_rivals_and_open_deals_as_long_as_they_are_known() -> (
    None
):
    rows = [
        deal("oak", outcome="won", closed_at="2026-03-05"),
        deal("elm", outcome="lost", closed_at="2026-03-09"),
        deal("ash", created_at="2026-03-15"),
        deal("fir", outcome="won", closed_at="2026-03-31"),
        deal("yew", outcome="lost", closed_at="2026-03-04", lost_reason="duplicate"),
    ]
    view = march(opportunity=rows)
    # 1/4 won at once; of the 3/4 a third is lost, a third not known, the last of it wins.
    assert value("win_rate_cohort.estimate", view) == Fraction(1, 4) + Fraction(1, 2)
    assert value("win_rate_cohort", view) == Fraction(1, 2)
    # As of the 10th, the win of the 31st is not known.
    rows = [row for row in rows if row["opportunity_id"] != "ash"]
    early = march("2026-03-10", opportunity=rows)
    assert value("win_rate_cohort.estimate", early) == Fraction(1, 3)


def test_a_deal_closed_before_its_creation_counts_at_once() -> None:
    rows = [
        deal("oak", created_at="2026-03-10", outcome="won", closed_at="2026-03-05"),
        deal("elm", created_at="2026-03-31"),
    ]
    # Won at 0 of two that are watched then, though the other was only just created.
    assert value("win_rate_cohort.estimate", march(opportunity=rows)) == Fraction(1, 2)
