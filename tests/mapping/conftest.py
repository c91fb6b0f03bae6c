"""Files written by the test, and what is proposed for them."""

from __future__ import annotations

import io
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from foresail.load.guess import Proposal, TableGuess, propose


class Files:
    """A folder of files whose mapping is to be guessed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def proposal(self) -> Proposal:
        return propose([self.folder])

    def table(self, name: str) -> TableGuess:
        (found,) = [each for each in self.proposal().tables if each.table == name]
        return found

    def mapping(self) -> dict[str, Any]:
        return tomllib.loads(self.proposal().to_toml())


@pytest.fixture
def files(tmp_path: Path) -> Files:
    folder = tmp_path / "files"
    folder.mkdir()
    return Files(folder)


def sure(guess: TableGuess) -> dict[str, str]:
    """The lines that stand, as column and expression."""
    return {each.field: each.expression for each in guess.columns if each.is_sure}


def unsure(guess: TableGuess) -> dict[str, str]:
    """The lines that are comments, as column and expression."""
    return {each.field: each.expression for each in guess.columns if not each.is_sure}


def workbook(sheets: dict[str, list[list[str]]]) -> bytes:
    """A minimal OpenDocument workbook of texts."""
    name = "urn:oasis:names:tc:opendocument:xmlns"
    tables = "".join(
        f'<table:table table:name="{sheet}">'
        + "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
                "</table:table-cell>"
                for cell in row
            )
            + "</table:table-row>"
            for row in rows
        )
        + "</table:table>"
        for sheet, rows in sheets.items()
    )
    packed = io.BytesIO()
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{name}:manifest:1.0"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{name}:office:1.0" '
            f'xmlns:table="{name}:table:1.0" xmlns:text="{name}:text:1.0"><office:body>'
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return packed.getvalue()
