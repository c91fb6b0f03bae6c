"""What holds for all loads: every row is in one count, and a repeated load changes nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.load.conftest import Project, counts

names = st.sampled_from(["Ann", "Bob", "", '"quoted"', "two\nlines", "a,b", "Zoë"])
ids = st.sampled_from(["1", "2", "3", "04", ""])
dates = st.sampled_from(["2024-01-05", "2024-13-05", "", "2024-02-05 10:00"])
lines = st.tuples(ids, names, dates)
broken = st.sampled_from(["x", "1,2,3,4,5", '9,"open,2024-01-05', "9,\udcff,2024-01-05"])
files = st.lists(st.lists(st.one_of(lines, broken), max_size=8), min_size=1, max_size=3)


def text(file: list[tuple[str, str, str] | str], header: str) -> bytes:
    def cell(value: str) -> str:
        return '"' + value.replace('"', '""') + '"' if set(value) & set('",\n') else value

    body = [line if isinstance(line, str) else ",".join(map(cell, line)) for line in file]
    return "\n".join([header, *body, ""]).encode(errors="surrogateescape")


def check(table: str, header: str, contents: list[list[tuple[str, str, str] | str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        try:
            for number, file in enumerate(contents):
                project.write(f"{number}/{table}.csv", text(file, header))
            first = counts(project.load())
            assert first[0] == sum(len(file) for file in contents)
            assert first[0] == sum(first[1:])
            select = f"select * from canonical.{table} order by all"
            stored = project.rows(select)
            assert len(stored) == first[1]
            again = counts(project.load())
            assert again == (first[0], 0, 0, first[1] + first[3], first[4])
            assert project.rows(select) == stored
        finally:
            project.warehouse.close()


@settings(max_examples=25, deadline=None)
@given(files)
def test_every_row_is_counted_once_and_a_repeated_load_changes_nothing(
    contents: list[list[tuple[str, str, str] | str]],
) -> None:
    check("rep", "rep_id,name,hired_on", contents)


@settings(max_examples=25, deadline=None)
@given(files)
def test_the_same_holds_for_tables_without_a_key(
    contents: list[list[tuple[str, str, str] | str]],
) -> None:
    check("usage", "account_id,event,day", contents)


@settings(max_examples=25, deadline=None)
@given(st.lists(lines, max_size=8), st.integers(0, 8))
def test_how_rows_are_split_into_files_does_not_matter(
    rows: list[tuple[str, str, str]], cut: int
) -> None:
    select = "select rep_id, name, hired_on from canonical.rep order by all"
    stored = []
    for parts in ([rows], [rows[:cut], rows[cut:]]):
        with tempfile.TemporaryDirectory() as folder:
            project = Project(Path(folder))
            try:
                for number, part in enumerate(parts):
                    content = text(list(part), "rep_id,name,hired_on")
                    project.write(f"{number}/rep.csv", content)
                project.load()
                stored.append(project.rows(select))
            finally:
                project.warehouse.close()
    assert stored[0] == stored[1]
