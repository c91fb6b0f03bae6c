"""The waterfall of the pipeline: worked by hand, and the law that it adds up."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foresail.core.errors import QuestionError
from foresail.project import Project
from foresail.project.sharing import METHODS
from tests.catalogue import drawn
from tests.world import world

GAINS = ("opening", "created", "reopened", "raised", "pulled_in", "moved_in", "revalued")
LOSSES = ("lowered", "pushed_out", "won", "lost", "deleted", "moved_out")


def flows(project: Any, **question: Any) -> dict[str, float]:
    """The parts of a waterfall that are not 0."""
    (row,) = project.waterfall(**question).rows
    return {name: amount for name, amount in row.items() if amount}


def per_slice(project: Any, dimension: str, **question: Any) -> dict[Any, dict[str, float]]:
    """The parts of each slice's waterfall that are not 0."""
    rows = project.waterfall(by=dimension, **question).rows
    known = {*GAINS, *LOSSES, "closing"}
    return {
        row[dimension]: {name: amount for name, amount in row.items() if name in known and amount}
        for row in rows
    }


def test_what_came_and_went_between_two_days(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at           | closed_at            | amount | deleted_at
        oak            |         | 2026-01-05T10:00:00Z |                      | 100    |
        elm            | won     | 2026-01-05T10:00:00Z | 2026-02-10T10:00:00Z | 200    |
        ash            | lost    | 2026-01-05T10:00:00Z | 2026-02-10T10:00:00Z | 400    |
        fir            |         | 2026-02-05T10:00:00Z |                      | 800    |
        yew            | won     | 2026-02-05T10:00:00Z | 2026-02-20T10:00:00Z | 1600   |
        box            |         | 2026-01-05T10:00:00Z |                      | 3200   | 2026-02-11
        ivy            | won     | 2026-01-05T10:00:00Z | 2026-03-02T10:00:00Z | 6400   |
    """)
    # yew was created and won within the month; ivy is won after it
    project = world(tmp_path, opportunity=opportunity)
    assert flows(project, period="2026-02") == {
        "opening": 100 + 200 + 400 + 3200 + 6400,
        "created": 800 + 1600,
        "won": 200 + 1600,
        "lost": 400,
        "deleted": 3200,
        "closing": 100 + 800 + 6400,
    }


def test_each_step_leads_to_its_deals(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | name | owner_id | outcome | created_at | closed_at  | amount
        oak            | Oak  | ann      |         | 2026-01-05 |            | 100
        elm            | Elm  | bob      | won     | 2026-01-05 | 2026-02-10 | 200
        fir            | Fir  | cid      |         | 2026-02-05 |            | 800
        yew            | Yew  | ann      | won     | 2026-02-05 | 2026-02-20 | 1600
        ivy            | Ivy  | ann      | won     | 2026-01-05 | 2026-03-02 | 6400
    """)
    project = world(tmp_path, opportunity=opportunity)

    def deals(flow: str, **question: Any) -> dict[str, float]:
        found = project.waterfall_records(flow, period="2026-02", **question)
        assert found.part == flow
        return {row["name"]: row["value"] for row in found.rows}

    assert deals("created") == {"Yew": 1600, "Fir": 800}
    assert deals("won") == {"Yew": 1600, "Elm": 200}
    assert deals("won", where={"rep": ["ann"]}) == {"Yew": 1600}
    # ivy is won after the month: at its end it stands open still
    assert deals("closing") == {"Ivy": 6400, "Fir": 800, "Oak": 100}
    assert deals("deleted") == {}
    states = {row["name"]: row["state"] for row in waterfall_rows(project, "opening")}
    assert states == {"Ivy": "open", "Elm": "won", "Oak": "open"}
    with pytest.raises(QuestionError, match="no step wonn"):
        deals("wonn")


