"""Style sheets and scripts straight from the packages, under names that carry their content.

A browser may keep such a file for ever, and nobody has to collect files before the first start.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Awaitable, Callable
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]
from whitenoise.responders import StaticFile  # type: ignore[import-untyped]


@cache
def hashed_name(name: str) -> str:
    """`foresail/site.css` as `foresail/site.<hash of its content>.css`."""
    found = finders.find(name)
    if not isinstance(found, str):
        raise ValueError(f"There is no static file {name}.")
    digest = hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12]
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}.{digest}{path.suffix}"))


@lru_cache(maxsize=64)
def packed(content: bytes) -> bytes:
    """A file as it travels."""
    return gzip.compress(content, 9, mtime=0)


class HashedStorage(StaticFilesStorage):
    """Gives static files the address that carries their content."""

    def url(self, name: str | None) -> str:
        """The address of a static file."""
        return super().url(hashed_name(name or ""))


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Answers for static files, plain and hashed names alike, in both kinds of server."""

    sync_capable: ClassVar[bool] = True
    async_capable: ClassVar[bool] = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        super().__init__(get_response)
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        """The file at the address, else what the rest of the site answers."""
        file = self.files.get(request.path_info)
        if iscoroutinefunction(self):
            return self._answer(file, request)
        found: HttpResponseBase = self.serve(file, request) if file else self.get_response(request)
        return found

    async def _answer(self, file: StaticFile | None, request: HttpRequest) -> HttpResponseBase:
        if file:
            return self.serve(file, request)
        response: HttpResponseBase = await self.get_response(request)
        return response

    @staticmethod
    def serve(file: StaticFile, request: HttpRequest) -> HttpResponse:
        """The file in one piece: the few there are, are small."""
        answer = file.get_response(request.method, request.META)
        content = b""
        if answer.file is not None:
            with answer.file:
                content = answer.file.read()
        response = HttpResponse(content, status=int(answer.status))
        del response["Content-Type"]
        for name, value in answer.headers:
            response[name] = value
        if content and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            response.content = packed(content)
            response["Content-Encoding"] = "gzip"
            response["Content-Length"] = str(len(response.content))
        response["Vary"] = "Accept-Encoding"
        return response

    def add_files_from_finders(self) -> None:
        """Know every file under its plain name and under its hashed one."""
        super().add_files_from_finders()
        for url in list(self.files):
            name = url.removeprefix(self.static_prefix)
            self.add_file_to_dictionary(self.static_prefix + hashed_name(name), finders.find(name))
