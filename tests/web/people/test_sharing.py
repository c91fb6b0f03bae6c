"""Share links: one page, for a time, as its maker sees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from foresail.web.people.models import Person, ShareLink
from tests.web.people.conftest import done, shown_once, text_of

pytestmark = pytest.mark.usefixtures("project", "sharing")
PAGE = "/scoreboard/?period=2026-03&by=team&kpi=deals_won"


@pytest.fixture
def managers(browser_of: Callable[[str], Client]) -> Client:
    return browser_of("manager")


@pytest.fixture
def link(managers: Client) -> str:
    answer = managers.post("/share/", {"page": PAGE, "valid": "7"})
    return shown_once(answer).removeprefix("http://testserver")


def test_a_stranger_sees_the_page_in_a_bare_frame(link: str) -> None:
    page = Client().get(link)
    assert page.status_code == 200
    assert "1–31 Mar 2026" in text_of(page)
    body = page.content.decode()
    assert "Shared by Max" in body
    assert 'aria-label="Pages"' not in body
    assert "My account" not in body
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store, private"


def test_it_is_the_same_for_somebody_who_is_signed_in(link: str, client: Client) -> None:
    assert "My account" not in client.get(link).content.decode()


def test_it_leads_nowhere_else(link: str) -> None:
    visitor = Client()
    visitor.get(link)
    for address in (PAGE, "/scoreboard/", "/records/deals_won/", "/people/"):
        assert visitor.get(address).status_code == 302
    assert visitor.get(f"{link}?by=rep").content == visitor.get(link).content
    assert visitor.post(link).status_code == 405


@pytest.mark.parametrize(
    "page",
    [
        "/people/",
        "/account/tokens/",
        "/records/deals_won/",
        "/records/deals_won/?format=csv",
        "/nowhere/",
        "//evil.example/scoreboard/",
        "https://evil.example/",
        "",
    ],
)
def test_only_pages_of_numbers_are_shared(managers: Client, page: str) -> None:
    managers.post("/share/", {"page": page, "valid": "7"})
    assert not ShareLink.objects.exists()


def test_files_of_a_shared_page_are_not_shared(managers: Client) -> None:
    page = "/results/?period=2026-03&format=csv"
    answer = managers.post("/share/", {"page": page, "valid": "7"})
    link = shown_once(answer).removeprefix("http://testserver")
    assert Client().get(link).status_code == 403


def test_it_ends(link: str) -> None:
    ShareLink.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert Client().get(link).status_code == 403


def test_it_is_taken_back_by_its_maker_or_an_admin(
    link: str, managers: Client, client: Client, browser_of: Callable[[str], Client]
) -> None:
    number = ShareLink.objects.get().pk
    assert browser_of("analyst").post(f"/share/{number}/take-back/").status_code == 404
    assert Client().get(link).status_code == 200
    client.post(f"/share/{number}/take-back/")
    assert Client().get(link).status_code == 403
    assert done()[-1] == (
        "ada@hill.example",
        "took a share link back",
        f"{PAGE} of max@hill.example",
    )


def test_it_is_listed_for_its_maker_and_the_admin(
    link: str, managers: Client, client: Client, browser_of: Callable[[str], Client]
) -> None:
    assert PAGE in text_of(managers.get("/share/"))
    assert f"{PAGE} Max" in text_of(client.get("/share/"))
    assert PAGE not in text_of(browser_of("analyst").get("/share/"))


def test_it_dies_with_its_maker(link: str, someone: Callable[[str], Person]) -> None:
    Person.objects.filter(pk=someone("manager").pk).update(is_active=False)
    assert Client().get(link).status_code == 403


def test_making_and_opening_are_written_down(link: str) -> None:
    Client().get(link)
    Client().get(link)  # within the same minute
    until = f"{ShareLink.objects.get().expires_at:%d %b %Y}"
    assert done()[-2:] == [
        ("max@hill.example", "shared a page", f"{PAGE}, until {until}"),
        ("share link of max@hill.example", "opened a share link", PAGE),
    ]


def test_the_page_says_where_it_is_shared(
    managers: Client, browser_of: Callable[[str], Client]
) -> None:
    assert "Share this page" in managers.get(PAGE).content.decode()
    assert "Share this page" not in browser_of("rep").get(PAGE).content.decode()
    assert "Share this page" not in managers.get("/account/").content.decode()


class TestSwitchedOff:
    def test_nothing_is_shared(self, link: str, managers: Client, sharing_off: None) -> None:
        assert Client().get(link).status_code == 403
        assert managers.post("/share/", {"page": PAGE, "valid": "7"}).status_code == 403
        assert "Share this page" not in managers.get(PAGE).content.decode()
