"""All that happened to one record, for whoever may see it."""

from __future__ import annotations

from foresail.project.history.results import Event, History

__all__ = ["Event", "History"]
