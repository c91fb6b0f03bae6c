"""What must be in the data for a number to leave something out, and how that is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foresail.engine.columns import ROW


@dataclass(frozen=True)
class Gap:
    """One way in which rows of a measure, by its id, are left out.

    `test` is a column that says whether a row is; `rep`, where only groups are told of, one that
    says who is credited with it if the measure looks at it. Both are written as a query selects
    them, under the names `counted` and `credited`.

    There are none unless some row of the `table` has the `column` as `has` says: `known`,
    `unknown`, `any` where it is a number, or `late`, after the as-of instant. Without a column
    there is no telling beforehand. `owner` is the table's column with the rep whom such a row is
    credited to.
    """

    measure: str
    kind: str
    test: str
    counted: str
    rep: str = ""
    credited: str = ""
    table: str = ""
    column: str = ""
    has: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Rows:
    """Rows that several gaps are counted in, as a query for them.

    Where they `are_sums` of rows, a test is how many rows of each are left out.
    """

    sql: str
    gaps: tuple[Gap, ...]
    are_sums: bool = False


def counting(found: Sequence[Rows], group_size: int) -> str:
    """The query for how many rows each gap has: `number` is that of its rows, `n0` its first gap.

    Where fewer reps than the smallest group that is told of are credited with what a measure looks
    at, none are counted.
    """
    most = max(len(each.gaps) for each in found)
    return " UNION ALL ".join(
        f"SELECT {number} AS number, {', '.join(_counts(each, most, group_size))} "
        f"FROM (SELECT {', '.join(_columns(each))} FROM ({each.sql}) AS {ROW}) AS found "
        f"WHERE {' OR '.join(_looked_at(each))}"
        for number, each in enumerate(found)
    )


def _looked_at(rows: Rows) -> list[str]:
    """The conditions of the rows that any gap looks at: engines begin with these."""
    is_any = " <> 0" if rows.are_sums else ""
    found = [f"found.{gap.counted}{is_any}" for gap in rows.gaps]
    found += [f"found.{gap.credited} IS NOT NULL" for gap in rows.gaps if gap.rep]
    return list(dict.fromkeys(found))


def _columns(rows: Rows) -> list[str]:
    found = [gap.test for gap in rows.gaps] + [gap.rep for gap in rows.gaps if gap.rep]
    return list(dict.fromkeys(found))


def _counts(rows: Rows, most: int, group_size: int) -> Iterator[str]:
    for number, gap in enumerate(rows.gaps):
        counted = f"COUNT(CASE WHEN found.{gap.counted} THEN 1 END)"
        if rows.are_sums:
            counted = f"CAST(COALESCE(SUM(found.{gap.counted}), 0) AS BIGINT)"
        if gap.rep:
            credited = f"COUNT(DISTINCT found.{gap.credited})"
            counted = f"CASE WHEN {credited} >= {group_size:d} THEN {counted} ELSE 0 END"
        yield f"{counted} AS n{number}"
    for number in range(len(rows.gaps), most):
        yield f"CAST(NULL AS BIGINT) AS n{number}"
