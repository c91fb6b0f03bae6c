"""/tv/"""

import pytest
from django.test import Client

from tests.web.conftest import MARCH
from tests.web.reading import rows

pytestmark = pytest.mark.usefixtures("project")


def test_it_shows_the_whole_then_the_teams_then_who_leads(client: Client) -> None:
    page = client.get(f"/tv/?{MARCH}&kpi=deals_won")
    body = page.content.decode()
    slides = [part.split('"')[0] for part in body.split('<section class="slide" id="')[1:]]
    assert slides == ["whole", "teams", "deals_won"]
    assert "1,750" in body
    found = rows(page)
    assert ["1–3 place 1 · as before", "Ann", "2 1 to 7 ▲ +1 (+100 %)"] in found
    assert [row[0] for row in found[1:4]] == ["North", "O'Brien <b>", "South & West"]


def test_it_has_no_menu_and_says_as_of_when(client: Client) -> None:
    body = client.get(f"/tv/?{MARCH}").content.decode()
    assert '<body class="tv">' in body
    assert "Data as of 31 Mar 2026" in body
    assert "data-live" in body
