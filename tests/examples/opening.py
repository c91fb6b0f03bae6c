"""A project for the files of one example."""

from __future__ import annotations

from pathlib import Path

from foresail.project import Project

EXAMPLES = Path(__file__).parents[2] / "examples"


def opened(folder: Path, settings: str = "") -> Project:
    """A new project in a folder, with these settings."""
    folder.mkdir(exist_ok=True)
    (folder / "foresail.toml").write_text(settings)
    project = Project.open(folder)
    assert isinstance(project, Project)
    return project
