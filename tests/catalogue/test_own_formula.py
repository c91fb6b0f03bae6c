"""A formula means what the same text means in Python."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from foresail.catalogue import CATALOGUE, KPIS
from foresail.catalogue.own.formula import Name, Number, Part, read
from foresail.catalogue.own.terms import Builder
from foresail.core.errors import DefinitionError
from foresail.core.measures import Constant, Formula, Measure, Term

VALUES = {"deals_won": 7, "deals_lost": 11, "outbound_calls": 13, "emails_sent": 17}
APPLY: dict[str, Any] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
}
LEAVES = st.sampled_from([*VALUES, "2", "0.5", "1000"])
TEXTS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(" ".join),
        inner.map("({})".format),
        inner.map("-{}".format),
    ),
    max_leaves=10,
)


def in_python(text: str) -> Fraction:
    """What Python makes of the text."""
    for number in ("0.5", "1000", "2"):
        text = text.replace(number, f"F('{number}')")
    known = {name: Fraction(value) for name, value in VALUES.items()}
    return Fraction(eval(text, {"F": Fraction, **known}))


def worth(part: Part) -> Fraction:
    """What the parts that were read come to."""
    if isinstance(part, Number):
        return part.value
    if isinstance(part, Name):
        return Fraction(VALUES[part.text])
    found: Fraction = APPLY[part.sign](worth(part.left), worth(part.right))
    return found


def evaluated(term: Term) -> float:
    """What a term comes to where its measures have their values."""
    if isinstance(term, Constant):
        return term.number
    if isinstance(term, Measure):
        return next(float(VALUES[name]) for name in VALUES if KPIS[name].formula is term)
    assert isinstance(term, Formula)
    return float(term.apply(evaluated(term.left), evaluated(term.right)))


@given(TEXTS)
def test_what_is_read_is_what_is_written(text: str) -> None:
    try:
        expected = in_python(text)
    except ZeroDivisionError:
        assume(False)
    assert worth(read(text)) == expected


@given(TEXTS)
def test_the_term_comes_to_the_same(text: str) -> None:
    part = read(text)
    builder = Builder(text, part, CATALOGUE.known.get, CATALOGUE.known)
    assume(builder.named)
    try:
        expected = float(in_python(text))
        found = evaluated(builder.built(part).whole())
    except (DefinitionError, ZeroDivisionError):
        assume(False)  # counts and plain numbers are not added; nothing is divided by zero
    assert abs(found - expected) <= 1e-9 * max(1.0, abs(expected))
