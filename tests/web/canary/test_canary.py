"""Whoever fetches whatever: no mark stands where it does not belong, and no name does harm.

Every page is asked for by a program, by a stranger and by somebody who was sent away; a quarter of
them, by the run's seed, is opened by somebody who sees a part of the records and by somebody who
sees sums or all; and each of the twenty fetches what is nearest to others' records. Marked slow:
everybody asks everything, in every form.
"""

from __future__ import annotations

import html
import random
import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import urljoin

import pytest

from foresail.web.people.guard import right_of
from foresail.web.people.models import Person
from foresail.web.people.rights import Audience
from tests.scope.company import PEOPLE, REPS
from tests.scope.company.marks import MARCH
from tests.scope.company.people import AMOUNTS
from tests.web.canary.asking import (
    BODIES,
    QUESTIONS,
    addresses,
    asked,
    is_sheet,
)
from tests.web.canary.conftest import ALL, Visitor, allowed, shown_to_stranger
from tests.web.canary.looking import harm_in, marks_in, media_of
from tests.web.people.routes import Route, routes

IN_PART, WHOLE = ("ann", "mia"), ("vera", "ada")
"""Those who see a part of the records, and those who see sums or all; they share the pages."""

BY_ALL = ("stranger", "mia's program", "gus")
NEAR = ("records", "history", "new_talk", "api:kpi")
"""The routes at which others' records are nearest, and that cost little."""

FORMS = ("csv", "xlsx", "pdf")
PICTURE = re.compile(r'href="([^"]*format=svg[^"]*)"')
SOME = 3
Found = tuple[list[str], set[str]]


def look(visitor: Visitor, address: str, answer: Any) -> Found:
    """What is wrong with an answer, and the marks in it."""
    met = marks_in(answer, address) & ALL
    strange = sorted(met - visitor.allowed)
    wrong = [f"{visitor.name} met {', '.join(strange)} at {address}"] if strange else []
    wrong += [f"{visitor.name} was given {each} at {address}" for each in harm_in(answer)[:1]]
    if answer.status_code in (429, 500):
        wrong.append(f"{visitor.name} was given {answer.status_code} at {address}")
    return wrong, met


def fetched(visitor: Visitor, tried: Iterable[str], *, pictures: int = 0) -> Found:
    """What is wrong with some pages and as many of their pictures, and the marks met on them."""
    wrong: list[str] = []
    met: set[str] = set()
    left, drawn = deque(tried), 0
    while left:
        address = left.popleft()
        answer = visitor.browser.get(address)
        found = look(visitor, address, answer)
        wrong += found[0]
        met |= found[1]
        if drawn < pictures and media_of(answer) == "text/html":
            charts = map(html.unescape, PICTURE.findall(answer.content.decode()))
            new = list(dict.fromkeys(charts))[: pictures - drawn]
            drawn += len(new)
            left += (urljoin(address, each) for each in new)
    return wrong, met


def sent(visitor: Visitor, route: Route) -> Found:
    """The same of what programs send to a route."""
    wrong: list[str] = []
    met: set[str] = set()
    for body in BODIES.get(route.name, ()):
        said = f"{route.address}?{body}"
        answer = visitor.browser.post(route.address, body, content_type="application/json")
        found = look(visitor, said, answer)
        wrong += found[0]
        met |= found[1]
    return wrong, met


def turn_of(name: str) -> Iterator[Route]:
    """The pages that are this person's turn.

    Each way of seeing them takes queries of its own, which are dear to write: of those a run opens
    a quarter, by its seed.
    """
    sharing = next((each for each in (IN_PART, WHOLE) if name in each), (name,))
    pages = [each for each in routes() if is_sheet(each)]
    if len(sharing) > 1:
        pages = pages[random.randrange(4) :: 4]
    return islice(pages, sharing.index(name), None, len(sharing))


