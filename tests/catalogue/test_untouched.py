"""Which open deals nobody touches, and to which deal an activity belongs, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.catalogue import drawn, value
from tests.world import by, world

LATELY = "2026-02-27T08:00:00Z"
ACCOUNTS = [{"account_id": "hill"}, {"account_id": "dale"}]
CONTACTS = [
    {"contact_id": "una", "account_id": "hill"},
    {"contact_id": "ivo", "account_id": "hill"},
]


def of_touches(tmp_path: Path, deals: str, activities: str, **further: Any) -> Any:
    """A world of deals created on 2 January, and of calls to them on 27 February."""
    made = {"created_at": "2026-01-02T08:00:00Z", "owner_id": "ann"}
    done = {"kind": "call", "direction": "outbound", "occurred_at": LATELY}
    return world(
        tmp_path,
        opportunity=[{**made, **deal} for deal in drawn(deals)],
        activity=[{**done, **activity} for activity in drawn(activities)],
        account=ACCOUNTS,
        contact=CONTACTS,
        **further,
    )


def untouched(project: Any, **question: Any) -> list[str]:
    """The ids of the untouched deals."""
    records = project.records("untouched_deals", **question)
    return sorted(row["opportunity_id"] for row in records.rows)


def test_a_deal_is_untouched_after_fourteen_days(tmp_path: Path) -> None:
    project = of_touches(
        tmp_path,
        """
        opportunity_id | created_at
        oak            | 2026-01-02T08:00:00Z
        elm            | 2026-01-02T08:00:00Z
        ash            | 2026-02-20T08:00:00Z
        fir            | 2026-01-02T08:00:00Z
        """,
        """
        activity_id | opportunity_id | occurred_at
        one         | oak            | 2026-02-14T23:00:00Z
        two         | elm            | 2026-02-15T08:00:00Z
        """,
    )
    # on 28 February at midnight: oak was touched 14 days and an hour before, elm less than that;
    # ash is young, and fir was never touched
    assert untouched(project, period="2026-02") == ["fir", "oak"]
    assert value(project, "untouched_deals", period="2026-02") == 2


def test_a_deal_without_a_creation_date_is_never_old(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        opportunity=[
            {"opportunity_id": "oak"},
            {"opportunity_id": "elm", "created_at": "2026-01-01"},
        ],
        activity=[{"activity_id": "one", "kind": "call", "occurred_at": LATELY}],
    )
    assert untouched(project, period="2026-02") == ["elm"]


def test_dates_without_time_are_counted_in_days(tmp_path: Path) -> None:
    project = of_touches(
        tmp_path,
        """
        opportunity_id | created_at
        oak            | 2026-02-14
        elm            | 2026-02-15
        """,
        """
        activity_id | opportunity_id | occurred_at
        one         | oak            | 2026-02-14
        two         | elm            | 2026-02-15
        """,
    )
    assert untouched(project, period="2026-02") == ["oak"]


def test_the_setting_says_how_many_days(tmp_path: Path) -> None:
    project = of_touches(
        tmp_path,
        """
        opportunity_id | outcome
        oak            |
        elm            |
        """,
        """
        activity_id | opportunity_id | occurred_at
        one         | oak            | 2026-02-27T23:00:00Z
        two         | elm            | 2026-02-28T08:00:00Z
        """,
        settings="[thresholds]\nuntouched_days = 1",
    )
    assert untouched(project, period="2026-02") == ["oak"]


def test_only_attempts_and_meetings_that_were_held_are_touches(tmp_path: Path) -> None:
    project = of_touches(
        tmp_path,
        """
        opportunity_id | outcome
        call           |
        meeting        |
        inbound        |
        machine        |
        abandoned      |
        no_show        |
        undone         |
        """,
        """
        activity_id | opportunity_id | kind    | direction | outcome   | is_automated | is_completed
        one         | call           | call    | outbound  | busy      |              |
        two         | meeting        | meeting | inbound   | held      |              |
        three       | inbound        | call    | inbound   | connected |              |
        four        | machine        | email   | outbound  |           | true         |
        five        | abandoned      | call    | outbound  | abandoned |              |
        six         | no_show        | meeting | outbound  | no_show   |              |
        seven       | undone         | call    | outbound  |           |              | false
        """,
    )
    assert untouched(project, period="2026-02") == [
        "abandoned",
        "inbound",
        "machine",
        "no_show",
        "undone",
    ]


def test_a_deal_with_something_planned_is_not_untouched(tmp_path: Path) -> None:
    project = of_touches(
        tmp_path,
        """
        opportunity_id | outcome
        oak            |
        elm            |
        ash            |
        fir            |
        """,
        """
        activity_id | opportunity_id | direction | booked_at  | occurred_at | deleted_at
        one         | oak            | outbound  | 2026-02-20 | 2026-03-10  |
        two         | elm            | outbound  | 2026-03-02 | 2026-03-10  |
        three       | ash            | inbound   | 2026-02-20 | 2026-03-10  |
        four        | fir            | outbound  | 2026-02-20 | 2026-03-10  | 2026-02-22
        """,
    )
    # elm's was booked later; ash's is the customer's own; fir's was called off
    assert untouched(project, period="2026-02") == ["ash", "elm", "fir"]
    # since 10 March oak and elm have been touched
    assert untouched(project, period="2026-03-12") == ["ash", "fir"]


def test_an_activity_belongs_to_the_open_deals_of_its_contact(tmp_path: Path) -> None:
    project = of_touches(
        tmp_path,
        """
        opportunity_id | account_id | contact_id | outcome | closed_at
        oak            | hill       | una        |         |
        elm            | hill       | una        |         |
        ash            | hill       | ivo        |         |
        fir            | hill       | una        | won     | 2026-02-01
        """,
        """
        activity_id | contact_id | occurred_at
        one         | una        | 2026-02-27T08:00:00Z
        """,
    )
    assert untouched(project, period="2026-02") == ["ash"]


def test_else_to_the_only_open_deal_of_its_account(tmp_path: Path) -> None:
    deals = """
        opportunity_id | account_id | contact_id | outcome | closed_at
        oak            | hill       | una        |         |
        elm            | hill       | una        | lost    | 2026-02-20T08:00:00Z
        ash            | dale       |            |         |
    """
    early = """
        activity_id | contact_id | account_id | occurred_at
        one         | ivo        |            | 2026-02-19T08:00:00Z
        two         |            | dale       | 2026-02-27T08:00:00Z
    """
    # on the 19th two deals of Hill stood open, so that the call belongs to neither
    project = of_touches(tmp_path / "early", deals, early)
    assert untouched(project, period="2026-02") == ["oak"]
    late = early.replace("2026-02-19", "2026-02-21")
    project = of_touches(tmp_path / "late", deals, late)
    assert untouched(project, period="2026-02") == []


def test_a_plan_belongs_to_the_deals_that_stand_open_meanwhile(tmp_path: Path) -> None:
    project = of_touches(
        tmp_path,
        """
        opportunity_id | account_id | contact_id | outcome | closed_at
        oak            | hill       | una        | won     | 2026-03-05T08:00:00Z
        elm            | hill       | ivo        |         |
        ash            | dale       |            |         |
        """,
        """
        activity_id | contact_id | account_id | booked_at            | occurred_at
        one         | una        |            | 2026-02-20T08:00:00Z | 2026-03-25T08:00:00Z
        two         |            | dale       | 2026-02-20T08:00:00Z | 2026-03-25T08:00:00Z
        """,
    )
    # Una's meeting is oak's until oak is won: then the only open deal of Hill is elm
    assert untouched(project, period="2026-02") == ["elm"]
    assert untouched(project, period="2026-03-10") == []
    # what becomes of oak later does not change what was planned for it then
    assert untouched(project, period="2026-02", as_of="2026-02-28") == ["elm"]


def test_a_touch_that_was_deleted_is_none_from_then_on(tmp_path: Path) -> None:
    project = of_touches(
        tmp_path,
        """
        opportunity_id | outcome
        oak            |
        elm            |
        """,
        """
        activity_id | opportunity_id | occurred_at          | deleted_at
        one         | oak            | 2026-02-03T08:00:00Z |
        two         | oak            | 2026-02-20T08:00:00Z | 2026-02-25T08:00:00Z
        three       | elm            | 2026-02-20T08:00:00Z | 2026-02-25T08:00:00Z
        four        | elm            | 2026-02-22T08:00:00Z |
        """,
    )
    assert untouched(project, period="2026-02-24") == []
    # oak's last touch is that of the 3rd again
    assert untouched(project, period="2026-02-28") == ["oak"]
    (row,) = project.records("untouched_deals", period="2026-02-28").rows
    assert row["touched_at"].day == 3


def test_untouched_deals_belong_to_the_owner_at_the_end(tmp_path: Path) -> None:
    opportunity_change = drawn("""
        opportunity_id | field    | old_value | new_value | changed_at
        oak            | owner_id | ann       | cid       | 2026-02-10T08:00:00Z
    """)
    project = of_touches(
        tmp_path,
        """
        opportunity_id | owner_id | deleted_at
        oak            | cid      |
        elm            | ann      | 2026-02-20
        """,
        """
        activity_id | opportunity_id | occurred_at
        one         | oak            | 2026-01-03T08:00:00Z
        """,
        opportunity_change=opportunity_change,
    )
    january = project.ask("untouched_deals", period="2026-01", by="rep", as_of="2026-01-31")
    assert by(january, "rep", "untouched_deals") == {"Ann": 2, "Bob": 0, "Cid": 0}
    february = project.ask("untouched_deals", period="2026-02", by="rep")
    assert by(february, "rep", "untouched_deals") == {"Ann": 0, "Bob": 0, "Cid": 1}


def test_without_activities_nobody_knows(tmp_path: Path) -> None:
    project = world(tmp_path, opportunity=[{"opportunity_id": "oak", "created_at": "2026-01-02"}])
    assert value(project, "untouched_deals", period="2026-02") is None
