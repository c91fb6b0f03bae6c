"""The one door for terminal, pages, API and notebooks: open a project, load, ask.

Imports everything below it; heavy parts only when they are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foresail.project.project import Project

__all__ = ["Project"]


def __getattr__(name: str) -> Any:
    if name == "Project":
        from foresail.project.project import Project

        return Project
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
