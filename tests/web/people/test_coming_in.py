"""The ways in: the first admin, invitations, passwords, the demo; and what keeps others out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from foresail.web.people import first
from foresail.web.people.models import Entry, Invitation, PasswordLink, Person, hash_of
from tests.web.people.conftest import PASSWORD, done, shown_once, text_of

NEW = {"password": "a lamp on 7 legs", "again": "a lamp on 7 legs"}
pytestmark = pytest.mark.usefixtures("project")


def log_in(client: Client, email: str, password: str = PASSWORD) -> int:
    answer = client.post("/accounts/login/", {"login": email, "password": password})
    return answer.status_code


@pytest.fixture
def stranger(db: None) -> Client:
    return Client()


class TestTheFirst:
    def address(self) -> str:
        return first.first_address("http://127.0.0.1:8000/").removeprefix("http://127.0.0.1:8000")

    def test_the_first_one_becomes_admin(self, stranger: Client) -> None:
        address = self.address()
        assert address.startswith("/welcome/")
        who = {"name": "Ada", "email": "Ada@hill.example", **NEW}
        assert stranger.post(address, who).status_code == 302
        ada = Person.objects.get()
        assert (ada.email, ada.name, ada.role) == ("ada@hill.example", "Ada", "admin")
        assert stranger.get("/people/").status_code == 200
        assert done() == [
            ("ada@hill.example", "made the first admin", ""),
            ("ada@hill.example", "logged in", ""),
        ]

    def test_the_address_opens_once(self, stranger: Client) -> None:
        address = self.address()
        stranger.post(address, {"name": "Ada", "email": "ada@hill.example", **NEW})
        other = Client().post(address, {"name": "Eve", "email": "eve@hill.example", **NEW})
        assert other.status_code == 403
        assert Person.objects.count() == 1
        assert self.address() == "/"

    def test_a_made_up_address_opens_nothing(self, stranger: Client) -> None:
        assert stranger.get("/welcome/Imfpcn.3/").status_code == 403


class TestInvitations:
    @pytest.fixture
    def link(self, client: Client) -> str:
        answer = client.post("/people/", {"email": "Cy@hill.example", "role": "analyst"})
        return shown_once(answer).removeprefix("http://testserver")

    def test_somebody_invited_comes_in_with_the_role(self, link: str) -> None:
        cy = Client()
        assert "as analyst, with the address cy@hill.example" in text_of(cy.get(link))
        assert cy.post(link, {"name": "Cy", **NEW}).status_code == 302
        found = Person.objects.get(email="cy@hill.example")
        assert (found.name, found.role) == ("Cy", "analyst")
        assert found.check_password(NEW["password"])
        assert cy.get("/scoreboard/").status_code == 200
        assert ("cy@hill.example", "accepted an invitation", "analyst") in done()

    def test_an_invitation_opens_once(self, link: str) -> None:
        Client().post(link, {"name": "Cy", **NEW})
        assert Client().post(link, {"name": "Eve", **NEW}).status_code == 403

    def test_it_is_kept_as_a_hash(self, link: str) -> None:
        secret = link.split("/")[2]
        assert Invitation.objects.get().secret_hash == hash_of(secret)

    def test_after_a_week_it_opens_nothing(self, link: str) -> None:
        made_at = timezone.now() - dt.timedelta(days=7, seconds=1)
        Invitation.objects.update(made_at=made_at)
        assert Client().get(link).status_code == 403

    def test_withdrawn_it_opens_nothing(self, client: Client, link: str) -> None:
        client.post(f"/people/invitation/{Invitation.objects.get().pk}/withdraw/")
        assert Client().get(link).status_code == 403
        assert ("ada@hill.example", "withdrew an invitation", "cy@hill.example") in done()

    def test_a_second_one_closes_the_first(self, client: Client, link: str) -> None:
        client.post("/people/", {"email": "cy@hill.example", "role": "viewer"})
        assert Client().get(link).status_code == 403
        assert Invitation.objects.get().role == "viewer"

    @pytest.mark.parametrize(
        ("password", "again", "said"),
        [
            ("a lamp on 7 legs", "a lamp on 8 legs", "The two passwords differ"),
            ("cy@hill.example", "cy@hill.example", "too similar"),
            ("password", "password", "too common"),
        ],
    )
    def test_weak_passwords_are_refused(
        self, link: str, password: str, again: str, said: str
    ) -> None:
        answer = Client().post(link, {"name": "Cy", "password": password, "again": again})
        assert said in text_of(answer)
        assert not Person.objects.filter(email="cy@hill.example").exists()

    def test_nobody_signs_up(self, stranger: Client) -> None:
        assert stranger.get("/accounts/signup/").status_code == 404

    def test_a_rep_is_somebody_in_the_data(self, client: Client) -> None:
        answer = client.post("/people/", {"email": "cy@hill.example", "role": "rep"})
        assert "Say who they are in the data" in text_of(answer)
        assert not Invitation.objects.exists()


class TestLogIn:
    def test_a_password_opens(self, stranger: Client, admin: Person) -> None:
        assert log_in(stranger, admin.email) == 302
        assert stranger.get("/scoreboard/").status_code == 200
        assert done() == [("ada@hill.example", "logged in", "")]
        assert Entry.objects.get().address == "127.0.0.1"

    def test_a_wrong_one_does_not_and_is_written_down(
        self, stranger: Client, admin: Person
    ) -> None:
        assert log_in(stranger, admin.email, "wrong") == 200
        assert done() == [("ada@hill.example", "log-in failed", "")]
        there = stranger.get("/people/?x=1")
        assert there.headers["Location"] == "/accounts/login/?next=/people/%3Fx%3D1"

    def test_after_five_wrong_ones_the_right_one_waits(
        self, stranger: Client, admin: Person
    ) -> None:
        for _ in range(5):
            log_in(stranger, admin.email, "wrong")
        answer = stranger.post("/accounts/login/", {"login": admin.email, "password": PASSWORD})
        assert "Too many failed login attempts" in text_of(answer)
        assert stranger.get("/scoreboard/").status_code == 302

    def test_log_out_is_written_down(self, client: Client) -> None:
        client.post("/accounts/logout/")
        assert client.get("/scoreboard/").status_code == 302
        assert done()[-1] == ("ada@hill.example", "logged out", "")

    def test_htmx_is_sent_to_a_page_of_its_own(self, stranger: Client) -> None:
        here = {"HX-Request": "true", "HX-Current-URL": "http://testserver/scoreboard/?by=rep"}
        answer = stranger.get("/scoreboard/", headers=here)
        assert answer.status_code == 401
        there = "/accounts/login/?next=/scoreboard/%3Fby%3Drep"
        assert answer.headers["HX-Redirect"] == there

    def test_a_form_of_another_site_is_refused(self, admin: Person) -> None:
        strict = Client(enforce_csrf_checks=True)
        assert log_in(strict, admin.email) == 403

    def test_the_session_ends_after_two_weeks_and_its_cookie_is_hidden(
        self, stranger: Client, admin: Person
    ) -> None:
        log_in(stranger, admin.email)
        cookie = stranger.cookies["sessionid"]
        assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (1209600, True, "Lax")
        left = Session.objects.get().expire_date - timezone.now()
        assert dt.timedelta(days=13, hours=23) < left <= dt.timedelta(days=14)


class TestPasswordLinks:
    @pytest.fixture
    def ann(self, someone: Callable[[str], Person]) -> Person:
        return someone("rep")

    @pytest.fixture
    def link(self, client: Client, ann: Person) -> str:
        answer = client.post(f"/people/{ann.pk}/password/")
        return shown_once(answer).removeprefix("http://testserver")

    def test_it_gives_a_new_password_and_ends_the_sessions(self, link: str, ann: Person) -> None:
        before = Client()
        log_in(before, ann.email)
        stranger = Client()
        assert "For ann@hill.example" in text_of(stranger.get(link))
        answer = stranger.post(link, NEW)
        assert answer.headers["Location"] == "/accounts/login/"
        assert before.get("/scoreboard/").status_code == 302
        assert log_in(stranger, ann.email) == 200
        assert log_in(stranger, ann.email, NEW["password"]) == 302
        assert ("ann@hill.example", "changed the password", "by a link of an admin") in done()

    def test_it_opens_once_for_a_day_and_the_last_one_alone(
        self, client: Client, link: str, ann: Person
    ) -> None:
        newer = shown_once(client.post(f"/people/{ann.pk}/password/"))
        assert Client().get(link).status_code == 403
        newer = newer.removeprefix("http://testserver")
        PasswordLink.objects.update(made_at=timezone.now() - dt.timedelta(days=1, seconds=1))
        assert Client().get(newer).status_code == 403
        PasswordLink.objects.update(made_at=timezone.now())
        assert Client().post(newer, NEW).status_code == 302
        assert Client().post(newer, NEW).status_code == 403

    def test_it_opens_nothing_for_somebody_kept_out(self, link: str, ann: Person) -> None:
        Person.objects.filter(pk=ann.pk).update(is_active=False)
        assert Client().get(link).status_code == 403

    def test_without_a_mail_server_no_page_offers_mail(self, stranger: Client) -> None:
        assert stranger.get("/accounts/password/reset/").status_code == 404
        assert "An admin makes a link" in text_of(stranger.get("/accounts/login/"))

    def test_with_a_mail_server_the_link_comes_by_mail(
        self, stranger: Client, ann: Person, settings: object, mailoutbox: list[object]
    ) -> None:
        settings.EMAIL_HOST = "mail.example"  # type: ignore[attr-defined]
        assert stranger.get("/accounts/password/reset/").status_code == 200
        stranger.post("/accounts/password/reset/", {"email": ann.email})
        (mail,) = mailoutbox
        link = str(mail.body).split("http://testserver")[1].split()[0]  # type: ignore[attr-defined]
        form = stranger.get(link, follow=True).redirect_chain[-1][0]
        new = {"password1": NEW["password"], "password2": NEW["password"]}
        assert stranger.post(form, new).status_code == 302
        assert Person.objects.get(pk=ann.pk).check_password(NEW["password"])
        assert done()[-1] == ("ann@hill.example", "changed the password", "")


class TestTheDemo:
    def test_one_click_is_enough(self, stranger: Client) -> None:
        assert stranger.post("/demo/rep/").status_code == 302
        page = stranger.get("/scoreboard/")
        assert "You look as rep." in page.content.decode()
        assert done()[-1] == ("rep@demo.example", "logged in", "")

    def test_one_may_change_over(self, stranger: Client) -> None:
        stranger.post("/demo/rep/")
        stranger.post("/demo/admin/")
        assert "You look as admin." in stranger.get("/scoreboard/").content.decode()

    @pytest.mark.parametrize("role", ["analyst", "viewer", "root"])
    def test_it_has_three_ways_in(self, stranger: Client, role: str) -> None:
        assert stranger.post(f"/demo/{role}/").status_code == 403

    @pytest.mark.usefixtures("no_demo")
    def test_a_project_that_is_no_demo_has_none(self, stranger: Client) -> None:
        assert stranger.post("/demo/admin/").status_code == 403
        page = stranger.get("/accounts/login/").content.decode()
        assert "demo" not in page
        assert "Sign in" in page
