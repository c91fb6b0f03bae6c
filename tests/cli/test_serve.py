"""The web application in a process of its own, and commands beside it."""

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.program import PROGRAM, environment, foresail


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[str], str]]:
    foresail("init", folder=tmp_path)
    with subprocess.Popen(
        [*PROGRAM, "serve", "--port", "0"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        address = server.stdout.readline()
        yield tmp_path, server, address
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=20)


def test_commands_beside_a_server_load_and_ask_through_it(
    served: tuple[Path, subprocess.Popen[str], str],
) -> None:
    folder, server, address = served
    assert address.startswith("Foresail is at http://127.0.0.1:")
    (folder / "rep.csv").write_text("rep_id,name\nann,Ann\n")
    loaded = foresail("load", "rep.csv", "--format", "json", folder=folder)
    assert json.loads(loaded.stdout)["tables"][0]["accepted"] == 1
    assert len(json.loads(foresail("loads", "--format", "json", folder=folder).stdout)) == 1
    assert server.poll() is None


def test_a_second_server_of_a_project_is_refused(
    served: tuple[Path, subprocess.Popen[str], str],
) -> None:
    folder, server, _ = served
    done = foresail("serve", "--port", "0", folder=folder)
    assert done.returncode == 1
    assert f"is being served already, by process {server.pid} at http://" in done.stderr


def test_a_taken_port_is_said(
    served: tuple[Path, subprocess.Popen[str], str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    port = served[2].split(":")[2].partition("/")[0]
    other = tmp_path_factory.mktemp("other")
    foresail("init", folder=other)
    done = foresail("serve", "--port", port, folder=other)
    assert done.returncode == 1
    assert f"Port {port}" in done.stderr


def test_ctrl_c_ends_the_server_and_takes_its_notice_away(
    served: tuple[Path, subprocess.Popen[str], str],
) -> None:
    folder, server, _ = served
    assert (folder / ".foresail-owner.json").exists()
    server.send_signal(signal.SIGINT)
    server.wait(timeout=20)
    assert server.returncode in (0, 130)
    assert not (folder / ".foresail-owner.json").exists()
    assert foresail("loads", folder=folder).returncode == 0
