"""What DuckDB may take of the memory, and what is said where that is too little.

What does not fit goes to disk, beside the warehouse. A few things cannot: one list of all values of
a question, say, or the rows that are sorted within one window.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from foresail.core.errors import ForesailError

MOST = 8 * 2**30
"""More than this even 10 million activities do not need to have all facts made of them."""

UNKNOWN = 4 * 2**30
"""What a machine is taken to have that does not say."""

OF_CONTAINERS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
"""Where Linux says what a container may take."""


def memory_limit(given: str) -> str:
    """What the settings give, else half of the machine's memory, and 8 GiB at most."""
    return given or f"{min(MOST, machine_memory() // 2) // 2**20}MiB"


def machine_memory() -> int:
    """The bytes of memory that this process could have: the machine's, or its container's."""
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf.
        whole = UNKNOWN
    limits = [_limit_in(path) for path in OF_CONTAINERS]
    return min(whole, *(each for each in limits if each), whole)


def _limit_in(path: Path) -> int:
    """The number of bytes that a file holds; 0 where it holds none."""
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


@contextmanager
def within_memory(what: str, instead: str, limit: str, kind: type[ForesailError]) -> Iterator[None]:
    """Say what took more memory than it may, and what can be done `instead`.

    Errors: one of that `kind`, where DuckDB has no memory left.
    """
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise kind(
            f"{what} takes more memory than the warehouse may use ({limit}). {instead}, or raise "
            "memory_limit under [warehouse] in foresail.toml."
        ) from error
