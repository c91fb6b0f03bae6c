"""Worked examples of how far leads get, and when."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.oracle.records import Settings
from tests.oracle.scenes import DAY, HOUR, at, done, lead, march_of, reached
from tests.oracle.small import by, march

IVY = [lead("ivy")]
TEN = Settings(cohort_days=10)
LEFT_OUT = Settings(cohort_days=10, skipped_stages="left_out")


def rate(kpi: str, *, as_of: str = "2026-03-31", settings: Settings = TEN, **more: Any) -> Any:
    """A rate of ivy, who asked on the second at ten."""
    leads = more.pop("leads", IVY)
    return march_of(kpi, leads, as_of=as_of, settings=settings, **more)


def deal(**values: Any) -> list[dict[str, Any]]:
    """A deal of ivy's from the fourth on."""
    made = {"opportunity_id": "oak", "lead_id": "ivy", "created_at": at("4 10:00")}
    return [{**made, "owner_id": "bob", **values}]


def test_a_deleted_lead_is_in_no_rate() -> None:
    assert rate("lead_to_mql", leads=[lead("ivy", deleted_at=at("20 9:00"))]) is None


def test_first_wins_of_accounts_by_new_leads() -> None:
    won: dict[str, Any] = {
        "outcome": "won",
        "closed_at": at("6 10:00"),
        "account_id": "acme",
        "owner_id": "bob",
    }
    deals = [
        {**won, "opportunity_id": "oak"},
        {**won, "opportunity_id": "elm", "closed_at": at("9 10:00")},
        {**won, "opportunity_id": "fir", "account_id": None},
        {**won, "opportunity_id": "ash", "closed_at": None},
        {**won, "opportunity_id": "yew", "account_id": "beta", "closed_at": "2026-02-01"},
        {**won, "opportunity_id": "box", "account_id": "old", "deal_type": "renewal"},
        {**won, "opportunity_id": "bay", "account_id": "old", "closed_at": at("20 9:00")},
    ]
    leads = [lead("ivy"), lead("oak", channel="outbound"), lead("elm", owner_id="bob")]
    rows = march("2026-03-31", lead=leads, opportunity=deals, account=[{"account_id": "acme"}])
    # Oak is Acme's first, fir is without account; beta was won in February, old before that.
    assert by("lead_to_customer", rows, "rep") == {"ann": 0, "bob": 2}


def left(*, settings: Settings = TEN, as_of: str = "2026-03-31", **tables: Any) -> Any:
    """The share that advanced, of those who left each stage."""
    view = march(as_of, settings, lead=IVY, **tables)
    found = by("qualified_rate", view, "lead_stage")
    assert found == by("qualified_rate", view, "stage")
    return found


def test_a_stage_is_left_by_a_later_one_or_by_disqualification() -> None:
    rows = reached("ivy", mql="3 10:00", opportunity="5 10:00", disqualified="8 10:00")
    assert left(lead_stage=rows) == {"lead": 1, "mql": 1, "sql": 1, "opportunity": 0}
    assert left(lead_stage=rows, settings=LEFT_OUT) == {"lead": 1, "mql": 1, "opportunity": 0}
    assert left(lead_stage=reached("ivy", disqualified="8 10:00")) == {"lead": 0}
    # It was disqualified before it became mql, which it still is.
    assert left(lead_stage=reached("ivy", disqualified="3 9:00", mql="4 9:00")) == {"lead": 1}


def test_handed_over_and_accepted_by_conversations() -> None:
    held = [done("meeting", f"{day} 9:00") for day in (3, 4, 5, 6)]
    rows: dict[str, Any] = {
        "activities": held,
        "lead_stage": reached("ivy", passed="9 9:00", accepted="10 9:00"),
    }
    assert rate("pass_rate", **rows) == Fraction(1, 4)
    assert rate("pass_rate", **rows, as_of="2026-03-09") == 0
    taken: dict[str, Any] = {"activities": held, "lead_stage": reached("ivy", accepted="10 9:00")}
    assert rate("pass_rate", **taken, settings=LEFT_OUT) == Fraction(1, 4)


