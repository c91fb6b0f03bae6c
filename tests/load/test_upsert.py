"""A load adds, changes and leaves rows by their key; a repeated load changes nothing."""

from __future__ import annotations

import datetime as dt

from foresail.load import loads, quarantined
from foresail.warehouse.changes import Changes
from tests.load.conftest import Project, counts

ALL = "select * from canonical.rep order by rep_id"


def test_the_same_file_twice_changes_nothing(project: Project) -> None:
    project.write("rep.csv", "rep_id,name\n1,Ann\n2,Bob\n2,Rob\n")
    assert counts(project.load()) == (3, 2, 0, 1, 0)
    before = project.rows(ALL)
    assert counts(project.load()) == (3, 0, 0, 3, 0)
    assert project.rows(ALL) == before


def test_new_changed_and_equal_rows(project: Project) -> None:
    project.write("rep.csv", "rep_id,name\n1,Ann\n2,Bob\n")
    project.load()
    project.write("rep.csv", "rep_id,name\n1,Ann\n2,Rob\n3,Cy\n")
    assert counts(project.load()) == (3, 1, 1, 1, 0)
    assert project.rows("select rep_id, name, load_id from canonical.rep order by 1") == [
        ("1", "Ann", 1),
        ("2", "Rob", 2),
        ("3", "Cy", 2),
    ]


def test_columns_that_a_file_lacks_keep_their_values(project: Project) -> None:
    project.write("rep.csv", "rep_id,name,team\n1,Ann,North\n2,Bob,South\n")
    project.load()
    project.write("rep.csv", "rep_id,team\n1,West\n2,South\n")
    assert counts(project.load()) == (2, 0, 1, 1, 0)
    assert project.rows("select name, team from canonical.rep order by 1") == [
        ("Ann", "West"),
        ("Bob", "South"),
    ]


def test_an_emptied_value_is_a_change(project: Project) -> None:
    project.write("lead.csv", "lead_id,created_at\n1,2024-01-01\n")
    project.load()
    project.write("lead.csv", "lead_id,created_at\n1,\n")
    assert counts(project.load()) == (1, 0, 1, 0, 0)
    assert project.rows("select created_at, created_at_is_date from canonical.lead") == [
        (None, None)
    ]


def test_of_rows_with_the_same_key_the_last_wins_and_is_reported(project: Project) -> None:
    project.write("rep.csv", "rep_id,name\n1,Ann\n1,Anna\n1,Ann\n1,Annie\n1,Annie\n")
    report = project.load()
    assert counts(report) == (5, 1, 0, 4, 0)
    assert report.tables[0].replaced == 3
    assert project.column("rep", "name") == ["Annie"]


def test_the_later_file_wins(project: Project) -> None:
    project.write("a/rep.csv", "rep_id,name\n1,Ann\n2,Bob\n")
    project.write("b/rep.csv", "rep_id,name\n1,Anna\n")
    report = project.load()
    assert counts(report) == (3, 2, 0, 1, 0)
    assert report.tables[0].replaced == 1
    assert project.column("rep", "name") == ["Anna", "Bob"]
    assert counts(project.load()) == (3, 0, 0, 3, 0)


def test_files_with_different_columns_complete_each_other(project: Project) -> None:
    project.write("a/rep.csv", "rep_id,name,team\n1,Ann,North\n2,Bob,South\n")
    project.write("b/rep.csv", "rep_id,team,email\n1,,a@x\n3,East,c@x\n")
    select = "select rep_id, name, team, email from canonical.rep order by 1"
    expected = [
        ("1", "Ann", None, "a@x"),
        ("2", "Bob", "South", None),
        ("3", None, "East", "c@x"),
    ]
    report = project.load()
    assert counts(report) == (4, 3, 0, 1, 0)
    assert report.tables[0].replaced == 1
    assert project.rows(select) == expected
    project.write("c/rep.csv", "rep_id,name\n3,Cy\n")
    assert counts(project.load()) == (5, 0, 1, 4, 0)
    assert project.rows(select)[2] == ("3", "Cy", "East", "c@x")


def test_instants_are_part_of_keys(project: Project) -> None:
    text = "lead_id,assigned_at,rep_id\n1,2024-01-01,a\n1,2024-01-02,b\n1,2024-01-01 00:00,c\n"
    project.write("lead_assignment.csv", text)
    assert counts(project.load()) == (3, 2, 0, 1, 0)
    assert project.column("lead_assignment", "rep_id") == ["b", "c"]


def test_a_dry_run_counts_and_changes_nothing(project: Project) -> None:
    project.write("rep.csv", "rep_id,name\n1,Ann\n")
    project.load()
    project.write("rep.csv", "rep_id,name\n1,Anna\n2,Bob\n,x\n")
    report = project.load(dry_run=True)
    assert counts(report) == (3, 1, 1, 0, 1)
    assert (report.load_id, report.dry_run) == (None, True)
    assert report.tables[0].reasons == (("rep_id is missing", 1),)
    assert project.column("rep", "name") == ["Ann"]
    assert project.rows("select count(*) from meta.load") == [(1,)]
    assert project.rows("select count(*) from meta.quarantine") == [(0,)]


def test_a_dry_run_on_empty_tables_counts_too(project: Project) -> None:
    project.write("rep.csv", "rep_id,name\n1,Ann\n1,Anna\n")
    assert counts(project.load(dry_run=True)) == (2, 1, 0, 1, 0)
    assert project.column("rep", "name") == []


def test_loads_and_their_rows_set_aside_are_on_record(project: Project) -> None:
    project.write("rep.csv", "rep_id,name\n1,Ann\n,Bob\n")
    project.write("account.csv", "account_id\nA\n")
    project.load()
    project.load("account.csv")
    cursor = project.warehouse.cursor()
    later, first = loads(cursor)
    assert (later.load_id, later.files, later.read, later.unchanged) == (2, ("account.csv",), 1, 1)
    assert (first.files, first.read, first.accepted) == (("account.csv", "rep.csv"), 3, 2)
    assert first.started_at <= first.finished_at
    assert abs(first.started_at - dt.datetime.now(dt.UTC).replace(tzinfo=None)).seconds < 60
    (row,) = quarantined(cursor, load_id=1, limit=5)
    assert (row.table, row.file, row.row_number) == ("rep", "rep.csv", 2)
    assert quarantined(cursor, load_id=2) == []


def test_nothing_is_left_on_the_cursor(project: Project) -> None:
    project.write("rep.csv", "rep_id,name\n1,Ann\n")
    project.load()
    project.write("rep.csv", "rep_id,name\n1,Anna\n")
    from foresail.load import load_files

    with project.warehouse.writing() as cursor:
        with Changes(cursor) as changes:
            load_files(cursor, project.settings, [project.files], changes)
        left = cursor.execute(
            "select table_name from information_schema.tables "
            "where table_schema not in ('canonical', 'meta', 'fact')"
        ).fetchall()
    assert left == []


def test_progress_tells_what_is_done(project: Project) -> None:
    from foresail.load import load_files

    project.write("rep.csv", "rep_id,name\n1,Ann\n")
    heard: list[tuple[str, float | None]] = []
    with project.warehouse.writing() as cursor, Changes(cursor) as changes:
        load_files(
            cursor,
            project.settings,
            [project.files],
            changes,
            progress=lambda text, done: heard.append((text, done)),
        )
    assert heard == [("Mapping rep.csv", 0.0), ("Writing rep", 0.5), ("Done", 1.0)]
