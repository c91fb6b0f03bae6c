"""How much may be sent to the site at once: what is more is refused before it fills the disk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from foresail.core.errors import ForesailError
from foresail.web.current import current_project

Message = Any
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]

UPLOADS = frozenset({"/data/uploads/", "/api/upload"})
FILES_AT_ONCE = 5
"""How many files of the largest size one upload may hold."""
OTHERS = 4 * 2**20
SPARE = 2**20
DEFAULT_MEGABYTES = 200


class TooMuch(Exception):
    """More was sent than is taken."""


def most_of(path: str) -> int:
    """How many bytes a request to a path may bring."""
    if path not in UPLOADS:
        return OTHERS
    try:
        megabytes = current_project().settings.loading.megabytes
    except ForesailError:
        megabytes = DEFAULT_MEGABYTES
    return FILES_AT_ONCE * megabytes * 10**6 + SPARE


def limited(application: App) -> App:
    """The application behind a door that counts what comes in."""

    async def counting(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        most, come, is_answered = most_of(scope["path"]), 0, False
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if length.isdigit() and int(length) > most:
            await _refuse(send, most)
            return

        async def counted() -> Message:
            nonlocal come
            message = await receive()
            come += len(message.get("body", b""))
            if come > most:
                raise TooMuch
            return message

        async def answered(message: Message) -> None:
            nonlocal is_answered
            is_answered = True
            await send(message)

        try:
            await application(scope, counted, answered)
        except TooMuch:
            if not is_answered:
                await _refuse(send, most)

    return counting


async def _refuse(send: Send, most: int) -> None:
    text = (
        f"This is more than {most / 10**6:,.0f} MB, which is the most that can be sent at once. "
        "Upload fewer files at a time, or load them in the terminal: foresail load FILE..."
    )
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
