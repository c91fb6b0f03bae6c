"""Who sees whose numbers, through the pages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from foresail.core.scope import EVERYTHING, SUMS, Scope
from foresail.project import Project
from foresail.warehouse.sections import Privacy
from foresail.web.current import hold
from foresail.web.people.models import Person
from foresail.web.people.rights import Role
from foresail.web.people.scope import scope_of
from tests.web.conftest import write_project
from tests.web.people.conftest import shown_once, text_of, with_settings

MARCH = "period=2026-03"
TABLES = {
    # Max leads Ann and Bob in the north, Zoe leads Cy in the south; nobody leads Max and Zoe.
    "rep.csv": """\
rep_id,name,team,role,manager_id,hired_on
max,Max,North,manager,,2025-01-01
zoe,Zoe,South,manager,,2025-01-01
ann,Ann,North,ae,max,2025-01-01
bob,Bob,North,ae,max,2025-01-01
cy,Cy,South,ae,zoe,2025-01-01
""",
    # March: Ann won 1, Bob 2, Cy 1; each deal carries a mark of its owner.
    "opportunity.csv": """\
opportunity_id,owner_id,name,created_at,closed_at,outcome,amount,currency
o1,ann,canary-ann,2026-02-01,2026-03-05,won,1000,EUR
o2,bob,canary-bob,2026-02-01,2026-03-06,won,500,EUR
o3,bob,canary-bob,2026-02-11,2026-03-10,won,300,EUR
o4,cy,canary-cy,2026-02-11,2026-03-12,won,700,EUR
""",
}
SEEN = {
    "admin": {"ann", "bob", "cy"},
    "analyst": {"ann", "bob", "cy"},
    "max": {"ann", "bob"},
    "zoe": {"cy"},
    "ann": {"ann"},
    "bob": {"bob"},
    "cy": {"cy"},
}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    directory = tmp_path_factory.mktemp("led")
    write_project(directory, TABLES)
    project = Project.open(directory)
    assert isinstance(project, Project)
    yield project
    project.close()


@pytest.fixture
def led(held: Project) -> Iterator[Project]:
    hold(held)
    yield held
    hold(None)


@pytest.fixture
def of(db: None) -> Callable[[str], Client]:
    """A browser of somebody: by role, or by who they are in the data."""

    def make(who: str) -> Client:
        role = {"max": Role.MANAGER, "zoe": Role.MANAGER}.get(who, Role.REP)
        rep_id = "" if who in Role.values else who
        role = Role(who) if who in Role.values else role
        person, _ = Person.objects.get_or_create(
            email=f"{who}@led.example", defaults={"role": role, "rep_id": rep_id}
        )
        client = Client()
        client.force_login(person)
        return client

    return make


@pytest.mark.parametrize(
    ("role", "rep_id", "scope"),
    [
        (Role.ADMIN, "", EVERYTHING),
        (Role.ADMIN, "ann", EVERYTHING),
        (Role.ANALYST, "", EVERYTHING),
        (Role.MANAGER, "max", Scope.of_manager("max")),
        (Role.MANAGER, "", SUMS),
        (Role.REP, "ann", Scope.of_rep("ann")),
        (Role.REP, "", SUMS),
        (Role.VIEWER, "ann", SUMS),
        ("root", "ann", SUMS),
    ],
)
def test_a_person_becomes_a_scope(role: str, rep_id: str, scope: Scope) -> None:
    assert scope_of(Person(role=role, rep_id=rep_id)) == scope


def marks(text: str) -> set[str]:
    return {name for name in ("ann", "bob", "cy") if f"canary-{name}" in text}


def splits(page: Any) -> set[str]:
    """What a page offers to split numbers by."""
    (choice,) = re.findall(r'name="by">(.*?)</select>', page.content.decode(), re.DOTALL)
    return set(re.findall(r'value="(\w+)"', choice))


@pytest.mark.usefixtures("led")
@pytest.mark.parametrize("who", list(SEEN))
def test_records_and_files_hold_what_one_may_see(of: Callable[[str], Client], who: str) -> None:
    browser = of(who)
    assert marks(browser.get(f"/records/deals_won/?{MARCH}").content.decode()) == SEEN[who]
    file = browser.get(f"/records/deals_won/?{MARCH}&format=csv").content.decode("utf-8-sig")
    assert marks(file) == SEEN[who]
    expected = sum({"ann": 1, "bob": 2, "cy": 1}[each] for each in SEEN[who])
    assert len(list(csv.reader(io.StringIO(file)))) == 1 + expected


@pytest.mark.usefixtures("led")
@pytest.mark.parametrize("rep", ["bob", "cy"])
def test_nobody_reaches_others_by_the_address(of: Callable[[str], Client], rep: str) -> None:
    answer = of("ann").get(f"/records/deals_won/?{MARCH}&where=rep:{rep}")
    assert marks(answer.content.decode()) == set()


@pytest.mark.usefixtures("led")
def test_a_viewer_sees_no_records(of: Callable[[str], Client]) -> None:
    browser = of("viewer")
    assert browser.get(f"/records/deals_won/?{MARCH}").status_code == 403
    assert browser.get(f"/records/deals_won/?{MARCH}&format=csv").status_code == 403


@pytest.mark.usefixtures("led")
def test_a_viewer_is_offered_no_split_by_people(of: Callable[[str], Client]) -> None:
    page = f"/leaderboard/?{MARCH}&by=team&kpi=deals_won"
    assert {"team", "rep", "manager"} <= splits(of("admin").get(page))
    offered = splits(of("viewer").get(page))
    assert "team" in offered
    assert not offered & {"rep", "manager"}
    refused = of("viewer").get(f"/leaderboard/?{MARCH}&by=manager&kpi=deals_won")
    assert refused.status_code == 400
    assert "Zoe" not in refused.content.decode()


@pytest.mark.usefixtures("led")
def test_a_change_of_place_is_a_change_of_sight(of: Callable[[str], Client]) -> None:
    browser = of("ann")
    Person.objects.filter(email="ann@led.example").update(role=Role.MANAGER, rep_id="zoe")
    assert marks(browser.get(f"/records/deals_won/?{MARCH}").content.decode()) == {"cy"}


@pytest.mark.usefixtures("db")
def test_a_share_link_shows_what_its_maker_sees(led: Project, of: Callable[[str], Client]) -> None:
    page = f"/scoreboard/?{MARCH}&by=rep&kpi=deals_won"
    with with_settings(privacy=Privacy(share_links=True)):
        answer = of("zoe").post("/share/", {"page": page, "valid": "1"})
        link = shown_once(answer).removeprefix("http://testserver")
        shown = text_of(Client().get(link))
    assert "Cy" in shown
    assert "Bob" not in shown
