"""Every KPI can be written in the SQL of every engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlglot
import sqlglot.expressions as sge

from foresail.catalogue import KPIS, THEMES
from foresail.core.errors import QuestionError
from foresail.core.kpis import Theme
from foresail.engine.compile import parts_of
from foresail.engine.dialects import DIALECTS, Dialect
from foresail.engine.plans import Plan
from foresail.engine.stages import query
from foresail.project import Project
from foresail.project.asking import Words, resolve

NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project without data: every fact is there, and empty."""
    folder = tmp_path_factory.mktemp("empty")
    Project.init(folder)
    opened = Project.open(folder)
    assert isinstance(opened, Project)
    yield opened
    opened.close()


def compiled(project: Project, dialect: Dialect, kpis: list[str], by: tuple[str, ...]) -> Any:
    """A question about some KPIs, as if nothing were missing in the data."""
    with project._reader() as reader:
        words = Words(tuple(kpis), by, "month", "2026-Q1")
        asked = resolve(reader.data, project.settings, project.catalogue, words)
        question = replace(asked.question, missing=frozenset())
        return query(reader.tables(dialect), question)


@pytest.mark.parametrize("theme", THEMES, ids=lambda each: each.__name__)
def test_every_kpi_can_be_written(project: Project, theme: type[Theme]) -> None:
    asked: dict[tuple[str, ...], list[str]] = {}
    for kpi in theme.kpis():
        of_reps = any(each.id == "rep" for each in kpi.dimensions)
        asked.setdefault(("rep",) if of_reps else (), []).append(kpi.id)
    for by, kpis in asked.items():
        alike: dict[tuple[bool, str | None], list[Dialect]] = {}
        for each in DIALECTS.values():
            alike.setdefault((each.has_quantile, each.schema), []).append(each)
        for dialects in alike.values():
            made = compiled(project, dialects[0], kpis, by)
            assert {column.kpi for column in made.columns} == set(kpis)
            assert {column.part for column in made.columns if column.kpi in kpis} >= {"value"}
            assert [
                name for name in names_inside(made.sql, dialects[0]) if not NAME.fullmatch(name)
            ] == []
            for dialect in dialects:
                written = compiled(project, dialect, kpis, by).sql
                assert all(column.name in written for column in made.columns), dialect.name


def names_inside(sql: str, dialect: Dialect) -> set[str]:
    """The names that a query gives to columns and tables."""
    (tree,) = sqlglot.parse(sql, read=of_sqlglot(dialect))
    assert tree is not None
    columns = (each for each in tree.find_all(sge.Column) if not each.is_star)
    given = {each.name for each in columns}
    return given | {each.alias for each in tree.find_all(sge.Alias, sge.Subquery) if each.alias}


def of_sqlglot(dialect: Dialect) -> str:
    return {"spark": "spark"}.get(dialect.name, dialect.compiler)


def test_every_part_of_every_kpi_has_a_name_of_its_own() -> None:
    assert len(KPIS) > 90
    for kpi in KPIS.values():
        parts = [name for name, _ in parts_of(kpi)]
        assert len(set(parts)) == len(parts), kpi.id


@pytest.mark.parametrize("engine", DIALECTS)
def test_the_sql_shown_for_an_engine_is_whole(project: Project, engine: str) -> None:
    shown = project.explain("sales_cycle", by="rep", period="2026-03", engine=engine).sql
    (tree,) = sqlglot.parse(shown, read=of_sqlglot(DIALECTS[engine]))
    assert isinstance(tree, sge.Select)
    given = {each.alias for each in tree.find_all(sge.CTE)}
    asked = {each.name for each in tree.find_all(sge.Table) if each.name.startswith("asked_")}
    assert asked <= given
    assert "asked_window" in given


def test_an_engine_that_is_not_known_is_refused(project: Project) -> None:
    with pytest.raises(QuestionError, match="Did you mean postgres"):
        project.explain("win_rate", engine="postgre")


def test_quantiles_are_exact_where_an_engine_has_none(own: Project) -> None:
    """The numbered form, which Trino and BigQuery are given, run on DuckDB."""
    numbered = replace(DIALECTS["duckdb"], has_quantile=False)
    kpis = (
        *("median_deal_size", "sales_cycle", "first_touch_cycle", "conversion_time"),
        "stalled_deals",
    )
    with own._reader() as reader:
        words = Words(kpis, ("rep",), "month", "2026", "previous")
        asked = resolve(reader.data, own.settings, own.catalogue, words)
        expected, _ = reader.values(asked)
        made = query(reader.tables(numbered), asked.question)
        sql = made.sql
        assert "QUANTILE" not in "".join([sql, *made.lookups.values()]).upper()
        found = reader._run(Plan(sql, None, made.lookups), asked)
    assert expected.num_rows == found.num_rows > 4
    known = 0
    for ours, theirs in zip(expected.to_pylist(), found.to_pylist(), strict=True):
        for name, value in ours.items():
            same = pytest.approx(value, rel=1e-12) if isinstance(value, float) else value
            assert theirs[name] == same, name
            known += value is not None
    assert known > 50
