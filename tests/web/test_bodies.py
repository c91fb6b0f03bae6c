"""More than is taken is refused, whether it is announced or comes without a word."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from foresail.project import Project
from foresail.web.bodies import OTHERS, limited, most_of


async def taking(scope: Any, receive: Any, send: Any) -> None:
    """An application that reads all that comes."""
    del scope
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})


def status(path: str, *chunks: int, announced: int | None = None) -> int:
    sent: list[dict[str, Any]] = []
    coming = [
        {"body": bytes(size), "more_body": n < len(chunks)} for n, size in enumerate(chunks, 1)
    ]
    headers = [] if announced is None else [(b"content-length", str(announced).encode())]

    async def receive() -> Any:
        return coming.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "path": path, "headers": headers}

    async def ask() -> None:
        await limited(taking)(scope, receive, send)

    asyncio.run(ask())
    found: int = sent[0]["status"]
    return found


def test_what_is_announced_too_large_is_not_read(project: Project) -> None:
    assert status("/settings/", announced=OTHERS + 1) == 413
    assert status("/settings/", 10, announced=10) == 200


def test_what_comes_unannounced_is_counted(project: Project) -> None:
    assert status("/settings/", OTHERS, 1) == 413
    assert status("/settings/", OTHERS - 1, 1) == 200


@pytest.mark.parametrize("path", ["/data/uploads", "/data/uploads/x/", "/", "/settings/"])
def test_only_uploads_may_be_large(project: Project, path: str) -> None:
    assert most_of(path) == OTHERS
    assert most_of("/data/uploads/") == 5 * 200 * 10**6 + 2**20