def test_handed_over_and_forecast() -> None:
    stages = [{"stage": "meet"}, {"stage": "offer", "is_forecast": True}]
    rows: dict[str, Any] = {"lead_stage": reached("ivy", passed="3 10:00"), "stage": stages}
    offer = [{"opportunity_id": "oak", "stage": "offer", "entered_at": at("13 10:00")}]
    assert rate("pipe_rate", **rows, opportunity=deal(), opportunity_stage=offer) == 1
    late = [{**offer[0], "entered_at": at("13 10:01")}]
    assert rate("pipe_rate", **rows, opportunity=deal(), opportunity_stage=late) == 0
    # Without a history the present stage counts from the creation; so does a win.
    assert rate("pipe_rate", **rows, opportunity=deal(stage="offer")) == 1
    assert rate("pipe_rate", **rows, opportunity=deal(stage="meet")) == 0
    won = deal(stage="meet", outcome="won", closed_at=at("12 9:00"))
    assert rate("pipe_rate", **rows, opportunity=won) == 1


def test_from_mql_to_the_first_attempt() -> None:
    calls = [done("call", "3 9:00"), done("letter", "3 12:00")]
    rows: dict[str, Any] = {"activities": calls, "lead_stage": reached("ivy", mql="3 10:00")}
    assert rate("handoff_time", **rows) == 2 * HOUR
    gone = rows["lead_stage"] + reached("ivy", disqualified="3 11:00")
    assert rate("handoff_time", **{**rows, "lead_stage": gone}) is None
    dated = {**rows, "lead_stage": reached("ivy", mql="2")}
    assert rate("handoff_time", **dated) == DAY


def test_meetings_after_which_the_lead_became_sql() -> None:
    held = [
        done("meeting", "5 9:00"),
        done("meeting", "9 9:00"),
        done("meeting", "5 9:00", rep_id="bob"),
    ]
    lost = [done("meeting", "6 9:00", outcome="no_show"), done("meeting", "25 9:00")]
    rows: dict[str, Any] = {
        "activities": [*held, *lost],
        "lead_stage": reached("ivy", sql="8 9:00"),
    }
    # The fifth comes before it and the ninth after it; the fifth was one meeting of two reps.
    assert rate("meeting_to_sql", **rows) == Fraction(1, 2)
    assert rate(
        "meeting_to_sql", **{**rows, "lead_stage": reached("ivy", sql="16 9:00")}
    ) == Fraction(1, 2)


def test_who_qualified() -> None:
    leads = [
        lead("ivy", company_size=40, title_level="vp"),
        lead("oak", account_id="acme", contact_id="una"),
        lead("elm"),
        lead("fir", company_size=9, title_level="c_level"),
    ]
    tables: dict[str, Any] = {
        "account": [{"account_id": "acme", "employees": 100}],
        "contact": [{"contact_id": "una", "title_level": "staff"}],
        "lead_stage": [row for key in ("ivy", "oak", "elm") for row in reached(key, sql="5 9:00")],
    }
    assert rate("qualified_company_size", leads=leads, **tables) == 70
    assert rate("qualified_title_level", leads=leads, **tables) == Fraction(1, 2)


def test_visitors_and_the_leads_they_became() -> None:
    came = {"day": "2026-03-02", "source": "web"}
    traffic = [
        {**came, "visitors": 10, "is_organic": True},
        {**came, "day": "2026-03-03", "visitors": 30},
        {**came, "day": "2026-04-01", "visitors": 500},
    ]
    leads = [
        lead("ivy", source="web", is_organic=True),
        lead("oak", source="web"),
        lead("elm", source="fair", is_organic=True),
    ]
    assert rate("visitor_to_lead", leads=leads, web_traffic=traffic) == Fraction(2, 40)
    assert rate("organic_conversion", leads=leads, web_traffic=traffic) == Fraction(1, 10)
    assert rate(
        "visitor_to_lead", leads=leads, web_traffic=traffic, where={"source": "web"}
    ) == Fraction(2, 40)
