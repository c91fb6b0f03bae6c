"""Counts over all records move with each change, and say what a count of all rows says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from foresail.project import Project
from tests.facts.test_following import loaded, written
from tests.oracle.worlds import Row
from tests.world import world


def call(number: int, **more: Any) -> Row:
    """A call to a lead of its own."""
    return {
        "activity_id": f"call{number}",
        "kind": "call",
        "direction": "outbound",
        "lead_id": f"lead{number}",
        "rep_id": "ann",
        **more,
    }


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Twelve calls to leads, one of them with no direction, and one of zed's."""
    calls = [call(1, direction=None), call(2, rep_id="zed"), *(call(each) for each in range(3, 13))]
    made = world(
        tmp_path,
        lead=[{"lead_id": f"lead{each}"} for each in range(1, 13)],
        activity=calls,
        cost=[{"starts_on": "2026-03-01", "amount": 5}],
    )
    with made.warehouse.writing() as cursor:
        cursor.execute("insert into fact.lead (lead_id) values ('not there')")
    return made


def told(project: Project, table: str, columns: str, condition: str = "true") -> list[Any]:
    """Rows of a tally in order."""
    with project.warehouse.writing() as cursor:
        found = cursor.execute(f"select {columns} from fact.{table} where {condition} order by all")
        return list(found.fetchall())


KIND = "table_name = 'activity' and column_name in ('kind', '*')"
DIRECTION = "table_name = 'activity' and column_name = 'direction'"


def test_a_row_without_a_category_does_not_fill_the_column(project: Project) -> None:
    found = told(
        project,
        "filled",
        "column_name, value, n",
        "table_name = 'cost' and column_name in ('amount', 'category')",
    )
    assert found == [("amount", None, 1)]


def test_a_change_moves_what_is_counted(project: Project, tmp_path: Path) -> None:
    columns = "column_name, value, n"
    assert told(project, "filled", columns, KIND) == [
        ("*", None, 12),
        ("kind", "call", 12),
        ("kind", None, 12),
    ]
    assert told(project, "lacking", "empty, rows", DIRECTION) == [(1, 12)]
    assert loaded(project, tmp_path, activity=[call(1, kind="email"), call(13, lead_id="lead1")])
    assert told(project, "filled", columns, KIND) == [
        ("*", None, 13),
        ("kind", "call", 12),
        ("kind", "email", 1),
        ("kind", None, 13),
    ]
    assert told(project, "lacking", "empty, rows", DIRECTION) == [(0, 13)]


def test_a_key_that_is_counted_no_more_goes(project: Project, tmp_path: Path) -> None:
    named = told(project, "named_rep", "rep_id, n")
    project.load(written(tmp_path / "one", {"activity": [call(2)]}))
    assert (named, told(project, "named_rep", "rep_id, n")) == (
        [("ann", 11), ("zed", 1)],
        [("ann", 12)],
    )
    assert told(project, "role", "rep_id") == [("ann",), ("bob",), ("cid",)]
