"""An export opened as a warehouse."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from foresail.core.errors import ProjectError
from foresail.warehouse.export import BESIDE, FORMAT, file_of, files, manifest_of
from foresail.warehouse.locking import lock
from foresail.warehouse.settings import Settings
from foresail.warehouse.store import Warehouse


class ExportedWarehouse(Warehouse):
    """An export that is read as the warehouse was; nothing can be loaded into it.

    Any number of processes may read one export at the same time.
    """

    is_export = True

    @classmethod
    def open(
        cls, directory: Path, settings: Settings, *, for_many: bool = False
    ) -> ExportedWarehouse:
        """The export in a directory: its facts stay files, the small rest is read into memory.

        It is set up the same for one and `for_many`.

        Errors: `ProjectError` when it is none, or one that cannot be read.
        """
        del for_many
        manifest = manifest_of(directory)
        if manifest is None or manifest.format != FORMAT:
            raise ProjectError(
                f"{directory} holds no export that this version of Foresail reads. "
                "Export the project anew."
            )
        spill = Path(tempfile.gettempdir()) / f"foresail-{os.getpid()}"
        config = {**cls.config(settings), "temp_directory": str(spill)}
        connection = duckdb.connect(":memory:", config=config)
        warehouse = cls(connection, directory, settings)
        for schema in {name.partition(".")[0] for name in manifest.tables}:
            connection.execute(f"create schema {schema}")
        try:
            for name in manifest.tables:
                path = files(file_of(directory, name))
                kind = "table" if name in BESIDE else "view"
                connection.execute(f"create {kind} {name} as select * from read_parquet({path})")
        except duckdb.Error as error:
            connection.close()
            raise ProjectError(
                f"The export {directory} is damaged: {error}. Export the project anew."
            ) from error
        lock(connection, readable=[directory])
        return warehouse

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Refuse to change anything. Errors: `ProjectError`, always."""
        raise ProjectError(
            f"{self.path} is an export and cannot be changed. Load into the project that it was "
            "made of, and export that anew."
        )
        yield
