"""Five journeys of a working day, made with the keyboard alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browsing import PATIENCE, in_browser
from tests.web.conftest import MARCH, Served
from tests.web.walk.conftest import DEALS

pytestmark = in_browser

MOST_TABS = 150
AT = """\
() => {
  const at = document.activeElement;
  const named = at.getAttribute("aria-label") || at.labels?.[0]?.textContent || at.textContent;
  return `${at.tagName.toLowerCase()} ${named}`.replace(/\\s+/g, " ").trim();
}"""


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """Somebody who came in as admin, by the keyboard too."""
    context = browser.new_context(base_url=served.address, reduced_motion="reduce")
    context.set_default_timeout(4 * PATIENCE)
    found = context.new_page()
    # Whoever begins to listen only when a file is chosen may come too late to see it.
    found.on("filechooser", lambda _: None)
    found.goto("accounts/login/")
    press(found, r"^button Admin")
    found.wait_for_url("**/today/**")
    yield found
    context.close()


def tab_to(page: Page, name: str) -> None:
    """Go on with the tabulator until something of that name has the focus."""
    passed = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        passed.append(str(page.evaluate(AT)))
        if re.search(name, passed[-1]):
            return
    pytest.fail(f"The tabulator does not lead to {name!r}, but to: {'; '.join(passed)}")


def press(page: Page, name: str) -> None:
    tab_to(page, name)
    page.keyboard.press("Enter")


def choose(page: Page, name: str, words: str) -> None:
    """Choose in a list by typing how the choice begins."""
    tab_to(page, name)
    page.keyboard.type(words)


def test_who_is_behind_today_is_found(page: Page) -> None:
    press(page, r"^a Bob")
    page.wait_for_url("**/rep/bob/**")
    expect(page.locator("h1")).to_contain_text("Bob")


def test_where_a_rep_loses_deals_is_found(page: Page) -> None:
    press(page, r"^a Funnel$")
    page.wait_for_url("**/funnel/**")
    choose(page, r"^select Rep", "Ann")
    page.wait_for_url("**rep=0017**")
    expect(page.locator("#choice-rep")).to_be_focused()
    press(page, r"^a 2 Deals lost, records$")
    page.wait_for_url("**/records/deals_lost/**")
    expect(page.locator(".count b")).to_have_text("2")


def test_two_quarters_are_compared(page: Page) -> None:
    press(page, r"^a Results$")
    page.wait_for_url("**/results/**")
    choose(page, r"^select Compare with", "Period")
    page.wait_for_url("**compare=previous**")
    expect(page.locator("p.basis")).to_contain_text("compared with 1 Oct – 31 Dec 2025")


def test_a_csv_is_loaded_with_a_mapping(page: Page) -> None:
    press(page, r"^a Data$")
    page.wait_for_url("**/data/")
    tab_to(page, r"^input Files from your CRM")
    with page.expect_file_chooser() as choosing:
        page.keyboard.press("Enter")
    choosing.value.set_files({"name": "crm.csv", "mimeType": "text/csv", "buffer": DEALS})
    press(page, r"^button Upload")
    page.wait_for_url("**/data/uploads/**")
    expect(page.get_by_label("These rows become")).to_have_value("opportunity")
    press(page, r"^button Dry run")
    expect(page.locator("#said")).to_contain_text("This is what loading would do.")
    press(page, r"^button Load$")
    page.wait_for_url("**/data/loads/**")
    expect(page.locator("main")).to_contain_text("crm.csv")


def test_a_view_is_saved_and_opened(page: Page) -> None:
    page.goto(f"scoreboard/?{MARCH}")
    press(page, r"^summary Export")
    press(page, r"^a Save this view")
    page.wait_for_url("**/views/new/**")
    tab_to(page, r"^input Name")
    page.keyboard.type("The board of March")
    press(page, r"^button Save")
    page.wait_for_url("**/views/")
    press(page, r"^a The board of March")
    page.wait_for_url(f"**/scoreboard/?{MARCH}**")
