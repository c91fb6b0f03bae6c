"""Work done at the same time, in threads that all requests share: as many as there are cores."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from typing import TypeVar

Made = TypeVar("Made")

_threads = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="foresail-page")
_here = threading.local()


def at_once(works: Sequence[Callable[[], Made]]) -> list[Made]:
    """What each work gives, in their order; the first one's error where any fails.

    Each sees the context of the caller, such as the time zone, but not its connection to the
    database of accounts. Work that is itself done so goes through its own works in turn, for it
    must not wait for threads that it holds.
    """
    if len(works) < 2 or getattr(_here, "is_shared", False):
        return [work() for work in works]
    waiting = [_threads.submit(copy_context().run, _shared, work) for work in works]
    wait(waiting)
    return [each.result() for each in waiting]


def _shared(work: Callable[[], Made]) -> Made:
    _here.is_shared = True
    return work()
