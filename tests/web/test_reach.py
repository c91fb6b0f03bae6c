"""Under which names, and how, the site is reached."""

from pathlib import Path

import pytest

from foresail.core.errors import ProjectError
from foresail.warehouse.sections import WebSettings
from foresail.warehouse.settings import Settings
from foresail.web.reach import hosts, reach


def written(directory: Path, text: str) -> Path:
    (directory / "foresail.toml").write_text(f"[web]\n{text}\n")
    return directory


def test_only_this_machine_is_answered_at_first() -> None:
    assert hosts(WebSettings()) == ["127.0.0.1", "localhost", "[::1]"]


def test_names_come_from_the_settings_and_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = reach(written(tmp_path, 'hosts = ["sales.example.org"]'))
    monkeypatch.setenv("FORESAIL_HOSTS", "desk.example.org,sales.example.org")
    assert hosts(web)[3:] == ["sales.example.org", "desk.example.org"]


@pytest.mark.parametrize("name", ["*", ".example.org", "https://sales.example.org", "a b", ""])
def test_what_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ProjectError, match="is no name of a machine"):
        Settings.read(written(tmp_path, f'hosts = ["{name}"]'))


@pytest.mark.parametrize("days", [0, 91])
def test_a_session_lasts_from_a_day_to_a_quarter(tmp_path: Path, days: int) -> None:
    with pytest.raises(ProjectError, match="session_days"):
        Settings.read(written(tmp_path, f"session_days = {days}"))
