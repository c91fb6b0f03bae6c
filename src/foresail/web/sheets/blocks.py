"""The blocks that a page is made of: values only, no HTML, so that each form shows the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from foresail.web.number import Number


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    words: str
    url: str


@dataclass(frozen=True)
class Cell:
    """One value of a table.

    `unit` as in `ColumnInfo.unit`; empty for texts, days and instants. `number` brings the sample,
    range and change that travel with a KPI. `tone` (good, bad, warn) is never shown without
    `mark`, the words that say the same. `note` is said below it in small. A length of time with
    `since` is a clock that still runs from then. `is_outside` opens the link beside the page.
    `more` are names that stand behind the value and are unfolded.
    """

    value: Any = None
    unit: str = ""
    url: str = ""
    number: Number | None = None
    tone: str = ""
    mark: str = ""
    spark: tuple[float | None, ...] = ()
    note: str = ""
    since: dt.datetime | None = None
    is_outside: bool = False
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """The head of a column; `sorted` is none, ascending or descending."""

    name: str
    label: str
    unit: str = ""
    is_number: bool = False
    url: str = ""
    sort_url: str = ""
    sorted: str = "none"


@dataclass(frozen=True)
class Row:
    """A row; its first cell names it.

    `is_total` sets it off. `is_group` marks the sum of a group whose rows follow; `fold_url` folds
    them away, or out where `is_folded`. A line stands above it where it `is_cut` off from the
    rows before.
    """

    cells: tuple[Cell, ...]
    is_total: bool = False
    is_group: bool = False
    is_inside: bool = False
    is_cut: bool = False
    fold_url: str = ""
    is_folded: bool = False


@dataclass(frozen=True)
class Block:
    """Something on a page with an id, so that it can be linked to and taken out alone."""

    template: ClassVar[str] = ""

    id: str
    title: str = ""

    @property
    def tables(self) -> tuple[Table, ...]:
        """The same content as tables, for spreadsheets and for people who do not see charts."""
        return ()


@dataclass(frozen=True)
class Paging:
    """Which rows of how many a table shows, and where those before and after them are."""

    count: int
    first: int
    last: int
    page: int
    pages: int
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True)
class Rest:
    """How many rows a long table has, of which the `first` are shown or, where it `is_shown`, all.

    `url` is where it is the other way round.
    """

    count: int
    first: int
    url: str
    is_shown: bool = False


@dataclass(frozen=True)
class Table(Block):
    """Rows and columns. `empty` says what to do where there is no row.

    One with `paging` shows some of many records, one with a `rest` its first rows until all are
    asked for; in a spreadsheet are all of them. One that `is_folded` shows its title alone until
    it is unfolded.
    """

    template: ClassVar[str] = "sheets/table.html"

    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    caption: str = ""
    empty: str = "Nothing to show here in this period."
    onward: Link | None = None
    currency: str = ""
    paging: Paging | None = None
    is_folded: bool = False
    rest: Rest | None = None

    @property
    def tables(self) -> tuple[Table, ...]:
        """Itself."""
        return (self,)


@dataclass(frozen=True)
class Tile:
    """One number with its name, its way to the records, and its course; `tone` and `mark` as in a
    cell.
    """

    number: Number
    url: str = ""
    definition_url: str = ""
    spark: tuple[float | None, ...] = ()
    note: str = ""
    name: str = ""
    tone: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Tiles(Block):
    """Numbers side by side."""

    template: ClassVar[str] = "sheets/tiles.html"

    tiles: tuple[Tile, ...] = ()
    currency: str = ""

    @property
    def tables(self) -> tuple[Table, ...]:
        """A row per number."""
        columns = (Column("name", "KPI"), Column("value", "Value", is_number=True))
        rows = tuple(
            Row((Cell(each.name or each.number.label), Cell(each.number.value, each.number.unit)))
            for each in self.tiles
        )
        return (Table(self.id, self.title, columns=columns, rows=rows, currency=self.currency),)


@dataclass(frozen=True)
class Chart(Block):
    """A Vega-Lite specification without colours of its own, and the table of what it shows.

    `about` says in a sentence what can be seen, for those who cannot.
    """

    template: ClassVar[str] = "sheets/chart.html"

    spec: Mapping[str, Any] = field(default_factory=dict)
    table: Table | None = None
    about: str = ""
    height: int = 260

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw: it has no rows, or all of their values are unknown."""
        rows = self.spec.get("data", {}).get("values")
        return rows is not None and all("value" in row and row["value"] is None for row in rows)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The table of what it shows."""
        return (self.table,) if self.table else ()


@dataclass(frozen=True)
class Words(Block):
    """Sentences. `tone` is empty, `warn` or `alert`."""

    template: ClassVar[str] = "sheets/words.html"

    sentences: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    tone: str = ""


@dataclass(frozen=True)
class Own(Block):
    """A block with a template of its own (a form, say), in `path`; `data` is its context.

    `plain` are the blocks that say the same in print.
    """

    template: ClassVar[str] = "sheets/own.html"

    path: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    plain: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Section:
    """Blocks under one heading. `width` is full, half or third of the page."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    lead: str = ""
    width: str = "full"
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Choice:
    """A control of a page beyond period and filters, kept in the address under its name."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class Tab:
    """One of the parts of a page, and where it is."""

    words: str
    url: str
    is_open: bool = False


@dataclass(frozen=True)
class Sheet:
    """A page: its sections, and which controls stand above them.

    `controls` names some of period, as_of, compare, by, team, kpis, filters; `of` is whom or what
    it is about; `tabs` are its parts, where it has several. `kpis` are those ticked where KPIs can
    be chosen. One that `needs_data` says how to load some while there are none.
    """

    title: str
    sections: tuple[Section, ...]
    of: str = ""
    lead: str = ""
    controls: tuple[str, ...] = ("period", "compare", "team", "filters")
    choices: tuple[Choice, ...] = ()
    tabs: tuple[Tab, ...] = ()
    kpis: tuple[str, ...] = ()
    trail: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()
    is_live: bool = False
    needs_data: bool = True

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in the order of the page."""
        return tuple(block for section in self.sections for block in section.blocks)
