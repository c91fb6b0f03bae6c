"""/records/<kpi>/"""

import csv
import io
import re

import pytest
from django.test import Client

from foresail.project import Project
from tests.web.conftest import FORMULA, HOSTILE, MARCH
from tests.web.reading import Page, Tables, rows

pytestmark = pytest.mark.usefixtures("project")


def count(page: Page) -> int:
    found = re.search(r'<p class="count"><span><b>([\d,]+)</b> record', page.content.decode())
    assert found
    return int(found[1].replace(",", ""))


def test_it_shows_the_value_its_meaning_and_its_records(client: Client) -> None:
    page = client.get(f"/records/deals_won/?{MARCH}&of=rep:0017")
    body = page.content.decode()
    assert '<span class="of">Ann</span>' in body
    assert '<p class="figure">2</p>' in body
    assert count(page) == len(rows(page)) - 1 == 2
    assert "Credited to" in body


@pytest.mark.parametrize(
    ("kpi", "by"),
    [
        ("deals_won", "rep"),
        ("deals_won", "product"),
        ("deals_lost", "team"),
        ("outbound_calls", "rep"),
        ("meetings_held", "team"),
    ],
)
def test_every_number_leads_to_as_many_records(client: Client, kpi: str, by: str) -> None:
    board = Tables(client.get(f"/scoreboard/?{MARCH}&kpi={kpi}&by={by}"))
    for _, cell in board.rows[1:]:
        assert count(client.get(cell.links[0])) == int(cell.text)


def test_the_parts_of_a_share_have_their_records(client: Client) -> None:
    page = client.get(f"/records/win_rate/?{MARCH}&of=rep:0017")
    assert count(page) == 2
    parts = re.findall(r'href="(\?[^"]*part=\w+)"', page.content.decode())
    denominator = next(url for url in parts if "denominator" in url).replace("&amp;", "&")
    assert count(client.get(f"/records/win_rate/{denominator}")) == 3


def test_the_way_back_keeps_the_board(client: Client) -> None:
    board = f"/scoreboard/?{MARCH}&compare=previous&order=-revenue&where=team:North&kpi=revenue"
    cell = Tables(client.get(board)).rows[2][1]
    body = client.get(cell.links[0]).content.decode().replace("&amp;", "&")
    assert f'href="{board}"' in body


def test_every_record_leads_to_its_history_and_its_rep(client: Client) -> None:
    found = Tables(client.get(f"/records/deals_won/?{MARCH}&of=rep:0017")).rows[1]
    links = [link for cell in found for link in cell.links]
    assert links == ["/history/opportunity/o1/", "/history/opportunity/o1/", "/rep/0017/"]
    assert [client.get(link).status_code for link in links[1:]] == [200, 200]


def test_names_are_never_markup(client: Client) -> None:
    body = client.get(f"/records/deals_won/?{MARCH}&of=rep:eve").content.decode()
    assert HOSTILE not in body


def test_the_csv_holds_the_same_records_and_no_formula(client: Client) -> None:
    page = client.get(f"/records/deals_won/records.csv?{MARCH}")
    assert page.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in page.headers["Content-Disposition"]
    found = list(csv.DictReader(io.StringIO(page.content.decode("utf-8-sig"))))
    assert len(found) == 3
    texts = [text for row in found for text in row.values()]
    assert f"'{FORMULA}" in texts
    assert not any(text.startswith("=") for text in texts)
    assert "0017" in texts


def test_records_come_a_page_at_a_time(client: Client, paged: Project) -> None:
    first = client.get(f"/records/outbound_calls/?{MARCH}")
    assert (count(first), len(rows(first)) - 1) == (120, 50)
    assert "1 to 50 shown" in first.content.decode()
    third = client.get(f"/records/outbound_calls/?{MARCH}&page=3")
    assert len(rows(third)) - 1 == 20
    assert 'rel="next"' not in third.content.decode()


@pytest.mark.parametrize(
    ("address", "status", "message"),
    [
        ("/records/win_rte/", 400, "Did you mean win_rate?"),
        ("/nowhere/", 404, "There is no page /nowhere/."),
        ("/records/win_rate/?part=middle", 400, "win_rate has no part middle"),
        ("/records/win_rate/?period=lately", 400, "lately"),
        ("/records/win_rate/records.csv?period=lately", 400, "lately"),
        ("/records/win_rate/?of=rep:nobody", 400, "There is no rep nobody"),
    ],
)
def test_what_cannot_be_shown_says_why(
    client: Client, address: str, status: int, message: str
) -> None:
    page = client.get(address)
    assert page.status_code == status
    assert message in page.content.decode()
