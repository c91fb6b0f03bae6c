"""A small simulated organisation with something on every page, served to one browser."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from foresail.demo import write_organisation
from foresail.project import Project
from tests.web.browsing import PATIENCE, chromium
from tests.web.conftest import Served, serving, write_project
from tests.web.working import WORKING

TODAY = dt.date(2026, 11, 20)
DEALS = b"""\
Deal ID,Deal Owner,Amount,Create Date,Close Date,Deal Stage
W1,Ann,100,2026-11-05,2026-11-12,Closed Won
W2,Bob,200,2026-11-06,2026-11-13,Closed Lost
"""
Enter = Callable[..., Page]


@pytest.fixture(scope="session")
def organisation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Some of its rows are set aside, for the page that shows them."""
    directory = tmp_path_factory.mktemp("organisation")
    made = write_organisation(directory / "files", reps=5, months=2, seed=3, until=TODAY)
    settings = f"as_of = {TODAY}\nprivacy.share_links = true\n{made.settings_toml()}"
    (directory / "foresail.toml").write_text(settings, encoding="utf-8")
    with Project.open(directory) as project:
        project.load(*made.paths)
    with serving(directory) as found:
        yield found


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small organisation with known numbers."""
    directory = tmp_path_factory.mktemp("working")
    write_project(directory, WORKING)
    with serving(directory) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Open for one module only: while it is, no other event loop runs in this process."""
    with chromium() as found:
        yield found


@pytest.fixture
def enter(browser: Browser, organisation: Served) -> Iterator[Enter]:
    """Opens a page for somebody who came into the demo in a role."""
    contexts: list[BrowserContext] = []

    def entered(role: str = "", **looks: Any) -> Page:
        context = browser.new_context(
            base_url=organisation.address, reduced_motion="reduce", **looks
        )
        contexts.append(context)
        context.set_default_timeout(6 * PATIENCE)
        page = context.new_page()
        page.goto("accounts/login/")
        if role:
            page.locator(f"main form[action='/demo/{role}/'] button").click()
            page.wait_for_url("**/today/**")
        return page

    yield entered
    for context in contexts:
        context.close()
