"""Ibis' compilers of SQL, each by the name that Ibis gives its dialect."""

from __future__ import annotations

from typing import Any

import ibis


def compiler(dialect: str) -> Any:
    """What writes an expression as the SQL of a dialect, whether or not its engine is installed."""
    import ibis.backends.sql.compilers as compilers

    if dialect == "pyspark":
        _give_spark_its_options()
    return getattr(compilers, dialect).compiler


def _give_spark_its_options() -> None:
    """Let SQL for Spark be written where pyspark is not installed.

    Ibis' compiler for Spark looks at an option that exists once pyspark was imported.
    """
    if ibis.options.pyspark is not None:
        return
    from ibis.config import Config

    class Options(Config):  # type: ignore[misc]  # Ibis has no types
        treat_nan_as_null: bool = False

    ibis.options.pyspark = Options()
