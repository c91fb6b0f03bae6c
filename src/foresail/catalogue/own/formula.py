"""The text of a formula, read: names, numbers, + - * / and brackets, and nothing else."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import NoReturn

from foresail.core.errors import DefinitionError

LONGEST = 1000
DEEPEST = 50
SIGNS = {"×": "*", "÷": "/", "−": "-", "·": "*"}
TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)"
    r"|(?P<sign>[-+*/()])|(?P<other>\S))",
    re.ASCII,
)


@dataclass(frozen=True)
class Number:
    """A number, and where it stands."""

    value: Fraction
    at: int


@dataclass(frozen=True)
class Name:
    """The name of a KPI, or of one of its parts after a dot, and where it stands."""

    text: str
    at: int


@dataclass(frozen=True)
class Operation:
    """Two parts joined by a sign, and where the sign stands."""

    sign: str
    left: Part
    right: Part
    at: int


Part = Number | Name | Operation


@dataclass(frozen=True)
class Token:
    """A word of the text: its kind, itself, and where it stands."""

    kind: str
    text: str
    at: int


def fail(text: str, at: int, reason: str) -> NoReturn:
    """Refuse a formula, and point at the place."""
    raise DefinitionError(f"formula: {reason}\n  {text}\n  {' ' * at}^")


def read(text: str) -> Part:
    """The parts of a formula.

    Errors: `DefinitionError` that points at the place where it goes wrong.
    """
    if not text.strip():
        raise DefinitionError("formula: it is empty. Write deals_won / outbound_calls.")
    if len(text) > LONGEST:
        raise DefinitionError(
            f"formula: it has {len(text):,} characters; at most {LONGEST:,} are read. "
            "Make own KPIs of its parts."
        )
    return Reader(text).whole()


class Reader:
    """Reads a formula from left to right; * and / bind closer than + and -."""

    def __init__(self, text: str):
        self.text = text
        self._tokens = tokens(text)
        self._next = 0
        self._depth = 0

    @property
    def token(self) -> Token:
        """The word that is read next."""
        return self._tokens[self._next]

    def whole(self) -> Part:
        """The whole text."""
        found = self._sum()
        if self.token.text == ")":
            fail(self.text, self.token.at, "this bracket was never opened.")
        if self.token.kind != "end":
            fail(self.text, self.token.at, "a sign (+ - * /) is expected here.")
        return found

    def _sum(self) -> Part:
        return self._joined("+-", self._product)

    def _product(self) -> Part:
        return self._joined("*/", self._single)

    def _joined(self, signs: str, inner: Callable[[], Part]) -> Part:
        found = inner()
        while self.token.kind == "sign" and self.token.text in signs:
            sign = self._take()
            found = Operation(sign.text, found, inner(), sign.at)
        return found

    def _single(self) -> Part:
        token = self._take()
        if token.kind == "number":
            return Number(self._number(token), token.at)
        if token.kind == "name":
            return Name(token.text, token.at)
        if token.text in ("+", "-"):
            sign = Number(Fraction(f"{token.text}1"), token.at)
            return Operation("*", sign, self._deeper(self._single), token.at)
        if token.text == "(":
            found = self._deeper(self._sum)
            if self.token.text != ")":
                fail(self.text, token.at, "this bracket is never closed.")
            self._take()
            return found
        fail(self.text, token.at, "a KPI, a number or a bracket is expected here.")

    def _deeper(self, inner: Callable[[], Part]) -> Part:
        self._depth += 1
        if self._depth > DEEPEST:
            fail(self.text, self.token.at, f"more than {DEEPEST} brackets lie in each other here.")
        found = inner()
        self._depth -= 1
        return found

    def _take(self) -> Token:
        token = self.token
        if token.kind != "end":
            self._next += 1
        return token

    def _number(self, token: Token) -> Fraction:
        value = float(token.text.replace("_", ""))
        if not math.isfinite(value):
            fail(self.text, token.at, "this number is too large.")
        return Fraction(repr(value))


def tokens(text: str) -> list[Token]:
    """The words of a text, and its end."""
    found: list[Token] = []
    at = 0
    while at < len(text) and (match := TOKEN.match(text, at)):
        kind = str(match.lastgroup)
        word, start = match[kind], match.start(kind)
        if word in SIGNS:
            kind, word = "sign", SIGNS[word]
        elif kind == "other":
            fail(text, start, f"{word} means nothing in a formula.{HINTS.get(word, '')}")
        found.append(Token(kind, word, start))
        at = match.end()
    return [*found, Token("end", "", len(text))]


HINTS = {
    ",": " Write 1000 without a comma, and 0.5 with a point.",
    "%": " Write 0.35 for 35 %.",
    "^": " There are + - * / and brackets.",
    "=": " Write only what stands on the right.",
}
