"""Bad rows as real exports have them: a few, in files of their own, each kind named in the truth.

They are made out of good rows. Most are to be set aside when they are loaded; the others load, and
are what a look at the health of the data should find.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

SET_ASIDE, LOADED, UNCHANGED = "set aside", "loaded", "unchanged"
ONE_IN = {"activity": 40_000, "opportunity": 1_500, "cost": 150}
"""Of how many good rows there is one bad row of each kind."""

BURST = 5
"""How many times as many entries a burst has as the other kinds have rows."""

Row = dict[str, str]

SPREAD = 50
"""Over how many times as many good rows the rows that become bad are spread."""


@dataclass(frozen=True)
class Kind:
    """One way for a row to be bad: where, what becomes of it, and how a good one is made so."""

    file: str
    table: str
    what: str
    fate: str
    spoil: Callable[[Row, int], Row]
    times: int = 1


@dataclass(frozen=True)
class Dirt:
    """How many rows of one kind a file has; `fate` says what loading makes of them."""

    file: str
    table: str
    what: str
    fate: str
    rows: int


def _with(**changed: str) -> Callable[[Row, int], Row]:
    return lambda row, number: {**row, **{k: v.format(n=number) for k, v in changed.items()}}


def _closed_too_early(row: Row, number: int) -> Row:
    opened = dt.datetime.fromisoformat(row["created_at"])
    closed = (opened - dt.timedelta(days=20)).isoformat(" ")
    return {**row, "opportunity_id": f"B{number}", "closed_at": closed, "outcome": "won"}


def _in_one_minute(row: Row, number: int) -> Row:
    """Entries that one rep made after the fact, on the day of the first row of the file."""
    second = f"2{number % 6}:{number % 60:02d}"
    changed = {"activity_id": f"T{number}", "rep_id": "R1", "kind": "call", "outcome": "no_answer"}
    changed |= {"occurred_at": f"{row['burst_on']} 15:{second}+00:00", "direction": "outbound"}
    emptied = dict.fromkeys(("booked_at", "moved_by", "moved_from_id", "is_automated"), "")
    return {**row, **emptied, **changed, "is_completed": "true", "duration_seconds": "5"}


DIALLER, SHEET = "old-dialler", "spreadsheets"
KINDS = (
    Kind(
        *(DIALLER, "activity", "a day that does not exist", SET_ASIDE),
        _with(activity_id="T{n}", occurred_at="2026-02-30 10:15:00"),
    ),
    Kind(
        *(DIALLER, "activity", "a year with a slip", SET_ASIDE),
        _with(activity_id="T{n}", occurred_at="0206-03-04 09:40:00"),
    ),
    Kind(DIALLER, "activity", "no key", SET_ASIDE, _with(activity_id="")),
    Kind(
        *(DIALLER, "activity", "a length below zero", SET_ASIDE),
        _with(activity_id="T{n}", duration_seconds="-45"),
    ),
    Kind(
        *(DIALLER, "activity", "an outcome that nobody knows", SET_ASIDE),
        _with(activity_id="T{n}", outcome="Reached"),
    ),
    Kind(DIALLER, "activity", "a row that was exported twice", UNCHANGED, _with()),
    Kind(
        *(DIALLER, "activity", "an activity under two ids", LOADED),
        _with(activity_id="T{n}"),
    ),
    Kind(
        *(DIALLER, "activity", "a burst of calls entered within a minute", LOADED),
        _in_one_minute,
        BURST,
    ),
    Kind(
        *(SHEET, "opportunity", "an amount in words", SET_ASIDE),
        _with(opportunity_id="B{n}", amount="about 12 k"),
    ),
    Kind(SHEET, "opportunity", "no key", SET_ASIDE, _with(opportunity_id="")),
    Kind(
        *(SHEET, "opportunity", "a chance in per cent", SET_ASIDE),
        _with(opportunity_id="B{n}", probability="60"),
    ),
    Kind(
        *(SHEET, "opportunity", "a currency without a rate", LOADED),
        _with(opportunity_id="B{n}", currency="CHF"),
    ),
    Kind(SHEET, "opportunity", "closed before it was opened", LOADED, _closed_too_early),
    Kind(
        *(SHEET, "cost", "a month in words", SET_ASIDE),
        _with(cost_id="Y{n}", starts_on="March"),
    ),
    Kind(
        *(SHEET, "cost", "a currency without a rate", LOADED),
        _with(cost_id="Y{n}", currency="CHF"),
    ),
)


def write_dirt(directory: Path, rows: dict[str, int]) -> tuple[Dirt, ...]:
    """Write the bad rows beside the files of good ones; how many there are of which kind."""
    written = []
    for file, table in dict.fromkeys((kind.file, kind.table) for kind in KINDS):
        kinds = [kind for kind in KINDS if (kind.file, kind.table) == (file, table)]
        each = 1 + rows[table] // ONE_IN[table]
        total = each * sum(kind.times for kind in kinds)
        good = _some(directory / f"{table}.parquet", total)
        if not good:
            continue
        path = directory / file / f"{table}.csv"
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, list(good[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(_spoilt(kinds, good, each))
        written += [
            Dirt(f"{file}/{table}.csv", table, kind.what, kind.fate, each * kind.times)
            for kind in kinds
        ]
    return tuple(written)


def _spoilt(kinds: list[Kind], good: list[Row], each: int) -> Iterator[Row]:
    place, names = 0, list(good[0])
    burst_on = good[0].get("occurred_at", "")[:10]
    for kind in kinds:
        for _ in range(each * kind.times):
            bad = kind.spoil({**good[place], "burst_on": burst_on}, place + 1)
            yield {name: bad[name] for name in names}
            place += 1


def _some(path: Path, count: int) -> list[Row]:
    """Rows out of a file's largest piece, spread over it, as texts; none where the file is empty.

    Where there are too few rows they come again.
    """
    with pq.ParquetFile(path) as file:
        groups = range(file.num_row_groups)
        largest = max(groups, key=lambda number: int(file.metadata.row_group(number).num_rows))
        batches = file.iter_batches(batch_size=count * SPREAD, row_groups=[largest])
        batch = next(batches, None)
    if not batch:
        return []
    found = batch.take(list(range(0, len(batch), max(1, len(batch) // count)))).to_pylist()
    texts = [{name: _text(value) for name, value in row.items()} for row in found]
    return [texts[place % len(texts)] for place in range(count)]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat(" ") if isinstance(value, dt.datetime) else str(value)
