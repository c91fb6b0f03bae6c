"""The options of a question, as they are written on the command line."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer


class GrainName(StrEnum):
    """The units that a period can be cut into."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Comparison(StrEnum):
    """What a period can be compared with."""

    PREVIOUS = "previous"
    YEAR_AGO = "year-ago"


By = Annotated[
    list[str] | None,
    typer.Option(
        "--by", metavar="DIM", help="Split by a dimension; repeat it, or separate with commas."
    ),
]
GrainOption = Annotated[
    GrainName | None,
    typer.Option(
        "--grain", metavar="UNIT", help="Cut the period: day, week, month, quarter or year."
    ),
]
PeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="P",
        help="this-month (default), last-quarter, last-30-days, 2017, 2017-Q3, FY2017, 2017-09, "
        "2017-W36, 2017-09-14, 2017-03-01..2017-06-30, all.",
    ),
]
CompareOption = Annotated[
    Comparison | None,
    typer.Option("--compare", metavar="WITH", help="Show the change against previous or year-ago."),
]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="DIM=VALUE[,VALUE]",
        help="Keep only these values of a dimension; repeat it for further dimensions.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="INSTANT",
        help="Answer as it was known then: a date (its end) or a date and time.",
    ),
]
EngineOption = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="E",
        help="What answers from an export: duckdb (default), spark or spark://HOST:PORT.",
    ),
]
Order = Annotated[
    str | None,
    typer.Option("--order", metavar="COLUMN", help="Sort by a column; -COLUMN is descending."),
]
Limit = Annotated[
    int | None, typer.Option("--limit", metavar="N", min=0, help="Give at most this many rows.")
]


def separated(given: Sequence[str] | None) -> tuple[str, ...]:
    """Names that were given one by one or with commas.

    >>> separated(["rep,team", "source"])
    ('rep', 'team', 'source')
    """
    return tuple(name.strip() for each in given or () for name in each.split(",") if name.strip())


def conditions(given: Sequence[str] | None) -> dict[str, list[str]] | None:
    """The values to keep per dimension; a value with a comma stands in double quotes.

    >>> conditions(["team=North,South", 'account="Hill, Inc"'])
    {'team': ['North', 'South'], 'account': ['Hill, Inc']}
    """
    found: dict[str, list[str]] = {}
    for each in given or ():
        name, sign, values = each.partition("=")
        if not (sign and name.strip() and values.strip()):
            raise typer.BadParameter(
                f"{each} is no condition. Write it as DIM=VALUE, for example team=North.",
                param_hint="--where",
            )
        (texts,) = csv.reader([values], skipinitialspace=True)
        found.setdefault(name.strip(), []).extend(texts)
    return found or None
