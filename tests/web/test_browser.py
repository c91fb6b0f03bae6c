"""The pages in headless Chromium: light, dark, 320 pixels wide, without JavaScript."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browsing import PATIENCE, chromium, in_browser
from tests.web.conftest import MARCH, TABLES, Served, serving, write_project

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 800}},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "plain": {"viewport": {"width": 1280, "height": 800}, "java_script_enabled": False},
}
BOARD = f"scoreboard/?{MARCH}"

pytestmark = in_browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    directory = tmp_path_factory.mktemp("served")
    write_project(directory, TABLES)
    with serving(directory) as found:
        with found.visitor().open(found.address + BOARD) as first:
            assert first.status == 200
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(params=list(LOOKS))
def look(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(browser: Browser, served: Served, look: str) -> Iterator[Page]:
    """A page that must come through without an error in its console."""
    context = browser.new_context(base_url=served.address, **LOOKS[look])
    context.set_default_timeout(PATIENCE)
    found = context.new_page()
    errors: list[str] = []
    found.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    found.on("pageerror", lambda error: errors.append(str(error)))
    found.goto("accounts/login/")
    found.get_by_role("button", name="Admin").click()
    yield found
    context.close()
    assert errors == []


with_scripts = pytest.mark.parametrize("look", ["light", "narrow"], indirect=True)


def choose(page: Page, control: str, value: str, look: str) -> None:
    """Choose as a person does: without JavaScript the choice has to be sent."""
    page.select_option(control, value)
    if look == "plain":
        page.get_by_role("button", name="Show", exact=True).click()


@pytest.mark.parametrize(
    "address", [f"{BOARD}&compare=previous", f"records/win_rate/?{MARCH}", "kpi/win_rate/"]
)
def test_pages_fit_the_window(page: Page, look: str, address: str, tmp_path: Path) -> None:
    page.goto(address)
    page.screenshot(path=tmp_path / f"{look}.png", full_page=True)
    assert page.locator("h1").count() == 1
    if look != "plain":
        width, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width <= window


def test_the_pickers_change_the_board_and_the_address(page: Page, look: str) -> None:
    page.goto(f"{BOARD}&kpi=deals_won")
    choose(page, "#compare", "previous", look)
    expect(page.locator("p.basis")).to_contain_text("1–28 Feb 2026")
    choose(page, "#by", "team", look)
    expect(page.locator("tbody").last).to_contain_text("North")
    assert "compare=previous" in page.url
    assert "by=team" in page.url
    page.reload()
    expect(page.locator("p.basis")).to_contain_text("1–28 Feb 2026")


@with_scripts
def test_back_brings_the_board_and_the_pickers_before(page: Page, look: str) -> None:
    page.goto(f"{BOARD}&kpi=deals_won")
    choose(page, "#compare", "previous", look)
    expect(page.locator("p.basis")).to_contain_text("compared with")
    page.go_back()
    expect(page.locator("p.basis")).not_to_contain_text("compared with")
    expect(page.locator("#compare")).to_have_value("none")


@with_scripts
def test_a_picker_keeps_the_focus_and_the_change_is_announced(page: Page, look: str) -> None:
    page.goto(f"{BOARD}&kpi=deals_won")
    page.focus("#compare")
    choose(page, "#compare", "previous", look)
    expect(page.locator("#announcement")).to_contain_text("Scoreboard, 1–31 Mar 2026")
    expect(page.locator("#compare")).to_be_focused()


def test_a_range_of_days_can_be_chosen(page: Page, look: str) -> None:
    page.goto(f"{BOARD}&kpi=deals_won")
    choose(page, "#period", "custom", look)
    page.wait_for_url("**period=custom**")
    if look != "plain":
        expect(page.locator(".htmx-request, .htmx-settling")).to_have_count(0)
    expect(page.locator("#start")).to_have_value("2026-03-01")
    page.fill("#end", "2026-03-10")
    if look == "plain":
        page.get_by_role("button", name="Show", exact=True).click()
    else:
        page.locator("#end").dispatch_event("change")
    expect(page.locator("p.basis")).to_contain_text("1–10 Mar 2026")
    expect(page.locator("tr.total")).to_contain_text("2")


def test_kpis_and_teams_can_be_chosen(page: Page, look: str) -> None:
    page.goto(f"{BOARD}&kpi=deals_won")
    page.locator(".kpis summary").click()
    page.get_by_label("Deals lost").check()
    page.get_by_role("button", name="Show these KPIs").click()
    expect(page.locator("thead th")).to_have_count(3)
    page.locator(".pickers details.chooser").first.locator("summary").click()
    page.get_by_label("North").check()
    page.locator(".pickers details.chooser").first.get_by_role("button", name="Show").click()
    expect(page.locator("tbody tr:not(.total)")).to_have_count(1)


def test_a_head_sorts(page: Page, look: str) -> None:
    page.goto(f"{BOARD}&kpi=revenue")
    page.locator("thead").get_by_role("link", name="Revenue", exact=True).click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Revenue")
    expect(page.locator("tbody tr:not(.total)").first).to_contain_text("Ann")


def test_a_number_leads_to_as_many_records(page: Page, look: str) -> None:
    page.goto(f"{BOARD}&kpi=deals_won")
    link = page.locator("tbody tr:not(.total) a.value").nth(1)
    shown = re.match(r"\d+", link.inner_text())
    assert shown
    link.click()
    expect(page.locator(".figure")).to_have_text(shown[0])
    expect(page.locator(".count b")).to_have_text(shown[0])
    expect(page.locator("table.list tbody tr")).to_have_count(int(shown[0]))
    page.get_by_role("navigation", name="Way back").get_by_role("link").click()
    expect(page.locator("tr.total")).to_be_visible()
    assert "kpi=deals_won" in page.url


def test_the_parts_of_a_share_can_be_looked_at(page: Page, look: str) -> None:
    page.goto(f"records/win_rate/?{MARCH}")
    expect(page.locator(".count b")).to_have_text("3")
    page.get_by_role("link", name="Denominator").click()
    expect(page.locator(".count b")).to_have_text("5")
    assert "part=denominator" in page.url


@with_scripts
def test_the_keyboard_alone_skips_to_the_content(page: Page, look: str) -> None:
    page.goto(BOARD)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
