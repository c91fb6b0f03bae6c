"""How a mapping names files: with or without ending, by names of its own, and optional ones."""

from __future__ import annotations

import pytest

from foresail.core.errors import SourceError
from tests.load.conftest import Project, counts

REPS = "id,name\n1,Ann\n2,Bob\n"
BY_STEM = '[rep]\nfrom = "people"\nrep_id = "id"\n'
BY_ALIAS = '[files]\nstaff = ["people", "employees.csv"]\n[rep]\nfrom = "staff"\nrep_id = "id"\n'
TEAMS = (
    '[[rep]]\nfrom = "staff"\nrep_id = "id"\n'
    "[[rep]]\nsql = \"select s.id, t.team from 'staff' s join 'teams' t using (id)\"\n"
    'rep_id = "id"\nteam = "team"\n'
)


def refused(project: Project, mapping: str) -> str:
    with pytest.raises(SourceError) as raised:
        project.load(mapping=mapping)
    return str(raised.value)


@pytest.mark.parametrize("name", ["people.csv", "People.CSV", "2026/people.csv", "people.tsv"])
def test_a_name_without_ending_is_any_format(project: Project, name: str) -> None:
    project.write(name, REPS.replace(",", "\t") if name.endswith("tsv") else REPS)
    project.write("people.md", "# People\n")
    assert counts(project.load(mapping=BY_STEM)) == (2, 2, 0, 0, 0)


def test_two_files_of_one_name_are_refused(project: Project) -> None:
    project.write("people.csv", REPS)
    project.write("people.ndjson", '{"id": 3}\n')
    message = refused(project, BY_STEM)
    assert "people could be any of people.csv, people.ndjson. Write the whole path." in message


def test_the_first_file_that_is_there_counts(project: Project) -> None:
    project.write("employees.csv", "id,name\n9,Cara\n")
    project.load(mapping=BY_ALIAS)
    assert project.column("rep", "rep_id") == ["9"]
    project.write("people.csv", REPS)
    report = project.load(mapping=BY_ALIAS)
    assert project.column("rep", "rep_id") == ["1", "2", "9"]
    assert report.not_loaded == ("employees.csv",)


def test_a_query_knows_the_names_of_the_mapping(project: Project) -> None:
    project.write("employees.csv", REPS)
    project.write("teams.csv", "id,team\n2,North\n")
    files = '[files]\nstaff = ["people", "employees.csv"]\n'
    project.load(mapping=files + TEAMS)
    assert project.rows("select rep_id, team from canonical.rep order by 1") == [
        ("1", None),
        ("2", "North"),
    ]


def test_an_optional_table_without_its_file_is_left_out(project: Project) -> None:
    project.write("staff.csv", REPS)
    optional = TEAMS.replace("[[rep]]\nsql", "[[rep]]\noptional = true\nsql")
    report = project.load(mapping=optional)
    assert project.column("rep", "rep_id") == ["1", "2"]
    assert report.left_out == ("rep from teams",)


def test_a_table_that_is_not_optional_needs_its_file(project: Project) -> None:
    project.write("staff.csv", REPS)
    assert "asks for teams" in refused(project, TEAMS)


def test_a_load_of_which_nothing_is_left_is_refused(project: Project) -> None:
    project.write("staff.csv", REPS)
    message = refused(project, BY_STEM.replace("from", "optional = true\nfrom"))
    assert "All tables of the mapping are optional" in message
    assert "staff.csv" in message


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ("files = 3\n" + BY_STEM, 'write names under it, as in account = "Accounts.csv"'),
        ("[files]\nstaff = []\n" + BY_STEM, "staff must be a file or a list of files"),
        ("[files]\nstaff = [1]\n" + BY_STEM, "staff must be a file or a list of files"),
        (BY_STEM + "optional = 'yes'\n", "optional must be true or false"),
    ],
)
def test_what_cannot_be_meant_is_refused(project: Project, mapping: str, words: str) -> None:
    project.write("people.csv", REPS)
    assert words in refused(project, mapping)
