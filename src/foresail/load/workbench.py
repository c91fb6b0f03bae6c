"""The engine of one load: it holds this load's files, and nothing else of the machine.

Files are read and typed here, apart from the warehouse: a file that breaks cannot break the
caller's transaction, and the SQL of a mapping finds nothing but the load's own rows.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from foresail.core.errors import SourceError
from foresail.load.mapping import FileOptions
from foresail.load.names import ROW_NUMBER
from foresail.load.sources import SourceFile
from foresail.warehouse import Settings
from foresail.warehouse.locking import lock

if TYPE_CHECKING:
    import pyarrow

MEMORY = "2GB"
"""What a load takes of the memory where the project sets no limit; the rest goes to disk."""


@dataclass(frozen=True)
class Staged:
    """A file's rows in the workbench.

    `broken` names the table of the lines that are no rows, `numbers` the one that gives each row
    its number in the file; both are empty where no line is broken.
    """

    file: SourceFile
    table: str
    columns: tuple[str, ...]
    numbers: str = ""
    broken: str = ""

    @property
    def rows(self) -> str:
        """A query for all rows, each with its number in the file."""
        if not self.numbers:
            return f'select rowid + 1 as "{ROW_NUMBER}", * from {self.table}'
        return (
            f'select n.row_number as "{ROW_NUMBER}", r.* from {self.table} r '
            f"join {self.numbers} n on n.position = r.rowid"
        )


@dataclass
class Workbench:
    """An in-memory DuckDB with a folder for what has to be unpacked."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    seconds: int
    staged: dict[tuple[SourceFile, FileOptions], Staged] = field(default_factory=dict)
    _numbers: int = 0

    def number(self) -> int:
        """A number that was not used before, for names of tables and files."""
        self._numbers += 1
        return self._numbers

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> duckdb.DuckDBPyConnection:
        """Run one statement."""
        return self.connection.execute(sql, parameters)

    def value(self, sql: str) -> Any:
        """The one value that a query gives."""
        row = self.execute(sql).fetchone()
        assert row is not None
        return row[0]

    def keep(self, name: str, rows: pyarrow.Table) -> None:
        """Make a table of rows that Python has."""
        self.connection.register("rows_to_keep", rows)
        self.execute(f"create table {name} as select * from rows_to_keep")
        self.connection.unregister("rows_to_keep")

    def lock(self, readable: Sequence[Path] = ()) -> None:
        """From now on no file can be read but these, whatever is asked."""
        lock(self.connection, [self.folder, *readable] if readable else ())

    @contextmanager
    def limited(self, what: str) -> Iterator[None]:
        """What is worked out inside ends when it has taken the time that settings allow.

        Errors: `SourceError` when it was ended, with `what` was worked out.
        """
        clock = threading.Timer(self.seconds, self.connection.interrupt)
        clock.start()
        try:
            yield
        except duckdb.InterruptException as error:
            raise SourceError(
                f"{what} takes longer than {self.seconds} seconds, and was ended. Make it simpler, "
                "or allow more in the settings: loading.seconds."
            ) from error
        finally:
            clock.cancel()


@contextmanager
def workbench(settings: Settings) -> Iterator[Workbench]:
    """A workbench for one load, gone afterwards with all it held."""
    with tempfile.TemporaryDirectory(prefix="foresail-load-") as name:
        config: dict[str, Any] = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
            # It would move a cast that TRY() guards to where nothing guards it.
            "disabled_optimizers": "common_subexpressions",
            "arrow_output_version": "1.4",
            "produce_arrow_string_view": "true",
            "temp_directory": str(Path(name, "spill")),
        }
        config["memory_limit"] = settings.warehouse.memory_limit or MEMORY
        if settings.warehouse.threads:
            config["threads"] = settings.warehouse.threads
        connection = duckdb.connect(":memory:", config=config)
        try:
            connection.execute("set TimeZone = 'UTC'")
            yield Workbench(connection, Path(name), settings.loading.seconds)
        finally:
            connection.close()
