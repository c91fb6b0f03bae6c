"""How much of a mapping made by hand a guess finds: column by column, over files and queries.

What counts is the source column: a canonical column is found where the guess takes it from a column
that the mapping's expression names too. What a mapping makes up (constants, rows numbered in a
query) names no column of a file, and counts for neither side.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from foresail.core.errors import SourceError
from foresail.load.guess import Proposal, propose
from foresail.load.guess.looking import sources_of
from foresail.load.sources import find_files
from foresail.load.workbench import workbench
from foresail.warehouse import Settings

Found = dict[tuple[str, str], set[str]]


@dataclass(frozen=True)
class Measure:
    """Lines that stand and are right, lines that stand, and columns that the mapping fills.

    `hinted` counts the columns that are right among sure and unsure lines together.
    """

    right: int
    stood: int
    wanted: int
    hinted: int

    @property
    def precision(self) -> float:
        """The share of the lines that stand that are right."""
        return self.right / self.stood if self.stood else 1.0

    @property
    def recall(self) -> float:
        """The share of the columns that the mapping fills that stand and are right."""
        return self.right / self.wanted if self.wanted else 1.0


@cache
def proposed(folder: Path) -> Proposal:
    """What is proposed for a folder; nothing where no table fits."""
    try:
        return propose([folder])
    except SourceError:
        return Proposal(())


def measured(folder: Path, mapping: Path) -> Measure:
    """What is proposed for a folder against the mapping that was made for it by hand."""
    proposal = proposed(folder)
    known = columns_in(folder)
    truth = {field: own & known for field, own in by_hand(mapping).items() if own & known}
    sure, unsure = _guessed(proposal, True), _guessed(proposal, False)
    right = {field for field, names in sure.items() if names & truth.get(field, set())}
    hints = {field for field, names in unsure.items() if names & truth.get(field, set())}
    return Measure(len(right), len(sure), len(truth), len(right | hints))


def columns_in(folder: Path) -> set[str]:
    """The columns of all files in a folder."""
    with workbench(Settings()) as bench:
        sources = [
            source
            for file in find_files([folder])
            if file.format
            for source in sources_of(bench, file)
        ]
    return {column.name for source in sources for column in source.columns}


def _guessed(proposal: Proposal, is_sure: bool) -> Found:
    found: Found = {}
    for table in proposal.tables:
        for each in table.columns:
            if (each.is_sure and table.is_usable) == is_sure and each.columns:
                found.setdefault((table.table, each.field), set()).update(each.columns)
    return found


def by_hand(mapping: Path) -> Found:
    """The source columns that each canonical column of a mapping is made of."""
    found: Found = {}
    content = tomllib.loads(mapping.read_text(encoding="utf-8"))
    content.pop("files", None)
    for table, entries in content.items():
        for entry in entries if isinstance(entries, list) else [entries]:
            renamed = _renamed(entry.get("sql", ""))
            for field, expression in entry.items():
                if field in SETTINGS:
                    continue
                names = {name for each in _names(expression) for name in renamed.get(each, {each})}
                if names:
                    found.setdefault((table, field), set()).update(names)
    return found


SETTINGS = {
    "from", "sql", "where", "origin", "date_format", "decimal", "zone", "header", "delimiter",
    "encoding", "null", "sheet", "path", "optional",
}  # fmt: skip


def _names(expression: str) -> set[str]:
    """The columns that an expression names, without the quotes and the table before them."""
    row = duckdb.execute("select json_serialize_sql(?)", [f"select ({expression})"]).fetchone()
    assert row is not None
    found = set()
    waiting: list[Any] = [json.loads(row[0])]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if each.get("class") == "COLUMN_REF":
                found.add(".".join(each["column_names"]))
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
    return found


def _renamed(sql: str) -> dict[str, set[str]]:
    """The columns that a query gives another name: `column1::date as starts_on`."""
    found: dict[str, set[str]] = {}
    for expression, name in re.findall(r"(?:select|,)\s*([\w.:]+) as (\w+)", sql):
        source = expression.split("::")[0].split(".")[-1]
        if source != "null":
            found.setdefault(name, set()).add(source)
    return found
