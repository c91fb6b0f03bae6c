"""One simulated organisation in a project, shared by the laws that hold for every KPI."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from foresail.demo import DemoOrganisation, write_organisation
from foresail.project import Project
from foresail.warehouse.settings import FILE_NAME

TOGETHER = 8
UNTIL = dt.date(2026, 11, 20)


@pytest.fixture(scope="session")
def organisation(tmp_path_factory: pytest.TempPathFactory) -> DemoOrganisation:
    folder = tmp_path_factory.mktemp("organisation")
    return write_organisation(folder, reps=6, months=3, seed=3, until=UNTIL)


@pytest.fixture(scope="session")
def project(
    organisation: DemoOrganisation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("project")
    with make_project(folder, organisation) as made:
        made.load(*organisation.good)
        yield made


def make_project(folder: Path, organisation: DemoOrganisation) -> Project:
    """An empty project with the organisation's settings, as of the end of its story."""
    lines = organisation.settings_toml() + f"as_of = {UNTIL}\n"
    (folder / FILE_NAME).write_text(lines, encoding="utf-8")
    made = Project.open(folder)
    assert isinstance(made, Project)
    return made


def rows_of(project: Project, kpis: Sequence[str], **question: Any) -> dict[str, list[Any]]:
    """Per KPI the rows of an answer that holds it; some KPIs at a time are asked together."""
    found: dict[str, list[Any]] = {}
    for first in range(0, len(kpis), TOGETHER):
        asked = kpis[first : first + TOGETHER]
        rows = project.ask(*asked, **question).rows
        found |= dict.fromkeys(asked, rows)
    return found
