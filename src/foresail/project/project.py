"""A project: a folder with settings and a warehouse, and everything one can ask of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from foresail.core.errors import BusyError, DefinitionError, ProjectError
from foresail.core.scope import EVERYTHING, Scope
from foresail.engine.plans import Plans
from foresail.engine.runner import DuckDBRunner, Runner
from foresail.engine.sessions import Sessions
from foresail.project.engines import runner_of, warehouse_of
from foresail.project.loading import Loading
from foresail.project.names import Names, listed, lists
from foresail.project.questions import Questions
from foresail.project.remembering import Remembered
from foresail.project.remote import RemoteProject, connect
from foresail.warehouse import Settings, Warehouse
from foresail.warehouse.settings import FILE_NAME
from foresail.warehouse.template import TEMPLATE

if TYPE_CHECKING:
    import pyarrow

    from foresail.catalogue.catalogue import Catalogue
    from foresail.project.reading import Reader
    from foresail.project.results import (
        ExportReport,
        Health,
        RefreshReport,
        Table,
    )
    from foresail.project.scoped import ScopedProject

POLL_SECONDS = 0.1
DATA_KEPT = 4096
ANSWERS_KEPT = 64 * 2**20
"""How many bytes the answers may take that are kept until the data change."""
LARGEST_KEPT = ANSWERS_KEPT // 16


class Project(Questions, Loading):
    """A project whose warehouse this process holds. Safe to use from many threads at once."""

    scope = EVERYTHING

    def __init__(
        self,
        directory: Path,
        settings: Settings,
        warehouse: Warehouse,
        runner: Runner | None = None,
        sessions: Sessions | None = None,
        *,
        is_from_facts: bool = False,
    ):
        self.directory = directory
        self.settings = settings
        self.warehouse = warehouse
        self.catalogue = self._catalogue()
        self.runner = runner or DuckDBRunner()
        self._sessions = sessions or Sessions(warehouse, _schemas)
        self._plans = Plans()
        self._data = Remembered(DATA_KEPT)
        self._answers = Remembered(ANSWERS_KEPT, size_of)
        self._is_from_facts = is_from_facts
        self._is_current = False
        self._making = threading.Lock()

    @classmethod
    def open(
        cls,
        directory: str | Path = ".",
        *,
        engine: str | None = None,
        wait: float = 30.0,
        on_wait: Callable[[str], None] | None = None,
        for_many: bool = False,
    ) -> Project | RemoteProject:
        """The project in a directory, in this process or in the one that holds the warehouse.

        The directory may hold an export as well: `engine` says what answers from it, `duckdb`,
        `spark` or `spark://HOST:PORT`; without it the settings do.

        While another process holds it without answering for it (a load, say), this waits up to
        `wait` seconds, and tells `on_wait` so once. Whoever serves it to many people says so
        (`for_many`).

        Errors: `ProjectError` when there is no project, `BusyError` when the wait was in vain.
        """
        folder = Path(directory).resolve()
        settings = Settings.read(folder)
        runner = runner_of(engine, settings.warehouse, folder)
        deadline = time.monotonic() + wait
        while True:
            try:
                warehouse = _warehouse(folder, settings, for_many=for_many)
                return cls(folder, settings, warehouse, runner)
            except BusyError as error:
                owner = connect(folder)
                if owner is not None:
                    return owner
                if time.monotonic() >= deadline:
                    raise BusyError(
                        f"{error} Wait until it has finished, or end that process."
                    ) from error
                if on_wait:
                    on_wait(f"{error} Waiting for it to finish.")
                    on_wait = None
                time.sleep(POLL_SECONDS)

    @classmethod
    def init(cls, directory: str | Path, name: str | None = None) -> Path:
        """Make a project in a directory: its settings and an empty warehouse.

        Errors: `ProjectError` when there is one already.
        """
        folder = Path(directory).resolve()
        path = folder / FILE_NAME
        if path.exists():
            raise ProjectError(f"{folder} already holds a project: {path} exists.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            title = (name or folder.name or "My organisation").replace("\\", "").replace('"', "")
            path.write_text(TEMPLATE.replace("{name}", title), encoding="utf-8")
        except OSError as error:
            raise ProjectError(f"No project can be made in {folder}: {error.strerror}.") from error
        Warehouse.open(folder, Settings.read(folder)).close()
        return path

    def with_settings(self, settings: Settings) -> Project:
        """The same data by other settings: a project that shares the warehouse with this one.

        Errors: `ProjectError` when the settings declare KPIs that cannot be.
        """
        from foresail.catalogue.own import catalogue_of

        try:
            catalogue_of(settings)
        except DefinitionError as error:
            raise ProjectError(f"{self.directory / FILE_NAME}: {error}") from error
        return self._beside(settings, is_from_facts=self._is_from_facts)

    def from_facts(self) -> Project:
        """The same data, asked without the sums that were made beforehand."""
        return self._beside(self.settings, is_from_facts=True)

    def _beside(self, settings: Settings, *, is_from_facts: bool) -> Project:
        """Another project of this warehouse."""
        return Project(
            self.directory,
            settings,
            self.warehouse,
            self.runner,
            self._sessions,
            is_from_facts=is_from_facts,
        )

    @property
    def _has_rollups(self) -> bool:
        """Whether sums that were made beforehand may answer: they are kept where facts are made."""
        return not (self._is_from_facts or self.warehouse.is_export)

    @property
    def is_current(self) -> bool:
        """Whether the facts fit the settings, so that questions are answered at once."""
        from foresail.facts.making.fitting import is_current

        with self._cursor() as cursor:
            return is_current(cursor, self.settings)

    def _catalogue(self) -> Catalogue:
        """The KPIs as the settings have them; the warehouse is let go where they are wrong."""
        from foresail.catalogue.own import catalogue_of

        try:
            return catalogue_of(self.settings)
        except DefinitionError as error:
            self.warehouse.close()
            raise ProjectError(f"{self.directory / FILE_NAME}: {error}") from error

    def make_current(self) -> None:
        """See to it that the facts fit the settings and declarations, before anything is asked."""
        from foresail.facts.making.fitting import is_current

        with self._making:
            if self._is_current:
                return
            with self._cursor() as cursor:
                fits = is_current(cursor, self.settings)
            if not fits and self.warehouse.is_export:
                raise ProjectError(
                    f"The export {self.directory} was made with other settings, or by another "
                    "version of Foresail. Export the project anew."
                )
            if not fits:
                from foresail.facts.making.refresh import refresh

                with self.warehouse.writing() as cursor:
                    refresh(cursor, self.settings)
                    self.warehouse.settings = self.settings
            self._is_current = True

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self.warehouse.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    @contextmanager
    def _reader(self) -> Iterator[Reader]:
        """A reader that sees one consistent state, whatever is loaded meanwhile."""
        from foresail.project.data import Data
        from foresail.project.reading import Reader

        self.make_current()
        with self._sessions.reading() as session:
            data = Data(session, self._data, has_rollups=self._has_rollups)
            yield Reader(data, self._plans, self.runner)

    @property
    def _project(self) -> Project:
        return self

    def scoped(self, scope: Scope) -> ScopedProject:
        """The project as somebody with that scope sees it: what pages and the API ask."""
        from foresail.project.scoped import ScopedProject

        return ScopedProject(self, scope)

    def health(self) -> Health:
        """Which data are there, which KPIs they answer safely, and what looks wrong in them.

        The same data are examined once in an hour.
        """
        from foresail.health.examine import examine
        from foresail.project.asking import instant

        self._refuse_export("none of the records that health looks at")
        with self._reader() as reader:
            missing = reader.data.missing(self.catalogue)
            as_of = instant(None, self.settings)
            kpis = self.catalogue.kpis.values()
            return self._data.get(
                reader.data.version,
                ("health", as_of.replace(minute=0, second=0, microsecond=0)),
                lambda: examine(reader.cursor, self.settings, as_of, kpis, missing),
            )

    def finding(self, check: str, limit: int | None = None) -> pyarrow.Table:
        """The rows of a table that look wrong in one way, with the columns that say something.

        Errors: `QuestionError` when there is no such check.
        """
        from foresail.health.examine import rows_found
        from foresail.project.asking import instant

        self._refuse_export("none of the records that health looks at")
        with self._reader() as reader:
            as_of = instant(None, self.settings)
            return rows_found(reader.cursor, self.settings, as_of, check, limit)

    def refresh(self) -> RefreshReport:
        """Make the facts and their rollups anew from what was loaded.

        Errors: `ProjectError` for an export.
        """
        from foresail.project.refreshing import refreshed

        self._refuse_export("nothing that facts are made of")
        report = refreshed(self.warehouse, self.settings)
        self._is_current = True
        return report

    def export(
        self, directory: str | Path, *, records: bool = False, facts: bool = True
    ) -> ExportReport:
        """Write the facts as Parquet files into a directory, for any engine to read.

        With `records`, the canonical tables as well, so that Spark can make the facts of them:
        everything that was loaded, personal data too. With records and without `facts`, those that
        are there stay as they are, until Spark brings them after the records.
        An earlier export there is replaced; whatever happens, nothing half done is left.

        Errors: `ProjectError` when the directory holds anything else, or cannot be written.
        """
        from foresail.facts.making.fitting import fingerprint
        from foresail.project.exporting import export

        if not (records or facts):
            raise ProjectError("There is nothing to export without records and facts.")
        if records:
            self._refuse_export("no records")
        with self._reader() as reader:
            return export(
                reader.cursor,
                Path(directory).absolute(),
                self.directory,
                self.settings,
                fingerprint(self.settings),
                records=records,
                facts=facts,
            )

    def expression(
        self,
        *kpis: str,
        by: Names = (),
        grain: str | None = None,
        period: str | None = None,
        compare: str | None = None,
        where: Mapping[str, Sequence[str]] | None = None,
        as_of: str | None = None,
    ) -> Any:
        """The question as an Ibis table, bound to the warehouse: not run yet, to be built upon.

        Its columns are those of the answer, without intervals and changes: KPIs by their names,
        parts as `<kpi>.<part>`, `<kpi>.before`, `period`; reps and managers by their ids.
        `.to_pyarrow()`, `.to_pandas()` and `.to_polars()` run it, while the project is open. It
        sees what is loaded at that moment.

        Errors: `QuestionError` as for `ask`.
        """
        from foresail.engine.dialects import DUCKDB
        from foresail.project.asking import Words, resolve
        from foresail.project.expressing import expression_of

        words = Words(kpis, listed(by), grain, period, compare, lists(where), as_of)
        with self._reader() as reader:
            asked = resolve(reader.data, self.settings, self.catalogue, words)
            plan = reader.plan(asked.question, DUCKDB)
        return expression_of(self._lent, asked, plan)

    @cached_property
    def _lent(self) -> Any:
        """The warehouse as Ibis sees it, for expressions that are run when their owner likes."""
        import ibis

        return ibis.duckdb.from_connection(self.warehouse.cursor())

    def __repr__(self) -> str:
        return f"<Project {self.settings.name!r} in {self.directory}>"

    def _repr_html_(self) -> str:
        from foresail.project.show.notebook import project_html

        hidden = f", {len(self.catalogue.hidden)} hidden" if self.catalogue.hidden else ""
        own = f", {len(self.settings.kpi)} of your own" if self.settings.kpi else ""
        loads = self.loads()
        last = f", the last at {loads[0].finished_at:%Y-%m-%d %H:%M} UTC" if loads else ""
        facts = [
            ("Folder", str(self.directory)),
            ("Currency", self.settings.currency),
            ("Time zone", self.settings.zone),
            ("KPIs", f"{len(self.catalogue.kpis)}{own}{hidden}"),
            ("Loads", f"{len(loads)}{last}"),
        ]
        return project_html(facts, self.settings.name)

    def close(self) -> None:
        """Let go of the warehouse; expressions cannot be run any more."""
        if "_lent" in self.__dict__:
            self._lent.disconnect()
        self._sessions.close()
        self.warehouse.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _warehouse(folder: Path, settings: Settings, *, for_many: bool) -> Warehouse:
    """The warehouse of a project; while DuckDB reads its file, Python imports what comes next."""
    with ThreadPoolExecutor(1) as beside:
        opening = beside.submit(warehouse_of, folder, settings, for_many=for_many)
        for name in ("foresail.catalogue.own", "pyarrow"):
            import_module(name)
        return opening.result()


def _schemas() -> Mapping[str, pyarrow.Schema]:
    """The tables that questions bring, looked up once something is asked."""
    from foresail.project.asked import SCHEMAS

    return SCHEMAS


def size_of(answer: Table) -> int:
    """About how many bytes an answer takes; a large one counts as more than may be kept.

    It would push out many that are asked for more often.
    """
    size: int = answer.table.nbytes + 1024 * len(answer.columns)
    return size if size <= LARGEST_KEPT else ANSWERS_KEPT + 1
