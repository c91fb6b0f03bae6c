"""The people of Hill & Sons, each with a browser of their own."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from foresail.project import Project
from foresail.warehouse.sections import Privacy
from foresail.web.current import current_project, hold
from foresail.web.people.models import Entry, Person
from foresail.web.people.rights import Role

PASSWORD = "window box 3"
PLACES = {
    Role.ANALYST: ("nina@hill.example", "Nina", ""),
    Role.MANAGER: ("max@hill.example", "Max", "bob"),
    Role.REP: ("ann@hill.example", "Ann", "0017"),
    Role.VIEWER: ("vera@hill.example", "Vera", ""),
}


@pytest.fixture(autouse=True)
def no_attempts_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def someone(admin: Person) -> Callable[[str], Person]:
    """A person in a role; Ada is the admin."""

    def make(role: str) -> Person:
        if role == Role.ADMIN:
            return admin
        email, name, rep_id = PLACES[Role(role)]
        found = Person.objects.filter(email=email).first()
        return found or Person.objects.create_user(
            email, PASSWORD, role=role, name=name, rep_id=rep_id
        )

    return make


@pytest.fixture
def browser_of(someone: Callable[[str], Person]) -> Callable[[str], Client]:
    """A browser in which somebody in a role has come in."""

    def make(role: str) -> Client:
        client = Client()
        client.force_login(someone(role))
        return client

    return make


@contextmanager
def with_settings(**changes: Any) -> Iterator[None]:
    """The project that is served, under other settings."""
    served = current_project()
    hold(served.with_settings(served.settings.model_copy(update=changes)))
    yield
    hold(served)


@pytest.fixture
def sharing(project: Project) -> Iterator[None]:
    """Share links are allowed."""
    with with_settings(privacy=Privacy(share_links=True)):
        yield


@pytest.fixture
def sharing_off(link: str, project: Project) -> Iterator[None]:
    """Share links are no longer allowed."""
    with with_settings(privacy=Privacy(share_links=False)):
        yield


@pytest.fixture
def no_demo(project: Project) -> Iterator[None]:
    """The project is no demo."""
    with with_settings(demo=False):
        yield


def text_of(response: Any) -> str:
    """What stands on a page, in words."""
    body = response.content.decode()
    main = re.search(r"<main.*</main>", body, re.DOTALL)
    assert main, body
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main[0])).split())


def shown_once(response: Any) -> str:
    """The secret that a page shows this once."""
    found = re.search(r'class="once">([^<]+)<', response.content.decode())
    assert found, text_of(response)
    return html.unescape(found[1])


def done() -> list[tuple[str, str, str]]:
    """The audit log in the order of time: who, what, with what."""
    return [(each.who, each.what, each.detail) for each in Entry.objects.order_by("id")]
