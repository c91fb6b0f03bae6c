"""A small simulated organisation, and its export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from foresail.demo import write_organisation
from foresail.project import Project


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The project itself, on DuckDB."""
    folder = tmp_path_factory.mktemp("own")
    made = write_organisation(folder / "files", reps=4, months=5, until=dt.date(2026, 11, 22))
    (folder / "foresail.toml").write_text(made.settings_toml(), encoding="utf-8")
    project = Project.open(folder)
    assert isinstance(project, Project)
    project.load(*made.paths)
    yield project
    project.close()


@pytest.fixture(scope="session")
def exported(own: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of its export."""
    folder = tmp_path_factory.mktemp("exported") / "facts"
    own.export(folder)
    return folder
