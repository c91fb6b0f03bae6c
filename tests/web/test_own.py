"""A project's own KPIs on the pages; what it hides is on none."""

from collections.abc import Iterator

import pytest
from django.test import Client

from foresail.project import Project
from foresail.web.current import hold
from tests.web.conftest import MARCH, TABLES, write_project
from tests.web.reading import rows

SETTINGS = """
hidden = ["talk_time"]

[[kpi]]
id = "wins_per_call"
meaning = "Deals won for each <outbound> call."
formula = "deals_won / outbound_calls"
unit = "ratio"
direction = "higher"
benchmark = { low = 0.5, source = "Own <b>2025</b>" }
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    directory = tmp_path_factory.mktemp("own")
    write_project(directory, TABLES)
    path = directory / "foresail.toml"
    path.write_text(path.read_text() + SETTINGS)
    project = Project.open(directory)
    assert isinstance(project, Project)
    yield project
    project.close()


@pytest.fixture(autouse=True)
def held(own: Project) -> Iterator[None]:
    hold(own)
    yield
    hold(None)


def test_the_board_shows_an_own_kpi_and_offers_it(client: Client) -> None:
    page = client.get(f"/scoreboard/?{MARCH}&kpi=wins_per_call")
    # Ann won 2 and called twice; Bob won none and called once
    assert {row[0]: row[1] for row in rows(page)[1:]}["Ann"].startswith("1")
    assert {row[0]: row[1] for row in rows(page)[1:]}["Bob"].startswith("0")
    body = page.content.decode()
    assert 'value="wins_per_call"' in body
    assert 'value="talk_time"' not in body


def test_its_records_and_definition_are_those_of_its_parts(client: Client) -> None:
    page = client.get(f"/records/wins_per_call/?{MARCH}&part=denominator").content.decode()
    assert "Deals won for each &lt;outbound&gt; call." in page
    assert all(each in page for each in ("part=numerator", "part=denominator"))
    definition = client.get(f"/kpi/wins_per_call/?{MARCH}").content.decode()
    assert "deals won ÷ outbound calls" in definition
    assert "Own &lt;b&gt;2025&lt;/b&gt;" in definition


def test_what_is_hidden_says_so_when_its_page_is_asked_for(client: Client) -> None:
    for address in ("/kpi/talk_time/", "/records/talk_time/", "/scoreboard/?kpi=talk_time"):
        page = client.get(address)
        assert page.status_code == 400
        assert "talk_time is hidden in this project" in page.content.decode()
