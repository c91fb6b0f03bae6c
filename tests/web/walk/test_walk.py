"""Every page, reached by its links, is in order in three roles, both themes, wide and narrow."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from tests.web.browsing import in_browser
from tests.web.people.routes import routes
from tests.web.walk.conftest import DEALS, Enter
from tests.web.walk.looking import LOOKS, Looking

pytestmark = in_browser

PARTS = ("activity", "result")
"""Arguments whose every value is a page of its own; of others, one page stands for all."""
LINKS = """\
links => links.filter(link => !link.hasAttribute("download") && link.origin === location.origin)
  .map(link => link.pathname + link.search)"""


NO_PAGES = {
    "files and data for programs": (
        "live filters records_csv log_csv openapi draft_mapping kept_mapping "
        "mfa_download_recovery_codes"
    ),
    "acts, done by a button": (
        "come_in close_action revoke_token retry upload take_back password_link remove_factor "
        "sign_out withdraw begin_with delete_view"
    ),
    "on to another page": "start",
    "shown to whom something was sent or said alone": "shared new_talk talk new_action change_view",
    "opened by a letter, a provider or a second factor, which the demo has not": (
        "welcome accept new_password account_reset_password account_reset_password_from_key "
        "account_reset_password_from_key_done account_reset_password_done account_inactive "
        "openid_connect_login openid_connect_callback socialaccount_login_cancelled "
        "socialaccount_login_error socialaccount_connections mfa_authenticate "
        "mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes "
        "mfa_generate_recovery_codes account_reauthenticate "
        "account_set_password account_logout"
    ),
}
LEFT_OUT = frozenset(name for names in NO_PAGES.values() for name in names.split())


def kind(address: str) -> str:
    """Which page an address is: its route, with its part."""
    found = resolve(urlsplit(address).path)
    return " ".join(
        [found.view_name, *(found.kwargs[each] for each in PARTS if each in found.kwargs)]
    )


def walk(looking: Looking, starts: list[str], looks: tuple[str, ...]) -> set[str]:
    """Go through all that can be reached, one page of each kind. Give the routes gone through."""
    seen: dict[str, str] = {}
    ahead = list(starts)
    while ahead:
        address = ahead.pop(0)
        page = kind(address)
        if page in {*seen, *LEFT_OUT} or "format" in parse_qs(urlsplit(address).query):
            continue
        seen[page] = address
        looking.at(address, looks)
        ahead += looking.page.eval_on_selector_all("a[href]", LINKS)
    return {each.split()[0] for each in seen}


def prepare(page: Page) -> None:
    """Have uploaded files on the pages that show them."""
    page.goto("data/")
    page.set_input_files("#files", {"name": "d.csv", "mimeType": "text/csv", "buffer": DEALS})
    page.get_by_role("button", name="Upload, and look at them").click()
    page.wait_for_url("**/data/uploads/**")


@pytest.mark.parametrize("looks", [("light", "dark, narrow")])
def test_every_page_is_in_order(enter: Enter, looks: tuple[str, ...]) -> None:
    page = enter("admin")
    prepare(page)
    looking = Looking(page)
    walked = walk(looking, ["/today/"], looks)
    visitor = Looking(enter())
    walked |= walk(visitor, ["/accounts/login/"], looks)
    there = {each.name for each in routes() if not each.name.startswith("api:")}
    assert looking.wrong + visitor.wrong == []
    assert sorted(there - walked - LEFT_OUT) == [], "No link led to these pages."


@pytest.mark.parametrize(("role", "look"), [("manager", "dark"), ("rep", "light, narrow")])
def test_pages_of_the_menu_are_in_order_for_others(enter: Enter, role: str, look: str) -> None:
    page = enter(role)
    addresses = page.eval_on_selector_all("nav.menu a", LINKS)
    looking = Looking(page)
    for address in addresses:
        looking.at(address, (look,))
    assert looking.wrong == []
    assert len(addresses) >= 7


@pytest.mark.slow
@pytest.mark.parametrize("role", ["manager", "rep", "admin"])
def test_every_page_is_in_order_in_every_look(enter: Enter, role: str) -> None:
    looking = Looking(enter(role))
    walk(looking, ["/today/"], tuple(LOOKS))
    assert looking.wrong == []
