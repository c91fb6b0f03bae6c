"""Tells every open page that the data changed: nothing else, so that there is nothing to protect.

There is one of it in a process. Whoever changes the data, in whichever thread, wakes all streams.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
import time
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foresail.project import Project

STREAMS_AT_ONCE = 200
STREAMS_EACH = 24
HEARTBEAT_SECONDS = 20.0
LONGEST_SECONDS = 15 * 60.0
"""A stream ends then and the page opens another: so whoever may not come in any more is out."""


class News:
    """Who listens, and which state of the data is the latest."""

    def __init__(self) -> None:
        self._project: Project | None = None
        self._begun = ""
        self._lock = threading.Lock()
        self._ears: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}
        self._counts: Counter[object] = Counter()
        self._is_over = False

    def follow(self, project: Project | None) -> None:
        """Speak of this project from now on; with None, of none."""
        self._project, self._begun, self._is_over = project, secrets.token_hex(4), False
        if project is not None:
            project.warehouse.watch(self.tell)
        self.tell()

    @property
    def state(self) -> str:
        """Names the state of the data: another one means that something changed."""
        version = self._project.warehouse.version if self._project else 0
        return f"{self._begun}-{version}"

    def tell(self) -> None:
        """Wake all streams, to see whether the state is another one."""
        with self._lock:
            for event, loop in self._ears.items():
                loop.call_soon_threadsafe(event.set)

    def end(self) -> None:
        """End all streams: the process stops."""
        self._is_over = True
        self.tell()

    def has_room(self, who: object) -> bool:
        """Whether somebody may open a further stream."""
        return len(self._ears) < STREAMS_AT_ONCE and self._counts[who] < STREAMS_EACH

    @property
    def listeners(self) -> int:
        """How many streams are open."""
        return len(self._ears)

    async def stream(self, who: object, seen: str) -> AsyncGenerator[bytes]:
        """Server-sent events: one for each state that is not the one seen last."""
        seen = seen or self.state
        until = time.monotonic() + LONGEST_SECONDS
        with self._listening(who) as event:
            yield b": open\n\n"
            while not self._is_over and time.monotonic() < until:
                event.clear()
                if self.state != seen:
                    seen = self.state
                    yield message(seen)
                try:
                    await asyncio.wait_for(event.wait(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    yield b": still here\n\n"

    @contextmanager
    def _listening(self, who: object) -> Iterator[asyncio.Event]:
        event = asyncio.Event()
        with self._lock:
            self._ears[event] = asyncio.get_running_loop()
            self._counts[who] += 1
        try:
            yield event
        finally:
            with self._lock:
                del self._ears[event]
                self._counts[who] -= 1
                if not self._counts[who]:
                    del self._counts[who]


def message(state: str) -> bytes:
    """The event that data arrived.

    >>> message("8f3a-4")
    b'event: data\\nid: 8f3a-4\\ndata: {"state": "8f3a-4"}\\n\\n'
    """
    return f"event: data\nid: {state}\ndata: {json.dumps({'state': state})}\n\n".encode()


NEWS = News()
