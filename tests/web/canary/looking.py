"""What stands in an answer, whatever it is written in, and what in it would do harm."""

from __future__ import annotations

import asyncio
import csv
import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

from pypdf import PdfReader

from tests.scope.company.marks import marks_of

FORMULA = re.compile(r"[=+\-@\t\r]")
NUMBER = re.compile(r"[+-]?[\d.,]+ ?%?")
MEDIA = re.compile(r"[\w/+.-]+")


def media_of(answer: Any) -> str:
    """What an answer says it is."""
    found = MEDIA.match(answer.headers.get("Content-Type", ""))
    return found[0] if found else ""


def content_of(answer: Any) -> bytes:
    """The bytes of an answer; of a stream its beginning."""
    if answer.streaming:
        return asyncio.run(_beginning(answer))
    content: bytes = answer.content
    return content


async def _beginning(answer: Any) -> bytes:
    parts = []
    async for each in answer.streaming_content:
        parts.append(each)
        if len(parts) == 2:
            break
    await answer.streaming_content.aclose()
    return b"".join(parts)


def text_in(answer: Any) -> str:
    """All that can be read in an answer and its headers."""
    content, media = content_of(answer), media_of(answer)
    headers = unquote(str(answer.headers))
    if media == "application/pdf":
        return headers + " ".join(_printed(content))
    if content[:2] == b"PK":
        return headers + " ".join(_zipped(content).values())
    return headers + content.decode("utf-8", "replace")


def _zipped(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name).decode("utf-8", "replace") for name in book.namelist()}


def _printed(content: bytes) -> Iterator[str]:
    reader = PdfReader(io.BytesIO(content))
    yield str(reader.metadata)
    for page in reader.pages:
        yield page.extract_text()
        for note in page.get("/Annots") or ():
            yield str(note.get_object())


def marks_in(answer: Any, address: str) -> set[str]:
    """The marks in an answer, but for those that the address itself says."""
    asked = unquote(unquote(address.replace("~", "%")))
    return marks_of(text_in(answer)) - marks_of(asked)


def harm_in(answer: Any) -> list[str]:
    """What in an answer would run: elements that names made, cells that are formulas."""
    content, media = content_of(answer), media_of(answer)
    if media == "text/html":
        return _Elements(content.decode()).harmful
    if media == "image/svg+xml":
        return [each for each in ("<script", "<img", "onerror=") if each in content.decode()]
    if media == "text/csv":
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        cells = (cell for row in rows for cell in row)
        return [each for each in cells if FORMULA.match(each) and not NUMBER.fullmatch(each)]
    if content[:2] == b"PK":
        return [name for name, text in _zipped(content).items() if "<f>" in text or "<f " in text]
    return []


class _Elements(HTMLParser):
    """The elements of a page that no page has."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.harmful: list[str] = []
        self._in_script = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self._in_script = tag == "script"
        does = [name for name in said if name.startswith("on")]
        leads = (said.get("href") or "").lower().startswith(("javascript:", "data:"))
        if does or leads or said.get("src") == "x":
            self.harmful.append(f"<{tag} {said}>")

    def handle_endtag(self, tag: str) -> None:
        self._in_script = self._in_script and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._in_script and data.strip() == "alert(1)":
            self.harmful.append(f"<script>{data}")
