"""How long until something happens, where some cases are watched for a while only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

HALF = Fraction(1, 2)
Case = tuple[Any, str]


def censored_median(cases: Iterable[tuple[Any, bool]]) -> Any:
    """The first length by which half have got there (Kaplan and Meier); None: they never do.

    A case is its length and whether the event happened then, or it was only watched so long.
    """
    remaining = Fraction(1)
    for length, kinds, watched in _by_length(cases):
        remaining *= 1 - Fraction(kinds.count(True), watched)
        if remaining <= HALF:
            return length
    return None


def incidence(cases: Iterable[Case], horizon: Any = None) -> Fraction | None:
    """The chance of the event by a length (None: ever), against rivals (Aalen and Johansen).

    A case is its length and what happened then: "event", "rival", or "censored".
    """
    listed = list(cases)
    reached, remaining = Fraction(0), Fraction(1)
    for length, kinds, watched in _by_length(listed):
        if horizon is not None and length > horizon:
            break
        events, rivals = kinds.count("event"), kinds.count("rival")
        reached += remaining * Fraction(events, watched)
        remaining *= 1 - Fraction(events + rivals, watched)
    return reached if listed else None


def _by_length(cases: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Sequence[Any], int]]:
    """Each length in order, what happened then, and how many were still watched just before.

    Who is watched exactly as long as an event takes is at risk of it.
    """
    at: dict[Any, list[Any]] = {}
    for length, kind in cases:
        at.setdefault(length, []).append(kind)
    watched = sum(len(kinds) for kinds in at.values())
    for length in sorted(at):
        yield length, at[length], watched
        watched -= len(at[length])
