"""The records that hang together with those that changed, found on Spark."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import sqlglot.expressions as sge

from foresail.engine.spark import read
from foresail.engine.spark_making import rows_in, write
from foresail.facts.making.following.sought import FEW
from foresail.facts.making.following.together import JOINING
from foresail.facts.making.spark import view_of
from foresail.warehouse.export import files

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

FIRST = "named"
TOGETHER, LATEST = "together", "together_latest"


class Records:
    """Some records as a view of Spark with their `kind` and `id`, read from folders of files."""

    def __init__(
        self, session: SparkSession, cursor: duckdb.DuckDBPyConnection, view: str, *folders: Path
    ):
        self.view = view
        self._counts: dict[str, int] = {}
        self._ids: dict[str, list[str]] = {}
        read(session, *folders).createOrReplaceTempView(view)
        every = ", ".join(files(each) for each in folders)
        for kind, count, ids in cursor.execute(
            "select kind, count(*), case when count(*) <= $1 then list(id) end "
            f"from read_parquet([{every}]) group by kind",
            [FEW],
        ).fetchall():
            self._counts[kind] = count
            self._ids[kind] = ids or []

    def __len__(self) -> int:
        return sum(self._counts.values())

    def named_by(self, columns: Mapping[str, str]) -> str:
        """The condition that a row names one of them in a column, each given with its kind.

        Few are written out: most of a file is then not looked at. It may be unknown where a
        column is; `false` where no row can name one.
        """
        tests = [self._test(column, kind) for column, kind in columns.items()]
        return " or ".join(filter(None, tests)) or "false"

    def _test(self, column: str, kind: str) -> str:
        count = self._counts.get(kind, 0)
        if not count:
            return ""
        if count > FEW:
            return (
                f"exists (select 1 from {self.view} as one "
                f"where one.kind = '{kind}' and one.id = `{column}`)"
            )
        ids = (sge.Literal.string(each).sql(dialect="spark") for each in self._ids[kind])
        return f"`{column}` in ({', '.join(ids)})"


def find_together(
    session: SparkSession,
    cursor: duckdb.DuckDBPyConnection,
    folder: Path,
    at_most: int,
) -> Records | None:
    """The records that hang together with some, whose `kind` and `id` lie in `FIRST` of a folder.

    They are those and all that rows name beside one of them, over any number of others. Spark knows
    the canonical tables by their views. None where there are more than `at_most`.
    """
    folders = [folder / FIRST]
    found = latest = rows_in(folders[0])
    while found <= at_most:
        if not latest:
            return Records(session, cursor, TOGETHER, *folders)
        sought = Records(session, cursor, LATEST, folders[-1])
        read(session, *folders).createOrReplaceTempView(TOGETHER)
        folders.append(folder / f"{FIRST}-{len(folders)}")
        latest = write(session, _beside(sought), folders[-1])
        found += latest
    return None


def _beside(latest: Records) -> str:
    """The query for the records that were not known and that rows name beside one of the latest."""
    every = " union all ".join(
        f"select explode(array({_named(columns)})) as one "
        f"from {view_of(f'canonical.{name}')} where {latest.named_by(columns)}"
        for name, columns in JOINING.items()
    )
    return (
        f"select distinct kind, id from (select one.kind, one.id from ({every})) as met "
        "where id is not null and not exists "
        f"(select 1 from {TOGETHER} as known where known.kind = met.kind and known.id = met.id)"
    )


def _named(columns: Mapping[str, str]) -> str:
    return ", ".join(
        f"named_struct('kind', '{kind}', 'id', `{column}`)" for column, kind in columns.items()
    )
