"""Worked examples of requests, their answers, and how soon they came."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.oracle.records import Settings
from tests.oracle.scenes import DAY, HOUR, MINUTE, at, done, lead, march_of, rang, reached
from tests.oracle.small import by, march

UNA = {"contact_id": "una"}
CONTACT = [{"contact_id": "una"}]
NOON = "2026-03-03T12:00"


def waited(*activities: Any, leads: Any = None, as_of: str = NOON, **more: Any) -> Any:
    """How long ivy, who asked on the second at ten, waited for an answer."""
    return march_of("lead_response_time", leads or [lead("ivy")], activities, as_of=as_of, **more)


def test_the_first_attempt_at_or_after_the_request_answers() -> None:
    assert waited(done("call", "2 9:50"), done("email", "2 10:30"), done("call", "2 11:00")) == 1800
    assert waited(done("call", "2 10:00")) == 0


def test_only_kinds_that_answer_do() -> None:
    letter, call = done("letter", "2 10:30"), done("call", "2 11:00")
    assert waited(letter, call) == HOUR
    assert waited(letter, call, settings=Settings(response_kinds=("letter",))) == 1800


def test_what_did_not_take_place_answers_nothing() -> None:
    for nothing in (
        done("email", "2 10:30", is_automated=True),
        done("call", "2 10:30", outcome="abandoned"),
        done("meeting", "2 10:30", outcome="no_show"),
        done("call", "2 10:30", deleted_at=at("2 18:00")),
        done("call", "2 10:30", is_completed=False),
    ):
        assert waited(nothing) is None


def test_a_call_taken_live_answers_also_in_the_hour_before() -> None:
    assert waited(rang("2 10:20")) == 20 * MINUTE
    assert waited(rang("2 9:00")) == 0
    assert waited(rang("2 8:59")) is None
    assert waited(rang("2 9:00"), settings=Settings(response_kinds=("email",))) is None


def test_requests_of_a_person_within_an_hour_are_one_episode() -> None:
    leads = [lead("ivy", "2 10:00", **UNA), lead("oak", "2 10:50", **UNA)]
    leads += [lead("elm", "2 11:50", **UNA), lead("fir", "2 12:51", **UNA), lead("ash", "2", **UNA)]
    rows = march("2026-03-31", lead=leads, contact=CONTACT)
    # Ivy, oak and elm are chained; fir came 61 minutes later, and of ash no time is known.
    assert by("unanswered_leads", rows, "rep") == {"ann": 3}


def test_one_attempt_answers_all_open_requests_of_the_person() -> None:
    leads = [lead("ivy", "2 10:00", **UNA), lead("oak", "2 13:00", **UNA)]
    call = done("call", "2 14:00", **UNA)
    found = march_of("mean_lead_response_time", leads, [call], contact=CONTACT)
    assert found == Fraction(4 * HOUR + 1 * HOUR, 2)


def test_a_missed_call_of_a_lead_is_a_request() -> None:
    old = lead("ivy", "1 9:00", channel="outbound")
    missed = rang("2 10:00", "no_answer")
    assert waited(missed, done("call", "2 10:30"), leads=[old]) == 30 * MINUTE
    for other in (rang("2 10:00", None), rang("2 10:00", "no_answer", is_automated=True)):
        assert waited(other, done("call", "2 10:30"), leads=[old]) is None


def test_a_missed_call_is_a_request_of_a_lead_that_is_there() -> None:
    missed, call = rang("2 10:00", "no_answer"), done("call", "2 12:00")
    assert waited(missed, call, leads=[lead("ivy", "2 11:00")]) == 2 * HOUR
    assert waited(missed, call, leads=[lead("ivy", "2 11:01")]) == 59 * MINUTE


def test_the_first_request_of_an_episode_says_whether_it_is_inbound() -> None:
    bought = lead("ivy", channel="outbound", **UNA)
    form = lead("oak", "2 10:30", **UNA)
    call = done("call", "2 12:00", **UNA)
    assert waited(call, leads=[bought, form], contact=CONTACT) is None
    assert waited(call, leads=[form], contact=CONTACT) == 90 * MINUTE


def test_merged_leads_are_one_with_the_earliest_request() -> None:
    leads = [lead("ivy", "2 12:00"), lead("oak", "2 10:00", merged_into_id="ivy")]
    assert waited(done("call", "2 13:00", lead_id="oak"), leads=leads) == 3 * HOUR


def test_an_episode_ends_when_its_lead_is_disqualified_or_deleted() -> None:
    call = done("call", "2 12:00")
    gone = reached("ivy", disqualified="2 11:00")
    assert waited(call, lead_stage=gone) is None
    assert waited(call, leads=[lead("ivy", deleted_at=at("2 11:00"))]) is None
    assert waited(call, leads=[lead("ivy", deleted_at=at("2 13:00"))]) == 2 * HOUR
    # An old disqualification does not end what was asked for later.
    assert waited(call, lead_stage=reached("ivy", disqualified="1 9:00")) == 2 * HOUR


def test_an_episode_is_deleted_when_all_its_requests_are() -> None:
    gone = lead("ivy", **UNA, deleted_at=at("2 11:00"))
    call = done("call", "2 12:00", **UNA)
    assert waited(call, leads=[gone], contact=CONTACT) is None
    both = [gone, lead("oak", "2 10:30", **UNA)]
    assert waited(call, leads=both, contact=CONTACT) == 2 * HOUR


def test_attempts_before_the_request_are_no_answers() -> None:
    early = [done("call", "2 9:00"), done("email", "1 9:00")]
    assert waited(*early) is None
    name = "lead_response_time.worked_before"
    assert march_of(name, [lead("ivy"), lead("oak")], early) == 1


def test_who_waits_still_holds_the_median() -> None:
    leads = [lead("ivy"), lead("oak"), lead("elm")]
    calls = [done("call", "2 11:00"), done("call", "2 14:00", lead_id="oak")]
    assert waited(*calls, leads=leads) == 4 * HOUR
    assert waited(calls[0], leads=leads) is None
    assert march_of("mean_lead_response_time", leads, calls) == Fraction(5 * HOUR, 2)
    beside = {"unanswered": 1, "oldest": 26 * HOUR}
    for name, figure in beside.items():
        assert march_of(f"lead_response_time.{name}", leads, calls, as_of=NOON) == figure


def test_a_date_makes_the_length_calendar_days() -> None:
    assert waited(done("call", "3 10:00"), leads=[lead("ivy", "2")]) == DAY
    assert waited(done("call", "3"), leads=[lead("ivy", "2 23:00")]) == DAY


def test_the_owner_at_the_answer_gets_the_credit() -> None:
    given = [
        {"lead_id": "ivy", "assigned_at": at("2 10:05"), "rep_id": "bob"},
        {"lead_id": "ivy", "assigned_at": at("2 12:00"), "rep_id": "cid"},
    ]
    call = done("call", "2 11:00", rep_id="dan")
    view = march("2026-03-31", lead=[lead("ivy")], activity=[call], lead_assignment=given)
    assert by("lead_response_time", view, "rep") == {"bob": HOUR}
    assert by("lead_response_time", view, "answered_by") == {"dan": HOUR}
    assert by("lead_response_time", view, "response_kind") == {"call": HOUR}
    unanswered = march("2026-03-31", lead=[lead("ivy")], lead_assignment=given)
    assert by("unanswered_leads", unanswered, "rep") == {"cid": 1}
    assert by("unanswered_leads", unanswered, "answered_by") == {None: 1}


def within(*activities: Any, leads: Any = None, sla: int = HOUR, **more: Any) -> Any:
    """The share answered within the SLA."""
    decided = Settings(sla=sla)
    return march_of(
        "response_within_sla", leads or [lead("ivy")], activities, settings=decided, **more
    )


def test_the_sla_is_kept_or_ran_out() -> None:
    assert within(done("call", "2 11:00")) == 1
    assert within(done("call", "2 11:01")) == 0
    assert within(as_of="2026-03-02T11:00") is None
    assert within(as_of="2026-03-02T11:01") == 0
    assert within(lead_stage=reached("ivy", disqualified="2 10:30")) is None
    assert within(lead_stage=reached("ivy", disqualified="2 11:30")) == 0


def test_a_short_sla_needs_times_of_day() -> None:
    dated = [lead("ivy", "2")]
    assert within(done("call", "2 11:00"), leads=dated) is None
    assert within(done("call", "3")) is None
    assert within(done("call", "3"), sla=DAY) == 1
    assert within(done("call", "4 9:00"), leads=dated, sla=DAY) == 0


def unanswered(*activities: Any, leads: Any = None, **more: Any) -> Any:
    """Whether ivy is unanswered at the end of March, as of April."""
    leads = leads or [lead("ivy", "30 10:00")]
    return march_of("unanswered_leads", leads, activities, as_of="2026-04-20", **more)


def test_unanswered_leads_stand_at_the_end_of_the_period() -> None:
    assert unanswered() == 1
    assert unanswered(done("call", "31 10:00")) == 0
    assert unanswered({**done("call", "31 10:00"), "occurred_at": "2026-04-02T10:00:00Z"}) == 1
    assert unanswered(leads=[lead("ivy", "31 23:30")]) == 0
    assert unanswered(leads=[lead("ivy", "30 10:00", deleted_at=at("31 9:00"))]) == 0
    assert unanswered(lead_stage=reached("ivy", disqualified="31 9:00")) == 0
    assert unanswered(lead_stage=reached("ivy", mql="31 9:00")) == 1
    assert unanswered(lead_stage=reached("ivy", opportunity="31 9:00")) == 0
    deal = {"opportunity_id": "oak", "lead_id": "ivy", "created_at": at("31 9:00")}
    assert unanswered(opportunity=[deal]) == 0