def waterfall_rows(project: Any, flow: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = project.waterfall_records(flow, period="2026-02").rows
    return rows


def test_a_deal_deleted_since_stood_open_until_then(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | created_at           | amount | deleted_at
        oak            | 2026-01-05T10:00:00Z | 100    | 2026-02-01T00:00:00Z
        elm            | 2026-01-05T10:00:00Z | 200    | 2026-02-01T00:00:01Z
        ash            | 2026-01-05T10:00:00Z | 400    | 2026-03-05T10:00:00Z
    """)
    # oak was gone at the first instant; ash was deleted after the month
    project = world(tmp_path, opportunity=opportunity)
    assert flows(project, period="2026-02") == {"opening": 600, "deleted": 200, "closing": 400}


def test_an_amount_that_changes_is_raised_or_lowered(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | created_at           | amount
        oak            | 2026-01-05T10:00:00Z | 150
        elm            | 2026-01-05T10:00:00Z | 20
        ash            | 2026-01-05T10:00:00Z | 70
    """)
    opportunity_change = drawn("""
        opportunity_id | field  | old_value | new_value | changed_at
        oak            | amount | 100       | 180       | 2026-02-05T10:00:00Z
        oak            | amount | 180       | 150       | 2026-02-07T10:00:00Z
        elm            | amount | 50        | 20        | 2026-02-05T10:00:00Z
        ash            | amount |           | 70        | 2026-02-05T10:00:00Z
    """)
    # oak rises by 80, then falls by 30; ash, unknown before, rises from nothing
    project = world(tmp_path, opportunity=opportunity, opportunity_change=opportunity_change)
    assert flows(project, period="2026-02") == {
        "opening": 150,
        "raised": 80 + 70,
        "lowered": 30 + 30,
        "closing": 240,
    }


def test_a_deal_that_was_re_opened_comes_back(tmp_path: Path) -> None:
    stage = drawn("""
        pipeline | stage | position | kind
        new      | talk  | 1        | open
        new      | lost  | 2        | lost
    """)
    opportunity = drawn("""
        opportunity_id | pipeline | created_at           | amount
        oak            | new      | 2026-01-05T10:00:00Z | 100
    """)
    opportunity_stage = drawn("""
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-01-05T10:00:00Z
        oak            | lost  | 2026-02-10T10:00:00Z
        oak            | talk  | 2026-02-20T10:00:00Z
    """)
    project = world(
        tmp_path, stage=stage, opportunity=opportunity, opportunity_stage=opportunity_stage
    )
    both = {"opening": 100, "lost": 100, "reopened": 100, "closing": 100}
    assert flows(project, period="2026-02") == both
    assert flows(project, period="2026-02-15..2026-02-28") == {"reopened": 100, "closing": 100}


def test_a_change_of_owner_is_a_move_between_reps_and_teams(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | created_at           | amount
        oak            | bob      | 2026-01-05T10:00:00Z | 100
        elm            | cid      | 2026-01-05T10:00:00Z | 250
    """)
    opportunity_change = drawn("""
        opportunity_id | field    | old_value | new_value | changed_at
        oak            | owner_id | ann       | bob       | 2026-02-05T10:00:00Z
        elm            | owner_id | ann       | cid       | 2026-02-05T10:00:00Z
        elm            | amount   | 200       | 250       | 2026-02-05T10:00:00Z
    """)
    # elm moves at what it was worth before; Cid's is raised then. Bob is of Ann's team.
    project = world(tmp_path, opportunity=opportunity, opportunity_change=opportunity_change)
    assert flows(project, period="2026-02") == {"opening": 300, "raised": 50, "closing": 350}
    assert per_slice(project, "rep", period="2026-02") == {
        "Ann": {"opening": 300, "moved_out": 300},
        "Bob": {"moved_in": 100, "closing": 100},
        "Cid": {"moved_in": 200, "raised": 50, "closing": 250},
    }
    assert per_slice(project, "team", period="2026-02") == {
        "north": {"opening": 300, "moved_out": 200, "closing": 100},
        "south": {"moved_in": 200, "raised": 50, "closing": 250},
    }
    north = {"opening": 300, "moved_out": 200, "closing": 100}
    assert flows(project, period="2026-02", where={"team": ["north"]}) == north


def test_the_owners_change_of_team_moves_the_deal(tmp_path: Path) -> None:
    rep_assignment = drawn("""
        rep_id | valid_from | team
        ann    | 2025-01-01 | north
        ann    | 2026-02-16 | south
    """)
    opportunity = drawn("""
        opportunity_id | owner_id | created_at           | amount
        oak            | ann      | 2026-01-05T10:00:00Z | 100
    """)
    project = world(tmp_path, opportunity=opportunity, rep_assignment=rep_assignment)
    assert per_slice(project, "team", period="2026-02") == {
        "north": {"opening": 100, "moved_out": 100},
        "south": {"moved_in": 100, "closing": 100},
    }
    assert per_slice(project, "rep", period="2026-02") == {"Ann": {"opening": 100, "closing": 100}}


def test_what_new_rates_do_stands_apart(tmp_path: Path) -> None:
    exchange_rate = drawn("""
        currency | day        | rate
        USD      | 2026-01-01 | 0.9
        USD      | 2026-02-15 | 0.8
    """)
    opportunity = drawn("""
        opportunity_id | created_at           | amount | currency | outcome | closed_at
        oak            | 2026-01-05T10:00:00Z | 100    | USD      |         |
        elm            | 2026-01-05T10:00:00Z | 100    |          |         |
        ash            | 2026-02-05T10:00:00Z | 10     | USD      |         |
        fir            | 2026-01-05T10:00:00Z | 30     | USD      | won     | 2026-02-03T10:00:00Z
    """)
    # opening 90 + 100 + 27; at the rate of the end oak is 10 and fir 3 less; ash comes at 8
    project = world(tmp_path, opportunity=opportunity, exchange_rate=exchange_rate)
    assert flows(project, period="2026-02") == {
        "opening": 217,
        "revalued": -13,
        "created": 8,
        "won": 24,
        "closing": 188,
    }


def test_what_is_due_is_pulled_in_and_pushed_out(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | created_at           | amount | expected_close_on
        oak            | 2026-01-05T10:00:00Z | 100    | 2026-03-10
        elm            | 2026-01-05T10:00:00Z | 200    | 2026-02-28
        ash            | 2026-01-05T10:00:00Z | 400    | 2026-01-10
        fir            | 2026-01-05T10:00:00Z | 800    |
        yew            | 2026-02-05T10:00:00Z | 1600   | 2026-03-01
    """)
    opportunity_change = drawn("""
        opportunity_id | field             | old_value  | new_value  | changed_at
        oak            | expected_close_on | 2026-02-20 | 2026-03-10 | 2026-02-05T10:00:00Z
        elm            | expected_close_on | 2026-04-01 | 2026-02-28 | 2026-02-06T10:00:00Z
    """)
    # ash is overdue; fir is expected at no time, yew after the month
    project = world(tmp_path, opportunity=opportunity, opportunity_change=opportunity_change)
    assert flows(project, period="2026-02", due=True) == {
        "opening": 500,
        "pulled_in": 200,
        "pushed_out": 100,
        "closing": 600,
    }
    whole = {"opening": 1500, "created": 1600, "closing": 3100}
    assert flows(project, period="2026-02") == whole


def test_a_running_period_ends_at_the_as_of_instant(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | created_at           | amount | outcome | closed_at
        oak            | 2026-01-05T10:00:00Z | 100    | won     | 2026-02-20T10:00:00Z
        elm            |                      | 200    |         |
    """)
    # elm has no creation date, and is in no waterfall
    project = world(tmp_path, opportunity=opportunity)
    question = {"period": "2026-02", "as_of": "2026-02-10"}
    assert flows(project, **question) == {"opening": 100, "closing": 100}
    # nothing is known of a month to come
    (row,) = project.waterfall(period="2026-05").rows
    assert set(row.values()) == {None}


def test_amounts_that_were_never_loaded_are_unknown(tmp_path: Path) -> None:
    opportunity = [{"opportunity_id": "oak", "created_at": "2026-01-05"}]
    (row,) = world(tmp_path, opportunity=opportunity).waterfall(period="2026-02").rows
    assert set(row.values()) == {None}


def test_another_process_can_ask_for_it() -> None:
    assert "waterfall" in METHODS


REPS = ("ann", "bob", "cid", None)
INSTANTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 3, 20)).map(
    lambda instant: instant.replace(microsecond=0).isoformat() + "Z"
)
MOMENTS = INSTANTS | INSTANTS.map(lambda text: text[:10])
AMOUNTS = st.decimals(-100, 10_000, places=2).map(str) | st.none()
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 4, 30)).map(str) | st.none()
STAGES = drawn("""
    pipeline | stage | position | kind
    new      | talk  | 1        | open
    new      | offer | 2        | open
    new      | won   | 3        | won
    new      | lost  | 4        | lost
""")
RATES = drawn("""
    currency | day        | rate
    USD      | 2026-01-01 | 0.912345678
    USD      | 2026-02-11 | 0.876543219
    GBP      | 2026-02-01 | 1.137
""")
PLACES = drawn("""
    rep_id | valid_from | team
    ann    | 2025-01-01 | north
    ann    | 2026-02-10 | south
    cid    | 2026-02-20 | north
""")


@st.composite
def deals(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """A few deals with all that can happen to them."""
    tables: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("opportunity", "opportunity_stage", "opportunity_change")
    }
    fields = {
        "amount": AMOUNTS,
        "owner_id": st.sampled_from(REPS),
        "expected_close_on": DAYS,
    }
    for number in range(draw(st.integers(1, 8))):
        key = {"opportunity_id": f"deal {number}"}
        deal = {
            **key,
            "pipeline": "new",
            "created_at": draw(MOMENTS | st.none()),
            "closed_at": draw(MOMENTS | st.none()),
            "outcome": draw(st.sampled_from(("won", "lost", None))),
            "currency": draw(st.sampled_from(("USD", "EUR", "GBP", "CHF", None))),
            "deleted_at": draw(st.none() | MOMENTS),
            **{name: draw(values) for name, values in fields.items()},
        }
        tables["opportunity"].append(deal)
        tables["opportunity_stage"] += [
            {
                **key,
                "stage": draw(st.sampled_from(("talk", "offer", "won", "lost"))),
                "entered_at": at,
            }
            for at in draw(st.lists(MOMENTS, max_size=4, unique=True))
        ]
        for field, values in fields.items():
            tables["opportunity_change"] += [
                {
                    **key,
                    "field": field,
                    "old_value": draw(values),
                    "new_value": draw(values),
                    "changed_at": at,
                }
                for at in draw(st.lists(INSTANTS, max_size=2, unique=True))
            ]
    return tables


def cents(row: dict[str, Any], names: tuple[str, ...]) -> int:
    """The sum of some parts, in hundredths of a cent, as exact as they are kept."""
    return sum(round(row[name] * 10_000) for name in names)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables=deals())
def test_the_waterfall_adds_up(tables: dict[str, list[dict[str, Any]]]) -> None:
    with TemporaryDirectory() as folder:
        project = world(
            Path(folder),
            stage=STAGES,
            exchange_rate=RATES,
            rep_assignment=PLACES,
            opportunity=tables["opportunity"],
            opportunity_stage=tables["opportunity_stage"],
            opportunity_change=tables["opportunity_change"],
        )
        _check(project, due=False)
        _check(project, due=True)
        project.close()


def _check(project: Project, *, due: bool) -> None:
    for by in ((), ("rep",), ("team",), ("stage", "team")):
        rows = project.waterfall(by=by, period="2026-02", due=due).rows
        for row in rows:
            if row["closing"] is not None:
                assert cents(row, GAINS) - cents(row, LOSSES) == cents(row, ("closing",))
                assert all(by or not row[name] for name in ("moved_in", "moved_out"))
        moves = [row for row in rows if row["closing"] is not None]
        assert sum(cents(row, ("moved_in",)) - cents(row, ("moved_out",)) for row in moves) == 0
    if not due:
        (row,) = project.waterfall(period="2026-02").rows
        (stock,) = project.ask("pipeline_value", period="2026-02", as_of="2026-02-28").rows
        if row["closing"] is not None:
            assert row["closing"] == pytest.approx(stock["pipeline_value"] or 0)
