"""A question as an Ibis table, and what a project says of itself."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from foresail.core.errors import ProjectError, QuestionError
from foresail.project import Project
from foresail.project.notice import Owner
from foresail.project.remote import RemoteProject
from tests.catalogue import drawn
from tests.world import world

OPPORTUNITIES = drawn("""
    opportunity_id | owner_id | outcome | created_at | closed_at  | amount
    oak            | ann      | won     | 2026-01-01 | 2026-01-20 | 600
    elm            | ann      | won     | 2026-01-01 | 2026-02-03 | 900
    ash            | bob      | lost    | 2026-01-01 | 2026-02-10 | 250
""")
SETTINGS = """
hidden = ["talk_time"]

[[kpi]]
id = "won_twice"
meaning = "Deals won, twice."
formula = "deals_won * 2"
unit = "count"
direction = "higher"
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("expressed")
    return world(folder, settings=SETTINGS, opportunity=OPPORTUNITIES)


def test_it_comes_to_what_the_answer_says(project: Project) -> None:
    kpis = ("won_twice", "win_rate")
    table = project.expression(*kpis, by="rep", period="2026-02", compare="previous")
    rows = {row["rep"]: row for row in table.to_pyarrow().to_pylist()}
    answered = project.ask(*kpis, by="rep", period="2026-02", compare="previous").rows
    for row in answered:
        found = rows[row["rep_id"]]
        assert {name: row[name] for name in found if name != "rep"} == {
            name: value for name, value in found.items() if name != "rep"
        }
    assert rows["ann"]["won_twice"] == 2
    assert rows["ann"]["won_twice.before"] == 2
    assert rows["bob"]["win_rate"] == 0


def test_it_can_be_built_upon_and_has_a_row_per_period(project: Project) -> None:
    table = project.expression("revenue", grain="month", period="2026-Q1")
    assert table.columns == ("period", "revenue")
    assert table.filter(table.revenue > 0).count().to_pyarrow().as_py() == 2
    assert table.revenue.sum().to_pyarrow().as_py() == 1500


def test_a_wrong_question_is_refused_at_once(project: Project) -> None:
    with pytest.raises(QuestionError, match="Did you mean win_rate"):
        project.expression("win_rte")


def test_it_ends_with_the_project(tmp_path: Path) -> None:
    project = world(tmp_path, opportunity=OPPORTUNITIES)
    table = project.expression("deals_won", period="2026-02")
    assert table.to_pyarrow().to_pylist() == [{"deals_won": 1.0}]
    project.close()
    with pytest.raises(duckdb.Error, match="closed"):
        table.to_pyarrow()


def test_who_does_not_hold_the_warehouse_is_told_who_does(tmp_path: Path) -> None:
    remote = RemoteProject(tmp_path, Owner(port=1, pid=4711, token="t"))
    with pytest.raises(ProjectError, match="process 4711 holds"):
        remote.expression("win_rate")
    assert repr(remote) == f"<Project in {tmp_path}, held by process 4711>"


def test_a_project_says_what_it_is(project: Project) -> None:
    assert repr(project) == f"<Project 'World' in {project.directory}>"
    html = project._repr_html_()
    assert "<h3>World</h3>" in html
    assert ", 1 of your own, 1 hidden</dd>" in html
    assert "<dt>Loads</dt><dd>1, the last at " in html
