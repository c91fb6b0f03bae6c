"""What people do with their own account: the name, the password, a second factor, sessions."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from foresail.web.people.models import Person
from tests.web.people.conftest import PASSWORD, done, text_of

pytestmark = pytest.mark.usefixtures("project")
NEW = "a lamp on 7 legs"


@pytest.fixture
def ann(someone: Callable[[str], Person]) -> Person:
    return someone("rep")


def signed_in(email: str, password: str = PASSWORD) -> Client:
    browser = Client()
    answer = browser.post("/accounts/login/", {"login": email, "password": password})
    assert answer.status_code == 302, text_of(answer)
    return browser


def code_of(secret: str, steps_ahead: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps_ahead)))


def test_the_own_name_is_all_that_one_changes(ann: Person) -> None:
    browser = signed_in(ann.email)
    change = {"name": "Annie", "role": "admin", "rep_id": "bob", "email": "x@hill.example"}
    browser.post("/account/", change)
    ann.refresh_from_db()
    found = (ann.name, ann.role, ann.rep_id, ann.email)
    assert found == ("Annie", "rep", "0017", "ann@hill.example")
    assert done()[-1] == ("ann@hill.example", "changed the own name", "Ann → Annie")


def test_a_new_password_ends_the_other_sessions(ann: Person) -> None:
    here, there = signed_in(ann.email), signed_in(ann.email)
    change = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/accounts/password/change/", change).status_code == 302
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    assert ("ann@hill.example", "changed the password", "") in done()
    signed_in(ann.email, NEW)


def test_the_old_password_is_asked_for(ann: Person) -> None:
    browser = signed_in(ann.email)
    change = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    assert browser.post("/accounts/password/change/", change).status_code == 200
    ann.refresh_from_db()
    assert ann.check_password(PASSWORD)


def test_the_others_are_ended_from_the_list_of_sessions(ann: Person) -> None:
    here, there = signed_in(ann.email), signed_in(ann.email)
    page = text_of(here.get("/accounts/sessions/"))
    assert page.count("127.0.0.1") == 2
    assert page.count("This one") == 1
    assert "In 2 browsers." in text_of(here.get("/account/"))
    here.post("/accounts/sessions/")
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_a_second_factor_is_set_up_and_asked_for_or_a_recovery_code(
    ann: Person, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]]
) -> None:
    """The password is asked for again before it is set up."""
    here = signed_in(ann.email)
    asked = here.get("/accounts/2fa/totp/activate/").headers["Location"]
    assert asked.startswith("/accounts/reauthenticate/")
    here.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = re.search(
        r'class="once">(\w+)<', here.get("/accounts/2fa/totp/activate/").content.decode()
    )
    assert secret
    wrong = here.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert "Incorrect code" in text_of(wrong)
    # The page shows another secret after each failure.
    secret = re.search(r'class="once">(\w+)<', wrong.content.decode())
    assert secret
    with django_capture_on_commit_callbacks(execute=True):
        answer = here.post("/accounts/2fa/totp/activate/", {"code": code_of(secret[1])})
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    codes = re.findall(r"<li>(\w{8})</li>", here.get(answer.headers["Location"]).content.decode())
    assert len(codes) == 10
    assert "Signing in asks for a code" in text_of(here.get("/accounts/2fa/"))
    added = [(who, what) for who, what, _ in done() if what.startswith("added")]
    assert added == [("ann@hill.example", "added a second factor")] * 2

    there = signed_in(ann.email)
    assert there.get("/scoreboard/").status_code == 302
    there.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert there.get("/scoreboard/").status_code == 302
    assert done()[-1][:2] == ("ann@hill.example", "second factor failed")
    there.post("/accounts/2fa/authenticate/", {"code": code_of(secret[1], 1)})
    assert there.get("/scoreboard/").status_code == 200

    for expected in (200, 302):  # a recovery code opens once
        elsewhere = signed_in(ann.email)
        elsewhere.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert elsewhere.get("/scoreboard/").status_code == expected


def test_whoever_has_no_password_is_told_where_the_factor_is(admin: Person) -> None:
    browser = Client()
    browser.post("/demo/rep/")
    assert "You sign in by single sign-on" in text_of(browser.get("/accounts/2fa/"))
