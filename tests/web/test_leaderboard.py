"""/leaderboard/"""

from __future__ import annotations

import html

import pytest
from django.test import Client

from foresail.project import Project
from foresail.warehouse.sections import Privacy
from foresail.web.people.models import Person
from foresail.web.people.rights import Role
from tests.web.conftest import HOSTILE, MARCH
from tests.web.people.conftest import PASSWORD, PLACES, with_settings
from tests.web.reading import Tables, rows

pytestmark = pytest.mark.usefixtures("project")
ADDRESS = f"/leaderboard/?{MARCH}&kpi=deals_won&kpi=win_rate"


def browser_of(role: Role) -> Client:
    email, name, rep_id = PLACES[role]
    client = Client()
    client.force_login(
        Person.objects.create_user(email, PASSWORD, role=role, name=name, rep_id=rep_id)
    )
    return client


def test_it_ranks_each_kpi_and_says_what_chance_leaves_open(client: Client) -> None:
    page = client.get(ADDRESS)
    assert rows(page) == [
        ["Rank", "Rep", "Deals won count"],
        ["1–3 place 1 · as before", "Ann", "2 1 to 7 ▲ +1 (+100 %)"],
        ["1–3 place 2 · as before", HOSTILE, "1 0 to 6 ▲ +1"],
        ["1–3 place 3 · ▼ down from 2", "Bob", "0 0 to 4 ▬ ±0"],
        ["Rank", "Rep", "Win rate share"],
        ["1–3 place 1 · new", HOSTILE, "100.0 % before – 1 of 1 · 21–100 %"],
        ["1–3 place 2 · ▼ down from 1", "Ann", "66.7 % ▲ +16.7 pts 2 of 3 · 21–94 %"],
        ["1–3 place 3 · new", "Bob", "0.0 % before – 0 of 1 · 0–79 %"],
    ]
    assert page.content.decode().count("All 3 are one group") == 2


def test_a_number_leads_to_its_records(client: Client) -> None:
    ann = Tables(client.get(ADDRESS)).rows[1]
    (there,) = ann[2].links
    records = client.get(html.unescape(there)).content.decode()
    assert "Mill" in records
    assert "Dock" in records
    assert "Barn" not in records


def test_no_comparison_is_kept_in_the_address(client: Client) -> None:
    page = client.get(f"{ADDRESS}&compare=none", headers={"HX-Request": "true"})
    assert "compare=none" in page.headers["HX-Push-Url"]
    assert rows(page)[1][0] == "1–3 place 1"


def test_names_are_never_markup(client: Client) -> None:
    assert HOSTILE not in client.get(ADDRESS).content.decode()


def test_where_nobody_is_ranked_teams_stand_in_the_order_of_their_names(
    client: Client, project: Project
) -> None:
    council = Privacy(works_council=True, group_size=2)
    with with_settings(privacy=council):
        page = client.get(f"/leaderboard/?{MARCH}&kpi=deals_won&compare=none")
    body = page.content.decode()
    assert "ranks nobody" in body
    assert "Rank" not in [cell for row in rows(page) for cell in row]
    assert [row[0] for row in rows(page)] == ["Team", "All", "North", "O'Brien <b>", "South & West"]


@pytest.mark.parametrize("page", ["today", "scoreboard", "rep"])
def test_where_nobody_is_named_every_page_speaks_of_teams(
    client: Client, project: Project, page: str
) -> None:
    council = Privacy(works_council=True, group_size=2)
    with with_settings(privacy=council):
        answer = client.get(f"/{page}/?{MARCH}")
    assert answer.status_code == 200
    assert "Ann" not in [cell for row in rows(answer) for cell in row]


def test_a_rep_stands_alone(db: None) -> None:
    page = browser_of(Role.REP).get(f"/leaderboard/?{MARCH}&kpi=deals_won&compare=none")
    assert rows(page)[1:] == [["1", "Ann", "2"]]


def test_who_sees_sums_sees_teams(db: None) -> None:
    browser = browser_of(Role.VIEWER)
    page = browser.get(f"/leaderboard/?{MARCH}&kpi=revenue")
    assert page.status_code == 200
    assert [row[0].split()[0] for row in rows(page)[1:]] == ["1", "2"]
    assert [row[1] for row in rows(page)[1:]] == ["North", "O'Brien <b>"]
    assert "how much of it is chance is not known" in page.content.decode()
