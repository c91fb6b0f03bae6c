"""The shared cast: Ann and Bob in the north, Cid in the south; Dan manages them and sells nothing.

A world is a project made of rows that a test writes down: `world(tmp_path, opportunity=[...])`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from foresail.project import Project

Rows = Sequence[Mapping[str, Any]]
ONE_THREAD = "[warehouse]\nthreads = 1"
"""A world is small: a second thread costs more than it brings."""

REPS: Rows = (
    {"rep_id": "ann", "name": "Ann", "team": "north", "manager_id": "dan", "role": "ae"},
    {"rep_id": "bob", "name": "Bob", "team": "north", "manager_id": "dan", "role": "ae"},
    {"rep_id": "cid", "name": "Cid", "team": "south", "manager_id": "dan", "role": "sdr"},
)


def world(
    directory: Path, *, settings: str = "", as_of: str = "2026-03-31", **tables: Rows
) -> Project:
    """A project in `directory` with the cast and the given canonical rows, as of the end of a day.

    `settings` are further lines of foresail.toml. Give `rep=[]` for a world without the cast.
    """
    folder = directory / "data"
    folder.mkdir(parents=True)
    for name, rows in {"rep": REPS, **tables}.items():
        if rows:
            text = "\n".join(json.dumps(row) for row in rows)
            (folder / f"{name}.ndjson").write_text(text, encoding="utf-8")
    lines = ['name = "World"', f"as_of = {as_of}", settings]
    if "[warehouse]" not in settings:
        lines.append(ONE_THREAD)
    (directory / "foresail.toml").write_text("\n".join(lines), encoding="utf-8")
    project = Project.open(directory)
    assert isinstance(project, Project)
    project.load(folder)
    return project


def by(answer: Any, dimension: str, column: str) -> dict[Any, Any]:
    """One column of an answer, by the values of one of its dimensions."""
    return {row[dimension]: row[column] for row in answer.rows}
