"""What protects the person at this machine from other sites, names and programs."""

import re
import stat
from pathlib import Path

import pytest
from django.test import Client

from foresail.web.secret import FILE_NAME, secret_key
from foresail.web.static_files import hashed_name

PAGES = ["/scoreboard/", "/records/revenue/", "/kpi/revenue/", "/nowhere/", "/scoreboard/?period=x"]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("address", PAGES)
def test_every_page_carries_the_protecting_headers(client: Client, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_inline_scripts_or_styles(client: Client, address: str) -> None:
    body = client.get(address).content.decode()
    assert not re.search(r"<[a-z][^<>]*\s(on\w+|style)=|<style|javascript:|<script>", body)
    assert not re.search(r'(src|href)="(https?:)?//', body)


@pytest.mark.usefixtures("project")
def test_other_names_of_this_machine_are_refused(client: Client) -> None:
    assert client.get("/scoreboard/", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/scoreboard/", headers={"Host": "localhost:8000"}).status_code == 200


@pytest.mark.usefixtures("project")
def test_pages_are_only_read(client: Client) -> None:
    assert client.post("/scoreboard/").status_code == 405


def test_without_a_project_the_page_says_how_to_start(client: Client) -> None:
    page = client.get("/scoreboard/")
    assert page.status_code == 503
    assert "foresail serve" in page.content.decode()


def test_static_files_are_named_after_their_content_and_kept_for_ever(client: Client) -> None:
    name = hashed_name("foresail/site.css")
    assert re.fullmatch(r"foresail/site\.[0-9a-f]{12}\.css", name)
    page = client.get(f"/static/{name}")
    assert page.status_code == 200
    assert "immutable" in page.headers["Cache-Control"]
    assert page.headers["Content-Type"].startswith("text/css")


def test_an_unknown_static_file_is_refused() -> None:
    with pytest.raises(ValueError, match="There is no static file foresail/none"):
        hashed_name("foresail/none.css")


def test_the_key_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    key = secret_key(tmp_path)
    assert len(key) >= 50
    assert secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [FILE_NAME]


def test_without_a_project_every_process_has_a_key_of_its_own() -> None:
    assert secret_key(None) != secret_key(None)
