"""The server: one process that holds the warehouse, and lets go of it."""

import http.client
import re
import signal
import socket
import stat
import threading
from pathlib import Path
from urllib.request import urlopen

import pytest

from foresail.core.errors import ProjectError
from foresail.project import Project
from foresail.project.notice import OWNER_FILE
from foresail.web.serve import run
from tests.web.conftest import MARCH, TABLES, serving, write_project


@pytest.mark.parametrize("request_to_end", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_many_at_once_and_ends_cleanly(
    tmp_path: Path, request_to_end: signal.Signals
) -> None:
    write_project(tmp_path, TABLES)
    with serving(tmp_path) as served:
        address = f"{served.address}scoreboard/?{MARCH}&kpi=deals_won"
        pages: list[str] = []
        visitor = served.visitor()

        def read() -> None:
            with visitor.open(address) as page:
                pages.append(re.sub(r'csrfmiddlewaretoken" value="\w+', "", page.read().decode()))

        readers = [threading.Thread(target=read) for _ in range(8)]
        for each in readers:
            each.start()
        for each in readers:
            each.join()
        assert len(pages) == 8
        assert len(set(pages)) == 1
        assert (tmp_path / OWNER_FILE).exists()
        served.process.send_signal(request_to_end)
        _, said = served.process.communicate(timeout=60)
        assert (served.process.returncode, said) == (0, "")
    assert not (tmp_path / OWNER_FILE).exists()
    reopened = Project.open(tmp_path, wait=0)
    assert isinstance(reopened, Project)
    reopened.close()


def test_an_idle_browser_does_not_keep_it_from_ending(tmp_path: Path) -> None:
    write_project(tmp_path, {})
    with serving(tmp_path) as served:
        host, port = served.address.removeprefix("http://").rstrip("/").split(":")
        kept_alive = http.client.HTTPConnection(host, int(port))
        kept_alive.request("GET", "/accounts/login/")
        assert kept_alive.getresponse().read()
        served.process.terminate()
        assert served.process.wait(timeout=60) == 0
        kept_alive.close()


def test_what_another_command_loads_is_on_the_page(tmp_path: Path) -> None:
    write_project(tmp_path, {})
    (tmp_path / "rep.csv").write_text("rep_id,name\nann,Ann Archer\n")
    with serving(tmp_path) as served:
        caller = Project.open(tmp_path)
        caller.load(tmp_path / "rep.csv")
        with served.visitor().open(f"{served.address}scoreboard/?kpi=deals_won") as page:
            assert "No data yet" not in page.read().decode()


def test_a_taken_port_is_said_before_anything_is_opened(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ProjectError, match=f"Port {port} of 127.0.0.1 cannot be used"):
            run(tmp_path, "127.0.0.1", port)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "example.org"])
def test_other_machines_are_served_only_under_a_name(tmp_path: Path, host: str) -> None:
    with pytest.raises(ProjectError, match=f"{host} is reachable from other machines"):
        run(tmp_path, host, 0)


def test_an_allowed_name_is_answered_and_no_other(tmp_path: Path) -> None:
    write_project(tmp_path, {})
    settings = tmp_path / "foresail.toml"
    settings.write_text(f'{settings.read_text()}\n[web]\nhosts = ["sales.example.org"]\n')
    with serving(tmp_path, host="0.0.0.0", allowed=["desk.example.org"]) as served:
        port = served.address.rstrip("/").rpartition(":")[2]

        def status(name: str) -> int:
            asked = http.client.HTTPConnection("127.0.0.1", int(port))
            asked.request("GET", "/accounts/login/", headers={"Host": name})
            answer = asked.getresponse()
            answer.read()
            asked.close()
            return answer.status

        assert status("sales.example.org") == 200
        assert status(f"desk.example.org:{port}") == 200
        assert status("evil.example.org") == 400
        assert status("0.0.0.0") == 400


def test_a_project_that_is_served_is_not_served_twice(tmp_path: Path) -> None:
    write_project(tmp_path, {})
    with (
        serving(tmp_path) as served,
        pytest.raises(ProjectError, match=f"served already, by process {served.process.pid}"),
    ):
        run(tmp_path, "127.0.0.1", 0)


def test_the_first_start_shows_where_the_first_admin_is_made(tmp_path: Path) -> None:
    write_project(tmp_path, {})
    settings = tmp_path / "foresail.toml"
    settings.write_text(settings.read_text().replace("demo = true", ""))
    with serving(tmp_path) as served:
        assert "/welcome/" in served.address
        with urlopen(served.address) as page:
            assert "You are the first one here" in page.read().decode()
    assert stat.S_IMODE((tmp_path / "people.sqlite3").stat().st_mode) == 0o600
