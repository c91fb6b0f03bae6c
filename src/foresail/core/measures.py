"""Measures, and the formulas that KPIs are made of."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar
from zlib import crc32

from foresail.core.anchors import Aggregate, Anchor
from foresail.core.dimensions import Credit, Dimension
from foresail.core.expressions import Expression

if TYPE_CHECKING:
    from foresail.core.rollups import Rollup


class Named:
    """A declaration that takes its name from the attribute it is assigned to."""

    name: str
    owner: type[Any]

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "owner", owner)


@dataclass(frozen=True)
class Need:
    """What the data must hold for a measure to mean anything.

    A table, or one of its columns filled at least once, or that column holding one value; or
    something else that does in its place.
    """

    table: str
    column: str = ""
    value: str = ""
    otherwise: Need | None = None

    def is_met(self, filled: Collection[Need]) -> bool:
        """Whether it, or what does in its place, is among what is filled."""
        if replace(self, otherwise=None) in filled:
            return True
        return self.otherwise is not None and self.otherwise.is_met(filled)

    def __str__(self) -> str:
        column = f"{self.table}.{self.column}" if self.column else self.table
        itself = f"{column} = {self.value}" if self.value else column
        return f"{itself} or {self.otherwise}" if self.otherwise else itself


class Fact:
    """One fact table. The docstring's first line states its grain.

    `key` names its rows. `dimensions` are those of the record; the credited rep's come with a
    measure's credit, hour and weekday with its anchor. `shows` are the columns that a list of
    records gives besides. Rows with `has_validity` are in force from `since` until before `until`;
    where these say when something stood, whatever is known of it by now, rows `has_knowledge` hold
    what was known from `known_since` until before `known_until`. `rollups` are sums of the rows
    that are kept beside them. `surrogates` names the columns that hold numbers in place of ids,
    where an engine counts different ones by these.
    """

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    dimensions: ClassVar[tuple[Dimension, ...]] = ()
    shows: ClassVar[tuple[str, ...]] = ()
    has_validity: ClassVar[bool] = False
    has_knowledge: ClassVar[bool] = False
    has_deletion: ClassVar[bool] = False
    rollups: ClassVar[tuple[Rollup, ...]] = ()
    surrogates: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def grain(cls) -> str:
        """What one row is."""
        return (cls.__doc__ or "").strip().splitlines()[0]


class Term:
    """Whatever a formula can be made of."""

    def parts(self) -> Iterator[Term]:
        """The terms directly inside this one."""
        return iter(())

    def only(self, condition: Expression) -> Term:
        """The same over fewer rows."""
        raise NotImplementedError

    def __add__(self, other: Term | float) -> Formula:
        return Formula(operator.add, self, term(other))

    def __sub__(self, other: Term | float) -> Formula:
        return Formula(operator.sub, self, term(other))

    def __rsub__(self, other: float) -> Formula:
        return Formula(operator.sub, term(other), self)

    def __mul__(self, other: Term | float) -> Formula:
        return Formula(operator.mul, self, term(other))

    def __rmul__(self, other: float) -> Formula:
        return Formula(operator.mul, term(other), self)

    def __truediv__(self, other: Term | float) -> Formula:
        return Formula(operator.truediv, self, term(other))

    def __rtruediv__(self, other: float) -> Formula:
        return Formula(operator.truediv, term(other), self)

    def __pow__(self, other: Term | float) -> Formula:
        return Formula(operator.pow, self, term(other))


def term(value: Term | float) -> Term:
    """A number as a term; a term as it is."""
    return value if isinstance(value, Term) else Constant(value)


@dataclass(frozen=True, eq=False)
class Measure(Named, Term):
    """One aggregate over one fact table, put in a period by one anchor, credited by one rule.

    `per` adds values of other measures to every row, for `where` to look at: those of the same
    period and of the row's own rep, stage or whatever dimensions they are keyed by. `later` adds
    columns of the same record as they are at the end of the period. `parent` is the measure of
    which `only` made this one. `split_needs` names what must be loaded besides for the measure to
    be told apart by a dimension: where no cost names a team, no team's cost is known.
    """

    value: Aggregate
    at: Anchor
    credit: Credit | None = None
    where: Expression | None = None
    needs: tuple[Need, ...] = ()
    split_needs: Mapping[Dimension, Need] = field(default_factory=dict)
    per: Mapping[tuple[Dimension, ...], Mapping[str, Term]] = field(default_factory=dict)
    later: Mapping[str, str] = field(default_factory=dict)
    parent: Measure | None = None
    words: str = ""

    def only(
        self, condition: Expression, *, needs: tuple[Need, ...] = (), words: str = ""
    ) -> Measure:
        """The same measure over fewer rows, so that `x.only(c) / x` cannot leave [0, 1]."""
        where = condition if self.where is None else self.where & condition
        return replace(self, where=where, parent=self, needs=(*self.needs, *needs), words=words)

    def of(self, value: Aggregate, *, words: str = "") -> Measure:
        """Another number made of the same rows."""
        return replace(self, value=value, parent=None, words=words)

    def __getattr__(self, attribute: str) -> Any:
        """Name a measure made by `only` after its parent, where it has no name of its own."""
        if self.parent is not None and attribute == "owner":
            return self.parent.owner
        if self.parent is not None and attribute == "name":
            return f"{self.parent.name}_{crc32(f'{self.value}{self.where}'.encode()):08x}"
        raise AttributeError(attribute)

    def needed_by(self, dimensions: Collection[Dimension]) -> tuple[Need, ...]:
        """What must be loaded for the measure to mean anything in a question with dimensions."""
        of_split = (need for each, need in self.split_needs.items() if each in dimensions)
        return (*self.needs, *of_split)

    @property
    def empty(self) -> float | None:
        """What a slice without rows means."""
        return self.value.empty

    @property
    def looked_up(self) -> Iterator[Term]:
        """The terms whose values are added to every row."""
        return (each for known in self.per.values() for each in known.values())

    @property
    def added(self) -> frozenset[str]:
        """The columns that are added to every row."""
        return frozenset(self.later).union(*self.per.values())

    @property
    def fact(self) -> type[Fact]:
        """The fact the measure is declared on."""
        return self.owner

    @property
    def id(self) -> str:
        """A name that no other measure has."""
        return f"{self.owner.__name__}.{self.name}"

    def __str__(self) -> str:
        return self.words or self.name.replace("_", " ")


SIGNS = {
    operator.add: "+",
    operator.sub: "−",
    operator.mul: "×",
    operator.truediv: "÷",
    operator.pow: "^",
}


@dataclass(frozen=True, eq=False)
class Formula(Term):
    """Two terms joined by + − × ÷ or ^. A share of nothing is unknown, not zero."""

    apply: Callable[[Any, Any], Any]
    left: Term
    right: Term
    parent: Formula | None = None
    words: str = ""

    def named(self, words: str) -> Formula:
        """The same formula under a name of its own, for people to read."""
        return replace(self, words=words)

    def parts(self) -> Iterator[Term]:
        """Left, then right."""
        yield self.left
        yield self.right

    def only(self, condition: Expression) -> Formula:
        """The same formula over fewer rows."""
        return replace(
            self,
            left=self.left.only(condition),
            right=self.right.only(condition),
            parent=self,
            words="",
        )

    def __str__(self) -> str:
        if self.words:
            return self.words

        def inside(part: Term) -> str:
            brackets = (
                isinstance(part, Formula)
                and not part.words
                and (SIGNS[part.apply] in "+−" or SIGNS[self.apply] in "÷^")
            )
            return f"({part})" if brackets and SIGNS[self.apply] not in "+" else str(part)

        return f"{inside(self.left)} {SIGNS[self.apply]} {inside(self.right)}"


@dataclass(frozen=True, eq=False)
class Constant(Term):
    """A number."""

    number: float

    def __str__(self) -> str:
        return f"{self.number:,g}"


@dataclass(frozen=True, eq=False)
class Before(Term):
    """A term as it was in the period before (`previous`)."""

    inner: Term

    def parts(self) -> Iterator[Term]:
        """What is asked of the period before."""
        yield self.inner

    def __str__(self) -> str:
        return f"{self.inner} in the period before"


@dataclass(frozen=True, eq=False)
class Above(Term):
    """A term where it is above zero, else unknown."""

    inner: Term

    def parts(self) -> Iterator[Term]:
        """What must be above zero."""
        yield self.inner

    def __str__(self) -> str:
        return f"({self.inner})"


@dataclass(frozen=True, eq=False)
class Absolute(Term):
    """How far a term is from zero."""

    inner: Term

    def parts(self) -> Iterator[Term]:
        """What may be below zero."""
        yield self.inner

    def __str__(self) -> str:
        return f"|{self.inner}|"


@dataclass(frozen=True, eq=False)
class Finished(Term):
    """A term of a period that is over, else unknown. The period `all` never is."""

    inner: Term

    def parts(self) -> Iterator[Term]:
        """What is known once the period is over."""
        yield self.inner

    def __str__(self) -> str:
        return str(self.inner)


@dataclass(frozen=True, eq=False)
class Clock(Term):
    """A length of the period up to E: `days` or `months`; or `elapsed`, the share of the working
    days that have passed.
    """

    column: str
    words: str

    def __str__(self) -> str:
        return self.words


DAYS = Clock("days", "days of the period")
MONTHS = Clock("months", "months of the period")
ELAPSED = Clock("elapsed", "share of the working days that have passed")


def walk(part: Term) -> Iterator[Term]:
    """A term and all terms inside it."""
    yield part
    for each in part.parts():
        yield from walk(each)


def measures(part: Term) -> Iterator[Measure]:
    """All measures of a term, those that its conditions look at left out."""
    return (each for each in walk(part) if isinstance(each, Measure))
