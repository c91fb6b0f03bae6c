"""Which deals are put off, by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world


def test_push_rate_is_of_the_deals_open_and_due_as_the_period_begins(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at           | closed_at            | expected_close_on
        oak            |         | 2026-01-05T08:00:00Z |                      | 2026-03-01
        elm            |         | 2026-01-05T08:00:00Z |                      | 2026-02-28
        ash            | won     | 2026-01-05T08:00:00Z | 2026-02-20T08:00:00Z | 2026-04-01
        fir            |         | 2026-02-01T08:00:00Z |                      | 2026-04-01
        yew            |         | 2026-01-05T08:00:00Z |                      | 2026-05-01
        box            |         | 2026-01-05T08:00:00Z |                      | 2026-01-31
        ivy            |         | 2026-01-05T08:00:00Z |                      | 2026-02-10
    """)
    opportunity_change = drawn("""
        opportunity_id | field             | old_value  | new_value  | changed_at
        oak            | expected_close_on | 2026-02-10 | 2026-03-01 | 2026-02-09T08:00:00Z
        elm            | expected_close_on | 2026-02-01 | 2026-02-28 | 2026-02-09T08:00:00Z
        ash            | expected_close_on | 2026-02-10 | 2026-04-01 | 2026-02-09T08:00:00Z
        fir            | expected_close_on | 2026-02-10 | 2026-04-01 | 2026-02-09T08:00:00Z
        yew            | expected_close_on | 2026-02-10 | 2026-05-01 | 2026-03-09T08:00:00Z
    """)
    # due: oak, elm, ash, yew, ivy; fir came too late, box was overdue. Put off by the end of the
    # month: oak alone; elm stays within it, ash was won, yew was put off in March
    project = world(tmp_path, opportunity=opportunity, opportunity_change=opportunity_change)
    (row,) = project.ask("push_rate", period="2026-02").rows
    assert row["push_rate"] == pytest.approx(1 / 5)
    assert row["push_rate.denominator"] == 5
    names = [row["opportunity_id"] for row in project.records("push_rate", period="2026-02").rows]
    assert names == ["oak"]
    # on 5 February none had been
    assert value(project, "push_rate", period="2026-02", as_of="2026-02-05") == 0
    assert value(project, "push_rate", period="2025-12") is None


def test_what_is_put_off_belongs_to_who_owned_it_at_the_beginning(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | created_at           | expected_close_on
        oak            | cid      | 2026-01-05T08:00:00Z | 2026-03-20
    """)
    opportunity_change = drawn("""
        opportunity_id | field             | old_value  | new_value  | changed_at
        oak            | expected_close_on | 2026-02-10 | 2026-03-20 | 2026-02-09T08:00:00Z
        oak            | owner_id          | ann        | cid        | 2026-02-08T08:00:00Z
    """)
    project = world(tmp_path, opportunity=opportunity, opportunity_change=opportunity_change)
    answer = project.ask("push_rate", period="2026-02", by="rep")
    assert by(answer, "rep", "push_rate") == {"Ann": 1, "Bob": None, "Cid": None}


def test_a_deal_deleted_meanwhile_is_in_neither_part(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | created_at           | expected_close_on | deleted_at
        oak            | 2026-01-05T08:00:00Z | 2026-02-10        | 2026-02-20T08:00:00Z
        elm            | 2026-01-05T08:00:00Z | 2026-02-10        |
    """)
    project = world(tmp_path, opportunity=opportunity)
    (row,) = project.ask("push_rate", period="2026-02").rows
    assert row["push_rate.denominator"] == 1
