"""/records/<kpi>/"""

import csv
import io
import re

import pytest
from django.test import Client
from pydantic import ValidationError
from python_calamine import CalamineWorkbook

from foresail.project import Project
from foresail.warehouse.source_links import SourceLinks
from tests.web.conftest import FORMULA, HOSTILE, MARCH
from tests.web.people.conftest import with_settings
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


def test_a_record_leads_to_the_system_it_comes_from(client: Client, project: Project) -> None:
    links = SourceLinks(opportunity="https://crm.example/o/{id}?view=1")
    address = f"/records/deals_won/?{MARCH}&of=rep:0017"
    assert "crm.example" not in client.get(address).content.decode()
    with with_settings(links=links):
        listed = Tables(client.get(address)).rows[1][-1]
        told = client.get("/history/opportunity/o1/").content.decode()
        file = client.get(f"{address}&format=csv").content.decode()
    assert (listed.text, listed.links) == ("Open opportunity", ["https://crm.example/o/o1?view=1"])
    assert (
        'href="https://crm.example/o/o1?view=1" target="_blank" rel="noopener noreferrer"' in told
    )
    assert "crm.example" not in file


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert({id})",
        "//crm.example/{id}",
        "https://{id}.example/",
        "https://crm.example/",
        "https://crm.example/{id}/{id}",
        "https://crm.example/\n{id}",
    ],
)
def test_a_link_out_is_one_of_the_web_with_the_id_in_its_place(address: str) -> None:
    with pytest.raises(ValidationError, match="leads nowhere"):
        SourceLinks(opportunity=address)


def test_names_are_never_markup(client: Client) -> None:
    body = client.get(f"/records/deals_won/?{MARCH}&of=rep:eve").content.decode()
    assert HOSTILE not in body


def test_the_csv_holds_the_same_records_and_no_formula(client: Client) -> None:
    page = client.get(f"/records/deals_won/?{MARCH}&format=csv")
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
        ("/records/win_rate/?period=lately&format=csv", 400, "lately"),
        ("/records/win_rate/?of=rep:nobody", 400, "There is no rep nobody"),
    ],
)
def test_what_cannot_be_shown_says_why(
    client: Client, address: str, status: int, message: str
) -> None:
    page = client.get(address)
    assert page.status_code == status
    assert message in page.content.decode()


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("closed_at", ["o1", "o3", "o5"]), ("-closed_at", ["o5", "o3", "o1"]), ("rep", None)],
)
def test_any_head_sorts_and_the_board_keeps_its_own_order(
    client: Client, sort: str, expected: list[str] | None
) -> None:
    page = client.get(f"/records/deals_won/?{MARCH}&order=-revenue&sort={sort}")
    found = rows(page)
    if expected:
        assert [row[0] for row in found[1:]] == expected
    else:
        place = found[0].index("Rep")
        assert [row[place] for row in found[1:]] == [HOSTILE, "Ann", "Ann"]
    body = page.content.decode().replace("&amp;", "&")
    assert f'href="/scoreboard/?{MARCH}&order=-revenue"' in body
    assert body.count('aria-sort="none"') == len(found[0]) - 1


def test_a_page_beyond_the_last_is_the_last(client: Client, paged: Project) -> None:
    last = client.get(f"/records/outbound_calls/?{MARCH}&page=99")
    assert "101 to 120 shown" in last.content.decode()
    assert "Page 3 of 3" in last.content.decode()
    other = client.get(f"/records/outbound_calls/?{MARCH}&page=-1")
    assert "1 to 50 shown" in other.content.decode()


def test_files_hold_all_records_whatever_the_page(client: Client, paged: Project) -> None:
    address = f"/records/outbound_calls/?{MARCH}&page=3"
    lines = client.get(f"{address}&format=csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 120
    file = io.BytesIO(client.get(f"{address}&format=xlsx").content)
    book = CalamineWorkbook.from_filelike(file)
    assert len(book.get_sheet_by_index(0).to_python()) == 1 + 120
    assert client.get(f"{address}&format=pdf").content[:5] == b"%PDF-"


def test_the_part_goes_along_into_files_and_filters(client: Client) -> None:
    page = client.get(f"/records/win_rate/?{MARCH}&part=denominator")
    body = page.content.decode()
    assert '<input type="hidden" name="part" value="denominator">' in body
    file = client.get(f"/records/win_rate/?{MARCH}&part=denominator&format=csv")
    assert len(list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))) == 1 + 5


def test_records_lead_back_to_where_they_were_opened(client: Client) -> None:
    page = client.get(f"/results/selling/?{MARCH}").content.decode()
    ways = re.findall(r'href="(/records/deals_won/[^"]*)"', page)
    records = client.get(ways[0].replace("&amp;", "&")).content.decode()
    assert f'Way back"><a href="/results/selling/?{MARCH}">Results</a>' in records
    # the way back is kept by what is chosen on the page of the records
    assert '<input type="hidden" name="from" value="/results/selling/?period=2026-03">' in records


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/today/", "/nowhere/"])
def test_the_way_back_never_leaves_the_site(client: Client, address: str) -> None:
    page = client.get("/records/deals_won/", {"period": "2026-03", "from": address})
    assert f'Way back"><a href="/scoreboard/?{MARCH}">Scoreboard</a>' in page.content.decode()
