"""Foresail and the SQL by hand, which `make bench` holds against each other, give the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from bench.kpis.comparing import differences
from bench.kpis.many import declared, own_kpis, question_of
from bench.kpis.questions import QUESTIONS, Question
from bench.organisation.making import make, make_plain, make_project

from foresail.project import Project
from foresail.warehouse import Settings

MILLIONS = 0.03


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("bench")
    files = make(found, MILLIONS)
    make_plain(found / "plain.duckdb", files)
    make_project(found / "project", files)
    return found


@pytest.fixture(scope="module")
def project(folder: Path) -> Iterator[Project]:
    with Project.open(folder / "project") as found:
        assert isinstance(found, Project)
        yield found


@pytest.fixture(scope="module")
def plain(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(folder / "plain.duckdb"), read_only=True) as found:
        yield found


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)
def test_both_give_the_same_numbers(
    project: Project, plain: duckdb.DuckDBPyConnection, question: Question
) -> None:
    assert differences(project, plain, question) == []


def test_some_customers_come_after_the_days_that_are_asked_about(
    plain: duckdb.DuckDBPyConnection,
) -> None:
    """So that whoever forgets them gives other numbers."""
    (funnel,) = (each for each in QUESTIONS if each.name == "Q4")
    within = plain.execute(f"select sum(customers) from ({funnel.sql})").fetchall()
    ever = plain.execute(
        f"select sum(customers) from ({funnel.sql.replace('90 days', '900 days')})"
    ).fetchall()
    assert (within, ever) == ([(37,)], [(49,)])


def test_many_own_kpis_are_those_of_one_select(
    project: Project, plain: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    kpis = own_kpis(8)
    (tmp_path / "foresail.toml").write_text(declared(kpis))
    own = project.with_settings(Settings.read(tmp_path))
    assert differences(own, plain, question_of(kpis)) == []


def test_other_numbers_are_told(project: Project, plain: duckdb.DuckDBPyConnection) -> None:
    other = duckdb.connect()
    for table in ("activity", "rep"):
        other.register(table, plain.table(table).to_arrow_table())
    question = QUESTIONS[0]
    assert differences(project, other, question) == []
    other.execute("create table kept as from activity where rep_id <> 'r0'")
    other.unregister("activity")
    other.execute("alter table kept rename to activity")
    assert [each.split()[0] for each in differences(project, other, question)] == ["r0"]
