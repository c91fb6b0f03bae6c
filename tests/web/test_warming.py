"""Pages are opened ahead, so that nobody waits for their queries to be written."""

import threading
from collections.abc import Iterator

import pytest
from django.test import Client

from foresail.project import Project
from foresail.web.current import current_project
from foresail.web.people.models import Person
from foresail.web.people.rights import Role
from foresail.web.warming import warm
from tests.web.people.conftest import with_settings

PAGES = (("leaderboard",), ("results", "people"))


@pytest.fixture
def served(project: Project) -> Iterator[Project]:
    """The project, which is no demo."""
    with with_settings(demo=False):
        yield current_project()


def test_a_page_that_was_opened_ahead_needs_no_new_query(served: Project, client: Client) -> None:
    assert warm(served, threading.Event(), PAGES) == 2
    known = set(served._plans._plans)
    assert client.get("/leaderboard/").status_code == 200
    assert client.get("/results/people/").status_code == 200
    assert set(served._plans._plans) == known


def test_each_role_is_served_and_a_rep_the_own_page(served: Project, admin: Person) -> None:
    Person.objects.create_user("ann@hill.example", role=Role.REP, rep_id="0017", name="Ann")
    Person.objects.create_user("bob@hill.example", role=Role.MANAGER, name="Bob")
    # Who sees everything, and Ann with her own page. Bob is nobody in the data.
    assert warm(served, threading.Event(), PAGES[:1]) == 3


def test_a_demo_is_opened_for_each_of_its_people(project: Project, admin: Person) -> None:
    assert warm(project, threading.Event(), PAGES[:1]) == 3


def test_it_stops_when_the_server_does(served: Project, admin: Person) -> None:
    ended = threading.Event()
    ended.set()
    assert warm(served, ended) == 0
