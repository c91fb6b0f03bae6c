"""Who may see which talk: the manager who held it, while the rep stands below, and the rep."""

from __future__ import annotations

from django.db.models import QuerySet

from foresail.project.results import Answer
from foresail.web.people.models import Person
from foresail.web.people.rights import Right
from foresail.web.sheets.desk import Desk
from foresail.web.talks.models import Talk


def leads(desk: Desk, person: Person, rep_id: str) -> bool:
    """Whether somebody stands above a rep today, and may hold talks."""
    if not (person.rep_id and person.may(Right.HOLD_TALKS)):
        return False
    today = desk.noted(desk.project.ask("active_reps", by=("rep", "manager"), period="today"))
    return person.rep_id in above(today, rep_id)


def above(today: Answer, rep_id: str) -> set[str]:
    """The ids of all who stand above a rep in the job; whoever stands in a ring is above too."""
    managers = {row["rep_id"]: row["manager_id"] for row in today.rows if row["active_reps"]}
    found: set[str] = set()
    up = managers.get(rep_id)
    while up is not None and up not in found:
        found.add(up)
        up = managers.get(up)
    return found - {rep_id}


def is_own(person: Person, rep_id: str) -> bool:
    """Whether somebody is that rep."""
    return person.is_active and person.rep_id == rep_id != ""


def talks_seen(desk: Desk, person: Person, rep_id: str) -> QuerySet[Talk]:
    """The talks with a rep that somebody may see: nobody but the two who held them."""
    talks = Talk.objects.filter(rep_id=rep_id).prefetch_related("actions").select_related("made_by")
    if is_own(person, rep_id):
        return talks
    if leads(desk, person, rep_id):
        return talks.filter(made_by=person)
    return talks.none()
