"""How many requests are worked on at once; open streams wait beside them and take nobody's turn."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

Application = Callable[..., Awaitable[None]]


class Turns:
    """An ASGI application behind which at most `most` requests run; those to `path` always do."""

    def __init__(self, application: Application, most: int, path: str):
        self.application = application
        self.path = path
        self._turns = asyncio.Semaphore(most)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request when it is its turn."""
        if scope.get("path") == self.path:
            await self.application(scope, receive, send)
            return
        async with self._turns:
            await self.application(scope, receive, send)
