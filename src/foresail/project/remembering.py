"""What was worked out from the data, kept until they change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Made = TypeVar("Made")


class Remembered:
    """Things made from one version of the data; safe to use from many threads.

    A later version lets go of all of them. Together they take at most `most` of whatever `size`
    measures; those used last stay.
    """

    def __init__(self, most: int, size: Callable[[Any], int] = lambda _made: 1):
        self._most = most
        self._size = size
        self._version = -1
        self._made: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._taken = 0
        self._lock = threading.Lock()

    def find(self, version: int | None, key: Hashable) -> Any:
        """What was made under a key from this version; None where nothing is kept."""
        with self._lock:
            if version != self._version or key not in self._made:
                return None
            self._made.move_to_end(key)
            return self._made[key][0]

    def keep(self, version: int | None, key: Hashable, made: Any) -> None:
        """Keep what was made from a version, unless that is unsure or a later one is known."""
        size = self._size(made)
        with self._lock:
            if version is None or version < self._version or size > self._most:
                return
            if version > self._version:
                self._made.clear()
                self._version, self._taken = version, 0
            if key in self._made:
                self._taken -= self._made.pop(key)[1]
            self._made[key] = (made, size)
            self._taken += size
            while self._taken > self._most:
                self._taken -= self._made.popitem(last=False)[1][1]

    def get(self, version: int | None, key: Hashable, make: Callable[[], Made]) -> Made:
        """What was made under a key from this version, made now if there is nothing.

        Without a version it is made and not kept.
        """
        found: Made | None = self.find(version, key)
        if found is None:
            found = make()
            self.keep(version, key, found)
        return found
