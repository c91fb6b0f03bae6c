"""What DuckDB may use of the machine at this moment, where it answers many.

What it read of the file it would keep in memory up to its limit, although the system keeps the
file's pages as well: questions are a tenth slower without. So questions get along with little,
and changes, which need more, are given it while they last.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

SMALL = 2**30
"""A file of fewer bytes holds about two million activities at most."""

LITTLE = 448 * 2**20
"""The bytes that questions about up to ten million activities get along with."""

SHARE = 12
"""Of a file of more than that, this part of its size."""

CALM_SECONDS = 1.0
"""For so long nobody else has asked when a question may take all threads again."""


def little_of(size: int) -> int:
    """The bytes of memory that questions about a file of a size are given at first.

    >>> little_of(36 * 2**30) // 2**30
    3
    """
    return max(LITTLE, size // SHARE)


class Means:
    """How much memory and how many threads are given; safe to use from many threads.

    Nothing is ever changed for a warehouse that is not to answer many.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        memory: str,
        *,
        is_shared: bool = False,
        size: int | None = None,
    ):
        """`memory` is all that is given; `is_shared` says whether threads may be shared out.

        `size` is that of the file of a warehouse that is to answer many, else None.
        """
        self._connection = connection
        self._memory = memory
        self._little = memory if size is None else self._less(size)
        self._is_shared = is_shared and size is not None and 0 < size < SMALL
        self._lock = threading.Lock()
        self._asking = 0
        self._large = 0
        self._together_at = -CALM_SECONDS
        self._given: dict[str, object] = {}
        if self.is_little:
            self._set("memory_limit", self._little)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """While a question is answered: one that is alone takes all threads, several one each."""
        with self._lock:
            self._asking += 1
            self._share()
        try:
            yield
        finally:
            with self._lock:
                self._asking -= 1

    @contextmanager
    def at_large(self) -> Iterator[None]:
        """While something is done that takes more memory than questions do: all that is given."""
        with self._lock:
            self._large += 1
            if self.is_little:
                self._set("memory_limit", self._memory)
        try:
            yield
        finally:
            with self._lock:
                self._large -= 1
                if self.is_little and not self._large:
                    self._set("memory_limit", self._little)

    @property
    def is_little(self) -> bool:
        """Whether there is more to be had than questions are given."""
        return self._little != self._memory

    def _less(self, size: int) -> str:
        """The smaller one of what questions get along with and what the settings give."""
        little = f"{little_of(size) // 2**20}MiB"
        found = self._connection.execute(
            "select parse_formatted_bytes($1) < parse_formatted_bytes($2)",
            [little, self._memory],
        ).fetchone()
        return little if found == (True,) else self._memory

    def _share(self) -> None:
        """Give a question the threads that the others leave."""
        if not self._is_shared:
            return
        now = time.monotonic()
        if self._asking > 1:
            self._together_at = now
        is_alone = now - self._together_at >= CALM_SECONDS
        self._set("threads", (os.cpu_count() or 1) if is_alone else 1)

    def _set(self, name: str, value: object) -> None:
        if self._given.get(name) == value:
            return
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(f"set {name} = '{value}'")
            self._given[name] = value
        except duckdb.OutOfMemoryException:
            # Others still hold more than that; what they give back is let go of the next time.
            self._given.pop(name, None)
