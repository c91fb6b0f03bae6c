"""What can be brought into a project, and what became of it."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from foresail.core.errors import ProjectError, QuestionError

if TYPE_CHECKING:
    import duckdb

    from foresail.load.guess.steering import Choice, Steered
    from foresail.load.sources import SourceFile
    from foresail.project.results import (
        LoadReport,
        LoadSummary,
        Proposal,
        QuarantinedRow,
        SetAside,
        TableReport,
    )
    from foresail.warehouse import Settings, Warehouse

Progress = Callable[[str, float | None], None]


class Loading(ABC):
    """Loads into the warehouse of a project, their reports, and the rows that were set aside."""

    directory: Path
    settings: Settings
    warehouse: Warehouse
    _is_current: bool

    @abstractmethod
    def _cursor(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A cursor of the warehouse, closed afterwards."""

    def load(
        self,
        *paths: str | Path | SourceFile,
        mapping: str | Path | None = None,
        dry_run: bool = False,
        by: str = "",
        progress: Progress | None = None,
    ) -> LoadReport:
        """Load files into the warehouse, in one transaction, and bring the facts after.

        `by` is put on record as who loaded them.

        Errors: `SourceError` when a file or the mapping cannot be used; then nothing changes.
        """
        from foresail.load.loading import load_files

        if not paths:
            raise QuestionError("No file to load was named.")
        return self._changed(
            partial(
                load_files,
                settings=self.settings,
                paths=[Path(each) if isinstance(each, str) else each for each in paths],
                mapping=Path(mapping) if mapping else None,
                dry_run=dry_run,
                by=by,
            ),
            progress,
        )

    def retry(
        self,
        load: int | None = None,
        *,
        table: str = "",
        reason: str = "",
        mapping: str | Path | None = None,
        dry_run: bool = False,
        by: str = "",
        progress: Progress | None = None,
    ) -> LoadReport:
        """Try rows of the quarantine again: of one load, table, reason, or all of them.

        Those that pass are loaded and leave the quarantine, the others stay. They are read by
        `mapping`, else by the project's mapping of the same name, else as they were.

        Errors: `SourceError` when no row can be tried, or the mapping cannot be used.
        """
        from foresail.load.retrying import Choice, retry_rows
        from foresail.project.mappings import mended

        self._refuse_export("no quarantine")
        return self._changed(
            partial(
                retry_rows,
                settings=self.settings,
                choice=Choice(load, table, reason),
                mended=mended(self.directory, Path(mapping) if mapping else None),
                dry_run=dry_run,
                by=by,
            ),
            progress,
        )

    def _changed(self, change: Callable[..., LoadReport], progress: Progress | None) -> LoadReport:
        """What a change of the data reports: kept whole with its facts, or, as a dry run, not."""
        from foresail.facts.making.refresh import bring_after
        from foresail.warehouse.changes import Changes

        tell, begun = progress or (lambda _text, _done: None), time.monotonic()
        try:
            with self.warehouse.writing() as cursor, Changes(cursor) as changes:
                report = change(cursor, changes=changes, progress=tell)
                if report.dry_run:
                    raise _DryRunDone
                if any(table.accepted or table.updated for table in report.tables):
                    tell("working out the facts", None)
                    # The latest settings, which another project of this warehouse may have brought.
                    bring_after(cursor, self.warehouse.settings, changes)
        except _DryRunDone:
            return report
        if any(table.accepted or table.updated for table in report.tables):
            self._is_current = True
        return replace(report, seconds=time.monotonic() - begun)

    def propose(self, *paths: str | Path) -> Proposal:
        """How files of any kind may become canonical tables, for a mapping to review.

        Errors: `SourceError` when no file can be read, or no table fits any of them.
        """
        from foresail.load.guess import propose

        if not paths:
            raise QuestionError("No file to look at was named.")
        return propose([Path(path) for path in paths], self.settings)

    def steer(
        self,
        files: Sequence[SourceFile],
        choices: Mapping[str, Choice],
        without: Sequence[str] = (),
    ) -> Steered:
        """What files hold, and the mapping of them as somebody chooses it, source by source.

        Errors: `SourceError` when no file can be read.
        """
        from foresail.load.guess.steering import steer

        return steer(files, self.settings, choices, without)

    def loaded(self, load_id: int) -> list[TableReport]:
        """What became of the rows of one load, table by table."""
        from foresail.load.history import counts

        with self._cursor() as cursor:
            return counts(cursor, load_id)

    def loads(self) -> list[LoadSummary]:
        """What was loaded when, newest first."""
        from foresail.load import loads

        with self._cursor() as cursor:
            return list(loads(cursor))

    def quarantine(
        self,
        load: int | None = None,
        limit: int | None = None,
        *,
        table: str = "",
        reason: str = "",
    ) -> list[QuarantinedRow]:
        """The rows that were set aside, each with its reason."""
        from foresail.load import quarantined

        self._refuse_export("no quarantine")
        with self._cursor() as cursor:
            return list(quarantined(cursor, load, limit, table, reason))

    def set_aside(self) -> list[SetAside]:
        """How many rows wait in quarantine, by load, table, file and reason."""
        from foresail.load.history import set_aside

        self._refuse_export("no quarantine")
        with self._cursor() as cursor:
            return set_aside(cursor)

    def _refuse_export(self, lacking: str) -> None:
        if self.warehouse.is_export:
            raise ProjectError(
                f"{self.directory} is an export, which holds {lacking}. "
                "Ask the project that it was made of."
            )


class _DryRunDone(Exception):
    """Ends the transaction of a dry run, so that nothing is kept."""
