"""The demo's people: anybody may come in as one of them, and the page says so."""

from __future__ import annotations

from dataclasses import dataclass

from foresail.project import Project
from foresail.web.people.models import Person
from foresail.web.people.rights import Role

ADDRESS = "demo.example"


@dataclass(frozen=True)
class DemoRole:
    """A way into the demo."""

    role: Role
    promise: str


WAYS = (
    DemoRole(Role.MANAGER, "A team, its pace, and whom to coach"),
    DemoRole(Role.REP, "One's own day and scorecard"),
    DemoRole(Role.ADMIN, "Everything, with data and settings"),
)


def demo_person(role: str, project: Project) -> Person:
    """The demo's person in a role, made when first needed."""
    email = f"{role}@{ADDRESS}"
    person = Person.objects.filter(email=email).first()
    person = person or Person.objects.create_user(email, role=role, name=f"Demo {role}")
    if role in (Role.MANAGER, Role.REP) and not person.rep_id:
        person.rep_id, person.name = _somebody(role, project)
        person.save()
    return person


def _somebody(role: str, project: Project) -> tuple[str, str]:
    """The manager of most reps; for a rep the one of them who comes first."""
    rows = project.ask("active_reps", by=("manager", "rep"), period="this-month").rows
    led: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        if row["manager_id"] and row["active_reps"]:
            led.setdefault(row["manager_id"], []).append(row)
    if not led:
        return ("", f"Demo {role}")
    team = max(led.values(), key=len)
    return (
        (team[0]["manager_id"], team[0]["manager"])
        if role == Role.MANAGER
        else (team[0]["rep_id"], team[0]["rep"])
    )
