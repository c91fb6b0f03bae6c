# ruff: noqa: E501  # a table is drawn as wide as it is
"""Which assets are used, by whom, and who is reached through social networks, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world


def test_assets_are_available_in_a_period_while_they_are_published(tmp_path: Path) -> None:
    content = drawn("""
        content_id | name  | segment | stage | published_on | retired_on
        always     | Aa    | smb     | demo  |              |
        last       | Bb    | smb     |       | 2025-01-01   | 2026-02-01
        gone       | Cc    | smb     |       | 2025-01-01   | 2026-01-31
        late       | Dd    |         | demo  | 2026-02-28   |
        later      | Ee    |         |       | 2026-03-01   |
    """)
    activity = drawn("""
        activity_id | kind   | direction | rep_id | is_automated | occurred_at          | deleted_at
        a1          | email  | outbound  | ann    |              | 2026-02-02T08:00:00Z | 2026-03-10T08:00:00Z
        a2          | social | outbound  | bob    |              | 2026-02-02T08:00:00Z |
        a3          | email  | outbound  | eve    |              | 2026-02-27T08:00:00Z |
        a4          | email  | outbound  | cid    | true         | 2026-02-02T08:00:00Z |
        a5          | email  | inbound   | cid    |              | 2026-02-02T08:00:00Z |
        a6          | email  | outbound  | bob    |              | 2026-03-02T08:00:00Z |
    """)
    content_share = drawn("""
        activity_id | content_id
        a1          | always
        a1          | last
        a2          | last
        a3          | gone
        a3          | late
        a4          | always
        a5          | always
        a6          | later
    """)
    rep = drawn("""
        rep_id | name | team  | hired_on   | left_on
        ann    | Ann  | north | 2025-01-01 |
        bob    | Bob  | north | 2025-01-01 | 2026-02-28
        cid    | Cid  | south | 2025-01-01 |
        dot    | Dot  | south | 2026-03-01 |
        fay    | Fay  | south | 2025-01-01 | 2026-02-27
    """)
    project = world(
        tmp_path, rep=rep, content=content, activity=activity, content_share=content_share
    )
    kpis = ("collateral_usage_rate", "collateral_adoption")

    def asked(**question: Any) -> tuple[Any, ...]:
        (row,) = project.ask(*kpis, **question).rows
        return tuple(row[f"{kpi}{part}"] for kpi in kpis for part in ("", ".denominator"))

    # always, last and late are available, gone is not; bob still is there on his last day, fay is
    # not, and eve is no rep
    assert asked(period="2026-02", as_of="2026-03-09") == (1, 3, pytest.approx(2 / 3), 3)
    assert asked(period="2026-02") == (pytest.approx(2 / 3), 3, pytest.approx(1 / 3), 3)
    # on the 27th late is not published yet, and fay still is there
    assert asked(period="2026-02", as_of="2026-02-27") == (1, 2, 0.5, 4)
    assert asked(period="2026-03") == (pytest.approx(1 / 3), 3, 0, 3)
    assert asked(period="2026-04") == (None, None, None, None)
    # in all every one that was ever published counts
    whole = project.ask("collateral_usage_rate", period="all")
    assert whole.rows[0]["collateral_usage_rate.denominator"] == 5
    by_asset = project.ask("collateral_usage_rate", by="content", period="2026-02")
    assert by(by_asset, "content", "collateral_usage_rate") == {"Aa": 0, "Bb": 1, "Dd": 1}
    by_stage = project.ask("collateral_usage_rate", by=("segment", "stage"), period="2026-02")
    assert [
        (row["segment"], row["stage"], row["collateral_usage_rate"]) for row in by_stage.rows
    ] == [
        ("smb", "demo", 0),
        ("smb", None, 1),
        (None, "demo", 1),
    ]
    teams = project.ask("collateral_adoption", by="team", period="2026-02")
    assert by(teams, "team", "collateral_adoption") == {"north": 0.5, "south": 0}
    assert [
        row["rep"] for row in project.records("collateral_adoption", period="2026-02").rows
    ] == ["Bob"]


def test_social_touches_count_on_days_at_work(tmp_path: Path) -> None:
    rep = drawn("""
        rep_id | name | hired_on   | left_on
        ann    | Ann  | 2026-02-02 |
        bob    | Bob  | 2026-02-02 | 2026-02-06
    """)
    absence = [
        {"rep_id": "ann", "starts_on": "2026-02-05", "ends_on": "2026-02-06", "kind": "holiday"}
    ]
    lead = drawn("""
        lead_id | owner_id | created_at
        lou     | ann      | 2026-01-05T08:00:00Z
        max     | bob      | 2026-01-05T08:00:00Z
        kim     | ann      | 2026-01-05T08:00:00Z
    """)
    # the 7th is a Saturday; s2 lies on the 3rd in Berlin
    activity = drawn("""
        activity_id | kind   | direction | rep_id | lead_id | is_automated | occurred_at          | deleted_at
        s1          | social | outbound  | ann    | lou     |              | 2026-02-02T08:00:00Z |
        s2          | social | outbound  | ann    | lou     |              | 2026-02-02T23:30:00Z | 2026-02-10T08:00:00Z
        s3          | social | outbound  | ann    | kim     |              | 2026-02-05T08:00:00Z | 2026-02-12T08:00:00Z
        s4          | social | outbound  | ann    |         |              | 2026-02-07T08:00:00Z |
        s5          | social | inbound   | bob    | max     |              | 2026-02-02T08:00:00Z |
        s6          | social | outbound  | bob    | max     | true         | 2026-02-03T08:00:00Z |
        s7          | social | outbound  | bob    |         |              | 2026-02-06            |
        c1          | call   | outbound  | bob    | max     |              | 2026-02-04T08:00:00Z |
        c2          | call   | outbound  | ann    | kim     |              | 2026-02-04T08:00:00Z |
    """)
    project = world(
        tmp_path,
        settings='zone = "Europe/Berlin"',
        rep=rep,
        absence=absence,
        lead=lead,
        activity=activity,
    )
    kpis = ("social_active_days", "social_lead_share")
    week = "2026-02-02..2026-02-08"
    early = project.ask(*kpis, by="rep", period=week, as_of="2026-02-09").rows
    # ann: the 2nd, 3rd and 4th; bob: five days
    assert [row["social_active_days"] for row in early] == [pytest.approx(2 / 3), 0.2]
    assert [row["social_lead_share"] for row in early] == [1, 0]
    late = project.ask(*kpis, by="rep", period=week, as_of="2026-02-12").rows
    assert [row["social_active_days"] for row in late] == [pytest.approx(1 / 3), 0.2]
    assert [row["social_lead_share"] for row in late] == [0.5, 0]
    days = project.records("social_active_days", period=week, as_of="2026-02-09").rows
    assert [(row["rep"], row["day"].day) for row in days] == [("Ann", 2), ("Ann", 3), ("Bob", 6)]
    calls = project.ask("calls_per_rep_day", period=week).rows[0]["calls_per_rep_day.denominator"]
    assert (
        calls
        == project.ask("social_active_days", period=week).rows[0]["social_active_days.denominator"]
        == 8
    )
    assert value(project, "social_lead_share", period="2026-01") is None
