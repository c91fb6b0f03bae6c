"""A broken line is set aside; every other line of the file is kept, and each one is counted."""

from __future__ import annotations

import pytest

from tests.load.conftest import Project, counts

HEADER = b"rep_id,name,email\n"


def aside(project: Project) -> list[tuple[object, ...]]:
    return project.rows(
        "select row_number, reason, row_text->>'line' from meta.quarantine order by row_number"
    )


def test_too_many_and_too_few_columns(project: Project) -> None:
    project.write("rep.csv", HEADER + b"1,Ann,a\n2,Bob\n3,Cy,c,d,e\n4,Dee,d\n")
    assert counts(project.load()) == (4, 2, 0, 0, 2)
    assert aside(project) == [
        (2, "the line has too few columns: 2 instead of 3", "2,Bob"),
        (3, "the line has too many columns: 5 instead of 3", "3,Cy,c,d,e"),
    ]


def test_one_line_that_is_not_utf8(project: Project) -> None:
    project.write("rep.csv", HEADER + b"1,Ann,a\n2,Zo\xeb,z\n3,Zo\xc3\xab,z\n")
    assert counts(project.load()) == (3, 2, 0, 0, 1)
    assert project.column("rep", "name") == ["Ann", "Zoë"]
    assert aside(project)[0][:2] == (2, "the line is not UTF-8; the mapping can name its encoding")


def test_a_stray_quote_loses_its_own_line_only(project: Project) -> None:
    project.write("rep.csv", HEADER + b'1,"Ann,a\n2,Bob,b\n3,"Cy, junior",c\n4,Dee,d\n')
    assert counts(project.load()) == (4, 3, 0, 0, 1)
    assert project.column("rep", "name") == ["Bob", "Cy, junior", "Dee"]
    assert aside(project) == [(1, "the line has a quote out of place", '1,"Ann,a')]


def test_a_quote_that_is_never_closed_loses_its_own_line_only(project: Project) -> None:
    project.write("rep.csv", HEADER + b'1,Ann,a\n2,"Bob,b\n3,Cy,c\n')
    assert counts(project.load()) == (3, 2, 0, 0, 1)


def test_text_behind_a_closing_quote(project: Project) -> None:
    project.write("rep.csv", HEADER + b'1,"Ann"x,a\n2,Bob,b\n')
    assert counts(project.load()) == (2, 1, 0, 0, 1)


def test_rows_over_several_lines_survive_a_broken_neighbour(project: Project) -> None:
    project.write("rep.csv", HEADER + b'1,"Ann\n""the first""\r\nof all",a\n2,Bob\n3,Cy,c\n')
    assert counts(project.load()) == (3, 2, 0, 0, 1)
    assert project.column("rep", "name") == ['Ann\n"the first"\r\nof all', "Cy"]
    assert aside(project)[0][0] == 2


def test_quotes_within_a_cell_are_text(project: Project) -> None:
    project.write("rep.csv", HEADER + b'1,Ann "the first" Snell,a\n')
    assert counts(project.load()) == (1, 1, 0, 0, 0)
    assert project.column("rep", "name") == ['Ann "the first" Snell']


def test_blank_lines_are_no_rows_and_line_ends_may_be_mixed(project: Project) -> None:
    project.write("rep.csv", HEADER + b"1,Ann,a\r\n\r\n2,Bob,b\n\n\n3,Cy,c\r\n")
    assert counts(project.load()) == (3, 3, 0, 0, 0)


def test_lines_that_end_in_carriage_returns(project: Project) -> None:
    project.write("rep.csv", (HEADER + b"1,Ann,a\n2,Bob\n3,Cy,c\n").replace(b"\n", b"\r"))
    assert counts(project.load()) == (3, 2, 0, 0, 1)


def test_row_numbers_count_the_broken_lines(project: Project) -> None:
    project.write("rep.csv", b"rep_id,role,name\n1,sdr,A\n2\n3,boss,C\n4\n5,chief,E\n")
    assert counts(project.load()) == (5, 1, 0, 0, 4)
    assert [row[0] for row in aside(project)] == [2, 3, 4, 5]


def test_a_line_of_many_megabytes_is_set_aside(project: Project) -> None:
    project.write("rep.csv", HEADER + b"1," + b"a" * 9_000_000 + b",a\n2,Bob,b\n")
    assert counts(project.load()) == (2, 1, 0, 0, 1)
    assert aside(project)[0][:2] == (1, "the line is longer than 1900000 bytes")


@pytest.mark.parametrize(
    ("encoding", "option"),
    [("utf-8-sig", ""), ("utf-16", ""), ("utf-16-le", "utf-16-le"), ("cp1252", "cp1252")],
)
def test_encodings(project: Project, encoding: str, option: str) -> None:
    project.write("reps.csv", "rep_id,name\n1,Zoë\n".encode(encoding))
    line = f'encoding = "{option}"\n' if option else ""
    project.load(mapping=f'[rep]\nfrom = "reps.csv"\n{line}rep_id = "rep_id"\nname = "name"\n')
    assert project.rows("select rep_id, name from canonical.rep") == [("1", "Zoë")]


def test_a_byte_that_the_encoding_lacks_sets_its_line_aside(project: Project) -> None:
    project.write("reps.csv", b"rep_id,name\n1,Zo\xeb\n2,\x81\n")
    mapping = '[rep]\nfrom = "reps.csv"\nencoding = "cp1252"\nrep_id = "rep_id"\nname = "name"\n'
    assert counts(project.load(mapping=mapping)) == (2, 1, 0, 0, 1)
    assert project.column("rep", "name") == ["Zoë"]


def test_a_file_of_one_column(project: Project) -> None:
    project.write("rep.csv", b"rep_id\n1\n\n2\n3,x\n")
    assert counts(project.load()) == (3, 2, 0, 0, 1)
