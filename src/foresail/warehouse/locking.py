"""Connections that reach nothing but the data they hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

# What Ibis sets anew on every connection that it is given.
STILL_SET = ("TimeZone", "python_enable_replacements")


# What may be set anew while many are answered (`means.py`).
OF_MEANS = ("memory_limit", "threads")


def lock(
    connection: duckdb.DuckDBPyConnection,
    readable: Sequence[Path] = (),
    settable: Sequence[str] = (),
) -> None:
    """From now on no statement reads or writes files, reaches the net or loads an extension.

    It holds for all cursors of the connection, and cannot be taken back. The files and folders in
    `readable` can still be used, and the `settable` settings set.
    """
    folders = [str(path) for path in readable if path.is_dir()]
    files = [str(path) for path in readable if not path.is_dir()]
    connection.execute("set allowed_directories = $1", [folders])
    connection.execute("set allowed_paths = $1", [files])
    connection.execute("set enable_external_access = false")
    connection.execute("set allowed_configs = $1", [[*STILL_SET, *settable]])
    connection.execute("set lock_configuration = true")
