"""Compiled queries and their pieces, kept by the shape of what they answer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from foresail.warehouse import cache

KEPT = 8192


@dataclass(frozen=True)
class Plan:
    """The SQL of a query, and what is known of its columns, as plain values."""

    sql: str
    about: Any


class Plans:
    """What was used last, and what earlier processes kept; safe to use from many threads."""

    def __init__(self) -> None:
        self._plans: OrderedDict[str, Any] = OrderedDict()
        self._lock = threading.Lock()

    def knows(self, shape: tuple[Any, ...]) -> bool:
        """Whether a shape was answered before, here or in an earlier process."""
        key = cache.key_of(*shape)
        with self._lock:
            is_here = key in self._plans
        return is_here or cache.read(key) is not None

    def get(self, shape: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """What answers a shape, as plain values that JSON can hold; made if there is nothing."""
        key = cache.key_of(*shape)
        with self._lock:
            if key in self._plans:
                self._plans.move_to_end(key)
                return self._plans[key]
        known = cache.read(key)
        if known is None:
            known = make()
            cache.keep(key, known)
        with self._lock:
            self._plans[key] = known
            while len(self._plans) > KEPT:
                self._plans.popitem(last=False)
        return known
