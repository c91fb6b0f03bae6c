"""Rollups follow their facts: whatever rows change, they say what the facts say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foresail.facts.making import rollups
from foresail.facts.making.refresh import plan
from foresail.facts.making.rollups import changed, compact
from foresail.project import Project
from tests.world import world

WORDS: dict[str, Any] = {"by": ("rep", "team"), "period": "2026-02-02..2026-03-31"}
KPIS = ("outbound_calls", "emails_sent", "talk_time", "missed_calls", "connect_rate")
DAYS = ("2026-02-10", "2026-03-02", "2026-03-03", "2026-03-31")
TABLES = ("activity", "activity_day")

ACTIVITY = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["call", "email"]),
        "is_touch": st.booleans(),
        "outcome": st.sampled_from([None, "connected", "no_answer"]),
        "duration_seconds": st.sampled_from([None, 60.0, 45.0]),
        "occurred_on": st.sampled_from([None, *DAYS]),
        "actor_rep": st.sampled_from([None, "ann", "bob", "cid"]),
        "actor_team": st.sampled_from([None, "north", "south"]),
        "deleted_at": st.sampled_from([None, "2026-03-20 12:00:00"]),
    }
)
CHANGE = st.tuples(st.lists(ACTIVITY, max_size=8), st.sampled_from([2, 3, 5]))
AS_OF = st.sampled_from(["2026-03-31", "2026-03-20T11:00", "2026-03-02T12:00"])


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    calls = [
        {
            "activity_id": f"c{number}",
            "kind": ("call", "email", "call")[number % 3],
            "direction": ("outbound", "inbound")[number % 5 == 0],
            "outcome": ("connected", "no_answer")[number % 2],
            "rep_id": ("ann", "bob", "cid")[number % 3],
            "occurred_at": f"{DAYS[number % 4]}T09:00",
            "duration_seconds": 60 if number % 4 else None,
        }
        for number in range(30)
    ]
    made = world(tmp_path_factory.mktemp("world"), activity=calls)
    with made.warehouse.writing() as cursor:
        for table in TABLES:
            cursor.execute(f"create table meta.{table} as from fact.{table}")
    return made


def restore(cursor: Any) -> None:
    """Begin with what was loaded."""
    for table in TABLES:
        cursor.execute(f"delete from fact.{table}")
        cursor.execute(f"insert into fact.{table} from meta.{table}")


def change(cursor: Any, added: list[dict[str, Any]], share: int) -> None:
    """Replace every so-many-th activity by others, as a load does."""
    cursor.execute(
        "create or replace temp table removed as"
        f" from fact.activity where hash(activity_id) % {share} = 0"
    )
    cursor.execute("create or replace temp table added as from fact.activity limit 0")
    for row in added:
        instant = row["occurred_on"] and f"{row['occurred_on']} 09:00:00"
        values = {
            **row,
            "activity_id": str(id(row)),
            "occurred_at": instant,
            "direction": "outbound",
            "is_outbound": True,
            "is_held": False,
            "is_automated": False,
            "is_completed": True,
        }
        names = ", ".join(values)
        marks = ", ".join("?" for _ in values)
        cursor.execute(f"insert into added ({names}) values ({marks})", list(values.values()))
    cursor.execute(f"delete from fact.activity where hash(activity_id) % {share} = 0")
    cursor.execute("insert into fact.activity from added")
    changed(cursor, "activity", "removed", "added")


def differing(project: Project, cursor: Any) -> list[Any]:
    """The rows of the rollup that are others than if it was made anew."""
    (made,) = (each for each in plan(project.settings) if each.table == "fact.activity_day")
    _, _, query = made.sql.partition(" as ")
    kept, anew = "(from fact.activity_day)", f"({query})"
    found: list[Any] = cursor.execute(
        f"({kept} except all {anew}) union all ({anew} except all {kept})"
    ).fetchall()
    return found


@settings(max_examples=15, deadline=None)
@given(changes=st.lists(CHANGE, min_size=1, max_size=3), as_of=AS_OF, is_merged=st.booleans())
def test_rollups_say_what_the_facts_say_after_any_changes(
    project: Project, changes: list[Any], as_of: str, *, is_merged: bool
) -> None:
    with project.warehouse.writing() as cursor, pytest.MonkeyPatch.context() as patch:
        restore(cursor)
        for added, share in changes:
            change(cursor, added, share)
        if is_merged:
            patch.setattr(rollups, "FEW", -1)
            compact(cursor)
            assert differing(project, cursor) == []

    facts = project.from_facts()
    for grain in ("week", "month"):
        rolled, whole = (
            each.ask(*KPIS, **WORDS, grain=grain, as_of=as_of) for each in (project, facts)
        )
        assert rolled.rows == whole.rows
        assert rolled.notes == whole.notes


def test_much_that_changed_is_merged(project: Project) -> None:
    of_changes = "select count(*) filter (is_change), count(*) from fact.activity_day"
    with project.warehouse.writing() as cursor, pytest.MonkeyPatch.context() as patch:
        restore(cursor)
        change(cursor, [], 1)
        compact(cursor)
        changes, rows = cursor.execute(of_changes).fetchall()[0]
        patch.setattr(rollups, "FEW", 0)
        compact(cursor)
        left, merged = cursor.execute(of_changes).fetchall()[0]
    assert changes > rows // 5
    assert (left, merged) == (0, 0)  # every activity is gone
