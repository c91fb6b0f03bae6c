"""Every route of the site, times everybody who might come."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

import foresail.web
from foresail.web.people.guard import Door, right_of
from foresail.web.people.models import Person, ShareLink, Token
from foresail.web.people.rights import Audience, Right, Role
from tests.web.people.conftest import PASSWORD
from tests.web.people.matrix import ARGUMENTS, IN, LINES, NO, ROWS, SIGN_IN, VIEWERS
from tests.web.people.routes import Route, routes


def test_every_route_has_a_line() -> None:
    there = {each.name for each in routes()}
    assert sorted(there - set(LINES)) == [], "Say in matrix.py whom these routes are for."
    assert sorted(set(LINES) - there) == [], "These lines of matrix.py are of no route."


def test_every_argument_has_an_example() -> None:
    known = set(ARGUMENTS)
    assert [each.name for each in routes() if set(each.arguments) - known] == []


@pytest.mark.parametrize("route", list(routes()), ids=lambda route: route.name)
def test_every_view_says_whom_it_is_for(route: Route) -> None:
    assert isinstance(right_of(route.view), Right | Audience)


def test_a_view_that_does_not_say_lets_nobody_in(rf: RequestFactory) -> None:
    def forgotten(_: Any) -> HttpResponse:
        return HttpResponse("secret")

    door = Door(lambda _: HttpResponse())
    with pytest.raises(ImproperlyConfigured, match="forgotten does not say whom it is for"):
        door.process_view(rf.get("/"), forgotten, (), {})


@pytest.fixture
def visitors(
    browser_of: Callable[[str], Client], someone: Callable[[str], Person]
) -> dict[str, Client]:
    """A browser for everybody but the holder of a share link."""
    bob = Person.objects.create_user("bob@hill.example", PASSWORD, role=Role.REP, rep_id="bob")
    other = Client()
    other.force_login(bob)
    month_ago = timezone.now() - dt.timedelta(days=30)
    _, secret = Token.make(
        person=someone("admin"),
        name="old",
        grants=["everything"],
        made_at=month_ago,
        expires_at=month_ago + dt.timedelta(days=7),
    )
    return {
        "anonymous": Client(),
        **{role: browser_of(role) for role in ("rep", "manager", "analyst", "admin", "viewer")},
        "other team's rep": other,
        "expired token": Client(headers={"Authorization": f"Bearer {secret}"}),
    }


OPERATIONS = {"api:ask", "api:records", "api:explain", "api:upload"}
"""What programs send something to: an empty request comes past the door, and no further."""


def outcome(client: Client, route: Route) -> str:
    """What the door says. OPTIONS passes it, and asks the view behind it for nothing.

    Operations of the API are doors of their own; they are asked as programs ask them.
    """
    if route.name in OPERATIONS:
        answer = client.post(route.address, {}, content_type="application/json")
    elif route.name.startswith("api:"):
        answer = client.get(route.address)
    else:
        answer = client.options(route.address)
    if answer.status_code == 401:
        return SIGN_IN
    if answer.status_code == 403:
        return NO
    there = answer.headers.get("Location", "")
    return SIGN_IN if there.startswith("/accounts/login/?next=") else IN


def outcome_of_link(maker: Person, address: str) -> str:
    """Whether a share link shows the route."""
    until = timezone.now() + dt.timedelta(days=1)
    link, secret = ShareLink.make(person=maker, page=address, expires_at=until)
    answer = Client().get(f"/shared/{secret}/")
    link.delete()
    return {200: IN, 403: NO}.get(answer.status_code, str(answer.status_code))


@pytest.mark.usefixtures("project", "sharing")
def test_the_matrix(visitors: dict[str, Client], admin: Person) -> None:
    wrong = []
    for route in routes():
        expected = ROWS[LINES[route.name]]
        found = {name: outcome(client, route) for name, client in visitors.items()}
        found["share link"] = outcome_of_link(admin, route.address)
        wrong += [
            f"{route.name}, {name}: {found[name]}, not {expected[name]}"
            for name in VIEWERS
            if found[name] != expected[name]
        ]
    assert wrong == []


DATA_FOR_ADMINS = {
    "people/views/coming_in.py",  # the demo's people, made before anybody has come in
    "people/views/everybody.py",  # whom an admin may tie a person to
    "people/views/shares.py",  # whether links are allowed
    "organisation/views.py",  # the file that admins change
    "renewing.py",  # the project by changed settings
    "bodies.py",  # how much may be uploaded
    "pages.py",  # the name of the organisation
    "serve.py",
    "current.py",
}
"""The places that may take the whole project; all others ask for it as whoever looks."""


def test_views_take_the_project_as_whoever_looks_may_see_it() -> None:
    folder = Path(foresail.web.__file__).parent
    takers = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        if any(
            isinstance(node, ast.Name) and node.id == "current_project"
            for node in ast.walk(ast.parse(path.read_text()))
        )
    }
    assert takers - DATA_FOR_ADMINS == set()
