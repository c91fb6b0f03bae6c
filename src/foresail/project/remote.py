"""The caller's side of the hand-over: a project that another process holds.

Nothing heavy is imported: a command that only hands over its question starts at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self

from foresail import __version__
from foresail.core import errors
from foresail.core.errors import BusyError, ForesailError, ProjectError
from foresail.project import wire
from foresail.project.notice import LOOPBACK, Owner

if TYPE_CHECKING:
    from foresail.load.report import LoadReport
    from foresail.project.results import (
        Answer,
        Explanation,
        ExportReport,
        Health,
        Kpis,
        LoadSummary,
        QuarantinedRow,
        Records,
        RefreshReport,
        SetAside,
        Waterfall,
    )
    from foresail.warehouse.settings import Settings

CONNECT_SECONDS = 5


def connect(directory: Path | str) -> RemoteProject | None:
    """The project as its owner answers for it, or None where no owner answers.

    Errors: `BusyError` when the owner runs another version.
    """
    folder = Path(directory).absolute()
    owner = Owner.read(folder)
    if owner is None:
        return None
    project = RemoteProject(folder, owner)
    try:
        hello = project.call("hello", seconds=CONNECT_SECONDS)
    except ForesailError:
        return None
    if hello["version"] != __version__:
        raise BusyError(
            f"The warehouse is held by process {owner.pid}, which runs Foresail "
            f"{hello['version']}, and this is {__version__}. End that process and start it anew."
        )
    return project


class RemoteProject:
    """A project whose every question is answered by the process that holds its warehouse."""

    def __init__(self, directory: Path, owner: Owner):
        self.directory = directory
        self.owner = owner

    @classmethod
    def connect(cls, directory: Path | str) -> RemoteProject | None:
        """The project as its owner answers for it, or None where no owner answers."""
        return connect(directory)

    @cached_property
    def settings(self) -> Settings:
        """The project's settings, as its file says."""
        from foresail.warehouse.settings import Settings

        return Settings.read(self.directory)

    def ask(
        self,
        *kpis: str,
        by: str | Sequence[str] = (),
        grain: str | None = None,
        period: str | None = None,
        compare: str | None = None,
        where: Mapping[str, Sequence[str]] | None = None,
        as_of: str | None = None,
        order: str | None = None,
        limit: int | None = None,
        totals: bool = False,
    ) -> Answer:
        """The answer to a question."""
        arguments = {key: each for key, each in locals().items() if key != "self"}
        answer: Answer = self.call("ask", **arguments)
        return answer

    def records(
        self,
        kpi: str,
        *,
        part: str | None = None,
        by: str | Sequence[str] = (),
        grain: str | None = None,
        period: str | None = None,
        compare: str | None = None,
        where: Mapping[str, Sequence[str]] | None = None,
        as_of: str | None = None,
        order: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Records:
        """The records behind a number."""
        arguments = {key: each for key, each in locals().items() if key != "self"}
        records: Records = self.call("records", **arguments)
        return records

    def waterfall(
        self,
        *,
        by: str | Sequence[str] = (),
        period: str | None = None,
        due: bool = False,
        where: Mapping[str, Sequence[str]] | None = None,
        as_of: str | None = None,
    ) -> Waterfall:
        """How the open value of one day became that of another."""
        arguments = {key: each for key, each in locals().items() if key != "self"}
        waterfall: Waterfall = self.call("waterfall", **arguments)
        return waterfall

    def waterfall_records(
        self,
        flow: str,
        *,
        period: str | None = None,
        due: bool = False,
        where: Mapping[str, Sequence[str]] | None = None,
        as_of: str | None = None,
    ) -> Records:
        """The deals behind one step of the waterfall."""
        arguments = {key: each for key, each in locals().items() if key != "self"}
        records: Records = self.call("waterfall_records", **arguments)
        return records

    def explain(
        self,
        kpi: str,
        *,
        by: str | Sequence[str] = (),
        grain: str | None = None,
        period: str | None = None,
        compare: str | None = None,
        where: Mapping[str, Sequence[str]] | None = None,
        as_of: str | None = None,
        engine: str | None = None,
        with_plan: bool = False,
    ) -> Explanation:
        """How a number is made."""
        arguments = {key: each for key, each in locals().items() if key != "self"}
        explanation: Explanation = self.call("explain", **arguments)
        return explanation

    def kpis(self, theme: str | None = None, demand: str | None = None) -> Kpis:
        """The catalogue, and what this project's data lacks for it."""
        from foresail.project.results import Kpis

        return Kpis(self.call("kpis", theme=theme, demand=demand))

    def health(self) -> Health:
        """Which data are there, which KPIs they answer safely, and what looks wrong in them."""
        health: Health = self.call("health")
        return health

    def load(
        self,
        *paths: str | Path,
        mapping: str | Path | None = None,
        dry_run: bool = False,
        by: str = "",
        progress: Callable[[str, float | None], None] | None = None,
    ) -> LoadReport:
        """Load files; how far the owner is with it is not known here."""
        if progress:
            progress(f"Loading, done by process {self.owner.pid}", None)
        report: LoadReport = self.call(
            "load",
            mapping=None if mapping is None else str(Path(mapping).absolute()),
            dry_run=dry_run,
            by=by,
            paths=[str(Path(each).absolute()) for each in paths],
        )
        return report

    def export(
        self, directory: str | Path, *, records: bool = False, facts: bool = True
    ) -> ExportReport:
        """Write the facts as Parquet files, and the records where they are asked for."""
        folder = str(Path(directory).absolute())
        report: ExportReport = self.call("export", directory=folder, records=records, facts=facts)
        return report

    def refresh(self) -> RefreshReport:
        """Make the facts and their rollups anew."""
        report: RefreshReport = self.call("refresh")
        return report

    def loads(self) -> list[LoadSummary]:
        """What was loaded when."""
        loads: list[LoadSummary] = self.call("loads")
        return loads

    def quarantine(
        self,
        load: int | None = None,
        limit: int | None = None,
        *,
        table: str = "",
        reason: str = "",
    ) -> list[QuarantinedRow]:
        """The rows set aside."""
        arguments = {key: each for key, each in locals().items() if key != "self"}
        rows: list[QuarantinedRow] = self.call("quarantine", **arguments)
        return rows

    def set_aside(self) -> list[SetAside]:
        """How many rows wait in quarantine, and why."""
        found: list[SetAside] = self.call("set_aside")
        return found

    def retry(
        self,
        load: int | None = None,
        *,
        table: str = "",
        reason: str = "",
        mapping: str | Path | None = None,
        dry_run: bool = False,
        by: str = "",
        progress: Callable[[str, float | None], None] | None = None,
    ) -> LoadReport:
        """Try rows of the quarantine again; how far the owner is with it is not known here."""
        if progress:
            progress(f"Trying again, done by process {self.owner.pid}", None)
        report: LoadReport = self.call(
            "retry",
            load=load,
            table=table,
            reason=reason,
            mapping=None if mapping is None else str(Path(mapping).absolute()),
            dry_run=dry_run,
            by=by,
        )
        return report

    def expression(self, *kpis: str, **question: Any) -> NoReturn:  # noqa: ARG002
        """No Ibis table: only the process that holds the warehouse has one.

        Errors: `ProjectError` says what to do instead.
        """
        raise ProjectError(
            f"An Ibis table needs the warehouse itself, which process {self.owner.pid} holds. End "
            "that process and open the project again, or take the rows from .ask() or the SQL from "
            ".explain()."
        )

    def __repr__(self) -> str:
        return f"<Project in {self.directory}, held by process {self.owner.pid}>"

    def close(self) -> None:
        """Nothing to let go of: the owner holds the warehouse."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def call(self, method: str, *, seconds: float | None = None, **arguments: Any) -> Any:
        """What the owner's method of that name gives.

        Errors: the owner's own, of the same class; `ProjectError` when the owner does not answer.
        """
        import http.client

        connection = http.client.HTTPConnection(LOOPBACK, self.owner.port, timeout=seconds)
        try:
            connection.request(
                "POST",
                "/call",
                json.dumps({"method": method, "kwargs": wire.plain(arguments)}),
                {"Authorization": self.owner.proof, "Content-Type": wire.JSON_TYPE},
            )
            response = connection.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise ProjectError(
                f"Process {self.owner.pid}, which holds the warehouse, does not answer. "
                "Try again; a load that it had not finished has changed nothing."
            ) from error
        finally:
            connection.close()
        if response.status != 200:
            _raise(body)
        return wire.decoded(response.headers.get_content_type(), body)


def _raise(body: bytes) -> NoReturn:
    """Raise the error that the owner answered with."""
    try:
        found = json.loads(body)
        name, message = str(found["error"]), str(found["message"])
    except (ValueError, TypeError, KeyError):
        raise ProjectError(
            "What answered in place of the warehouse's owner is no Foresail."
        ) from None
    kind = getattr(errors, name, None)
    if isinstance(kind, type) and issubclass(kind, ForesailError):
        raise kind(message)
    raise ProjectError(message)
