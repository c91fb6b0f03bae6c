"""What the oracle has found: the smallest world, and the sentence that decides."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.world import by, world

WON = {"opportunity_id": "oak", "owner_id": "ann", "outcome": "won", "closed_at": "2026-02-10"}


def test_a_period_after_t_is_unknown_for_each_rep(tmp_path: Path) -> None:
    # "A period that begins after T answers '–'."
    project = world(tmp_path, opportunity=[WON])
    answer = project.ask("deals_won", period="2026-05", by="rep")
    assert all(value is None for value in by(answer, "rep", "deals_won").values())


def test_attainment_without_any_quota_is_unknown(tmp_path: Path) -> None:
    # "A KPI whose table or kind of row was never loaded is '–', not 0."
    project = world(tmp_path, opportunity=[{**WON, "amount": 2000}])
    (row,) = project.ask("quota_attainment", period="2026-02").rows
    assert row["quota_attainment"] is None


def test_an_open_deal_without_creation_date_counts_in_all_only(tmp_path: Path) -> None:
    # "An open deal without `created_at` counts as open only in `all`."
    opportunity = [{"opportunity_id": "oak", "amount": 100}]
    change = {
        "opportunity_id": "oak",
        "field": "amount",
        "old_value": "50",
        "new_value": "100",
        "changed_at": "2026-01-05T10:00:00Z",
    }
    dated = {"opportunity_id": "elm", "created_at": "2026-03-05T10:00:00Z"}
    project = world(tmp_path, opportunity=[*opportunity, dated], opportunity_change=[change])
    assert project.ask("open_deals", period="all").rows[0]["open_deals"] == 2
    assert project.ask("open_deals", period="2026-03").rows[0]["open_deals"] == 1


def test_a_duplicate_is_no_part_of_the_cohort(tmp_path: Path) -> None:
    # "A lost deal whose reason is in `not_a_loss` (default: duplicate, test) counts in neither
    # part", said of the win rates by period, by cohort and by stage alike.
    made = {"created_at": "2026-02-02T10:00:00Z"}
    lost = {**made, "outcome": "lost", "closed_at": "2026-02-20"}
    opportunity = [
        {**WON, **made},
        {**lost, "opportunity_id": "elm", "lost_reason": "duplicate"},
        {**lost, "opportunity_id": "ash", "lost_reason": "price"},
    ]
    (row,) = world(tmp_path, opportunity=opportunity).ask("win_rate_cohort", period="2026-02").rows
    assert row["win_rate_cohort"] == pytest.approx(1 / 2)


def test_attainment_of_a_day_is_exact(tmp_path: Path) -> None:
    # "a quota counts by calendar days of overlap": 1 of 90 days of 2,000 is 200/9.
    quota = {
        "owner_kind": "rep",
        "owner_id": "ann",
        "starts_on": "2026-01-01",
        "ends_on": "2026-03-31",
        "amount": 2000,
    }
    project = world(tmp_path, opportunity=[{**WON, "amount": 200}], quota=[quota])
    (row,) = project.ask("quota_attainment", period="2026-02-10").rows
    assert row["quota_attainment"] == pytest.approx(9, rel=1e-9)


def test_rep_days_of_all_are_those_of_its_period(tmp_path: Path) -> None:
    # "outbound_calls / working days present": all of this world is 2 to 31 March, 22 working days.
    call = {
        "activity_id": "one",
        "rep_id": "ann",
        "kind": "call",
        "direction": "outbound",
        "occurred_at": "2026-03-02T10:00:00Z",
    }
    answer = world(tmp_path, activity=[call]).ask("calls_per_rep_day", by="rep", period="all")
    assert answer.period == (dt.date(2026, 3, 2), dt.date(2026, 4, 1))
    assert by(answer, "rep", "calls_per_rep_day.denominator")["Ann"] == 22


def test_a_new_deal_is_described_by_its_stage_at_creation(tmp_path: Path) -> None:
    # "owner, team, seniority, stage, amount, close date are as of the event where history is
    # loaded."
    made = "2026-02-01T10:00:00Z"
    history = [
        {"opportunity_id": "oak", "stage": "meet", "entered_at": made},
        {"opportunity_id": "oak", "stage": "offer", "entered_at": "2026-03-20T10:00:00Z"},
    ]
    opportunity = [{"opportunity_id": "oak", "created_at": made, "stage": "offer"}]
    project = world(tmp_path, opportunity=opportunity, opportunity_stage=history)
    answer = project.ask("new_opportunities", period="2026-02", by="stage")
    assert by(answer, "stage", "new_opportunities") == {"meet": 1}


def test_a_rep_who_carries_quota_for_half_the_period_is_not_judged(tmp_path: Path) -> None:
    # "quota-carrying reps of the whole period", "quota-carrying by `rep_assignment`".
    quota = {
        "owner_kind": "rep",
        "owner_id": "ann",
        "starts_on": "2026-02-01",
        "ends_on": "2026-02-28",
        "amount": 2000,
    }
    places = [
        {"valid_from": "2025-01-01", "valid_to": "2026-02-14", "is_quota_carrying": False},
        {"valid_from": "2026-02-15", "is_quota_carrying": True},
    ]
    project = world(
        tmp_path,
        opportunity=[{**WON, "amount": 3000}],
        quota=[quota],
        rep_assignment=[{"rep_id": "ann", "team": "north", **place} for place in places],
    )
    (row,) = project.ask("reps_at_quota", period="2026-02").rows
    assert row["reps_at_quota.denominator"] == 0


def test_an_open_deal_has_no_lost_reason_yet(tmp_path: Path) -> None:
    # Of T it is said that "nothing after T is visible: not the final stage, not the owner".
    deal = {"opportunity_id": "oak", "created_at": "2026-02-01T10:00:00Z", "outcome": "lost"}
    opportunity = [{**deal, "closed_at": "2026-03-10T10:00:00Z", "lost_reason": "price"}]
    project = world(tmp_path, opportunity=opportunity)
    answer = project.ask("open_deals", period="2026-02", by="lost_reason", as_of="2026-02-28")
    assert by(answer, "lost_reason", "open_deals") == {None: 1}


def test_revenue_is_not_credited_to_an_owner_after_t(tmp_path: Path) -> None:
    # Of T it is said that "nothing after T is visible: not the final stage, not the owner".
    opportunity = [
        {"opportunity_id": "oak", "owner_id": "ann", "created_at": "2026-03-01T10:00:00Z"}
    ]
    change = {
        "opportunity_id": "oak",
        "field": "owner_id",
        "old_value": "bob",
        "new_value": "ann",
        "changed_at": "2026-04-02T20:00:00Z",
    }
    revenue = [{"day": "2026-03-30", "opportunity_id": "oak", "amount": 50}]
    project = world(tmp_path, opportunity=opportunity, opportunity_change=[change], revenue=revenue)
    answer = project.ask("recognised_revenue", period="2026-03", by="rep", as_of="2026-03-31")
    assert by(answer, "rep", "recognised_revenue") == {"Ann": 0, "Bob": 50, "Cid": 0}


def test_a_change_of_team_does_not_date_an_open_deal(tmp_path: Path) -> None:
    # "An open deal without `created_at` counts as open only in `all`."
    places = [
        {"rep_id": "ann", "valid_from": "2025-01-01", "team": "north"},
        {"rep_id": "ann", "valid_from": "2026-02-15", "team": "south"},
    ]
    dated = {"opportunity_id": "elm", "created_at": "2026-03-05T10:00:00Z"}
    opportunity = [{"opportunity_id": "oak", "owner_id": "ann"}, dated]
    project = world(tmp_path, opportunity=opportunity, rep_assignment=places)
    assert project.ask("open_deals", period="2026-03").rows[0]["open_deals"] == 1


def test_a_deal_before_the_first_request_has_no_lead(tmp_path: Path) -> None:
    # "An opportunity belongs to a lead by `lead_id`; else by contact: the latest request before
    # it was created."
    lead = {"lead_id": "ivy", "contact_id": "una", "created_at": "2026-03-10T10:00:00Z"}
    deal = {"opportunity_id": "oak", "contact_id": "una", "created_at": "2026-02-10T10:00:00Z"}
    project = world(
        tmp_path,
        contact=[{"contact_id": "una"}],
        lead=[{**lead, "source": "fair"}],
        opportunity=[deal],
    )
    answer = project.ask("new_opportunities", period="2026-02", by="source")
    assert by(answer, "source", "new_opportunities") == {None: 1}


def test_revenue_of_a_deal_that_nobody_owned_at_its_close(tmp_path: Path) -> None:
    # "by splits, else the owner at close"; the roles of owners are "never mixed".
    change = {
        "opportunity_id": "oak",
        "field": "owner_id",
        "new_value": "ann",
        "changed_at": "2026-03-07T10:00:00Z",
    }
    revenue = [{"day": "2026-03-10", "opportunity_id": "oak", "amount": 50}]
    project = world(tmp_path, opportunity=[WON], opportunity_change=[change], revenue=revenue)
    answer = project.ask("recognised_revenue", period="2026-03", by="rep")
    assert by(answer, "rep", "recognised_revenue")["Ann"] == 0


def test_what_stands_beside_a_kpi_may_be_unknown_alone(tmp_path: Path) -> None:
    # Nobody has left: nothing is known of how long people stay, nor of who left by choice.
    rep = [{"rep_id": "ann", "hired_on": "2026-01-01"}]
    project = world(tmp_path, rep=rep)
    answer = project.ask("avg_tenure", "rep_turnover", period="2026-03")
    (row,) = answer.rows
    assert row["avg_tenure"] == 89 * 86_400
    assert row["rep_turnover"] == 0
    assert row["rep_turnover.voluntary"] is None
    unknown = {note.partition(" is unknown")[0] for note in answer.notes}
    assert not unknown & {"avg_tenure", "rep_turnover"}
    answerable = {info.id for info in project.kpis() if info.is_answerable}
    assert {"avg_tenure", "rep_turnover"} <= answerable


def test_a_lead_without_a_request_is_whose_it_was_at_the_first_attempt(tmp_path: Path) -> None:
    # "A lead whose request has no date is followed up from its first attempt on."
    given = {"lead_id": "ivy", "assigned_at": "2026-03-20T09:00:00Z", "rep_id": "bob"}
    call = {"activity_id": "a", "kind": "call", "direction": "outbound", "lead_id": "ivy"}
    project = world(
        tmp_path,
        lead=[{"lead_id": "ivy"}],
        lead_assignment=[given],
        activity=[{**call, "occurred_at": "2026-03-08T10:00:00Z"}],
    )
    answer = project.ask("leads_worked", period="2026-03", by="rep")
    assert by(answer, "rep_id", "leads_worked") == {"ann": 0, "bob": 0, "cid": 0, None: 1}
