"""Compiled queries, kept by the shape of their question."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from foresail.warehouse import cache

KEPT = 512


@dataclass(frozen=True)
class Plan:
    """The SQL of a query, and what is known of its columns, as plain values."""

    sql: str
    about: Any


class Plans:
    """The plans used last, and those that earlier processes kept; safe to use from many threads."""

    def __init__(self) -> None:
        self._plans: OrderedDict[str, Plan] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, shape: tuple[Any, ...], make: Callable[[], Plan]) -> Plan:
        """The plan for a shape of question, made if there is none."""
        key = cache.key_of(*shape)
        with self._lock:
            if key in self._plans:
                self._plans.move_to_end(key)
                return self._plans[key]
        known = cache.read(key)
        plan = Plan(**known) if known is not None else make()
        if known is None:
            cache.keep(key, asdict(plan))
        with self._lock:
            self._plans[key] = plan
            while len(self._plans) > KEPT:
                self._plans.popitem(last=False)
        return plan
