"""The program, run in processes of its own."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = (
    sys.executable,
    "-c",
    "import sys; from foresail.cli.program import run; sys.exit(run())",
)


def environment(**more: str) -> dict[str, str]:
    """This process's environment without a project's settings, and with a width."""
    kept = {key: each for key, each in os.environ.items() if not key.startswith("FORESAIL_")}
    return {**kept, "COLUMNS": "100", **more}


def foresail(
    *arguments: str, folder: Path | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, without a terminal."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def bytes_of(*arguments: str, folder: Path) -> bytes:
    """What a command writes to a pipe."""
    done = subprocess.run(
        [*PROGRAM, *arguments], cwd=folder, env=environment(), capture_output=True, check=True
    )
    return done.stdout
