"""Saved views: under a name, for oneself or for everybody, and as the page to begin with."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

import pytest
from django.test import Client

from foresail.web.people.models import Entry, Person
from foresail.web.people.rights import Role
from foresail.web.saved.models import SavedView
from tests.web.conftest import HOSTILE, MARCH
from tests.web.people.conftest import PASSWORD
from tests.web.reading import rows

pytestmark = pytest.mark.usefixtures("project")
PAGE = f"/scoreboard/?{MARCH}&kpi=deals_won"


def save(
    client: Client, name: str = "Wins", *, page: str = PAGE, shared: bool = False
) -> SavedView:
    given = {"name": name, "page": page, **({"is_shared": "on"} if shared else {})}
    answer = client.post("/views/new/", given)
    assert answer.status_code == 302, answer.content.decode()
    return SavedView.objects.get(name=name)


@pytest.fixture
def ann(db: None) -> Client:
    """A browser of a rep."""
    person = Person.objects.create_user("ann@hill.example", PASSWORD, role=Role.REP, rep_id="0017")
    browser = Client()
    browser.force_login(person)
    return browser


def test_every_sheet_offers_to_save_itself(client: Client) -> None:
    body = client.get(PAGE).content.decode()
    link = re.search(r'href="(/views/new/[^"]+)"', body)
    assert link
    form = client.get(html.unescape(link[1])).content.decode()
    assert f'name="page" value="{html.escape(PAGE)}"' in form


def test_a_view_is_found_again_by_its_owner_alone(client: Client, ann: Client) -> None:
    save(client, HOSTILE)
    body = client.get("/views/").content.decode()
    assert f'href="{html.escape(PAGE)}">{html.escape(HOSTILE)}</a>' in body
    assert HOSTILE not in body
    assert html.escape(HOSTILE) in client.get("/explore/").content.decode()
    assert html.escape(HOSTILE) not in ann.get("/views/").content.decode()


def test_a_shared_view_shows_everybody_their_own_numbers(client: Client, ann: Client) -> None:
    save(client, shared=True)
    assert Entry.objects.filter(what="shared a view", who="ada@hill.example").count() == 1
    link = re.search(r'<a href="([^"]+)">Wins</a>', ann.get("/views/").content.decode())
    assert link
    there = html.unescape(link[1])
    assert [row[0] for row in rows(client.get(there))[2:]] == [HOSTILE, "Ann", "Bob"]
    assert rows(ann.get(there))[1:] == [["All", "2"], ["Ann", "2"]]


def test_only_its_owner_changes_or_deletes_a_view(client: Client, ann: Client) -> None:
    view = save(client, shared=True)
    for address in (f"/views/{view.pk}/", f"/views/{view.pk}/delete/"):
        assert ann.post(address, {"name": "Mine"}).status_code == 404
    client.post(f"/views/{view.pk}/", {"name": "Deals", "about": "for Mondays"})
    view.refresh_from_db()
    assert (view.name, view.about, view.is_shared) == ("Deals", "for Mondays", False)
    assert client.get(f"/views/{view.pk}/delete/").status_code == 405
    client.post(f"/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()


def test_nobody_has_two_views_of_a_name(client: Client) -> None:
    save(client)
    answer = client.post("/views/new/", {"name": "Wins", "page": PAGE})
    assert answer.status_code == 200
    assert "You have a view of that name" in answer.content.decode()


@pytest.mark.parametrize(
    "page",
    [
        "",
        "/people/",
        "//evil.example/scoreboard/",
        "https://evil.example/",
        "/nowhere/",
        "javascript:alert(1)",
        "/\\evil.example/",
    ],
)
def test_only_pages_of_this_site_are_saved(client: Client, page: str) -> None:
    answer = client.post("/views/new/", {"name": "Bad", "page": page})
    assert answer.status_code == 200
    assert not SavedView.objects.exists()


def test_a_view_can_be_what_somebody_begins_with(client: Client, ann: Client) -> None:
    assert client.get("/").headers["Location"] == "/today/"
    view = save(client, shared=True)
    for browser in (client, ann):
        browser.post(f"/views/{view.pk}/start/")
        assert browser.get("/").headers["Location"] == PAGE
    assert "You begin with it" in client.get("/views/").content.decode()
    client.post(f"/views/{view.pk}/", {"name": "Wins"})
    assert client.get("/").headers["Location"] == PAGE
    assert ann.get("/").headers["Location"] == "/today/"
    client.post(f"/views/{view.pk}/start/")
    assert client.get("/").headers["Location"] == "/today/"


def test_a_view_of_somebody_else_is_nothing_to_begin_with(client: Client, ann: Client) -> None:
    view = save(client)
    assert ann.post(f"/views/{view.pk}/start/").status_code == 404


def test_an_address_survives_being_saved(client: Client) -> None:
    page = f"/scoreboard/?{MARCH}&where=team:{quote('South & West')}&kpi=deals_lost"
    view = save(client, page=page)
    assert rows(client.get(view.page))[1:] == [["All", "1"], ["Bob", "1"]]
