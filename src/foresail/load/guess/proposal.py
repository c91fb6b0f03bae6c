"""What a guess comes to: tables, their columns, how sure each is and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from foresail.load.mapping import FileOptions
from foresail.model import TABLES

SURE = 0.75
SURE_TABLE = 0.6
POSSIBLE = 0.4
AS_IT_IS = FileOptions()


@dataclass(frozen=True)
class ColumnGuess:
    """How one canonical column may be filled: by which expression over which source columns.

    `confidence` runs from 0 to 1; from 0.75 on it counts as sure. `reason` says why, in words.
    """

    field: str
    expression: str
    columns: tuple[str, ...]
    confidence: float
    reason: str
    sample: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether the guess may be used without being looked at."""
        return self.confidence >= SURE


@dataclass(frozen=True)
class TableGuess:
    """A canonical table that a source may fill; `unused` are source columns, each with values.

    A derived table is filled from a column of a source that is first of all another table: the
    reps of a file of deals.
    """

    table: str
    file: str
    label: str
    rows: int
    confidence: float
    reason: str
    columns: tuple[ColumnGuess, ...]
    unused: tuple[tuple[str, str], ...] = ()
    options: FileOptions = AS_IT_IS
    date_format: str = ""
    decimal: str = ""
    sql: str = ""
    where: str = ""
    is_derived: bool = False
    notes: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns that every row needs and that no sure guess fills."""
        sure = {each.field for each in self.columns if each.is_sure}
        needed = (each.name for each in TABLES[self.table].columns if each.is_required)
        return tuple(name for name in needed if name not in sure)

    @property
    def is_usable(self) -> bool:
        """Whether the table is sure, and can be loaded by its sure columns alone."""
        return self.confidence >= SURE_TABLE and not self.missing


@dataclass(frozen=True)
class Proposal:
    """What is proposed for some files; `unfit` are sources that no table fits, with the reason."""

    tables: tuple[TableGuess, ...]
    unfit: tuple[tuple[str, str], ...] = ()
    unread: tuple[tuple[str, str], ...] = ()

    def to_toml(self) -> str:
        """A mapping file to review, which loads as it is."""
        from foresail.load.guess.writing import document

        return document(self)

    def to_dict(self) -> dict[str, Any]:
        """The proposal as plain values, for JSON."""
        return asdict(self)
