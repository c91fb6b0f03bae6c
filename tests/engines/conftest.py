"""A small simulated organisation, and its export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from foresail.demo import write_organisation
from foresail.project import Project
from tests.world import world


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


DEALS = [
    # At 01:00 of 2026-11-01 Havana's clocks go back to midnight: that day begins twice.
    {"opportunity_id": "oak", "owner_id": "ann", "created_at": "2026-10-25",
     "amount": "100.10", "closed_at": "2026-11-01", "outcome": "won"},
    {"opportunity_id": "elm", "owner_id": "bob", "created_at": "2026-09-30",
     "amount": "33.33", "closed_at": "2026-11-01T04:30:00Z", "outcome": "lost"},
]  # fmt: skip
LEADS = [
    {"lead_id": "ivy", "owner_id": "ann", "created_at": "2026-11-01"},
    {"lead_id": "fig", "owner_id": "bob", "created_at": "2026-11-01T05:30:00Z"},
]
QUOTAS = [
    {"owner_kind": "rep", "owner_id": "ann", "kpi": "revenue", "starts_on": "2026-10-01",
     "ends_on": "2026-10-31", "amount": "1000"},
]  # fmt: skip


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of a small world with its records."""
    place = tmp_path_factory.mktemp("recorded")
    with world(
        place,
        settings='zone = "America/Havana"',
        as_of="2026-11-30",
        opportunity=DEALS,
        lead=LEADS,
        quota=QUOTAS,
    ) as project:
        project.export(place / "facts", records=True)
    return place / "facts"
