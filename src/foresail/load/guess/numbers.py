"""How numbers are written: recognised from values, for the mapping's `decimal`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

CURRENCIES = r"(?:[€$£¥]|EUR|USD|GBP|CHF|Euro)"
MONEY = re.compile(rf"^{CURRENCIES}\s*|\s*{CURRENCIES}$")
PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
WITH_POINT = re.compile(r"[+-]?\d{1,3}([,'\u00a0 ]\d{3})+(\.\d+)?")
WITH_COMMA = re.compile(r"[+-]?(\d{1,3}([.'\u00a0 ]\d{3})+(,\d+)?|\d+,\d+)")
DOUBTFUL = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")
PERCENT = re.compile(r"\s*%$")


@dataclass(frozen=True)
class Numbers:
    """How far values are numbers, and how they are written.

    `decimal` is "." or "," where the values tell, else empty. `has_unit` says that a currency, and
    `is_percent` that a percent sign, stands beside the digits.
    """

    share: float = 0.0
    decimal: str = ""
    is_whole: bool = False
    has_unit: bool = False
    is_percent: bool = False
    least: float = 0.0
    most: float = 0.0


def numbers_of(values: Sequence[str]) -> Numbers:
    """How values are written as numbers."""
    if not values:
        return Numbers()
    percent = sum(1 for each in values if PERCENT.search(each)) > len(values) / 2
    bare = [MONEY.sub("", PERCENT.sub("", each)) if not each.isdigit() else each for each in values]
    has_unit = not percent and any(a != b for a, b in zip(values, bare, strict=True))
    comma = sum(1 for each in bare if _tells_comma(each))
    point = sum(1 for each in bare if _tells_point(each))
    decimal = "," if comma > point else "." if point else ""
    read = [number for each in bare if (number := _read(each, decimal)) is not None]
    if not read:
        return Numbers()
    return Numbers(
        len(read) / len(values),
        decimal,
        all(each == int(each) for each in read),
        has_unit,
        percent,
        min(read),
        max(read),
    )


def _tells_comma(value: str) -> bool:
    return bool(WITH_COMMA.fullmatch(value)) and not DOUBTFUL.fullmatch(value)


def _tells_point(value: str) -> bool:
    if DOUBTFUL.fullmatch(value):
        return False
    return bool(WITH_POINT.fullmatch(value) or ("." in value and PLAIN.fullmatch(value)))


def _read(value: str, decimal: str) -> float | None:
    if decimal == "," and WITH_COMMA.fullmatch(value):
        value = re.sub(r"[.'\u00a0 ]", "", value).replace(",", ".")
    elif decimal != "," and WITH_POINT.fullmatch(value):
        value = re.sub(r"[,'\u00a0 ]", "", value)
    return float(value) if PLAIN.fullmatch(value) and len(value) < 30 else None
