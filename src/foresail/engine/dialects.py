"""The dialects of SQL in which a question can be written down, and what each of them lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foresail.core.errors import QuestionError, nearest


@dataclass(frozen=True)
class Dialect:
    """The SQL of one engine.

    `compiler` is its name in Ibis. Where it has no function for an exact quantile, quantiles are
    found by numbering the values. `days` is a short query that gives every day of every window of
    the table `asked_window`; `schema` is where its facts lie, unless that is the current place.
    """

    name: str
    compiler: str
    has_quantile: bool = True
    days: str = ""
    schema: str | None = "fact"

    def sql(self, expression: Any) -> str:
        """An expression over unbound tables as this engine's SQL."""
        import ibis

        _give_spark_its_options(ibis)
        return str(ibis.to_sql(expression, dialect=self.compiler, pretty=False))


def _give_spark_its_options(ibis: Any) -> None:
    """Let SQL for Spark be written where pyspark is not installed.

    Ibis' compiler for Spark looks at an option that exists once pyspark was imported.
    """
    if ibis.options.pyspark is not None:
        return
    from ibis.config import Config

    class Options(Config):  # type: ignore[misc]  # Ibis has no types
        treat_nan_as_null: bool = False

    ibis.options.pyspark = Options()


DUCKDB = Dialect(
    "duckdb",
    "duckdb",
    days="SELECT CAST(unnest(range(window_start, window_end, INTERVAL 1 DAY)) AS DATE)"
    " AS window_day, *\nFROM asked_window",
)
SPARK = Dialect(
    "spark",
    "pyspark",
    days="SELECT explode(sequence(window_start, date_sub(window_end, 1))) AS window_day, *"
    "\nFROM asked_window",
    schema=None,
)
POSTGRES = Dialect(
    "postgres",
    "postgres",
    days="SELECT CAST(generate_series(window_start, window_end - 1, INTERVAL '1 day') AS DATE)"
    " AS window_day, *\nFROM asked_window",
)
TRINO = Dialect("trino", "trino", has_quantile=False)
SNOWFLAKE = Dialect("snowflake", "snowflake")
BIGQUERY = Dialect("bigquery", "bigquery", has_quantile=False)
DIALECTS = {each.name: each for each in (DUCKDB, SPARK, POSTGRES, TRINO, SNOWFLAKE, BIGQUERY)}


def dialect(name: str) -> Dialect:
    """The dialect of that name.

    Errors: `QuestionError` with the nearest name.
    """
    if name not in DIALECTS:
        raise QuestionError(
            f"There is no engine {name}.{nearest(name, DIALECTS)} There are: {', '.join(DIALECTS)}."
        )
    return DIALECTS[name]
