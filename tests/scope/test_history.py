"""From a record to its history, for whoever owned it or acted on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from foresail.core.errors import QuestionError
from foresail.core.scope import EVERYTHING, SUMS, Scope
from foresail.project import Project
from foresail.project.history import Event, History
from tests.catalogue import drawn
from tests.scope.cast import (
    ANN,
    BEN,
    BOB,
    EVE,
    MAX,
    MIA,
    ZOE,
    calls,
    organisation,
    organisation_that_changed,
)

CID = Scope.of_rep("cid")
ACCOUNTS = drawn("""
    account_id | name   | owner_id | created_at
    hill       | Hill   | ann      | 2026-01-02T09:00:00Z
""")
LEADS = drawn("""
    lead_id | account_id | owner_id | created_at           | channel | source | merged_into_id
    l1      | hill       | ann      | 2026-02-01T09:00:00Z | inbound | fair   |
    l0      | hill       |          | 2026-01-31T09:00:00Z | inbound | site   | l1
""")
ASSIGNMENTS = drawn("""
    lead_id | rep_id | assigned_at
    l1      | bob    | 2026-02-01T09:30:00Z
    l1      | ann    | 2026-02-03T09:30:00Z
""")
STAGES = drawn("""
    lead_id | stage | reached_at           | rep_id | reason
    l1      | sql   | 2026-02-04T09:00:00Z | ann    | Has a budget
""")
DEALS = drawn("""
    opportunity_id | lead_id | name | owner_id | created_at | closed_at  | outcome | amount
    oak            | l1      | Oak  | ann      | 2026-02-05 | 2026-03-05 | lost    | 90
    fir            |         | Fir  | eve      | 2026-02-20 |            |         | 10
""")
DEALS[0]["lost_reason"] = "Price"
CHANGES = drawn("""
    opportunity_id | field    | old_value | new_value | changed_at
    oak            | owner_id | bob       | ann       | 2026-02-10T10:00:00Z
    oak            | amount   | 80        | 90        | 2026-02-11T10:00:00Z
""")
ACTIVITIES = drawn("""
    activity_id | kind    | direction | outcome   | occurred_at          | rep_id | lead_id
    a1          | call    | outbound  | connected | 2026-02-02T09:00:00Z | bob    | l1
    a2          | meeting | outbound  | held      | 2026-02-12T09:00:00Z | cid    |
    a3          | call    | outbound  | no_answer | 2026-03-20T09:00:00Z | ann    | l1
""")
ACTIVITIES[0] |= {"account_id": "hill", "duration_seconds": "65"}
ACTIVITIES[0] |= {"note": "Rings up", "recording_url": "https://x/1"}
ACTIVITIES[1] |= {"opportunity_id": "oak"}
SUBSCRIPTIONS = drawn("""
    subscription_id | account_id | product | started_on | ended_on   | mrr | end_reason
    s1              | hill       | Planner | 2026-03-01 | 2026-03-15 | 50  | Price
