"""Leads and people are counted by numbers that stand for their ids and never change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foresail.project import Project
from foresail.warehouse.schema import SURROGATE
from tests.facts.numbered import wrongly_numbered
from tests.facts.test_following import loaded
from tests.world import by, world


def call(name: str, **of: str) -> dict[str, str]:
    """An outbound call of ann's on the second of March."""
    return {
        "activity_id": name,
        "kind": "call",
        "direction": "outbound",
        "rep_id": "ann",
        "occurred_at": "2026-03-02T09:00:00Z",
        **of,
    }


CALLS = (
    call("to a lead", lead_id="m"),
    call("to that lead again", lead_id="m", occurred_at="2026-03-03T09:00:00Z"),
    call("to another", lead_id="x"),
    call("to a contact", contact_id="c"),
    call("to one who is nobody's contact", contact_id="unheard of"),
    *(call(f"to nobody in particular, {number}") for number in range(12)),
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Calls to two of twelve leads, one of nine contacts, one that no record tells of, and nobody.

    The facts know of a further lead, which is gone as soon as they are made anew.
    """
    leads = [{"lead_id": name, "owner_id": "ann"} for name in "mnopqrstuvwx"]
    contacts = [{"contact_id": name} for name in "cdefghijk"]
    made = world(tmp_path, lead=leads, contact=contacts, activity=CALLS)
    with made.warehouse.writing() as cursor:
        cursor.execute("insert into fact.lead (lead_id) values ('not there')")
    yield made
    made.close()


def told(project: Project, sql: str) -> list[Any]:
    """What a query of the warehouse finds."""
    with project.warehouse.writing() as cursor:
        assert not list(wrongly_numbered(cursor))
        return list(cursor.execute(sql).fetchall())


def counted(project: Project) -> tuple[Any, Any]:
    """How many people ann approached and how many leads she worked."""
    answer = project.ask("prospects_approached", "leads_worked", by="rep", period="2026-03")
    (row,) = (row for row in answer.rows if row["rep"] == "Ann")
    return row["prospects_approached"], row["leads_worked"]


def test_ids_are_numbered_in_their_order(project: Project) -> None:
    contacts = told(project, "from fact.contact_surrogate order by 1")
    assert [contacts[0], contacts[-1]] == [("c", 0), ("unheard of", 9)]
    leads = told(project, "from fact.lead_surrogate order by 1")
    assert [leads[0], leads[-1]] == [("m", 0), ("x", 11)]


def test_a_person_has_an_even_number_as_a_contact_and_an_odd_one_as_a_lead(
    project: Project,
) -> None:
    found = told(project, "select distinct person, person_surrogate from fact.activity order by 1")
    assert found == [
        ("contact c", 0),
        ("contact unheard of", 18),
        ("lead m", 1),
        ("lead x", 23),
        (None, None),
    ]


def test_each_is_counted_once_and_nobody_is_not(project: Project) -> None:
    assert counted(project) == (4, 2)


def test_numbers_stay_when_others_come(project: Project, tmp_path: Path) -> None:
    before = told(project, "from fact.lead_surrogate order by 1")
    further = [call("to a first", lead_id="a"), call("to a new contact", contact_id="b")]
    assert loaded(project, tmp_path, lead=[{"lead_id": "a", "owner_id": "ann"}], activity=further)
    assert told(project, "from fact.lead_surrogate order by 1") == [("a", 12), *before]
    assert told(project, "from fact.contact_surrogate order by 2")[10:] == [("b", 10)]
    assert counted(project) == (6, 3)


def test_whoever_is_merged_counts_as_the_survivor(project: Project, tmp_path: Path) -> None:
    loaded(project, tmp_path, lead=[{"lead_id": "x", "merged_into_id": "m"}])
    assert counted(project) == (3, 1)


def test_an_export_has_ids_alone_and_counts_the_same(project: Project, tmp_path: Path) -> None:
    report = project.export(tmp_path / "export")
    assert not [name for name in report.tables if name.endswith(SURROGATE)]
    with Project.open(tmp_path / "export") as export:
        assert isinstance(export, Project)
        columns = export.warehouse.cursor().execute("describe fact.activity").fetchall()
        assert "person" in {name for name, *_ in columns}
        assert not [name for name, *_ in columns if name.endswith(SURROGATE)]
        assert counted(export) == (4, 2)


@pytest.mark.parametrize("engine", ["spark", "duckdb", "snowflake"])
def test_sql_for_elsewhere_names_ids(project: Project, engine: str) -> None:
    here = project.explain("prospects_approached", period="2026-03").sql
    assert "person_surrogate" in here
    elsewhere = project.explain("prospects_approached", period="2026-03", engine=engine).sql
    assert "person" in elsewhere
    assert SURROGATE not in elsewhere


def test_records_show_ids(project: Project) -> None:
    found = project.records("prospects_approached", period="2026-03")
    assert not [name for name in found.rows[0] if name.endswith(SURROGATE)]


def test_people_told_apart_by_team_and_month(project: Project) -> None:
    answer = project.ask("prospects_approached", by="team", period="2026-03")
    assert by(answer, "team", "prospects_approached")["north"] == 4
