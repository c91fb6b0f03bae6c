"""What a KPI is: a formula with its meaning, unit, direction and benchmark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from typing import ClassVar

from foresail.core.anchors import At, On
from foresail.core.dimensions import CLOCK_DIMENSIONS, HOUR_OF_DAY, Dimension
from foresail.core.measures import Measure, Named, Term, measures

SPELLED = {
    **{each: each.upper() for each in ("cac", "clv", "mql", "mrr", "nps", "sla", "sql")},
    "1000": "1,000",
    "28d": "in 28 days",
    "avg": "average",
}
"""Words of names that people write otherwise."""


class Kind(Enum):
    """Whether it can be acted on."""

    LEADING = "action: what we do, and can change this week"
    LAGGING = "result: what came of it"


class Better(Enum):
    """Which direction is good."""

    HIGHER = "higher"
    LOWER = "lower"
    ON_TARGET = "on target"


class Unit(Enum):
    """What the number counts."""

    COUNT = "count"
    PERCENT = "share"
    MONEY = "money"
    DURATION = "duration"
    RATIO = "ratio"
    PER_DAY = "per day"
    PER_1000 = "per 1,000"
    MONEY_PER_DAY = "money/day"
    POINTS = "points"


@dataclass(frozen=True)
class Benchmark:
    """A published range and who says so; a comparison, never a truth."""

    low: float | None
    high: float | None
    source: str


class Theme:
    """A group of KPIs. The docstring's first line is the question they answer.

    `spelling` is the name people read, where it is not the class's own words.
    """

    spelling: ClassVar[str] = ""

    @classmethod
    def label(cls) -> str:
        """The name people read."""
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__)
        return cls.spelling or words.capitalize()

    @classmethod
    def question(cls) -> str:
        """The question that the group answers."""
        return (cls.__doc__ or "").strip().splitlines()[0]

    @classmethod
    def kpis(cls) -> tuple[KPI, ...]:
        """The KPIs, in the order in which they are written."""
        return tuple(each for each in vars(cls).values() if isinstance(each, KPI))


@dataclass(frozen=True, kw_only=True, eq=False)
class KPI(Named, Term):
    """One number of the catalogue.

    `given` is a measure without which the value is unknown where it counts nothing; `left_out`
    counts the cases that the definition leaves out; `beside` are further counts, estimates and
    lengths that travel with the value. `demands` are the ids of what people asked
    for; `section` the part of the definitions that settles it.
    """

    meaning: str
    formula: Term
    unit: Unit
    better: Better
    kind: Kind
    demands: tuple[str, ...]
    section: str
    benchmark: Benchmark | None = None
    given: Measure | None = None
    left_out: Measure | None = None
    beside: Mapping[str, Term] = field(default_factory=dict)
    caveats: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The name it is asked by."""
        return self.name

    @property
    def label(self) -> str:
        """The name people read."""
        words = spelled(self.name)
        return words[0].upper() + words[1:]

    def called(self, name: str) -> KPI:
        """The same KPI under a name that no theme gives it."""
        kpi = replace(self)
        kpi.__set_name__(type(self), name)
        return kpi

    def parts(self) -> Iterator[Term]:
        """The formula, and the measures beside it."""
        yield self.formula
        yield from filter(None, (self.given, self.left_out, *self.beside.values()))

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions that every measure of the formula carries."""
        first, *rest = (carried(each) for each in measures(self))
        return tuple(each for each in first if all(each in other for other in rest))

    def __str__(self) -> str:
        return spelled(self.name)


def decisive(part: Term) -> Iterator[Measure]:
    """The measures without which a value is unknown: those of its formula.

    What stands beside it, or counts what is left out, may itself be unknown.
    """
    if isinstance(part, Measure):
        yield part
    inner = filter(None, (part.formula, part.given)) if isinstance(part, KPI) else part.parts()
    for each in inner:
        yield from decisive(each)


def spelled(name: str) -> str:
    """A name for programs as people write it.

    >>> spelled("opportunities_per_1000_mql")
    'opportunities per 1,000 MQL'
    >>> spelled("no_show_rate")
    'no-show rate'
    """
    text = " ".join(SPELLED.get(word, word) for word in name.split("_"))
    return re.sub(r"\b(no|follow) (shows?|ups?)\b", r"\1-\2", text)


def carried(measure: Measure) -> tuple[Dimension, ...]:
    """The dimensions by which one measure can be split."""
    of_rep = measure.credit.carries if measure.credit else ()
    clock: tuple[Dimension, ...] = ()
    if isinstance(measure.at, At) and not measure.at.by_day:
        clock = CLOCK_DIMENSIONS
    elif isinstance(measure.at, At) or (isinstance(measure.at, On) and not measure.at.spread):
        clock = tuple(each for each in CLOCK_DIMENSIONS if each is not HOUR_OF_DAY)
    return (*of_rep, *measure.fact.dimensions, *clock)