""")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with organisation(
        tmp_path_factory.mktemp("history"),
        account=ACCOUNTS,
        lead=LEADS,
        lead_assignment=ASSIGNMENTS,
        lead_stage=STAGES,
        opportunity=DEALS,
        opportunity_change=CHANGES,
        activity=ACTIVITIES,
        subscription=SUBSCRIPTIONS,
    ) as made:
        yield made


def told(history: History) -> list[tuple[str, str, str | None]]:
    return [(str(each.on)[5:], each.what, each.who) for each in history.events]


def may_open(project: Project, scope: Scope, kind: str, record: str) -> bool:
    """Whether somebody may; who may not is told the same as of a record that there is not."""
    with suppress(QuestionError):
        return bool(project.scoped(scope).history(kind, record).title)
    with pytest.raises(QuestionError, match=f"^There is no {kind} {record} that you may see.$"):
        project.scoped(scope).history(kind, record)
    return False


def test_all_that_happened_to_a_lead(project: Project) -> None:
    found = project.scoped(ANN).history("lead", "l1", as_of="2026-03-10")
    assert (found.title, found.fields) == (
        "Hill",
        (("Company", "Hill"), ("Channel", "inbound"), ("Source", "fair"), ("Owner", "Ann")),
    )
    # the activities of others are told as well: it is Ann's lead
    assert told(found) == [
        ("01-31", "Lead l0 (inbound) from site", None),
        ("02-01", "Lead (inbound) from fair", None),
        ("02-01", "Handed to Bob", None),
        ("02-02", "call (outbound), connected, 1:05 min", "Bob"),
        ("02-03", "Handed to Ann", None),
        ("02-04", "Stage: sql", "Ann"),
        ("02-05", "Opportunity Oak opened", "Ann"),
        ("02-12", "meeting (outbound), held", "Cid"),
        ("03-05", "Opportunity Oak lost: Price", "Ann"),
    ]
    assert found.events[3] == Event(
        at=dt.datetime(2026, 2, 2, 9),
        on=dt.date(2026, 2, 2),
        is_day=False,
        kind="call",
        what="call (outbound), connected, 1:05 min",
        who="Bob",
        who_id="bob",
        note="Rings up",
        url="https://x/1",
        of=("activity", "a1"),
    )
    assert found.events[5].note == "Has a budget"
    assert found.events[8].is_day
    # who asks for the merged one is shown the one it became
    assert project.scoped(ANN).history("lead", "l0").record_id == "l1"
    assert len(project.scoped(ANN).history("lead", "l1").events) == 10


def test_all_that_happened_to_an_opportunity(project: Project) -> None:
    found = project.scoped(ANN).history("opportunity", "oak")
    assert told(found) == [
        ("02-05", "Opportunity opened", None),
        ("02-10", "Owner: Bob → Ann", None),
        ("02-11", "Amount: 80.00 → 90.00", None),
        ("02-12", "meeting (outbound), held", "Cid"),
        ("03-05", "Lost: Price", None),
    ]
    assert dict(found.fields)["Stage"] == "lost"
    earlier = dict(project.scoped(BOB).history("opportunity", "oak", as_of="2026-02-07").fields)
    assert (earlier["Amount"], earlier["Owner"]) == ("80.00 EUR", "Bob")
    # it was not Ann's by then
    with pytest.raises(QuestionError, match="There is no opportunity oak that you may see"):
        project.scoped(ANN).history("opportunity", "oak", as_of="2026-02-07")


def test_all_that_happened_to_an_account_and_a_meeting(project: Project) -> None:
    account = project.scoped(ANN).history("account", "hill")
    assert [each.kind for each in account.events] == [
        "created",
        "lead",
        "call",
        "opportunity",
        "meeting",
        "subscription",
        "lost",
        "subscription",
        "call",
    ]
    assert "Service ended: Planner, Price" in [each.what for each in account.events]
    meeting = project.scoped(CID).history("meeting", "a2")
    assert dict(meeting.fields)["Outcome"] == "held"
    with pytest.raises(QuestionError, match="There is no meeting a1 that you may see"):
        project.scoped(EVERYTHING).history("meeting", "a1")
    assert project.scoped(EVERYTHING).history("activity", "a1").title


def test_a_record_opens_to_whoever_owned_it_or_acted_on_it(project: Project) -> None:
    # Bob had both, Cid met the buyers of the deal
    for scope in (ANN, BOB, MIA, ZOE, EVERYTHING):
        assert may_open(project, scope, "lead", "l1")
        assert may_open(project, scope, "opportunity", "oak")
    assert may_open(project, CID, "opportunity", "oak")
    assert may_open(project, MAX, "opportunity", "oak")
    for scope in (EVE, SUMS):
        assert not may_open(project, scope, "lead", "l1")
        assert not may_open(project, scope, "opportunity", "oak")
        assert not may_open(project, scope, "account", "hill")
    assert not may_open(project, ANN, "lead", "l9")


def test_a_manager_opens_what_was_the_teams_while_the_owner_was_in_it(project: Project) -> None:
    # Eve's deal began on the 20th, when she was Max's
    assert may_open(project, MAX, "opportunity", "fir")
    assert not may_open(project, MIA, "opportunity", "fir")
    assert may_open(project, MAX, "rep", "eve")
    assert not may_open(project, MIA, "rep", "eve")
    positions = project.scoped(MAX).history("rep", "eve")
    assert [each.what for each in positions.events] == [
        "First day in the job",
        "team north, manager Mia",
        "team south, manager Max",
    ]


def test_a_record_opens_to_who_led_the_manager_on_the_day(tmp_path: Path) -> None:
    # Ann is Mia's on both days; Mia is Zoe's on the first and Ben's on the second
    made = calls(("ann", "2026-01-31"), ("ann", "2026-02-01"))
    with organisation_that_changed(tmp_path, activity=made) as project:
        opens = {
            scope: [may_open(project, scope, "activity", each["activity_id"]) for each in made]
            for scope in (ZOE, BEN, MIA)
        }
    assert opens == {ZOE: [True, False], BEN: [False, True], MIA: [True, True]}


def test_a_kind_that_there_is_not_is_refused_with_the_nearest(project: Project) -> None:
    with pytest.raises(QuestionError, match=r"no kind of record deals\..*There are: lead,"):
        project.scoped(ANN).history("deals", "oak")
