"""Which engine answers the questions of a project."""

from __future__ import annotations

from pathlib import Path

from foresail.core.errors import ProjectError
from foresail.engine.runner import DuckDBRunner, ExportRunner, Runner
from foresail.warehouse import Settings, Warehouse
from foresail.warehouse.export import manifest_of
from foresail.warehouse.exported import ExportedWarehouse
from foresail.warehouse.sections import WarehouseSettings


def warehouse_of(folder: Path, settings: Settings, *, for_many: bool = False) -> Warehouse:
    """The warehouse in a project's folder, or the export that the folder holds.

    With `for_many` it is set up to answer many questions at once.

    Errors: `BusyError` when another process holds it, `ProjectError` when it cannot be used.
    """
    if manifest_of(folder) is not None:
        return ExportedWarehouse.open(folder, settings)
    return Warehouse.open(folder, settings, for_many=for_many)


def engine_of(engine: str | None, settings: WarehouseSettings, folder: Path) -> str:
    """What is to answer the questions put to the project in a folder, by its name.

    Where no `engine` is asked for, the settings name what answers from exports; the project itself
    is answered by DuckDB, which holds it.

    Errors: `ProjectError` when that engine cannot read what the folder holds.
    """
    is_export = manifest_of(folder) is not None
    chosen = engine or (settings.engine if is_export else "duckdb")
    if chosen == "duckdb":
        return chosen
    if chosen != "spark" and not chosen.startswith("spark://"):
        raise ProjectError(
            f"Questions cannot run on {chosen}. Write duckdb, spark or spark://HOST:PORT; "
            "foresail explain --engine gives the SQL for other engines."
        )
    if not is_export:
        raise ProjectError(
            f"Spark reads an export, and {folder} is the project itself. "
            "Export it: foresail export DIR, and ask there: --project DIR --engine spark"
        )
    return chosen


def runner_of(engine: str | None, settings: WarehouseSettings, folder: Path) -> Runner:
    """What runs the questions put to the project in a folder: `duckdb`, `spark` or `spark://...`.

    Errors: `ProjectError` when that engine cannot read what the folder holds, or does not start.
    """
    chosen = engine_of(engine, settings, folder)
    if chosen == "duckdb":
        return DuckDBRunner() if manifest_of(folder) is None else ExportRunner()
    from foresail.engine.spark import SparkRunner

    return SparkRunner(folder, "" if chosen == "spark" else chosen, settings.spark)
