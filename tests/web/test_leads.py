"""The page Leads and activity: its numbers, where they lead, and what it does without data."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from foresail.project import Project
from foresail.web.current import hold
from foresail.web.people.models import Person
from foresail.web.people.rights import Role
from foresail.web.sheets.hours import by_weekday_and_hour
from tests.web.conftest import FORMULA, HOSTILE, MARCH, write_project
from tests.web.reading import Page, Tables, rows
from tests.web.working import WORKING


@pytest.fixture(scope="module")
def opened_at_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    directory = tmp_path_factory.mktemp("work")
    write_project(directory, WORKING)
    found = Project.open(directory)
    assert isinstance(found, Project)
    yield found
    found.close()


@pytest.fixture
def at_work(opened_at_work: Project) -> Iterator[Project]:
    hold(opened_at_work)
    yield opened_at_work
    hold(None)


def row_of(page: Page, name: str, place: int = 0) -> list[str]:
    return [row for row in rows(page) if row and row[0] == name][place]


@pytest.mark.usefixtures("at_work")
def test_answers_are_given_by_hour_source_and_rep(client: Client) -> None:
    page = client.get(f"/leads/?{MARCH}")
    text = page.content.decode()
    # half an hour, two hours, never: within two hours half of the three were answered
    assert row_of(page, "All") == ["All", "2 h 3 cases", "33.3 % 1 of 3 · 6–79 %", "1"]
    assert row_of(page, "Web")[1:3] == ["30 min 2 cases", "50.0 % 1 of 2 · 9–91 %"]
    assert "1 without an answer so far" in text
    assert HOSTILE not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


@pytest.mark.usefixtures("at_work")
def test_a_number_leads_to_its_records(client: Client) -> None:
    found = Tables(client.get(f"/leads/?{MARCH}")).rows
    (cell,) = [row[3] for row in found if row and row[0].text == HOSTILE and len(row) > 3]
    assert cell.text == "1"
    records = client.get(cell.links[0])
    assert [row[1] for row in rows(records)[1:]] == ["l3"]


@pytest.mark.usefixtures("at_work")
def test_calls_are_given_by_hour_of_the_week(client: Client) -> None:
    page = client.get(f"/leads/calling/?{MARCH}")
    # local time is an hour ahead in March; fewer than five calls are pale
    week = [row for row in rows(page) if row[:2] in (["monday", "10"], ["monday", "12"])]
    assert week[0][2] == "50.0 % 1 of 2 · 9–91 %"
    assert week[1][2] == "100.0 % 1 of 1 · 21–100 %"
    assert "Pale: fewer than 5 calls." in page.content.decode()
    (link,) = [
        row[2].links[0]
        for row in Tables(page).rows
        if [cell.text for cell in row[:2]] == ["monday", "10"]
    ][:1]
    assert [row[0] for row in rows(client.get(link))[1:]] == ["a2"]
    assert sorted(row[0] for row in rows(client.get(f"{link}&part=denominator"))[1:]) == [
        "a1",
        "a2",
    ]


@pytest.mark.usefixtures("at_work")
def test_each_touch_is_given_beside_what_surveys_say(client: Client) -> None:
    page = client.get(f"/leads/persistence/?{MARCH}")
    text = page.content.decode()
    assert "touches in two to four weeks; no year given" in text
    assert "Published surveys count sellers, not leads" in text
    assert row_of(page, "Ann")[1:4] == ["2", "2", "2.00 4 for 2"]


@pytest.mark.usefixtures("at_work")
def test_touches_until_contact_stand_before_those_until_conversion(client: Client) -> None:
    page = client.get(f"/leads/persistence/?{MARCH}")
    titles = re.findall(r"<h2[^>]*>\s*([^<]+?)\s*<", page.content.decode())
    places = [titles.index(each) for each in ("Touches until contact", "Conversions by touch")]
    assert places == sorted(places)
    # l1 was reached by its second touch, a meeting, l2 by its first; l4 never by its two
    assert [row_of(page, "1")[1], row_of(page, "2")[1]] == [
        "33.3 % 1 of 3 · 6–79 %",
        "50.0 % 1 of 2 · 9–91 %",
    ]
    second = next(row[1] for row in Tables(page).rows if row and row[0].text == "2")
    assert [(row[0], row[5]) for row in rows(client.get(second.links[0]))[1:]] == [
        ("l1", "meeting")
    ]


@pytest.mark.usefixtures("at_work")
def test_a_period_without_touches_has_nothing_to_draw(client: Client) -> None:
    text = client.get("/leads/persistence/?period=2026-02").content.decode()
    drawn = text.split('id="contact-chart"')[1].split("</figure>")[0]
    assert "Nothing to draw: no value is known here in this period." in drawn
    assert "data-chart" not in drawn


@pytest.mark.usefixtures("at_work")
def test_assets_that_nobody_shared_stand_first(client: Client) -> None:
    page = client.get(f"/leads/content/?{MARCH}")
    assets = [row[:2] for row in rows(page) if row[0] in ("Film", "Guide")]
    assert assets == [["Film", "0.0 % 0 of 1 · 0–79 %"], ["Guide", "100.0 % 1 of 1 · 21–100 %"]]


@pytest.mark.usefixtures("at_work")
def test_meetings_are_given_by_rep_and_by_who_moved_them(client: Client) -> None:
    page = client.get(f"/leads/meetings/?{MARCH}")
    assert row_of(page, "rep") == ["rep", "100.0 % 1 of 1 · 21–100 %"]
    assert row_of(page, "Bob")[1:4] == ["1", "0", "100.0 % 1 of 1 · 21–100 %"]


@pytest.mark.usefixtures("at_work")
def test_the_sample_is_the_same_at_every_look_and_per_territory(client: Client) -> None:
    first, second = (rows(client.get(f"/leads/worked/?{MARCH}")) for _ in range(2))
    assert first == second
    assert {(row[0], row[2]) for row in first if row[0] in ("Coast", FORMULA)} == {
        ("Coast", "l1"),
        ("Coast", "l2"),
        ("Coast", "l4"),
        (FORMULA, "l3"),
    }


@pytest.mark.usefixtures("at_work")
def test_leads_in_work_are_listed_with_their_touches(client: Client) -> None:
    page = client.get(f"/leads/worked/?{MARCH}")
    leads = ("l1", "l2", "l4")
    found = {row[0]: (row[3], *row[5:8]) for row in rows(page) if row[0] in leads}
    # two calls and a meeting, one call, a call and a social touch; l3 was never touched
    assert found == {
        "l1": ("3", "call", "Ann", "Ann"),
        "l2": ("1", "call", "Ann", "Ann"),
        "l4": ("2", "social", "Bob", "Bob"),
    }
    assert "All 3 leads in work" in page.content.decode()


@pytest.mark.usefixtures("at_work")
def test_single_leads_are_not_for_viewers(client: Client, db: None) -> None:
    client.force_login(Person.objects.create_user("v@hill.example", "window 3", role=Role.VIEWER))
    page = client.get(f"/leads/worked/?{MARCH}")
    assert "Single leads are not for your role." in page.content.decode()
    assert rows(page) == []


@pytest.mark.usefixtures("project")
def test_what_is_not_loaded_is_named_in_one_line(client: Client) -> None:
    text = client.get(f"/leads/?{MARCH}").content.decode()
    assert "Not shown until it is loaded: Lead response time needs lead" in text
    # calls are loaded: that none was missed is known
    assert re.findall(r'class="tile-name"[^>]*>([^<]+)', text) == ["Missed calls"]


@pytest.mark.usefixtures("project")
def test_an_unknown_part_is_no_page(client: Client) -> None:
    assert client.get("/leads/weather/").status_code == 404


def test_a_week_has_every_hour_between_the_first_and_the_last() -> None:
    week = by_weekday_and_hour(
        [
            {"weekday": "tuesday", "hour_of_day": 9, "value": 0.5, "n": 2},
            {"weekday": "monday", "hour_of_day": 11, "value": 0.1, "n": 9},
        ]
    )
    assert [(row["day"], row["hour"], row["value"]) for row in week] == [
        ("Monday", "09", None),
        ("Monday", "10", None),
        ("Monday", "11", 0.1),
        ("Tuesday", "09", 0.5),
        ("Tuesday", "10", None),
        ("Tuesday", "11", None),
    ]
