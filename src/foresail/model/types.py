"""What a canonical table and its columns are made of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum


class Type(Enum):
    """The type of a canonical column: how the warehouse keeps it and how it is called to people."""

    ID = ("VARCHAR", "an id")
    TEXT = ("VARCHAR", "a text")
    CURRENCY = ("VARCHAR", "a currency code of three letters")
    CHOICE = ("VARCHAR", "one of a list")
    INSTANT = ("TIMESTAMP", "a date or a date with time")
    DATE = ("DATE", "a date")
    MONEY = ("DECIMAL(18,4)", "an amount")
    NUMBER = ("DOUBLE", "a number")
    INTEGER = ("BIGINT", "a whole number")
    BOOLEAN = ("BOOLEAN", "yes or no")

    def __init__(self, sql: str, words: str) -> None:
        self.sql = sql
        self.words = words


@dataclass(frozen=True)
class Column:
    """One column of a canonical table.

    `refers_to` names the table whose key an id points at, so that a mapping's `origin` prefixes
    it. `default` stands in for an empty value of a key. `minimum` and `maximum` bound numbers.
    Instants are UTC; each has a companion column, named by `is_date_column`, that is true where
    the source gave a date without a time.
    """

    name: str
    type: Type
    meaning: str
    is_key: bool = False
    is_required: bool = False
    choices: tuple[str, ...] = ()
    refers_to: str = ""
    default: str | None = None
    minimum: float | None = None
    maximum: float | None = None

    @property
    def is_date_column(self) -> str:
        """The name of the companion column of an instant."""
        return f"{self.name}_is_date"


@dataclass(frozen=True)
class Table:
    """One canonical table; `grain` says what one row is.

    A table with `is_keyless` has an optional id: without it, equal rows are kept as often as they
    occur in one file.
    """

    name: str
    grain: str
    columns: tuple[Column, ...]
    is_keyless: bool = False
    by_name: dict[str, Column] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    @property
    def key(self) -> tuple[Column, ...]:
        """The columns whose values together name a row; for a keyless table its optional id."""
        return tuple(column for column in self.columns if column.is_key)

    @property
    def instants(self) -> tuple[Column, ...]:
        """The columns that hold instants."""
        return tuple(column for column in self.columns if column.type is Type.INSTANT)


def key(column: Column, default: str | None = None) -> Column:
    """The same column as part of the table's key.

    A row without it is quarantined, unless there is a `default`.
    """
    return replace(column, is_key=True, is_required=default is None, default=default)


def optional_key(column: Column) -> Column:
    """The same column as the optional id of a keyless table."""
    return replace(column, is_key=True)


def required(column: Column) -> Column:
    """The same column, which must be filled although it is no key."""
    return replace(column, is_required=True)


def id_(name: str, meaning: str, refers_to: str = "") -> Column:
    """An id: text, never a number."""
    return Column(name, Type.ID, meaning, refers_to=refers_to)


def text(name: str, meaning: str) -> Column:
    """A free text."""
    return Column(name, Type.TEXT, meaning)


def currency(meaning: str) -> Column:
    """The currency of a row's amounts, as a code such as EUR."""
    return Column("currency", Type.CURRENCY, meaning)


def choice(name: str, meaning: str, *choices: str) -> Column:
    """A text out of a closed list."""
    return Column(name, Type.CHOICE, meaning, choices=choices)


def instant(name: str, meaning: str) -> Column:
    """A moment, kept in UTC; a date without time is put at local midnight and marked."""
    return Column(name, Type.INSTANT, meaning)


def date(name: str, meaning: str) -> Column:
    """A calendar date, never shifted."""
    return Column(name, Type.DATE, meaning)


def money(name: str, meaning: str) -> Column:
    """An amount, decimal, in the row's currency."""
    return Column(name, Type.MONEY, meaning)


def number(
    name: str, meaning: str, minimum: float | None = None, maximum: float | None = None
) -> Column:
    """A number, within bounds where there are any."""
    return Column(name, Type.NUMBER, meaning, minimum=minimum, maximum=maximum)


def integer(
    name: str, meaning: str, minimum: float | None = None, maximum: float | None = None
) -> Column:
    """A whole number, within bounds where there are any."""
    return Column(name, Type.INTEGER, meaning, minimum=minimum, maximum=maximum)


def boolean(name: str, meaning: str) -> Column:
    """Yes, no, or empty where the source does not say."""
    return Column(name, Type.BOOLEAN, meaning)
