"""The warehouse's file: opened by one process, read and written through cursors."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from foresail.core.errors import BusyError, ProjectError
from foresail.warehouse import schema
from foresail.warehouse.locking import OF_MEANS, lock
from foresail.warehouse.means import Means
from foresail.warehouse.memory import memory_limit, within_memory
from foresail.warehouse.settings import Settings


def size_of(path: Path) -> int:
    """The bytes of a file; 0 where there is none."""
    return path.stat().st_size if path.exists() else 0


class Warehouse:
    """A DuckDB file that this process owns.

    Its connection is locked: whatever is asked of it, it reads and writes this file alone.

    Every question and every load works on a cursor of its own; DuckDB gives each one consistent
    state. Writers take turns.
    """

    is_export: bool = False
    """Whether it only reads what was exported elsewhere."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        path: Path,
        settings: Settings,
        size: int | None = None,
    ):
        """`size` is that of the file where it is to answer many, else None."""
        self.connection = connection
        self.path = path
        self.settings = settings
        self.means = Means(
            connection, self.limit, is_shared=not settings.warehouse.threads, size=size
        )
        """What DuckDB may use of the machine at this moment."""
        self._writing = threading.Lock()
        self._version = 0
        self._watchers: list[Callable[[], None]] = []

    @classmethod
    def open(cls, directory: Path, settings: Settings, *, for_many: bool = False) -> Warehouse:
        """The warehouse of the project in a directory, made if there is none yet.

        Where it is to answer many at once (`for_many`) questions get along with little memory and,
        if it is small, with one thread each: more would spend a third of their time on each other.

        Errors: `BusyError` when another process holds the file, `ProjectError` when it cannot be
        used.
        """
        path = directory / settings.warehouse.url.removeprefix("duckdb:///")
        spill = path.with_suffix(".tmp")
        config = {**cls.config(settings), "temp_directory": str(spill)}
        size = size_of(path) if for_many else None
        try:
            connection = duckdb.connect(str(path), config=config)
        except duckdb.IOException as error:
            holder = re.search(r"PID (\d+)", str(error))
            if "lock" in str(error).lower():
                who = f"process {holder[1]}" if holder else "another process"
                raise BusyError(f"The warehouse {path} is in use by {who}.") from error
            raise ProjectError(f"The warehouse {path} cannot be opened: {error}") from error
        except duckdb.Error as error:
            raise ProjectError(f"The warehouse {path} cannot be opened: {error}") from error
        # What a process left there that was killed; nobody else has the file open now.
        shutil.rmtree(spill, ignore_errors=True)
        warehouse = cls(connection, path, settings, size)
        warehouse._prepare()
        lock(connection, settable=OF_MEANS if for_many else ())
        return warehouse

    @staticmethod
    def config(settings: Settings) -> dict[str, Any]:
        """How DuckDB is set up for a project."""
        config: dict[str, Any] = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
            "memory_limit": memory_limit(settings.warehouse.memory_limit),
        }
        if settings.warehouse.threads:
            config["threads"] = settings.warehouse.threads
        return config

    def _prepare(self) -> None:
        """Make the tables of a new warehouse; refuse one of a later version."""
        self.connection.execute("set TimeZone = 'UTC'")
        found = self.connection.execute(
            "select count(*) from information_schema.tables"
            " where table_schema = 'meta' and table_name = 'version'"
        ).fetchone()
        if found != (0,):
            version = self.connection.execute("select max(format) from meta.version").fetchone()
            if version and version[0] == schema.FORMAT_VERSION:
                return
            if version and version[0] and version[0] > schema.FORMAT_VERSION:
                self.connection.close()
                raise ProjectError(
                    f"The warehouse {self.path} was made by a later version of Foresail "
                    f"(format {version[0]}). Update Foresail, or load the files into a new project."
                )
        with self.writing() as cursor:
            for statement in schema.statements():
                cursor.execute(statement)

    @property
    def limit(self) -> str:
        """What DuckDB may take of the memory."""
        return memory_limit(self.settings.warehouse.memory_limit)

    @property
    def version(self) -> int:
        """Names the state of the data: a later one has a larger number.

        It is odd while a change is being committed: nobody can say then what a reader sees.
        """
        return self._version

    def watch(self, tell: Callable[[], None]) -> None:
        """Call `tell` after every change from now on, in the thread that made it."""
        if tell not in self._watchers:
            self._watchers.append(tell)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own to the same data, for one thread at a time."""
        cursor = self.connection.cursor()
        cursor.execute("set TimeZone = 'UTC'")
        return cursor

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A transaction: all that is done on the cursor is kept, or, on an error, nothing is.

        Errors: `ProjectError` where the change takes more memory than it may.
        """
        with self._writing, self.means.at_large():
            cursor = self.cursor()
            try:
                cursor.execute("begin transaction")
                try:
                    with within_memory(
                        "This change", "Load less at once", self.limit, ProjectError
                    ):
                        yield cursor
                except BaseException:
                    cursor.execute("rollback")
                    raise
                self._version += 1
                try:
                    cursor.execute("commit")
                finally:
                    self._version += 1
            finally:
                cursor.close()
        for tell in self._watchers:
            tell()

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()
