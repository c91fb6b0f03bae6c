"""The steps of the plan, each kept by the settings that it looked at.

So another zone or threshold works out those steps anew that depend on it, and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any, cast

from foresail.facts.making.source import Source
from foresail.facts.making.statement import Statement
from foresail.warehouse import Settings, cache

VARIANTS = 24
"""So many settings of one step are remembered."""

Make = Callable[[Source], Any]


class Watched:
    """Settings that note which of them were read, and what they were."""

    def __init__(self, settings: Any, read: dict[str, str] | None = None, prefix: str = ""):
        self._settings, self._prefix = settings, prefix
        self.read = {} if read is None else read

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._settings, name)
        if name == "thresholds":
            return Watched(value, self.read, f"{name}.")
        self.read[self._prefix + name] = repr(value)
        return value


def is_same(read: dict[str, str], settings: Settings) -> bool:
    """Whether settings that were read are still the same."""
    watched = Watched(settings)
    for path in read:
        value: Any = watched
        for name in path.split("."):
            value = getattr(value, name)
    return watched.read == read


def planned(source: Source, steps: Iterable[Make], settings: Settings) -> list[Statement]:
    """The statements of all steps; a step that is not kept is worked out on the source.

    Those before it are run only then: its tables must know the columns of theirs.
    """
    found: list[Statement] = []
    number_run = 0
    for make in steps:
        key = cache.key_of("step", source.dialect, make.__name__)
        variants = cache.read(key) or []
        known = next((each for each in variants if is_same(each["read"], settings)), None)
        if known is None:
            source.run(*found[number_run:])
            known = _worked_out(source, make, settings)
            cache.keep(key, [known, *variants][:VARIANTS])
            number_run = len(found) + len(known["statements"])
        found += [Statement(**each) for each in known["statements"]]
    return found


def _worked_out(source: Source, make: Make, settings: Settings) -> dict[str, Any]:
    watched = Watched(settings)
    source.settings = cast(Settings, watched)
    before = len(source.statements)
    make(source)
    return {"read": watched.read, "statements": list(map(asdict, source.statements[before:]))}
