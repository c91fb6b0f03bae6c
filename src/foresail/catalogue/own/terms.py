"""From the parts of a formula to a term of measures and KPIs."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from foresail.catalogue.own.formula import Name, Number, Operation, Part, fail
from foresail.catalogue.own.units import PLAIN, Kinds, kinds_of
from foresail.core.anchors import Count, Distinct, Sum
from foresail.core.errors import nearest
from foresail.core.formulas import parts_of_value
from foresail.core.kpis import KPI, Unit
from foresail.core.measures import Constant, Formula, Measure, Term, walk
from foresail.core.units import unit_of

MOST_TERMS = 100
APPLIES: dict[str, Callable[..., object]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
Known = Callable[[str], KPI | None]


@dataclass(frozen=True)
class Built:
    """A part of a formula as a term times a number; a plain number has no term.

    `kinds` is what is counted over what; `size` the number of terms.
    """

    term: Term | None
    factor: Fraction = Fraction(1)
    kinds: Kinds = PLAIN
    size: int = 1

    def whole(self) -> Term:
        """The term, scaled."""
        if self.term is None:
            return Constant(float(self.factor))
        if self.factor == 1:
            return self.term
        if self.factor.numerator == 1:
            return self.term / float(1 / self.factor)
        return self.term * float(self.factor)


class Builder:
    """Makes the term of one formula's text, from the KPIs that are known by name."""

    def __init__(self, text: str, part: Part, known: Known, names: Iterable[str]):
        self.text = text
        self.part = part
        self._known = known
        self._names = tuple(names)
        names_inside = list(_names(part))
        self.named = list(dict.fromkeys(self._kpi(each) for each in names_inside))
        self._is_plain = all(_is_plain(self._part(each)) for each in names_inside)

    def built(self, part: Part) -> Built:
        """The term of a part.

        Errors: `DefinitionError` that points at what cannot be.
        """
        if isinstance(part, Number):
            return Built(None, part.value)
        if isinstance(part, Name):
            return self._of_name(part)
        left, right = self.built(part.left), self.built(part.right)
        size = left.size + right.size
        if size > MOST_TERMS:
            fail(self.text, part.at, f"it is made of more than {MOST_TERMS} terms.")
        join = self._product if part.sign in "*/" else self._sum
        return replace(join(part, left, right), size=size)

    def _of_name(self, name: Name) -> Built:
        kpi, term = self._kpi(name), self._part(name)
        if isinstance(term, KPI) and self._is_plain:
            term = term.formula
        unit = Unit(unit_of(name.text.partition(".")[2], kpi))
        return Built(term, kinds=kinds_of(unit), size=sum(1 for _ in walk(term)))

    def _part(self, name: Name) -> Term:
        """What a name stands for: a KPI, or a term that travels with it."""
        kpi = self._kpi(name)
        part = name.text.partition(".")[2]
        return parts_of_value(kpi)[part] if part else kpi

    def _kpi(self, name: Name) -> KPI:
        head, _, part = name.text.partition(".")
        kpi = self._known(head)
        if kpi is None:
            fail(self.text, name.at, f"there is no KPI {head}.{nearest(head, self._names)}")
        parts = parts_of_value(kpi)
        if part and part not in parts:
            has = f"It has: {', '.join(parts)}." if parts else "It has none."
            fail(self.text, name.at, f"{head} has no part {part}.{nearest(part, parts)} {has}")
        return kpi

    def _product(self, part: Operation, left: Built, right: Built) -> Built:
        if part.sign == "*":
            kinds, factor = left.kinds * right.kinds, left.factor * right.factor
            if left.term is None or right.term is None:
                return Built(left.term or right.term, factor, kinds)
            return Built(left.term * right.term, factor, kinds)
        if right.factor == 0:
            fail(self.text, part.at, "this divides by zero.")
        kinds, factor = left.kinds / right.kinds, left.factor / right.factor
        if right.term is None:
            return Built(left.term, factor, kinds)
        if left.term is None:
            return Built(Constant(float(factor)) / right.term, Fraction(1), kinds)
        return Built(left.term / right.term, factor, kinds)

    def _sum(self, part: Operation, left: Built, right: Built) -> Built:
        is_added = part.sign == "+"
        if left.term is None and right.term is None:
            return Built(None, left.factor + (right.factor if is_added else -right.factor))
        if left.term and right.term and left.kinds != right.kinds:
            doing = "added" if is_added else "subtracted"
            reason = f"{left.kinds} and {right.kinds} cannot be {doing}."
            fail(self.text, part.at, reason)
        apply = operator.add if is_added else operator.sub
        kinds = left.kinds if left.term else right.kinds
        return Built(Formula(apply, left.whole(), right.whole()), Fraction(1), kinds)


def _names(part: Part) -> Iterator[Name]:
    """The names in a part, as often as they stand there."""
    if isinstance(part, Name):
        yield part
    elif isinstance(part, Operation):
        yield from _names(part.left)
        yield from _names(part.right)


def _is_plain(term: Term) -> bool:
    """Whether a term is no more than counts or sums of money, so that its formula says it all.

    Formulas of such terms alone are made of their measures: numerators and denominators, and the
    records of both, are then those of the measures.
    """
    if isinstance(term, KPI):
        says_more = term.given or term.left_out or term.beside
        is_amount = term.unit in (Unit.COUNT, Unit.MONEY)
        return is_amount and not says_more and _is_plain(term.formula)
    if isinstance(term, Formula):
        is_sum = term.apply in (operator.add, operator.sub)
        return is_sum and _is_plain(term.left) and _is_plain(term.right)
    return isinstance(term, Measure) and isinstance(term.value, Count | Sum | Distinct)
