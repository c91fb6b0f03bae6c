"""Questions run on Spark, from exported facts."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet

from foresail.core.errors import ProjectError
from foresail.engine.asked import days_of
from foresail.engine.dialects import DAYS, SPARK
from foresail.engine.sessions import Session

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

EXACT = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
}
"""What an answer depends on, so that a cluster's own settings cannot change a number."""

QUIET = {
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
"""Spark says what goes wrong, and nothing else."""

PARTS = "spark.sql.shuffle.partitions"


class SparkRunner:
    """Runs on Spark: on the cluster that a master names, else as Spark's own settings say.

    Where they say nothing, Spark runs on all cores of this machine. Each question has a session of
    its own, so that questions may run at the same time. `settings` are Spark's, by their names.
    """

    dialect = SPARK

    def __init__(self, folder: Path, master: str = "", settings: Mapping[str, str] | None = None):
        self.folder = folder
        self.settings = {**(settings or {})}
        self.spark = started(master, self.settings)

    def run(
        self,
        session: Session,
        sql: str,
        asked: Mapping[str, pa.Table],
    ) -> pa.Table:
        """The query's result; `session` is not needed, the facts are files.

        A query that brings its windows itself, as one that was shown, brings their days too.

        Errors: `ProjectError` when Spark fails.
        """
        del session
        from pyspark.errors import PySparkException

        try:
            spark = self.session()
            for name, path in self._files.items():
                if f"`{name}`" in sql:
                    read(spark, path).createOrReplaceTempView(name)
            windows = asked.get("asked_window") if DAYS in sql else None
            days = {} if windows is None else {DAYS: days_of(windows)}
            for name, table in {**asked, **days}.items():
                spark.createDataFrame(table).createOrReplaceTempView(name)
            return spark.sql(sql).toArrow()
        except PySparkException as error:
            raise ProjectError(f"Spark could not answer: {first_line(error)}") from error

    def session(self) -> SparkSession:
        """A session of its own, set so that no number depends on other settings."""
        session = self.spark.newSession()
        for name, value in EXACT.items():
            session.conf.set(name, value)
        context = session.sparkContext
        if context.master.startswith("local") and PARTS not in self.settings:
            session.conf.set(PARTS, str(context.defaultParallelism))
        return session

    @cached_property
    def _files(self) -> dict[str, Path]:
        return {path.stem: path for path in (self.folder / "fact").glob("*.parquet")}


def read(session: SparkSession, *paths: Path) -> DataFrame:
    """The table in some files, or in the files of a folder, with the columns that these have.

    They are found without a job; instants have no zone.

    Errors: `ProjectError` when there is none.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    path = paths[0]
    first = path if path.is_file() else next(path.rglob("*.parquet"), None)
    if first is None:
        raise ProjectError(f"{path} holds no Parquet file. Export the project anew.")
    columns = pyarrow.parquet.read_schema(first)
    kinds = from_arrow_schema(columns, prefer_timestamp_ntz=True)
    places = [address(each) for each in paths]
    return session.read.schema(kinds).parquet(*places).select(*columns.names)


def address(path: Path) -> str:
    """What Spark calls a file or a folder: as it is, for signs that are written out stay so.

    >>> address(Path("/data/month=2026-03"))
    'file:///data/month=2026-03'
    """
    return f"file://{path.as_posix()}"


def started(master: str, settings: Mapping[str, str]) -> SparkSession:
    """The Spark session of this process, begun with these settings if there is none.

    Errors: `ProjectError` when Spark is not installed, does not start, or runs elsewhere already.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ProjectError(
            "Spark is not installed. Install it: pip install 'foresail[spark]'"
        ) from error
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
    builder = SparkSession.builder.appName("Foresail")
    for name, value in {**QUIET, **settings}.items():
        builder = builder.config(name, value)
    if master:
        builder = builder.master(master)
    try:
        session = builder.getOrCreate()
    except PySparkException as error:
        raise ProjectError(
            f"Spark did not start: {first_line(error)} It needs Java 17 or later, named by "
            "JAVA_HOME or on the path."
        ) from error
    running: str = session.sparkContext.master
    if master and running != master:
        raise ProjectError(f"This process uses Spark on {running} already, and not on {master}.")
    return session


def first_line(error: Exception) -> str:
    """What an error of Spark says, without where in Spark it arose."""
    return next(iter(str(error).splitlines()), type(error).__name__)
