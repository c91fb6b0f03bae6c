"""/scoreboard/"""

import html
from urllib.parse import quote

import pytest
from django.test import Client

from foresail.project import Project
from tests.web.conftest import HOSTILE, MARCH
from tests.web.reading import Tables, rows

pytestmark = pytest.mark.usefixtures("project")


def test_it_shows_each_rep_by_each_kpi(client: Client) -> None:
    page = client.get(f"/scoreboard/?{MARCH}&kpi=deals_won&kpi=win_rate&kpi=revenue")
    assert rows(page)[1:] == [
        ["All", "3", "60.0 % 3 of 5 · 23–88 %", "1,750"],
        [HOSTILE, "1", "100.0 % 1 of 1 · 21–100 %", "250"],
        ["Ann", "2", "66.7 % 2 of 3 · 21–94 %", "1,500"],
        ["Bob", "0", "0.0 % 0 of 1 · 0–79 %", "0"],
    ]


def test_without_a_choice_it_shows_the_usual_kpis_that_the_data_can_answer(client: Client) -> None:
    page = client.get(f"/scoreboard/?{MARCH}")
    heads = [text.rpartition(" ")[0] for text in rows(page)[0][1:]]
    assert heads == [
        "Outbound calls",
        "Connect rate",
        "Meetings held",
        "New opportunities",
        "Win rate",
        "Revenue",
        "Sales cycle",
    ]


def test_an_unknown_share_is_a_dash(client: Client) -> None:
    page = client.get(f"/scoreboard/?{MARCH}&kpi=connect_rate")
    eve = next(row for row in rows(page) if row[0] == HOSTILE)
    assert eve[1].startswith("–")


def test_names_are_never_markup(client: Client) -> None:
    body = client.get(f"/scoreboard/?{MARCH}&by=rep").content.decode()
    assert HOSTILE not in body
    assert html.escape(HOSTILE) in body


def test_a_comparison_shows_both_ranges_and_the_change_with_its_sign(client: Client) -> None:
    page = client.get(f"/scoreboard/?{MARCH}&compare=previous&kpi=deals_won&kpi=win_rate")
    ann = next(row for row in rows(page) if row[0] == "Ann")
    assert ann[1] == "2 ▲ +1 (+100 %)"
    assert ann[2] == "66.7 % ▲ +16.7 pts 2 of 3 · 21–94 %"
    body = page.content.decode()
    assert "1–31 Mar 2026" in body
    assert "1–28 Feb 2026" in body
    assert "22 working days" in body
    assert "20 working days" in body


def test_the_direction_of_a_change_is_said_in_words(client: Client) -> None:
    page = client.get(f"/scoreboard/?{MARCH}&compare=previous&kpi=deals_won&kpi=deals_lost")
    body = page.content.decode()
    assert "better" in body
    assert "worse" in body


def test_a_header_sorts_downwards_then_upwards(client: Client) -> None:
    page = client.get(f"/scoreboard/?{MARCH}&kpi=revenue")
    link = next(url for url in Tables(page).rows[0][1].links if "order" in url)
    assert "order=-revenue" in link
    page = client.get(link)
    assert [row[1] for row in rows(page)[2:]] == ["1,500", "250", "0"]
    link = next(url for url in Tables(page).rows[0][1].links if "order" in url)
    page = client.get(link)
    assert [row[1] for row in rows(page)[2:]] == ["0", "250", "1,500"]
    assert 'aria-sort="ascending"' in page.content.decode()


def test_a_team_filter_limits_rows_and_total(client: Client) -> None:
    team = quote("South & West")
    page = client.get(f"/scoreboard/?{MARCH}&kpi=deals_lost&where=team:{team}")
    assert rows(page)[1:] == [["All", "1"], ["Bob", "1"]]


def test_a_row_of_a_team_leads_to_its_reps(client: Client) -> None:
    page = client.get(f"/scoreboard/?{MARCH}&kpi=deals_won&by=team")
    north = next(row for row in Tables(page).rows if row[0].text == "North")
    page = client.get(north[0].links[0])
    assert rows(page)[1:] == [["All", "2"], ["Ann", "2"]]


