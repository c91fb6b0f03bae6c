"""What of the numbers somebody sees: the one place where a person becomes a scope."""

from __future__ import annotations

from foresail.core.scope import EVERYTHING, SUMS, Scope
from foresail.web.people.models import Person
from foresail.web.people.rights import Role


def scope_of(person: Person) -> Scope:
    """What a person sees; a program and a share link see what theirs does.

    A manager or rep who is nobody in the data sees what a viewer sees.
    """
    if person.role in (Role.ADMIN, Role.ANALYST):
        return EVERYTHING
    if person.role == Role.MANAGER and person.rep_id:
        return Scope.of_manager(person.rep_id)
    if person.role == Role.REP and person.rep_id:
        return Scope.of_rep(person.rep_id)
    return SUMS
