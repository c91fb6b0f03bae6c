import json
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
    assert load["quarantined"] == 0
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
