"""No page shows a way that is shut to whoever reads it: no links to records, no exports."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from foresail.web.people.guard import right_of
from foresail.web.people.rights import RIGHTS, Right, Role
from tests.web.people.conftest import shown_once

pytestmark = pytest.mark.usefixtures("project", "sharing")
PAGES = (
    "/today/",
    "/scoreboard/?period=2026-03&kpi=deals_won&kpi=revenue",
    "/pipeline/?period=2026-03",
    "/leads/calling/?period=2026-03",
    "/results/selling/?period=2026-03",
    "/kpi/deals_won/?period=2026-03",
)
EXPORTS = re.compile(r"format=(csv|xlsx|pdf|png|svg)")


def ways(page: Any) -> list[str]:
    """Where the content of a page leads: links, what it fetches, marks of charts."""
    body = page.content.decode()
    main = re.search(r"<main.*</main>", body, re.DOTALL)
    assert main
    found = re.findall(r'(?:href|hx-get|"url")(?:=|: )"(/[^"]*)"', main[0])
    return [html.unescape(each).partition("?")[0] for each in found]


@pytest.mark.parametrize("page", PAGES)
def test_a_viewer_finds_no_shut_door(browser_of: Callable[[str], Client], page: str) -> None:
    answer = browser_of("viewer").get(page)
    assert answer.status_code == 200
    rights = {right_of(resolve(each).func) for each in ways(answer)}
    assert {each for each in rights if isinstance(each, Right)} <= RIGHTS[Role.VIEWER]
    assert not EXPORTS.search(answer.content.decode())


@pytest.mark.parametrize("page", PAGES)
def test_an_analyst_finds_the_records_and_the_exports(
    browser_of: Callable[[str], Client], page: str
) -> None:
    answer = browser_of("analyst").get(page)
    rights = {right_of(resolve(each).func) for each in ways(answer)}
    assert Right.SEE_RECORDS in rights
    assert bool(EXPORTS.search(answer.content.decode())) is not page.startswith("/kpi/")


@pytest.mark.parametrize("page", PAGES)
def test_a_shared_page_leads_nowhere(browser_of: Callable[[str], Client], page: str) -> None:
    answer = browser_of("analyst").post("/share/", {"page": page, "valid": "7"})
    link = shown_once(answer).removeprefix("http://testserver")
    shown = Client().get(link)
    assert shown.status_code == 200
    assert [each for each in ways(shown) if each != link] == []
    assert not EXPORTS.search(shown.content.decode())
