"""The page of one rep: what the two of a 1-on-1 look at together."""

from __future__ import annotations

from foresail.web.codes import said
from foresail.web.rep import deals, funnel, since, work
from foresail.web.rep.sellers import Seller, seller
from foresail.web.rep.view import View
from foresail.web.sheets.blocks import Link, Section, Sheet
from foresail.web.sheets.desk import Desk
from foresail.web.talks.block import talks_of
from foresail.web.templatetags.formats import day


def rep(desk: Desk, rep_id: str) -> Sheet:
    """One rep: the funnel against the own past and fair peers, work, deals, and the 1-on-1."""
    who = seller(desk, rep_id)
    talks = talks_of(desk, who)
    latest, now, past, beside, worked, standing, ended = desk.gathered(
        lambda own: since.sections(View(own, who), talks.last_day),
        lambda own: View(own, who).ask(*funnel.NUMBERS, *work.NUMBERS, compare=True),
        lambda own: funnel.past(View(own, who)),
        lambda own: funnel.beside(View(own, who)),
        lambda own: work.work(View(own, who)),
        lambda own: deals.standing(View(own, who)),
        lambda own: deals.ended(View(own, who)),
    )
    view = View(desk, who)
    sections = (
        *talks.sections,
        *latest,
        *funnel.sections(view, now, past, beside),
        *work.sections(view, now, worked),
        *standing,
        *ended,
    )
    return Sheet(
        who.name,
        tuple(each for each in sections if _says_something(each)),
        of=_place(who),
        controls=("period", "compare"),
        trail=(Link("Reps", desk.url("reps")),),
    )


def _says_something(section: Section) -> bool:
    return bool(section.blocks)


def _place(who: Seller) -> str:
    if not who.is_active:
        return "not in the job today"
    role = ", ".join(filter(None, (said(who.role or ""), who.seniority)))
    manager = f"led by {who.manager}" if who.manager else ""
    since = f"since {day(who.hired_on)}" if who.hired_on else ""
    return " · ".join(filter(None, (who.team, role, manager, since)))
