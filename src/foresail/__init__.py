"""Foresail: a sales-performance system.

`open` gives a project, `ask` on it an answer:

    import foresail

    project = foresail.open("my-sales")
    project.ask("win_rate", by="rep", period="this-quarter")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foresail.project import Project
    from foresail.project.remote import RemoteProject

__all__ = ["__version__", "open"]

__version__ = "0.1.0"


def open(  # the name users expect: foresail.open
    directory: Any = ".", *, engine: str | None = None
) -> Project | RemoteProject:
    """The project in a directory, ready to answer; `engine` says what answers from an export.

    Errors: `ProjectError` when the directory holds no project.
    """
    from foresail.project import Project

    return Project.open(directory, engine=engine)
