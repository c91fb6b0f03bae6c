"""How everything here is measured: in turns, by the median of the ratios, beside the machine.

Two ways of the same run alternately, A B A B ..., so that a ratio holds although a machine drifts.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Timed:
    """What two ways of the same take, in ms, and the median of their ratios, pair by pair."""

    ours: float
    other: float
    ratio: float


def in_turns(ours: Callable[[int], Any], other: Callable[[int], Any], rounds: int) -> Timed:
    """Both by turns, so many rounds; each is given the number of its round."""
    pairs = [(taken(ours, number), taken(other, number)) for number in range(rounds)]
    return Timed(
        statistics.median(one for one, _ in pairs),
        statistics.median(two for _, two in pairs),
        statistics.median(one / two for one, two in pairs),
    )


def taken(work: Callable[..., Any], *given: Any) -> float:
    """What some work takes, in ms."""
    begun = time.perf_counter()
    work(*given)
    return 1000 * (time.perf_counter() - begun)


def share_below(times: Sequence[float], most: float) -> float:
    """Which share of some times is below the most that is wanted.

    >>> share_below([1, 2, 3, 4], 4)
    0.75
    """
    return sum(each < most for each in times) / len(times)


def percentile(times: Sequence[float], share: float) -> float:
    """The time that a share of them does not exceed.

    >>> percentile([5, 1, 2, 4, 3], 0.95)
    5
    >>> percentile([5, 1, 2, 4, 3], 0.5)
    3
    """
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def machine() -> str:
    """Where and when, and how busy the machine is beside this."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores ({_processor()}), "
        f"{memory:.0f} GiB, Python {platform.python_version()}, DuckDB {version('duckdb')}, "
        f"load {os.getloadavg()[0]:.1f} at the start"
    )


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    names = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    named = (each.partition(":")[2].strip() for each in names if each.startswith("model name"))
    return next(named, platform.machine())


@dataclass(frozen=True)
class Table:
    """Figures as a table in Markdown, printed row by row as they are found."""

    title: str
    columns: tuple[str, ...]

    def __post_init__(self) -> None:
        self.say(f"\n{self.title}: {machine()}\n")
        self.row(*self.columns)
        self.say("|" + "---|" * len(self.columns))

    def row(self, *cells: str) -> None:
        """One more row."""
        self.say(f"| {' | '.join(cells)} |")

    def timed(self, what: str, found: Timed, *rest: str) -> None:
        """A row of two ways that were timed."""
        self.row(what, ms(found.ours), ms(found.other), f"{found.ratio:.2f}", *rest)

    @staticmethod
    def say(text: str) -> None:
        """A line of its own, seen at once."""
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def ms(time: float) -> str:
    """A time in ms as people read it.

    >>> ms(0.284), ms(31.26), ms(15012.3)
    ('0.28 ms', '31.3 ms', '15.0 s')
    """
    if time >= 10_000:
        return f"{time / 1000:.1f} s"
    return f"{time:.2f} ms" if time < 10 else f"{time:.1f} ms"
