"""Live updates: who is told that data arrive, and who is not kept waiting by it."""

from __future__ import annotations

import asyncio
import time
from http.client import HTTPResponse
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.error import HTTPError

import pytest
from django.test import Client

from foresail.project import Project
from foresail.project.remote import RemoteProject
from foresail.web.live.news import STREAMS_EACH, News, message
from foresail.web.live.turns import Turns
from tests.web.conftest import TABLES, Served, serving, write_project


class Told:
    """What can be watched as a warehouse is: its version, and whom it calls."""

    def __init__(self) -> None:
        self.version = 2
        self.watch = self.append
        self.calls: list[Any] = []

    def append(self, tell: Any) -> None:
        self.calls.append(tell)

    def change(self) -> None:
        self.version += 2
        for tell in self.calls:
            tell()


def followed() -> tuple[News, Told]:
    news, warehouse = News(), Told()
    news.follow(SimpleNamespace(warehouse=warehouse))  # type: ignore[arg-type]
    return news, warehouse


async def heard(stream: Any) -> bytes:
    found: bytes = await asyncio.wait_for(anext(stream), 5)
    return found


def test_a_stream_says_once_that_the_data_changed() -> None:
    async def listen() -> list[bytes]:
        news, warehouse = followed()
        stream = news.stream("ada", news.state)
        said = [await heard(stream)]
        asyncio.get_running_loop().run_in_executor(None, warehouse.change)
        said.append(await heard(stream))
        assert news.listeners == 1
        assert said[1] == message(news.state)
        news.end()
        said += [each async for each in stream]
        assert news.listeners == 0
        return said

    assert len(asyncio.run(listen())) == 2


def test_what_changed_while_nobody_listened_is_said_at_once() -> None:
    async def listen() -> None:
        news, warehouse = followed()
        seen = news.state
        warehouse.change()
        stream = news.stream("ada", seen)
        await heard(stream)
        assert await heard(stream) == message(news.state)
        await stream.aclose()
        assert news.listeners == 0

    asyncio.run(listen())


def test_requests_wait_for_their_turn_and_streams_take_none() -> None:
    running: list[str] = []

    async def application(scope: Any, _receive: Any, _send: Any) -> None:
        running.append(scope["path"])
        await asyncio.sleep(3600)

    async def ask() -> None:
        turns = Turns(application, 2, "/live/")
        paths = ("/live/", "/a/", "/live/", "/b/", "/c/", "/live/")
        asked = [asyncio.create_task(turns({"path": each}, None, None)) for each in paths]
        await asyncio.sleep(0.01)
        assert sorted(running) == ["/a/", "/b/", "/live/", "/live/", "/live/"]
        asked[1].cancel()
        await asyncio.sleep(0.01)
        assert running[-1] == "/c/"
        for each in asked:
            each.cancel()
        await asyncio.gather(*asked, return_exceptions=True)

    asyncio.run(ask())


def test_nobody_listens_who_has_not_come_in(db: None, project: Project) -> None:
    response = Client().get("/live/")
    assert response.status_code == 302
    assert "/accounts/login/" in response.headers["Location"]


def listen(served: Served, visitor: Any) -> HTTPResponse:
    stream: HTTPResponse = visitor.open(f"{served.address}live/", timeout=30)
    assert stream.headers["Content-Type"] == "text/event-stream"
    assert stream.readline() == b": open\n"
    assert stream.readline() == b"\n"
    return stream


def test_a_load_of_another_command_reaches_every_open_page(tmp_path: Path) -> None:
    write_project(tmp_path, TABLES)
    with serving(tmp_path) as served:
        visitor = served.visitor()
        streams = [listen(served, visitor) for _ in range(STREAMS_EACH)]
        with pytest.raises(HTTPError) as refused:
            visitor.open(f"{served.address}live/")
        assert refused.value.code == 429
        refused.value.close()
        begun = time.monotonic()
        with visitor.open(f"{served.address}people/") as page:
            assert page.status == 200
        assert time.monotonic() - begun < 20
        more = tmp_path / "more"
        more.mkdir()
        (more / "rep.csv").write_text("rep_id,name,team\nzoe,Zoe,North\n")
        held = Project.open(tmp_path)
        assert isinstance(held, RemoteProject)
        held.load(more / "rep.csv")
        assert {each.readline() for each in streams} == {b"event: data\n"}
        served.process.terminate()
        _, said = served.process.communicate(timeout=60)
        assert (served.process.returncode, said) == (0, "")
        for each in streams:
            assert b"event: data" not in each.read()
            each.close()
