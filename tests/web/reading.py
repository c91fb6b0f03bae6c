"""Reads pages as a person would: tables as rows of texts, links by what they lead to."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Protocol


class Page(Protocol):
    @property
    def content(self) -> bytes: ...


@dataclass
class Cell:
    text: str = ""
    links: list[str] = field(default_factory=list)


class Tables(HTMLParser):
    """The rows of all tables of a page; texts that only screen readers get are left out."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.rows: list[list[Cell]] = []
        self._is_in_cell = False
        self._unseen = 0
        self.feed(page.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append(Cell())
            self._is_in_cell = True
        elif self._is_in_cell and tag == "a":
            self.rows[-1][-1].links.append(found["href"] or "")
        elif tag == "span" and (self._unseen or found.get("class") == "unseen"):
            self._unseen += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td"):
            self._is_in_cell = False
            cell = self.rows[-1][-1]
            cell.text = " ".join(cell.text.replace("\u202f", " ").split())
        elif tag == "span" and self._unseen:
            self._unseen -= 1

    def handle_data(self, data: str) -> None:
        if self._is_in_cell and not self._unseen:
            self.rows[-1][-1].text += data


def rows(page: Page) -> list[list[str]]:
    return [[cell.text for cell in row] for row in Tables(page).rows]


VOID = frozenset({"input", "br", "img", "meta", "link", "path", "circle", "hr"})


class Inside(HTMLParser):
    """The texts inside the element with an id, those for screen readers left out."""

    def __init__(self, page: str, id: str) -> None:
        super().__init__()
        self.id = id
        self.texts: list[str] = []
        self._open: list[bool] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in VOID:
            return
        if self._open:
            self._open.append(self._open[-1] and found.get("class") != "unseen")
        elif found.get("id") == self.id:
            self._open.append(True)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1]:
            self.texts.append(data)


def text_of(page: str, id: str) -> str:
    """What can be read inside the element with an id."""
    found = Inside(page, id)
    assert found.texts, f"nothing on the page is called {id}"
    return " ".join("".join(found.texts).replace("\u202f", " ").split())
