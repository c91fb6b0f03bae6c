"""What admins do with people; it holds at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client, RequestFactory
from django.utils import timezone

from foresail.web.people.models import Person, ShareLink, Token
from foresail.web.people.tokens import authenticate
from foresail.web.people.viewer import viewer_if_any
from tests.web.people.conftest import done, text_of

pytestmark = pytest.mark.usefixtures("project")


@pytest.fixture
def ann(someone: Callable[[str], Person]) -> Person:
    return someone("rep")


@pytest.fixture
def anns(browser_of: Callable[[str], Client]) -> Client:
    return browser_of("rep")


def place(role: str, rep_id: str = "", *, active: bool = True) -> dict[str, str]:
    return {"role": role, "rep_id": rep_id, **({"is_active": "on"} if active else {})}


def test_everybody_is_listed_with_role_and_who_they_are_in_the_data(
    client: Client, ann: Person
) -> None:
    text = text_of(client.get("/people/"))
    assert "Ann ann@hill.example Rep Ann never off yes" in text
    assert "ada@hill.example ada@hill.example Admin" in text


def test_a_change_of_role_holds_at_the_next_click(
    client: Client, ann: Person, anns: Client
) -> None:
    assert anns.get("/people/").status_code == 403
    client.post(f"/people/{ann.pk}/", place("admin"))
    assert anns.get("/people/").status_code == 200
    client.post(f"/people/{ann.pk}/", place("viewer"))
    assert anns.get("/people/").status_code == 403
    assert anns.get("/records/deals_won/?format=csv").status_code == 403
    assert done()[-2:] == [
        ("ada@hill.example", "changed a person", "ann@hill.example: rep 0017 → admin"),
        ("ada@hill.example", "changed a person", "ann@hill.example: admin → viewer"),
    ]


def test_who_is_kept_out_is_out_at_once_and_stays_out(
    client: Client, ann: Person, anns: Client
) -> None:
    until = timezone.now() + dt.timedelta(days=1)
    _, secret = Token.make(person=ann, name="x", grants=["everything"], expires_at=until)
    link, _ = ShareLink.make(person=ann, page="/scoreboard/", expires_at=until)
    assert authenticate(secret)
    client.post(f"/people/{ann.pk}/", place("rep", "0017", active=False))
    assert anns.get("/scoreboard/").status_code == 302
    assert authenticate(secret) is None
    assert not ShareLink.objects.get(pk=link.pk).is_open
    client.post(f"/people/{ann.pk}/", place("rep", "0017"))
    assert authenticate(secret) is None
    assert not ShareLink.objects.get(pk=link.pk).is_open


def test_the_sessions_of_somebody_kept_out_do_not_come_back(client: Client, ann: Person) -> None:
    browser = Client()
    browser.post("/demo/rep/")
    demo_rep = Person.objects.get(email="rep@demo.example")
    assert browser.get("/account/").status_code == 200
    client.post(f"/people/{demo_rep.pk}/", place("rep", "0017", active=False))
    client.post(f"/people/{demo_rep.pk}/", place("rep", "0017"))
    assert browser.get("/account/").status_code == 302


def test_one_may_be_signed_out_by_an_admin(client: Client, admin: Person) -> None:
    browser = Client()
    browser.post("/demo/rep/")
    number = Person.objects.get(email="rep@demo.example").pk
    client.post(f"/people/{number}/sign-out/")
    assert browser.get("/account/").status_code == 302
    assert client.post(f"/people/{admin.pk}/sign-out/").status_code == 403


@pytest.mark.parametrize(
    "change", [place("viewer"), place("admin", active=False), place("rep", "0017")]
)
def test_the_last_admin_stays(client: Client, admin: Person, change: dict[str, str]) -> None:
    answer = client.post(f"/people/{admin.pk}/", change)
    assert "This is the only admin. Make somebody else admin first" in text_of(answer)
    admin.refresh_from_db()
    assert (admin.role, admin.is_active) == ("admin", True)


def test_who_is_kept_out_is_nobody_whatever_let_them_in(ann: Person, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = ann
    seen = viewer_if_any(request)
    assert seen is not None
    assert seen.person == ann
    ann.is_active = False
    assert viewer_if_any(request) is None


def test_an_admin_may_leave_when_there_is_another(
    client: Client, admin: Person, ann: Person
) -> None:
    client.post(f"/people/{ann.pk}/", place("admin"))
    client.post(f"/people/{admin.pk}/", place("viewer"))
    admin.refresh_from_db()
    assert admin.role == "viewer"


def test_one_kept_out_does_not_count_as_an_admin(
    client: Client, admin: Person, ann: Person
) -> None:
    client.post(f"/people/{ann.pk}/", place("admin", active=False))
    client.post(f"/people/{admin.pk}/", place("viewer"))
    admin.refresh_from_db()
    assert admin.role == "admin"


def test_a_lost_second_factor_is_removed(client: Client, ann: Person) -> None:
    Authenticator.objects.create(user=ann, type="totp", data={"secret": "X"})
    assert "Remove the second factor" in text_of(client.get(f"/people/{ann.pk}/"))
    client.post(f"/people/{ann.pk}/second-factor/")
    assert not Authenticator.objects.exists()
    assert done()[-1] == ("ada@hill.example", "removed a second factor", "of ann@hill.example")


def test_hostile_names_are_only_names(client: Client) -> None:
    Person.objects.create_user("eve@hill.example", name="<script>alert(1)</script>")
    page = client.get("/people/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
