"""A project as one person sees it: the only thing that pages, the API and exports ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foresail.core.errors import QuestionError
from foresail.core.scope import Scope
from foresail.project.questions import Questions

if TYPE_CHECKING:
    from foresail.project.project import Project


class ScopedProject(Questions):
    """Answers as a project does, from what a scope lets somebody see."""

    def __init__(self, project: Project, scope: Scope):
        self.scope = scope
        self.settings = project.settings
        self.catalogue = project.catalogue
        self._whole = project

    @property
    def _project(self) -> Project:
        return self._whole

    @property
    def is_empty(self) -> bool:
        """Whether nothing was loaded yet, which anybody may know."""
        return not self._project.loads()

    def whole(self, wish: str) -> Project:
        """The project itself, for whoever sees everything.

        Errors: `QuestionError` when that is not everything; `wish` says what for.
        """
        if not self.scope.is_everything:
            raise QuestionError(f"You see a part of the records. To {wish}, see everything.")
        return self._whole

    def __repr__(self) -> str:
        return f"<ScopedProject {self.settings.name!r} as {self.scope.kind.value}>"
