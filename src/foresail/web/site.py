"""The pages as people find them: what stands in the menu, in which order, for whom."""

from __future__ import annotations

from dataclasses import dataclass

from foresail.web.people.rights import Right


@dataclass(frozen=True)
class Entry:
    """A page in the menu. `right` is what it takes to see it; None for everybody who is in.
    `within` names pages that belong to it without standing in the menu.
    """

    name: str
    label: str
    right: Right | None = None
    group: str = ""
    within: tuple[str, ...] = ()


MENU = (
    Entry("today", "Today"),
    Entry("scoreboard", "Scoreboard"),
    Entry("reps", "Reps", Right.SEE_RECORDS, within=("rep", "new_talk", "talk", "new_action")),
    Entry("funnel", "Funnel"),
    Entry("pipeline", "Pipeline", within=("moves",)),
    Entry("leads", "Leads and activity"),
    Entry("results", "Results"),
    Entry("leaderboard", "Leaderboard", within=("tv",)),
    Entry("explore", "Explore", group="Look further"),
    Entry("catalogue", "Catalogue", None, "Look further", ("definition",)),
    Entry("saved_views", "My views", None, "Look further", ("new_view", "change_view")),
    Entry("api_page", "API", group="Look further"),
    Entry("data", "Data", Right.LOAD, "Organisation", ("load", "finding", "quarantine", "draft")),
    Entry("settings", "Settings", Right.CHANGE_SETTINGS, "Organisation"),
    Entry("people", "People", Right.MANAGE_PEOPLE, "Organisation"),
)
"""Each name is that of a page in the site map (urls.py)."""
