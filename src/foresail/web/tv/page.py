"""The office screen: how the whole stands, how the teams stand, and who leads."""

from __future__ import annotations

from foresail.core.errors import QuestionError
from foresail.web.leaderboard.page import DEFAULT_KPIS as RANKED
from foresail.web.leaderboard.page import boards
from foresail.web.sheets import tables
from foresail.web.sheets.blocks import Link, Section, Sheet, Words
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.lacking import lacking

WHOLE = ("revenue", "quota_attainment", "meetings_held", "new_opportunities", "deals_won")
OF_TEAMS = ("revenue", "quota_attainment", "meetings_held")


def tv(desk: Desk) -> Sheet:
    """One picture after the other for an office display; each stands alone."""
    sections = (*_whole(desk), *_teams(desk), *_ranks(desk))
    missing = lacking(desk, WHOLE)
    return Sheet(
        "Office screen",
        sections or ((missing,) if missing else ()),
        controls=(),
        links=(Link("Leave", desk.url("leaderboard")),),
        is_live=True,
    )


def _whole(desk: Desk) -> tuple[Section, ...]:
    kpis = desk.answerable(WHOLE)
    if not kpis:
        return ()
    answer = desk.ask(*kpis, compare=True)
    return (Section("whole", "So far", (tables.tiles(desk, "whole-tiles", answer),)),)


def _teams(desk: Desk) -> tuple[Section, ...]:
    kpis = desk.answerable(OF_TEAMS)
    if not kpis:
        return ()
    answer = desk.ask(*kpis, by=("team",), compare=True, order="team")
    table = tables.table(desk, "teams-table", answer, caption="Teams")
    return (Section("teams", "Teams", (table,)),)


def _ranks(desk: Desk) -> tuple[Section, ...]:
    """Who leads in the chosen KPIs, where this organisation ranks people and one may see them."""
    kpis = desk.question.kpis or desk.answerable(RANKED)
    if not (kpis and desk.settings.privacy.ranking):
        return ()
    try:
        return boards(desk, tuple(kpis))
    except QuestionError as refused:
        words = Words("ranks-refused", sentences=(str(refused),))
        return (Section("ranks", "Leaderboard", (words,)),)
