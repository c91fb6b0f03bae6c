"""Tokens: a program acts as its person, for a time, and never as more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from foresail.web.people.models import Person, Token, hash_of
from foresail.web.people.rights import Right
from foresail.web.people.tokens import act_by, authenticate
from foresail.web.people.viewer import viewer_of
from tests.web.people.conftest import done, shown_once, text_of

pytestmark = pytest.mark.usefixtures("project")
NUMBERS = {"name": "Wall screen", "grants": ["numbers"], "valid": "30"}


@pytest.fixture
def ann(someone: Callable[[str], Person]) -> Person:
    return someone("rep")


@pytest.fixture
def anns(browser_of: Callable[[str], Client]) -> Client:
    return browser_of("rep")


@pytest.fixture
def secret(anns: Client) -> str:
    return shown_once(anns.post("/account/tokens/", NUMBERS))


def rights_of(secret: str) -> set[Right]:
    token = authenticate(secret)
    return set(token.rights) if token else set()


def test_a_token_is_shown_once_and_kept_as_a_hash(anns: Client, secret: str) -> None:
    assert secret.startswith("foresail_")
    assert len(secret) == 52
    token = Token.objects.get()
    assert token.secret_hash == hash_of(secret)
    page = anns.get("/account/tokens/")
    assert secret not in page.content.decode()
    assert "Wall screen Read KPIs" in text_of(page)
    until = f"{token.expires_at:%d %b %Y}"
    assert done()[-1] == (
        "ann@hill.example",
        "made a token",
        f"Wall screen: Read KPIs, until {until}",
    )


def test_it_is_its_person_with_what_it_grants(secret: str, ann: Person, rf: RequestFactory) -> None:
    token = authenticate(secret)
    assert token is not None
    request = rf.get("/api/")
    act_by(request, token)
    viewer = viewer_of(request)
    assert viewer.person == ann
    assert viewer.rights == {Right.SEE_NUMBERS}
    assert str(viewer) == "ann@hill.example by token Wall screen"


@pytest.mark.parametrize(
    ("grants", "role", "rights"),
    [
        (["records"], "rep", {Right.SEE_NUMBERS, Right.SEE_RECORDS, Right.EXPORT}),
        (["records"], "viewer", {Right.SEE_NUMBERS}),
        (["load"], "rep", set()),
        (["load"], "analyst", {Right.LOAD}),
        (["numbers", "load"], "analyst", {Right.SEE_NUMBERS, Right.LOAD}),
        (["everything"], "viewer", {Right.SEE_NUMBERS}),
        (["everything"], "admin", set(Right)),
    ],
)
def test_it_never_may_more_than_its_person(
    someone: Callable[[str], Person], grants: list[str], role: str, rights: set[Right]
) -> None:
    until = timezone.now() + dt.timedelta(days=1)
    _, secret = Token.make(person=someone(role), name="x", grants=grants, expires_at=until)
    assert rights_of(secret) == rights


def test_it_loses_what_its_person_loses(ann: Person, someone: Callable[[str], Person]) -> None:
    until = timezone.now() + dt.timedelta(days=1)
    _, secret = Token.make(person=ann, name="x", grants=["everything"], expires_at=until)
    Person.objects.filter(pk=ann.pk).update(role="viewer")
    assert rights_of(secret) == {Right.SEE_NUMBERS}
    Person.objects.filter(pk=ann.pk).update(is_active=False)
    assert authenticate(secret) is None


def test_it_ends(secret: str) -> None:
    Token.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert authenticate(secret) is None


@pytest.mark.parametrize("days", ["0", "366", "never"])
def test_it_lasts_for_a_year_at_most(anns: Client, days: str) -> None:
    answer = anns.post("/account/tokens/", NUMBERS | {"valid": days})
    assert "Select a valid choice" in text_of(answer)
    assert not Token.objects.exists()


def test_no_way_leads_around_the_year(ann: Person) -> None:
    until = timezone.now() + dt.timedelta(days=366)
    with pytest.raises(ValueError, match="within 365 days"):
        Token.make(person=ann, name="x", grants=["numbers"], expires_at=until)


@pytest.mark.parametrize("grants", [[], ["root"]])
def test_it_grants_something_that_exists(anns: Client, grants: list[str]) -> None:
    anns.post("/account/tokens/", NUMBERS | {"grants": grants})
    assert not Token.objects.exists()


def test_it_is_revoked_by_its_person_or_an_admin(
    anns: Client, client: Client, secret: str, browser_of: Callable[[str], Client]
) -> None:
    number = Token.objects.get().pk
    assert browser_of("manager").post(f"/account/tokens/{number}/revoke/").status_code == 404
    assert authenticate(secret)
    anns.post(f"/account/tokens/{number}/revoke/")
    assert authenticate(secret) is None
    assert done()[-1][1:] == ("revoked a token", "Wall screen of ann@hill.example")
    other = shown_once(anns.post("/account/tokens/", NUMBERS))
    client.post(f"/account/tokens/{Token.objects.latest('id').pk}/revoke/")
    assert authenticate(other) is None


def test_it_is_seen_when_it_was_used_last(secret: str) -> None:
    assert Token.objects.get().last_used_at is None
    authenticate(secret)
    used = Token.objects.get().last_used_at
    assert used is not None
    authenticate(secret)
    assert Token.objects.get().last_used_at == used


@pytest.mark.parametrize("secret", ["", "foresail_", "foresail_x"])
def test_a_made_up_one_opens_nothing(db: None, secret: str) -> None:
    assert authenticate(secret) is None
