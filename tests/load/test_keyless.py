"""Tables without a key of their own: equal rows are kept as often as they occur in the file."""

from __future__ import annotations

from tests.load.conftest import Project, counts

HEADER = "account_id,day,amount\n"
ROW = "A,2024-01-05,10\n"


def amounts(project: Project) -> list[tuple[object, ...]]:
    return project.rows(
        "select account_id, count(*), sum(amount)::int from canonical.revenue group by 1 order by 1"
    )


def test_equal_rows_are_kept_as_often_as_they_occur(project: Project) -> None:
    project.write("revenue.csv", HEADER + ROW * 3 + "B,2024-01-05,7\n")
    assert counts(project.load()) == (4, 4, 0, 0, 0)
    assert amounts(project) == [("A", 3, 30), ("B", 1, 7)]


def test_a_repeated_load_keeps_the_larger_number(project: Project) -> None:
    project.write("revenue.csv", HEADER + ROW * 2)
    project.load()
    assert counts(project.load()) == (2, 0, 0, 2, 0)
    project.write("revenue.csv", HEADER + ROW * 3)
    assert counts(project.load()) == (3, 1, 0, 2, 0)
    project.write("revenue.csv", HEADER + ROW)
    assert counts(project.load()) == (1, 0, 0, 1, 0)
    assert amounts(project) == [("A", 3, 30)]


def test_the_same_rows_in_two_files_of_a_load_count_once(project: Project) -> None:
    project.write("a/revenue.csv", HEADER + ROW * 2)
    project.write("b/revenue.csv", HEADER + ROW)
    assert counts(project.load()) == (3, 2, 0, 1, 0)
    assert amounts(project) == [("A", 2, 20)]


def test_a_row_with_an_id_is_known_by_it(project: Project) -> None:
    project.write("revenue.csv", "revenue_id," + HEADER + f"r1,{ROW}," + ROW)
    assert counts(project.load()) == (2, 2, 0, 0, 0)
    project.write("revenue.csv", "revenue_id," + HEADER + "r1,A,2024-01-05,99\n")
    assert counts(project.load()) == (1, 0, 1, 0, 0)
    assert amounts(project) == [("A", 2, 109)]


def test_an_empty_value_differs_from_an_empty_neighbour(project: Project) -> None:
    project.write("usage.csv", "account_id,day,event\nA,2024-01-05,\n,2024-01-05,A\n")
    assert counts(project.load()) == (2, 2, 0, 0, 0)


def test_a_row_without_its_day_is_set_aside(project: Project) -> None:
    project.write("revenue.csv", HEADER + "A,,10\n")
    assert counts(project.load()) == (1, 0, 0, 0, 1)
    assert project.reasons() == ["day is missing"]


def test_usage_amounts_and_events_tell_rows_apart(project: Project) -> None:
    text = "account_id,day,event,amount\nA,2024-01-05,login,1\nA,2024-01-05,login,2\n"
    project.write("usage.csv", text)
    assert counts(project.load()) == (2, 2, 0, 0, 0)
    project.write("usage.csv", text + "A,2024-01-05,login,1.0\n")
    assert counts(project.load()) == (3, 1, 0, 2, 0)
