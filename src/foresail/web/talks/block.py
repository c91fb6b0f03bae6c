"""The talks of the two, as a section of the rep's page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from foresail.web.people.guard import viewer_of
from foresail.web.people.models import Person
from foresail.web.rep.sellers import Seller
from foresail.web.sheets.blocks import Own, Section
from foresail.web.sheets.desk import Desk
from foresail.web.talks.models import Action, Talk
from foresail.web.talks.sight import is_own, leads, talks_seen

SHOWN = 6
ALONE = (
    "Only you two see this: the rep, and the manager who wrote it. Foresail shows it to nobody "
    "else, admins included, and no export holds it."
)


@dataclass(frozen=True)
class Talks:
    """The section, for whom there is one, and the day of the last talk."""

    sections: tuple[Section, ...] = ()
    last_day: dt.date | None = None


@dataclass(frozen=True)
class Shown:
    """A talk as one of the two sees it."""

    talk: Talk
    note: str
    is_hidden: bool
    may_edit: bool
    may_add: bool
    actions: tuple[tuple[Action, str, bool], ...]


def talks_of(desk: Desk, who: Seller) -> Talks:
    """The talks with a rep, for the two of them; nothing for anybody else."""
    viewer = viewer_of(desk.request)
    person = viewer.person
    if viewer.is_visitor or viewer.token is not None:
        return Talks()
    is_manager = not is_own(person, who.rep_id) and leads(desk, person, who.rep_id)
    if not (is_manager or is_own(person, who.rep_id)):
        return Talks()
    talks = list(talks_seen(desk, person, who.rep_id)[:SHOWN])
    data: dict[str, Any] = {
        "who": who,
        "is_manager": is_manager,
        "talks": [shown(desk, each, person) for each in talks],
    }
    block = Own("talks", path="talks/talks.html", data=data)
    section = Section("one-on-one", "1-on-1", (block,), lead=ALONE)
    return Talks((section,), talks[0].day if talks else None)


def shown(desk: Desk, talk: Talk, person: Person) -> Shown:
    """A talk as its maker or its rep sees it."""
    is_maker = talk.made_by_id == person.pk
    today = timezone.localdate()
    may_read = is_maker or talk.is_shared
    return Shown(
        talk,
        note=talk.note if may_read else "",
        is_hidden=not may_read and bool(talk.note),
        may_edit=is_maker and talk.is_open(today),
        may_add=is_maker,
        actions=tuple(
            (each, _label(desk, each.kpi), each.done_at is None and each.due < today)
            for each in talk.actions.all()
        ),
    )


def _label(desk: Desk, kpi: str) -> str:
    return desk.kpis[kpi].label if kpi in desk.kpis else kpi
