"""The mappings that are kept with a project, in its folder `mappings`."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from foresail.core.errors import SourceError

if TYPE_CHECKING:
    from foresail.load.retrying import Mended

FOLDER = "mappings"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")


def kept_mappings(directory: Path) -> dict[str, Path]:
    """The file of each mapping kept with the project, by name."""
    found = sorted((directory / FOLDER).glob("*.toml"))
    return {path.stem: path for path in found if NAME.fullmatch(path.stem)}


def name_of(words: str) -> str:
    """A name for a mapping made of some words.

    >>> name_of("Deals 2026.csv")
    'deals-2026-csv'
    """
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60].strip("-") or "mapping"


def keep_mapping(directory: Path, name: str, text: str) -> Path:
    """Keep a mapping under a name, in place of an earlier one: whole or not at all.

    Errors: `SourceError` when the name is none.
    """
    if not NAME.fullmatch(name):
        raise SourceError(f"{name!r} is no name for a mapping. Write letters, digits, - and _.")
    folder = directory / FOLDER
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.toml"
    draft = folder / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def mended(directory: Path, given: Path | None) -> list[Mended]:
    """The mappings by which rows set aside are read anew: the one given, else those kept.

    Errors: `SourceError` when the one given cannot be read.
    """
    from foresail.load.retrying import Mended

    if given is None:
        kept = kept_mappings(directory).values()
        return [Mended(path.name, path.read_text(encoding="utf-8-sig")) for path in kept]
    try:
        return [Mended("", given.read_text(encoding="utf-8-sig"))]
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"The mapping {given} cannot be read: {error}.") from error
