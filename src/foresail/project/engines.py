"""Which engine answers the questions of a project."""

from __future__ import annotations

from pathlib import Path

from foresail.core.errors import ProjectError
from foresail.engine.runner import DuckDBRunner, Runner
from foresail.warehouse import Settings, Warehouse
from foresail.warehouse.export import manifest_of
from foresail.warehouse.exported import ExportedWarehouse


def warehouse_of(folder: Path, settings: Settings, *, for_many: bool = False) -> Warehouse:
    """The warehouse in a project's folder, or the export that the folder holds.

    With `for_many` it is set up to answer many questions at once.

    Errors: `BusyError` when another process holds it, `ProjectError` when it cannot be used.
    """
    if manifest_of(folder) is not None:
        return ExportedWarehouse.open(folder, settings)
    return Warehouse.open(folder, settings, for_many=for_many)


def runner_of(engine: str, folder: Path) -> Runner:
    """What runs the questions put to the project in a folder: `duckdb`, `spark` or `spark://...`.

    Errors: `ProjectError` when that engine cannot read what the folder holds, or does not start.
    """
    if engine == "duckdb":
        return DuckDBRunner()
    if engine != "spark" and not engine.startswith("spark://"):
        raise ProjectError(
            f"Questions cannot run on {engine}. Write duckdb, spark or spark://HOST:PORT; "
            "foresail explain --engine gives the SQL for other engines."
        )
    if manifest_of(folder) is None:
        raise ProjectError(
            f"Spark reads an export, and {folder} is the project itself. "
            "Export it: foresail export DIR, and ask there: --project DIR --engine spark"
        )
    from foresail.engine.spark import SparkRunner

    return SparkRunner(folder, "" if engine == "spark" else engine)
