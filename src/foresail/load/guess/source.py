"""What is to be mapped: files, sheets and lists of records, with what their columns hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from foresail.load.guess.dates import Dates, dates_of
from foresail.load.guess.numbers import Numbers, numbers_of
from foresail.load.guess.vocabulary import words_of
from foresail.load.guess.words import Words
from foresail.load.mapping import FileOptions
from foresail.load.names import quoted

SHOWN = 3
LONGEST = 24
# Records that hold a row's own columns in JSON.
WRAPPERS = {"attributes", "attribute", "properties", "fields", "data", "record", "values"}
AS_IT_IS = FileOptions()


@dataclass(frozen=True)
class SourceColumn:
    """One column: its name and values.

    `date_formats` are those that remain when the file's other dates are looked at as well.
    `values` are the distinct values of a sample, the commonest first; `filled` and `distinct` count
    in all rows that were looked at. `expression` is how a mapping writes the column; `kind` is the
    family of its type.
    """

    name: str
    expression: str
    kind: str
    rows: int
    filled: int
    distinct: int
    values: tuple[str, ...]
    date_formats: tuple[str, ...] | None = None

    @cached_property
    def words(self) -> Words:
        """The words of its name."""
        first, _, rest = self.name.partition(".")
        return words_of(rest if rest and first.lower() in WRAPPERS else self.name)

    @cached_property
    def numbers(self) -> Numbers:
        """How far its values are numbers."""
        if self.kind in ("boolean", "date", "timestamp", "timestamptz"):
            return Numbers()
        return numbers_of(self.values)

    @cached_property
    def dates(self) -> Dates:
        """How far its values are dates."""
        if self.kind in ("date", "timestamp", "timestamptz"):
            return Dates(1.0, ("",))
        found = dates_of(self.values) if self.kind == "text" else Dates()
        return found if self.date_formats is None else Dates(found.share, self.date_formats)

    @property
    def is_unique(self) -> bool:
        """Whether every row has a value of its own."""
        return self.rows > 0 and self.distinct == self.rows

    @property
    def sample(self) -> str:
        """A few values, for people."""
        shown = []
        for value in self.values[:SHOWN]:
            line = " ".join("".join(c if c.isprintable() else " " for c in value).split())
            shown.append(line if len(line) <= LONGEST else line[: LONGEST - 1] + "…")
        return ", ".join(shown) + (", …" if len(self.values) > SHOWN else "")


@dataclass(frozen=True)
class Source:
    """Rows of one file: of a sheet or a list in it where it has several."""

    file: str
    name: str
    rows: int
    columns: tuple[SourceColumn, ...]
    options: FileOptions = AS_IT_IS
    has_names: bool = True
    notes: tuple[str, ...] = ()
    by_name: dict[str, SourceColumn] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {each.name: each for each in self.columns})

    @property
    def label(self) -> str:
        """What people call it."""
        place = self.options.sheet or self.options.path
        return f"{self.file} ({place})" if place else self.file


def column_called(source: Source, *called: Words) -> SourceColumn | None:
    """The source's column of one of these names, if it has values."""
    return next((each for each in source.columns if each.words in called and each.values), None)


def written(name: str) -> str:
    """A column as an expression: as it stands where it is plain, else quoted."""
    is_plain = name.isascii() and name.isidentifier() and name.lower() not in RESERVED
    return name if is_plain else quoted(name)


# Words of SQL that a column can be called only in quotes.
RESERVED = set(
    """
    all analyse analyze and any array as asc at both case cast check collate column constraint
    create default desc describe distinct do else end except false fetch for foreign from
    group having in initially intersect into is lateral leading limit not null offset on only
    or order pivot placing primary qualify references returning select show some summarize
    symmetric table then to trailing true union unique unpivot user using variadic when where
    window with
    """.split()  # noqa: SIM905
)