def test_every_team_can_be_ticked(client: Client) -> None:
    body = client.get(f"/scoreboard/?{MARCH}&kpi=deals_won&where=team:North").content.decode()
    assert 'value="team:North" checked' in body
    assert 'value="team:South &amp; West">' in body


def test_a_kpi_that_lacks_data_says_which(client: Client) -> None:
    body = client.get(f"/scoreboard/?{MARCH}").content.decode()
    assert 'value="quota_attainment" disabled' in body
    assert "needs quota" in body


def test_htmx_gets_the_part_that_changes(client: Client) -> None:
    page = client.get(
        f"/scoreboard/?{MARCH}&compare=none&kpi=revenue", headers={"HX-Request": "true"}
    )
    body = page.content.decode()
    assert "<html" not in body
    assert body.lstrip().startswith('<div id="sheet"')
    assert page.headers["HX-Push-Url"] == "/scoreboard/?period=2026-03&kpi=revenue"
    assert "HX-Request" in page.headers["Vary"]


def test_going_back_gets_the_whole_page(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get(f"/scoreboard/?{MARCH}", headers=headers).content.decode()


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("period=lately", "lately"),
        ("period=custom", "Choose the first and the last day"),
        ("period=custom&start=x&end=2026-03-01", "start = x"),
        ("kpi=win_rte", "There is no KPI win_rte. Did you mean win_rate?"),
        ("by=rap&kpi=revenue", "There is no dimension rap."),
        ("where=North", "Write a filter as team:North."),
        ("where=team:Nort&kpi=revenue", "There is no team Nort. Did you mean North?"),
        ("compare=never", "compare = never"),
        ("order=nothing&kpi=revenue", "nothing"),
        ("as_of=sometime&kpi=revenue", "sometime"),
        ("kpi=<script>", "There is no KPI &lt;script&gt;."),
        ("by=product&kpi=outbound_calls", "cannot be split by product"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    client: Client, query: str, message: str
) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        page = client.get(f"/scoreboard/?{query}", headers=headers)
        assert page.status_code == 400
        assert message in page.content.decode()


def test_a_custom_range_includes_both_days(client: Client) -> None:
    query = "period=custom&start=2026-03-05&end=2026-03-10&kpi=deals_won"
    page = client.get(f"/scoreboard/?{query}")
    assert rows(page)[1] == ["All", "2"]
    assert "5–10 Mar 2026" in page.content.decode()


def test_a_period_without_anybody_says_what_to_do(client: Client) -> None:
    page = client.get("/scoreboard/?period=2020-01&kpi=revenue&by=product")
    assert "Nothing in this period" in page.content.decode()


def test_an_empty_project_says_how_to_load(client: Client, empty_project: Project) -> None:
    page = client.get("/scoreboard/")
    assert page.status_code == 200
    assert "foresail load" in page.content.decode()


def test_reps_stand_below_their_teams_and_fold_away(client: Client) -> None:
    address = f"/scoreboard/?{MARCH}&kpi=deals_won&kpi=win_rate&layout=teams"
    page = client.get(address)
    found = [row[0] for row in rows(page)[1:]]
    assert found == ["All", "▾North", "Ann", "▾O'Brien <b>", HOSTILE, "▾South & West", "Bob"]
    north = Tables(page).rows[2]
    assert [each.text for each in north[1:]] == ["2", "66.7 % 2 of 3 · 21–94 %"]
    folded = client.get(north[0].links[0])
    assert [row[0] for row in rows(folded)[1:3]] == ["All", "▸North"]
    assert "Ann" not in [row[0] for row in rows(folded)]


def test_a_course_of_weeks_can_be_shown(client: Client) -> None:
    page = client.get(f"/scoreboard/?{MARCH}&kpi=deals_won&course=weeks")
    assert page.content.decode().count('class="spark"') == 3
