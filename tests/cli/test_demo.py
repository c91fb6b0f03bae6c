import json
import tomllib
from pathlib import Path

import pytest

from tests.cli.program import foresail

SMALL = ("demo", "--reps", "4", "--months", "2", "--until", "2026-11-20", "--no-serve")


@pytest.mark.slow
def test_a_demo_is_made_once_and_made_anew_for_other_arguments(tmp_path: Path) -> None:
    made = foresail(*SMALL, folder=tmp_path)
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith("Made a demo in foresail-demo: ")
    demo = tmp_path / "foresail-demo"
    (load,) = json.loads(foresail("loads", "--format", "json", folder=demo).stdout)
    truth = tomllib.loads((demo / "files" / "truth.toml").read_text(encoding="utf-8"))
    bad = sum(each["rows"] for each in truth["dirt"] if each["fate"] == "set aside")
    assert load["quarantined"] == bad > 0
    assert f"\n{bad} rows are bad on purpose and were set aside" in made.stdout
    again = foresail(*SMALL, folder=tmp_path)
    assert again.stdout == "The demo in foresail-demo is the one that is asked for.\n"
    other = foresail(*SMALL, "--seed", "8", folder=tmp_path)
    assert other.stdout.startswith("Made a demo in foresail-demo: ")
    assert len(json.loads(foresail("loads", "--format", "json", folder=demo).stdout)) == 1


def test_a_folder_with_anything_else_is_left_alone(tmp_path: Path) -> None:
    foresail("init", folder=tmp_path)
    before = sorted(tmp_path.iterdir())
    done = foresail(*SMALL, "--project", str(tmp_path))
    assert done.returncode == 1
    assert "holds something else" in done.stderr
    assert sorted(tmp_path.iterdir()) == before
