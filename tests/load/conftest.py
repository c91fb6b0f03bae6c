"""A project in a folder of its own, with files written by the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foresail.load import LoadReport, TableReport, load_files, quarantined
from foresail.warehouse import Settings, Warehouse
from foresail.warehouse.changes import Changes


class Project:
    """A warehouse, and a folder of files to load into it."""

    def __init__(self, folder: Path, zone: str = "Europe/Berlin") -> None:
        self.files = folder / "files"
        self.files.mkdir()
        self.settings = Settings(zone=zone)
        self.warehouse = Warehouse.open(folder, self.settings)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def load(self, *names: str, mapping: str = "", dry_run: bool = False) -> LoadReport:
        paths = [self.files / name for name in names] or [self.files]
        toml = self.files.parent / "mapping.toml"
        toml.write_text(mapping, encoding="utf-8")
        with self.warehouse.writing() as cursor, Changes(cursor) as changes:
            return load_files(
                cursor,
                self.settings,
                paths,
                changes,
                mapping=toml if mapping else None,
                dry_run=dry_run,
            )

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        cursor = self.warehouse.cursor()
        try:
            return cursor.execute(sql).fetchall()
        finally:
            cursor.close()

    def column(self, table: str, column: str) -> list[Any]:
        return [row[0] for row in self.rows(f"select {column} from canonical.{table} order by 1")]

    def reasons(self) -> list[str]:
        return [row.reason for row in quarantined(self.warehouse.cursor())]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project(tmp_path)
    yield made
    made.warehouse.close()


def counts(report: LoadReport | TableReport) -> tuple[int, ...]:
    """Read, accepted, updated, unchanged, quarantined of the only table."""
    table = report.tables[0] if isinstance(report, LoadReport) else report
    return (table.read, table.accepted, table.updated, table.unchanged, table.quarantined)
