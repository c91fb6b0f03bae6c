"""The dialects of SQL in which a question can be written down, and what each of them lacks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from foresail.core.errors import QuestionError, nearest

if TYPE_CHECKING:
    from foresail.engine.writing import Writer

DAYS = "asked_day"
"""Every day of the windows: what runs a query that names it makes it of `asked_window`."""


@dataclass(frozen=True)
class Dialect:
    """The SQL of one engine.

    `compiler` is its name in Ibis. Where it has no function for an exact quantile, quantiles are
    found by numbering the values. `days` is a short query that gives every day of every window of
    the table `asked_window`; `schema` is where its facts lie, unless that is the current place.
    Facts that have surrogates hold numbers in place of some ids.
    """

    name: str
    compiler: str
    has_quantile: bool = True
    days: str = ""
    schema: str | None = "fact"
    quote: str = '"'
    has_surrogates: bool = False

    @property
    def key(self) -> tuple[Any, ...]:
        """What texts written in it are kept by."""
        return self.name, (self.has_quantile, self.has_surrogates)

    def quoted(self, name: str) -> str:
        """A name of a column as this engine reads it in SQL.

        >>> print(DUCKDB.quoted("value"), SPARK.quoted("value"))
        "value" `value`
        """
        return f"{self.quote}{name}{self.quote}"

    def writer(self) -> Writer:
        """What writes SQL in it."""
        from foresail.engine.writing import Writer

        return Writer(self.compiler)

    def sql(self, expression: Any) -> str:
        """An expression over unbound tables as this engine's SQL."""
        return self.writer().query(expression)


DUCKDB = Dialect(
    "duckdb",
    "duckdb",
    days="SELECT CAST(unnest(range(window_start, window_end, INTERVAL 1 DAY)) AS DATE)"
    " AS window_day, *\nFROM asked_window",
)
WAREHOUSE = replace(DUCKDB, has_surrogates=True)
"""That of DuckDB over a project's own facts."""
SPARK = Dialect(
    "spark",
    "pyspark",
    days="SELECT explode(sequence(window_start, date_sub(window_end, 1))) AS window_day, *"
    "\nFROM asked_window",
    schema=None,
    quote="`",
)
POSTGRES = Dialect(
    "postgres",
    "postgres",
    days="SELECT CAST(generate_series(window_start, window_end - 1, INTERVAL '1 day') AS DATE)"
    " AS window_day, *\nFROM asked_window",
)
TRINO = Dialect("trino", "trino", has_quantile=False)
SNOWFLAKE = Dialect("snowflake", "snowflake")
BIGQUERY = Dialect("bigquery", "bigquery", has_quantile=False, quote="`")
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
