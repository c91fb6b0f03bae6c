"""The program as it is run: in processes of its own, on a folder of files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from foresail import __version__
from tests.cli.program import PROGRAM, foresail

COMMANDS = (
    "init",
    "load",
    "loads",
    "quarantine",
    "kpis",
    "ask",
    "records",
    "explain",
    "refresh",
    "serve",
    "demo",
)


def test_the_version() -> None:
    assert foresail("--version").stdout == f"foresail {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_help(command: str) -> None:
    done = foresail(command, "--help")
    assert done.returncode == 0
    assert "--project DIR" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["frobnicate"], "No such command 'frobnicate'"),
        (["ask"], "Missing argument 'KPI"),
        (["ask", "win_rate", "--grain", "fortnight"], "'fortnight' is not one of"),
        (["ask", "win_rate", "--where", "team"], "Write it as DIM=VALUE"),
        (["ask", "win_rate", "--totals", "--format", "csv"], "Use --format json"),
        (["load"], "Missing argument 'PATH"),
        (["explain", "win_rate", "--format", "csv"], "'csv' is not one of"),
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str], message: str, tmp_path: Path) -> None:
    done = foresail(*arguments, folder=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stdout == ""


def test_a_folder_without_a_project_ends_with_1_and_advice(tmp_path: Path) -> None:
    done = foresail("ask", "win_rate", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert "foresail init" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_project_is_named_after_or_before_the_command_or_in_the_environment(
    tmp_path: Path,
) -> None:
    folder = str(tmp_path / "sales")
    assert foresail("init", "--project", folder).returncode == 0
    assert foresail("loads", "--project", folder).returncode == 0
    assert foresail("--project", folder, "loads").returncode == 0
    assert foresail("loads", FORESAIL_PROJECT=folder).returncode == 0
    assert foresail("loads", folder=tmp_path).returncode == 1


def test_a_second_project_in_one_folder_is_refused(tmp_path: Path) -> None:
    assert foresail("init", folder=tmp_path).returncode == 0
    done = foresail("init", folder=tmp_path)
    assert done.returncode == 1
    assert "Error: " in done.stderr


def test_the_catalogue_is_there_without_a_project_and_without_the_engine(tmp_path: Path) -> None:
    program = (
        "import sys; from foresail.cli.main import main; status = main(['kpis']);"
        "heavy = {'ibis', 'pyarrow', 'pandas', 'numpy', 'django', 'duckdb'};"
        "print(sorted(heavy & set(sys.modules))); sys.exit(status)"
    )
    elsewhere = {name: value for name, value in os.environ.items() if name != "FORESAIL_PROJECT"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=elsewhere,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert lines[0] == "The catalogue of KPIs"
    assert lines[-2].endswith("KPIs. No project here, so nothing is said about data.")
    assert lines[-1] == "[]"


def test_kpis_of_a_theme_and_of_a_demand_for_programs(tmp_path: Path) -> None:
    everything = json.loads(foresail("kpis", "--format", "json", folder=tmp_path).stdout)
    theme = everything[0]["theme"]
    some = json.loads(
        foresail("kpis", "--theme", theme, "--format", "json", folder=tmp_path).stdout
    )
    assert {each["theme"] for each in some} == {theme}
    assert 0 < len(some) < len(everything)
    done = foresail("kpis", "--theme", "no such theme", folder=tmp_path)
    assert done.returncode == 1


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "kpis"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "example.org"])
def test_the_pages_are_served_to_this_machine_only(tmp_path: Path, host: str) -> None:
    foresail("init", folder=tmp_path)
    done = foresail("serve", "--host", host, folder=tmp_path)
    assert done.returncode == 1
    assert f"{host} is reachable from other machines" in done.stderr
