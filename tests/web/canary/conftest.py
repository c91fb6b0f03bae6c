"""The twenty, each with a browser, and with what is kept beside the data: talks, views, links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from foresail.project import Project
from foresail.web.current import hold
from foresail.web.people.models import Person, ShareLink, Token
from foresail.web.saved.models import SavedView
from foresail.web.talks.models import Action, Talk
from tests.scope.company import PEOPLE, Colleague, company
from tests.scope.company.marks import PICTURE, rep_id
from tests.scope.company.people import AMOUNTS, MARKS

TALKS = {"ann": ("mia", True), "bob": ("mia", False), "cid": ("max", True), "hal": ("max", True)}
"""Who talked with whom, and whether the rep may read it. Cid has another manager now."""

READERS = {"talk_ann_": "ann mia", "talk_bob_": "mia", "talk_cid_": "cid", "talk_hal_": "hal max"}
KEPT = {f"{kind}_{name[:3]}_" for kind in ("view", "mail") for name in PEOPLE}
ALL = frozenset({*MARKS, *READERS, *KEPT, *AMOUNTS.values()})


@dataclass(frozen=True)
class Visitor:
    """Somebody with a browser, and the marks that may be met in it."""

    name: str
    browser: Client
    allowed: frozenset[str]


def allowed(colleague: Colleague) -> frozenset[str]:
    """The marks that somebody who comes in may meet."""
    own = colleague.name[:3]
    found = {*colleague.marks, f"view_{own}_", f"mail_{own}_"}
    found |= {mark for mark, readers in READERS.items() if colleague.name in readers.split()}
    if colleague.role == "admin":
        found |= {mark for mark in KEPT if mark.startswith("mail")}
    return frozenset(found) if colleague.is_active else frozenset()


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with company(tmp_path_factory.mktemp("company")) as made:
        yield made


@pytest.fixture
def project(opened: Project) -> Iterator[Project]:
    cache.clear()
    hold(opened)
    yield opened
    hold(None)
    cache.clear()


@pytest.fixture
def people(db: None, project: Project) -> dict[str, Person]:
    """Everybody's account, and what they have kept."""
    found = {name: _person(each) for name, each in PEOPLE.items()}
    for code, (manager, is_shared) in TALKS.items():
        note = f"Said talk_{code}_{PICTURE}"
        talk = Talk.objects.create(
            rep_id=rep_id(code),
            day="2026-03-20",
            made_by=found[manager],
            note=note,
            is_shared=is_shared,
        )
        what = f"Agreed talk_{code}_{PICTURE}" if is_shared else PICTURE
        Action.objects.create(talk=talk, what=what, due="2026-04-10")
    for name, person in found.items():
        kept = f"view_{name[:3]}_{PICTURE}"
        page = "/scoreboard/?by=team"
        SavedView.objects.create(owner=person, name=kept, about=kept, page=page)
    shared = {"name": f"For all {PICTURE}", "page": "/scoreboard/?by=rep", "is_shared": True}
    SavedView.objects.create(owner=found["mia"], **shared)
    return found


def _person(colleague: Colleague) -> Person:
    person: Person = Person.objects.create_user(
        f"mail_{colleague.name[:3]}_@company.example",
        "window box 3",
        role=colleague.role,
        rep_id=colleague.scope.rep,
        name=f"{colleague.name.title()} {PICTURE}",
    )
    return person


@pytest.fixture
def everybody(people: dict[str, Person]) -> dict[str, Visitor]:
    """The twenty, one of them deactivated since; a stranger; and programs of some."""
    found = {"stranger": Visitor("stranger", _browser(), frozenset())}
    for name, person in people.items():
        browser = _browser()
        browser.force_login(person)
        found[name] = Visitor(name, browser, allowed(PEOPLE[name]))
        if name in ("ann", "mia", "vera"):
            secret = _token(person)
            program = _browser(headers={"Authorization": f"Bearer {secret}"})
            program_name = f"{name}'s program"
            found[program_name] = Visitor(program_name, program, allowed(PEOPLE[name]))
    Person.objects.filter(pk=people["gus"].pk).update(is_active=False)
    return found


def _browser(**more: Any) -> Client:
    """A browser in which a page that fails is one that says so."""
    return Client(raise_request_exception=False, **more)


def _token(person: Person) -> str:
    until = timezone.now() + dt.timedelta(days=1)
    _, secret = Token.make(
        person=person, name="own", grants=["everything"], made_at=timezone.now(), expires_at=until
    )
    return secret


def shown_to_stranger(maker: Person, page: str) -> str:
    """The address at which somebody's page is shared."""
    until = timezone.now() + dt.timedelta(days=1)
    _, secret = ShareLink.make(person=maker, page=page, expires_at=until)
    return f"/shared/{secret}/"