def covering(name: str) -> Iterator[str]:
    """Each page that is this person's turn, plainly and once in a form; and all other routes.

    A further question takes plans of its own, which cost more than all else here.
    """
    for number, route in enumerate(turn_of(name)):
        tried = list(addresses(route, subjects_of(name)))
        yield from tried
        yield asked(tried[0], ("format", FORMS[number % len(FORMS)]))
    for route in routes():
        if not is_sheet(route):
            yield from addresses(route, subjects_of(name))


def everything(subjects: tuple[str, ...]) -> Iterator[str]:
    """Each route with every question, in every form."""
    for route in routes():
        for address in addresses(route, subjects):
            yield address
            if is_sheet(route):
                yield from (asked(address, *each) for each in QUESTIONS)
                yield from (asked(address, ("format", each)) for each in FORMS)


def subjects_of(name: str) -> tuple[str, str]:
    """Whose records somebody tries: the own ones, and those of another team."""
    return name if name in REPS else "ann", "cid" if name == "hal" else "hal"


@pytest.mark.parametrize("name", [*IN_PART, *WHOLE, *BY_ALL])
def test_nobody_meets_on_any_page_what_is_not_theirs(
    everybody: dict[str, Visitor], name: str
) -> None:
    visitor = everybody[name]
    wrong, _ = fetched(visitor, covering(name), pictures=SOME)
    assert wrong == []


def test_each_of_the_twenty_meets_the_own_records_and_no_others(
    everybody: dict[str, Visitor],
) -> None:
    assert len(PEOPLE) == 20
    there = [each for each in routes() if each.name in NEAR]
    wrong = []
    for turn, (name, visitor) in enumerate(everybody.items()):
        tried = [address for route in there for address in addresses(route, subjects_of(name))]
        question = QUESTIONS[turn % len(QUESTIONS)]
        tried += [asked(page, *question) for page in ("/records/deals_won/", "/filters/")]
        pages, met = fetched(visitor, tried)
        programs = [sent(visitor, route) for route in routes()]
        wrong += pages + [each for found, _ in programs for each in found]
        met = met.union(*(marks for _, marks in programs))
        # the search would find them: the own ones are found
        own = {f"mark_{name}_", f"id_{name}_", f"name_{name}_", AMOUNTS.get(name, "")}
        assert name not in REPS or not visitor.allowed or own <= met
        if visitor.allowed >= {f"mark_{rep}_" for rep in REPS}:
            assert {f"name_{rep}_" for rep in REPS} <= met
    assert wrong == []


def test_whoever_has_a_link_meets_what_its_maker_may_let_others_see(
    everybody: dict[str, Visitor], people: dict[str, Person]
) -> None:
    said = {each for each in allowed(PEOPLE["mia"]) if each.startswith(("rep", "name", "team"))}
    stranger = Visitor("who has mia's link", everybody["stranger"].browser, frozenset(said))
    # whoever's turn it is: the names of those who may be seen stand on the scoreboard
    turn = [*turn_of("mia"), *(each for each in routes() if each.name == "scoreboard")]
    shared = [each for each in turn if right_of(each.view) is Audience.READERS]
    pages = [address for route in shared for address in addresses(route, ("ann", "hal"))]
    wrong, met = fetched(stranger, [shown_to_stranger(people["mia"], each) for each in pages])
    assert wrong == []
    assert met & said


@pytest.mark.parametrize("form", ["", *FORMS, "api"])
def test_a_mark_that_does_not_belong_would_be_found(
    everybody: dict[str, Visitor], form: str
) -> None:
    as_ann = Visitor("ann", everybody["ada"].browser, everybody["ann"].allowed)
    page = asked("/records/deals_won/", ("period", MARCH), ("format", form))
    api = {each.name: each for each in routes()}["api:records"]
    wrong, met = sent(as_ann, api) if form == "api" else fetched(as_ann, [page])
    assert wrong
    assert {"id_eve_", "mark_eve_", "name_eve_", AMOUNTS["eve"]} <= met


@pytest.mark.slow
@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_meets_anywhere_what_is_not_theirs(everybody: dict[str, Visitor], name: str) -> None:
    tried = everything(subjects_of(name))
    wrong, _ = fetched(everybody[name], tried, pictures=100)
    assert wrong == []
