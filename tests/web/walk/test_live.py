"""Today shows what another command loads, while it is open and without being loaded anew."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from foresail.project import Project
from tests.web.browsing import PATIENCE, in_browser
from tests.web.conftest import Served

pytestmark = in_browser

HEAD = "activity_id,kind,direction,occurred_at,rep_id,outcome,is_completed\n"
CALL = "live,call,outbound,2026-03-31T07:00:00Z,bob,no_answer,true\n"


def test_today_shows_what_is_loaded_meanwhile(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    context = browser.new_context(base_url=served.address)
    context.set_default_timeout(4 * PATIENCE)
    page = context.new_page()
    page.goto("accounts/login/")
    with page.expect_request("**/live/**"):
        page.locator("main form[action='/demo/admin/'] button").click()
    calls = page.locator("#people tr", has_text="Bob").locator("td").first
    expect(calls).to_contain_text("0")
    page.evaluate("window.isStillTheSame = true")
    (tmp_path / "activity.csv").write_text(HEAD + CALL)
    with Project.open(served.directory) as project:
        project.load(tmp_path / "activity.csv")
    # Bob made no call on 31 March, and one is loaded.
    expect(calls).to_contain_text("1", timeout=2 * PATIENCE)
    assert page.evaluate("window.isStillTheSame")
    expect(page.locator("#announcement")).to_contain_text("New data on this page.")
    context.close()
