"""What a load gives back: counts per table, and the rows and loads that are kept on record."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class TableReport:
    """What became of the rows that were read for one canonical table.

    Every row that was read is in exactly one count: `read` = `accepted` + `updated` + `unchanged`
    + `quarantined`. `accepted` rows were added to the table, `updated` rows changed a stored one,
    and `unchanged` rows changed nothing: they equal what is stored, or a later row of the same
    load has their key. `replaced` says how many of the unchanged rows differed from that later
    row. `reasons` are the most frequent reasons for setting rows aside; `ignored_columns` are
    columns of canonically named files that the table does not have.
    """

    table: str
    read: int
    accepted: int
    updated: int
    unchanged: int
    quarantined: int
    replaced: int
    files: tuple[str, ...]
    reasons: tuple[tuple[str, int], ...] = ()
    ignored_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class LoadReport:
    """What one load did, or with `dry_run` would do; `load_id` is then None.

    `not_loaded` lists the files that no table names, `left_out` the optional tables of the mapping
    whose files were not there, each as "table from files"; `seconds` is how long all of it took,
    with the facts.
    """

    load_id: int | None
    dry_run: bool
    tables: tuple[TableReport, ...]
    not_loaded: tuple[str, ...]
    seconds: float
    left_out: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class LoadSummary:
    """One line of the list of loads."""

    load_id: int
    started_at: dt.datetime
    finished_at: dt.datetime
    files: tuple[str, ...]
    read: int
    accepted: int
    updated: int
    unchanged: int
    quarantined: int
    by: str = ""


@dataclass(frozen=True)
class SetAside:
    """Rows that wait in quarantine for one reason: of one load, table and file.

    `can_be_tried` says whether they are rows that can be tried again, after something was mended.
    """

    load_id: int
    table: str
    file: str
    reason: str
    rows: int
    can_be_tried: bool


@dataclass(frozen=True)
class QuarantinedRow:
    """A row that was set aside: where it stood, why, and what it held."""

    load_id: int
    table: str
    file: str
    row_number: int | None
    reason: str
    row_text: str
