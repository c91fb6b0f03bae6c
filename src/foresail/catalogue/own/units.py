"""Which units fit a formula: what is counted, over what."""

from __future__ import annotations

from dataclasses import dataclass, fields

from foresail.core.kpis import Unit

DIMENSIONLESS = tuple(
    each for each in Unit if each not in (Unit.COUNT, Unit.MONEY, Unit.DURATION, Unit.MONEY_PER_DAY)
)


@dataclass(frozen=True)
class Kinds:
    """How often counts, money, seconds and days are multiplied in; what is divided by, below zero.

    >>> str(Kinds(money=1) / Kinds(counts=1)), str(Kinds())
    ('money per count', 'a plain number')
    """

    counts: int = 0
    money: int = 0
    seconds: int = 0
    days: int = 0

    def __mul__(self, other: Kinds) -> Kinds:
        return Kinds(
            *(mine + its for mine, its in zip(self._powers(), other._powers(), strict=True))
        )

    def __truediv__(self, other: Kinds) -> Kinds:
        return Kinds(
            *(mine - its for mine, its in zip(self._powers(), other._powers(), strict=True))
        )

    def _powers(self) -> tuple[int, ...]:
        return tuple(getattr(self, each.name) for each in fields(self))

    def __str__(self) -> str:
        words = dict(zip(("count", "money", "time", "days"), self._powers(), strict=True))
        above = " × ".join(word for word, power in words.items() for _ in range(power))
        below = " × ".join(word for word, power in words.items() for _ in range(-power))
        if not below:
            return above or "a plain number"
        return f"{above or '1'} per {below}"


PLAIN = Kinds()
KINDS = {
    Unit.COUNT: Kinds(counts=1),
    Unit.MONEY: Kinds(money=1),
    Unit.DURATION: Kinds(seconds=1),
    Unit.PER_DAY: Kinds(counts=1, days=-1),
    Unit.MONEY_PER_DAY: Kinds(money=1, days=-1),
}


def kinds_of(unit: Unit) -> Kinds:
    """What a number of this unit is made of."""
    return KINDS.get(unit, PLAIN)


def fitting(kinds: Kinds) -> tuple[Unit, ...]:
    """The units that a number made so can have; days may be counted as well as measured."""
    time = kinds.seconds + kinds.days
    if kinds.money == 1 and time == 0:
        return (Unit.MONEY, Unit.MONEY_PER_DAY) if kinds.counts < 0 else (Unit.MONEY,)
    if kinds.money == 1 and time == -1:
        return (Unit.MONEY_PER_DAY, Unit.MONEY)
    if kinds.money == 0 and time == -1:
        return (Unit.PER_DAY, Unit.RATIO, Unit.COUNT)
    if kinds.money == 0 and kinds.seconds == 1 and kinds.days == 0:
        return (Unit.DURATION, Unit.RATIO)
    if kinds.money == 0 and time == 0 and kinds.counts == 1:
        return (Unit.COUNT,)
    if kinds == PLAIN:
        return DIMENSIONLESS
    return (Unit.RATIO,)
