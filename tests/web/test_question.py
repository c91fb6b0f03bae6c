"""The question in an address: what it says, and what a page stands for where it says nothing."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from django.test import Client, RequestFactory

from foresail.project import Project
from foresail.web.question import Question, asked
from foresail.web.sheets.blocks import Sheet
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.view import sheet_view


@pytest.mark.parametrize(
    ("query", "usual", "period", "written"),
    [
        ("", "this-month", "this-month", "?"),
        ("", "this-quarter", "this-quarter", "?period=this-quarter"),
        # what is usual elsewhere is said where it is not, or a reload would ask something else
        ("?period=this-month", "this-quarter", "this-month", "?period=this-month"),
        ("?period=2026-03", "this-month", "2026-03", "?period=2026-03"),
    ],
)
def test_the_usual_period_is_asked_where_the_address_says_none(
    query: str, usual: str, period: str, written: str
) -> None:
    question = asked(RequestFactory().get(f"/{query}"), usual)
    assert (question.period, question.query()) == (period, written)


def test_a_page_with_a_day_to_stand_at_offers_it(client: Client, project: Project) -> None:
    def make(desk: Desk) -> Sheet:
        desk.ask("deals_won")
        return Sheet("Stock", (), controls=("as_of",))

    request = RequestFactory().get("/results/?as_of=2026-03-11")
    request.user = client.get("/results/").wsgi_request.user
    request.resolver_match = None
    page = sheet_view("results", make, period="2026-03")(request).content.decode()
    assert page.count('name="as_of"') == 1
    assert 'name="as_of" value="2026-03-11"' in page
    assert "Data as of 11 Mar 2026, 23:59" in page


def test_whatever_is_asked_about_survives_the_address() -> None:
    asked = Question(where=(("team", "R&D: é/+ 100 %"),), of=("rep", "a=b?c#d"), as_of="2026-03-31")
    query = asked.query(**{"from": "/rep/?period=this-week&where=team:North"})
    assert query == (
        "?as_of=2026-03-31&where=team:R%26D:+%C3%A9%2F%2B+100+%25&of=rep:a%3Db%3Fc%23d"
        "&from=%2Frep%2F%3Fperiod%3Dthis-week%26where%3Dteam:North"
    )
    assert dict(parse_qsl(query[1:]))["of"] == "rep:a=b?c#d"
    assert Question().query() == "?"
