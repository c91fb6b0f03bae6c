"""Single sign-on, against a provider of our own that speaks OpenID Connect."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.http import HttpResponse
from django.test import Client

from foresail.web.people.models import Invitation, Person
from foresail.web.sign_on import single_sign_on
from tests.web.people.conftest import done, text_of

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
pytestmark = pytest.mark.usefixtures("project")


class Provider(ThreadingHTTPServer):
    """Says of everybody who they are, without asking."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.who: dict[str, Any] = {}

    @property
    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
        }

    @property
    def tokens(self) -> dict[str, Any]:
        now = int(time.time())
        claims = {"iss": self.address, "aud": "foresail", "iat": now, "exp": now + 60, **self.who}
        signed = jwt.encode(claims, KEY, "RS256", {"kid": "1"})
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}

    @property
    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]}


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        pages = {"/keys": self.server.keys, "/userinfo": self.server.who}
        self.say(pages.get(self.path, self.server.configuration))

    def do_POST(self) -> None:
        self.say(self.server.tokens)

    def say(self, value: dict[str, Any]) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    found = Provider()
    thread = threading.Thread(target=found.serve_forever)
    thread.start()
    yield found
    found.shutdown()
    thread.join()
    found.server_close()


@pytest.fixture
def sign_on(
    provider: Provider, settings: Any, monkeypatch: pytest.MonkeyPatch, no_demo: None
) -> Callable[..., tuple[Client, HttpResponse]]:
    """Come by single sign-on as whoever the provider says."""
    monkeypatch.setenv("FORESAIL_OIDC_ISSUER", provider.address)
    monkeypatch.setenv("FORESAIL_OIDC_CLIENT_ID", "foresail")
    monkeypatch.setenv("FORESAIL_OIDC_SECRET", "hush")
    monkeypatch.setenv("FORESAIL_OIDC_NAME", "Hill ID")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": single_sign_on()}}

    def come(**who: Any) -> tuple[Client, HttpResponse]:
        provider.who = {"sub": who["email"], **who}
        browser = Client()
        assert "Sign in with Hill ID" in text_of(browser.get("/accounts/login/"))
        there = browser.post("/accounts/oidc/sso/login/").headers["Location"]
        assert there.startswith(f"{provider.address}/authorize?")
        asked = parse_qs(urlsplit(there).query)
        back = {"code": "c", "state": asked["state"][0]}
        return browser, browser.get("/accounts/oidc/sso/login/callback/", back)  # type: ignore[return-value]

    return come


Come = Callable[..., tuple[Client, HttpResponse]]


def test_somebody_known_comes_in(sign_on: Come, someone: Callable[[str], Person]) -> None:
    someone("rep")
    browser, answer = sign_on(email="ann@hill.example", email_verified=True)
    assert answer.status_code == 302
    assert browser.get("/scoreboard/").status_code == 200
    assert done()[-1] == ("ann@hill.example", "logged in", "")


def test_somebody_invited_comes_in_without_a_password(sign_on: Come, admin: Person) -> None:
    Invitation.make(made_by=admin, email="cy@hill.example", role="analyst")
    browser, _ = sign_on(email="cy@hill.example", email_verified=True)
    assert browser.get("/scoreboard/").status_code == 200
    cy = Person.objects.get(email="cy@hill.example")
    assert (cy.role, cy.has_usable_password()) == ("analyst", False)
    assert Invitation.objects.get().used_at is not None


def test_a_stranger_is_told_to_ask_for_an_invitation(sign_on: Come, admin: Person) -> None:
    browser, answer = sign_on(email="eve@hill.example", email_verified=True)
    assert answer.status_code == 403
    assert "Ask an admin of Foresail for an invitation" in text_of(answer)
    assert browser.get("/scoreboard/").status_code == 302
    assert not Person.objects.filter(email="eve@hill.example").exists()


def test_an_address_that_is_not_verified_opens_nothing(
    sign_on: Come, someone: Callable[[str], Person]
) -> None:
    someone("rep")
    browser, answer = sign_on(email="ann@hill.example", email_verified=False)
    assert answer.status_code == 403
    assert browser.get("/scoreboard/").status_code == 302


def test_who_is_kept_out_stays_out(sign_on: Come, someone: Callable[[str], Person]) -> None:
    ann = someone("rep")
    sign_on(email="ann@hill.example", email_verified=True)
    Person.objects.filter(pk=ann.pk).update(is_active=False)
    browser, _ = sign_on(email="ann@hill.example", email_verified=True)
    assert browser.get("/scoreboard/").status_code == 302


def test_without_a_provider_nothing_is_offered(
    monkeypatch: pytest.MonkeyPatch, no_demo: None, db: None
) -> None:
    monkeypatch.delenv("FORESAIL_OIDC_ISSUER", raising=False)
    assert single_sign_on() == []
    assert "Sign in with" not in text_of(Client().get("/accounts/login/"))
