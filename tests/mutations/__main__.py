"""Takes each place away in a copy of the project, and prints which ones tests notice.

    python -m tests.mutations [WORD ...]      only places whose names hold one of the words

Fails where a place is not found any more, or tests pass without it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mutations.place import Place
from tests.mutations.places import PLACES

ROOT = Path(__file__).parents[2]
COPIED = ("src", "tests", "docs", "examples", "pyproject.toml", "README.md", "CHANGELOG.md")
LONGEST_SECONDS = 900
KILLED, SURVIVED, LOST, BROKEN = "killed", "SURVIVED", "NOT FOUND", "NOT RUN"


def main(words: Sequence[str]) -> int:
    """Try the places; 1 where one is not noticed."""
    chosen = [each for each in PLACES if not words or any(word in each.name for word in words)]
    found = []
    with TemporaryDirectory(prefix="foresail-mutations-") as folder:
        copy = _copied(Path(folder))
        for place in chosen:
            begun = time.monotonic()
            found.append(outcome(copy, place))
            print(f"{found[-1]:9}  {time.monotonic() - begun:4.0f} s  {place.name}", flush=True)
    print(f"{found.count(KILLED)} of {len(chosen)} are noticed.")
    return int(any(each != KILLED for each in found))


def outcome(copy: Path, place: Place) -> str:
    """Whether tests notice that a place is gone."""
    path = copy / "src" / "foresail" / place.path
    whole = path.read_text(encoding="utf-8")
    if whole.count(place.source) != 1:
        return LOST
    path.write_text(whole.replace(place.source, place.instead), encoding="utf-8")
    try:
        return _run(copy, place.tests)
    finally:
        path.write_text(whole, encoding="utf-8")


def _copied(folder: Path) -> Path:
    for name in COPIED:
        there = ROOT / name
        if there.is_dir():
            shutil.copytree(there, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif there.exists():
            shutil.copy(there, folder / name)
    return folder


def _run(copy: Path, tests: str) -> str:
    """What becomes of the tests: those that fail notice, those that cannot be run do not."""
    files, _, words = tests.partition(" -k ")
    chosen = [*files.split(), *(["-k", words] if words else [])]
    usual = ["-q", "-x", "-m", "not slow", "-p", "no:randomly", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *usual, *chosen],
        cwd=copy,
        env=_environment(copy),
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )
    # an error in a fixture is no test that fails
    if done.returncode == 1 and "\nFAILED " in done.stdout:
        return KILLED
    if done.returncode == 0:
        return SURVIVED
    print(done.stdout[-2000:], done.stderr[-2000:], file=sys.stderr)
    return BROKEN


def _environment(copy: Path) -> dict[str, str]:
    """The copy's own source; plans are kept from place to place, by the source that made them."""
    path = os.pathsep.join([str(copy / "src"), str(copy)])
    plans = os.environ.get("FORESAIL_CACHE") or str(copy / "plans")
    own = {"PYTHONPATH": path, "FORESAIL_CACHE": plans, "PYTHONDONTWRITEBYTECODE": "1"}
    return os.environ | own


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
