"""Where people and what they keep are stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

FILE_NAME = "people.sqlite3"


def people_database(directory: Path | None) -> dict[str, Any]:
    """The project's own SQLite file; without a project, one in memory.

    Readers are not held up by a writer (WAL), and a writer waits for another one.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:" if directory is None else str(directory / FILE_NAME),
        "OPTIONS": {
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }


def prepare(directory: Path) -> None:
    """Make the tables, or bring those of an earlier version up to date; forget ended sessions.

    The file is its owner's alone: it holds hashes of passwords.
    """
    from django.core.management import call_command

    path = directory / FILE_NAME
    path.touch(mode=0o600)
    path.chmod(0o600)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("clearsessions", verbosity=0)
