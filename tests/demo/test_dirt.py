"""The loaded demo: its bad rows are found, each kind as the truth says, and every KPI answers."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from collections.abc import Iterator

import pytest

from foresail.demo import DemoOrganisation, write_organisation
from foresail.project import Project
from foresail.project.results import LoadReport


@pytest.fixture(scope="module")
def organisation(tmp_path_factory: pytest.TempPathFactory) -> DemoOrganisation:
    """A small organisation with everything in it."""
    folder = tmp_path_factory.mktemp("loaded")
    return write_organisation(folder / "files", reps=8, months=6, until=dt.date(2026, 11, 22))


@pytest.fixture(scope="module")
def loaded(organisation: DemoOrganisation) -> Iterator[tuple[Project, LoadReport]]:
    folder = organisation.directory.parent
    (folder / "foresail.toml").write_text(organisation.settings_toml(), encoding="utf-8")
    project = Project.open(folder)
    assert isinstance(project, Project)
    yield project, project.load(*organisation.paths)
    project.close()


def test_the_load_reports_what_the_truth_says(
    organisation: DemoOrganisation, loaded: tuple[Project, LoadReport]
) -> None:
    truth = tomllib.loads(organisation.truth.read_text(encoding="utf-8"))
    aside, unchanged = Counter[str](), Counter[str]()
    for bad in truth["dirt"]:
        aside[bad["table"]] += bad["rows"] if bad["fate"] == "set aside" else 0
        unchanged[bad["table"]] += bad["rows"] if bad["fate"] == "unchanged" else 0
    report = loaded[1]
    assert {each.table: each.quarantined for each in report.tables if each.quarantined} == aside
    assert {each.table: each.unchanged for each in report.tables if each.unchanged} == {
        table: n for table, n in unchanged.items() if n
    }
    assert {bad["fate"] for bad in truth["dirt"]} == {"set aside", "loaded", "unchanged"}


def test_bad_rows_are_few(loaded: tuple[Project, LoadReport]) -> None:
    report = loaded[1]
    aside = sum(each.quarantined for each in report.tables)
    assert 10 < aside < 0.001 * sum(each.read for each in report.tables)


def test_every_kpi_can_be_answered(loaded: tuple[Project, LoadReport]) -> None:
    assert {kpi.id: kpi.missing for kpi in loaded[0].kpis() if not kpi.is_answerable} == {}
