"""Compiled queries and their pieces, kept by the shape of what they answer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from foresail.warehouse import cache

KEPT = 8192


@dataclass(frozen=True)
class Plan:
    """The SQL of a query, and what is known of its columns, as plain values.

    `lookups` are the tables that are found beforehand and lent to it: the query of each by its
    name.
    """

    sql: str
    about: Any
    lookups: Mapping[str, str] = field(default_factory=dict)


class Plans:
    """What was used last, and what earlier processes kept; safe to use from many threads."""

    def __init__(self) -> None:
        self._plans: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._lock = threading.Lock()

    def knows(self, shape: tuple[Any, ...]) -> bool:
        """Whether a shape was answered before, here or in an earlier process."""
        with self._lock:
            is_here = shape in self._plans
        return is_here or cache.read(cache.key_of(*shape)) is not None

    def get(self, shape: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """What answers a shape, as plain values that JSON can hold; made if there is nothing."""
        with self._lock:
            if shape in self._plans:
                self._plans.move_to_end(shape)
                return self._plans[shape]
        key = cache.key_of(*shape)
        known = cache.read(key)
        if known is None:
            known = make()
            cache.keep(key, known)
        with self._lock:
            self._plans[shape] = known
            while len(self._plans) > KEPT:
                self._plans.popitem(last=False)
        return known
