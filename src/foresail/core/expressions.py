"""Conditions and values over the columns of a row, written down now and resolved later.

`_.outcome == "won"` is a record: it prints itself, knows the columns it looks at, and becomes an
Ibis expression when the engine resolves it against a table. So declarations can be read, listed
and checked without loading an engine.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Context = Mapping[str, Any]

SIGNS: dict[str, Callable[..., Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "&": operator.and_,
    "|": operator.or_,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


class Expression:
    """A value that depends on a row."""

    def resolve(self, table: Any, context: Context) -> Any:
        """The same value over an Ibis table; `context` gives the settings."""
        raise NotImplementedError

    def columns(self) -> frozenset[str]:
        """The columns it looks at."""
        raise NotImplementedError

    def __getattr__(self, name: str) -> Callable[..., Expression]:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *arguments: Call(self, name, arguments)

    def __eq__(self, other: object) -> Expression:  # type: ignore[override]
        return Comparison("==", self, other)

    def __ne__(self, other: object) -> Expression:  # type: ignore[override]
        return Comparison("!=", self, other)

    __hash__ = object.__hash__

    def __lt__(self, other: object) -> Expression:
        return Comparison("<", self, other)

    def __le__(self, other: object) -> Expression:
        return Comparison("<=", self, other)

    def __gt__(self, other: object) -> Expression:
        return Comparison(">", self, other)

    def __ge__(self, other: object) -> Expression:
        return Comparison(">=", self, other)

    def __and__(self, other: object) -> Expression:
        return Comparison("&", self, other)

    def __or__(self, other: object) -> Expression:
        return Comparison("|", self, other)

    def __add__(self, other: object) -> Expression:
        return Comparison("+", self, other)

    def __sub__(self, other: object) -> Expression:
        return Comparison("-", self, other)

    def __mul__(self, other: object) -> Expression:
        return Comparison("*", self, other)

    def __truediv__(self, other: object) -> Expression:
        return Comparison("/", self, other)

    def __invert__(self) -> Expression:
        return Not(self)


@dataclass(frozen=True, eq=False, repr=False)
class Column(Expression):
    """The value of one column."""

    column: str

    def resolve(self, table: Any, context: Context) -> Any:  # noqa: ARG002
        return table[self.column]

    def columns(self) -> frozenset[str]:
        return frozenset({self.column})

    def __repr__(self) -> str:
        return self.column


@dataclass(frozen=True, eq=False, repr=False)
class Setting(Expression):
    """The value of one setting, such as a threshold, or of what was asked."""

    setting: str

    def resolve(self, table: Any, context: Context) -> Any:  # noqa: ARG002
        return context[self.setting]

    def columns(self) -> frozenset[str]:
        return frozenset()

    def __repr__(self) -> str:
        return self.setting


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(Expression):
    """Two values joined by a sign."""

    sign: str
    left: Any
    right: Any

    def resolve(self, table: Any, context: Context) -> Any:
        left, right = resolved(self.left, table, context), resolved(self.right, table, context)
        return SIGNS[self.sign](left, right)

    def columns(self) -> frozenset[str]:
        return looked_at(self.left) | looked_at(self.right)

    def __repr__(self) -> str:
        words = {"&": "and", "|": "or", "==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}
        left, right = shown(self.left, self.sign), shown(self.right, self.sign)
        return f"{left} {words.get(self.sign, self.sign)} {right}"


@dataclass(frozen=True, eq=False, repr=False)
class Not(Expression):
    """The opposite of a condition."""

    inner: Expression

    def resolve(self, table: Any, context: Context) -> Any:
        inner = self.inner.resolve(table, context)
        return (not inner) if isinstance(inner, bool) else ~inner

    def columns(self) -> frozenset[str]:
        return self.inner.columns()

    def __repr__(self) -> str:
        return f"not {shown(self.inner, '')}"


INSTANTS = {"as_of": ("as_of", "as_of_on"), "stands": ("stands_at", "stands_on")}


@dataclass(frozen=True, eq=False, repr=False)
class Elapsed(Expression):
    """Seconds from one anchor of the row to another; whole days where either is a date alone.

    The end may also be `as_of`, the as-of instant, or `stands`, the instant at which a stock is
    taken. An anchor holds `<name>_at`, `<name>_on` and `<name>_is_date`.
    """

    start: str
    end: str

    def resolve(self, table: Any, context: Context) -> Any:  # noqa: ARG002
        ends_at, ends_on = INSTANTS.get(self.end, (f"{self.end}_at", f"{self.end}_on"))
        is_date = table[f"{self.start}_is_date"].fill_null(False)
        if self.end not in INSTANTS:
            is_date = is_date | table[f"{self.end}_is_date"].fill_null(False)
        days = table[ends_on].delta(table[f"{self.start}_on"], unit="day")
        exact = table[ends_at].delta(table[f"{self.start}_at"], unit="microsecond")
        return is_date.ifelse((days * 86_400).cast("float64"), exact / 1e6)

    def columns(self) -> frozenset[str]:
        start = {f"{self.start}_at", f"{self.start}_on", f"{self.start}_is_date"}
        if self.end in INSTANTS:
            return frozenset({*start, *INSTANTS[self.end]})
        return frozenset({*start, f"{self.end}_at", f"{self.end}_on", f"{self.end}_is_date"})

    def __repr__(self) -> str:
        words = {"as_of": "the as-of instant", "stands": "the end of the period"}
        return f"time from {self.start} to {words.get(self.end, self.end)}"


METHOD_WORDS = {"isnull": "is unknown", "notnull": "is known", "isin": "is one of"}


@dataclass(frozen=True, eq=False, repr=False)
class Call(Expression):
    """A method of the value, by the name Ibis gives it: isin, isnull, fill_null, ..."""

    target: Expression
    method: str
    arguments: tuple[Any, ...] = field(default=())

    def resolve(self, table: Any, context: Context) -> Any:
        arguments = [resolved(each, table, context) for each in self.arguments]
        return getattr(self.target.resolve(table, context), self.method)(*arguments)

    def columns(self) -> frozenset[str]:
        return self.target.columns().union(*map(looked_at, self.arguments))

    def __repr__(self) -> str:
        if self.method == "fill_null":
            return f"{self.target!r} (unknown: {str(self.arguments[0]).lower()})"
        arguments = ", ".join(shown(each, "") for each in self.arguments)
        return f"{self.target!r} {METHOD_WORDS.get(self.method, self.method)} {arguments}".rstrip()


class Row:
    """The row that a declaration speaks of; `_.outcome` is the value of its column outcome."""

    def __getattr__(self, name: str) -> Column:
        if name.startswith("__"):
            raise AttributeError(name)
        return Column(name)


_ = Row()


def resolved(value: Any, table: Any, context: Context) -> Any:
    """A part of an expression over a table; plain values stay as they are."""
    return value.resolve(table, context) if isinstance(value, Expression) else value


def looked_at(value: Any) -> frozenset[str]:
    """The columns that a part of an expression looks at."""
    return value.columns() if isinstance(value, Expression) else frozenset()


def shown(value: Any, sign: str) -> str:
    """A part of an expression as text, in brackets where it is needed."""
    if isinstance(value, Comparison) and value.sign != sign:
        return f"({value!r})"
    return repr(value) if isinstance(value, Expression) else str(value)


def conjuncts(condition: Expression | None) -> Iterator[Expression]:
    """The conditions that must all hold."""
    if isinstance(condition, Comparison) and condition.sign == "&":
        for side in (condition.left, condition.right):
            yield from conjuncts(side)
    elif condition is not None:
        yield condition
