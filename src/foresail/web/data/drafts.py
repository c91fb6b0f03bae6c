"""Uploaded files on their way: kept in a folder of the project until they are loaded.

A draft belongs to whoever uploaded it, and goes when it is loaded, thrown away, or a day old. The
names that files came with are written down and never used as paths.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from foresail.load.guess.steering import Choice, Filling
from foresail.load.sources import SourceFile

FOLDER = "uploads"
NOTES = "draft.json"
ID = re.compile(r"[A-Za-z0-9_-]{24}")
KEPT = dt.timedelta(hours=24)


@dataclass
class Draft:
    """Files that somebody uploaded, and what was chosen for them so far.

    `way` says how they are read: by the guess, by their names, or by a mapping that is kept.
    """

    folder: Path
    owner: int
    names: list[str]
    way: str = "guess"
    choices: dict[str, Choice] = field(default_factory=dict)
    without: list[str] = field(default_factory=list)
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """What its address calls it."""
        return self.folder.name

    @property
    def files(self) -> list[SourceFile]:
        """The files under the names they came with."""
        return [SourceFile(name, self.folder / str(n)) for n, name in enumerate(self.names)]

    def save(self) -> None:
        """Write down what was chosen: whole or not at all."""
        notes = {
            "owner": self.owner,
            "names": self.names,
            "way": self.way,
            "choices": {label: asdict(each) for label, each in self.choices.items()},
            "without": self.without,
            "said": self.said,
        }
        path = self.folder / f".{NOTES}.{secrets.token_hex(4)}"
        path.write_text(json.dumps(notes), encoding="utf-8")
        path.replace(self.folder / NOTES)

    def remove(self) -> None:
        """Take it away with all its files."""
        shutil.rmtree(self.folder, ignore_errors=True)


def make_draft(directory: Path, owner: int, uploaded: Sequence[UploadedFile]) -> Draft:
    """Keep uploaded files; what is left half written is swept later."""
    folder = directory / FOLDER / secrets.token_urlsafe(18)
    folder.mkdir(mode=0o700, parents=True)
    draft = Draft(folder, owner, [])
    try:
        for number, each in enumerate(uploaded):
            with (folder / str(number)).open("wb") as target:
                for chunk in each.chunks():
                    target.write(chunk)
            draft.names.append(called(each.name or "", draft.names))
        draft.save()
    except BaseException:
        draft.remove()
        raise
    return draft


def called(name: str, taken: Sequence[str]) -> str:
    """A file's name as people see it: without folders and signs that do not print, and once.

    >>> called("../../etc/deals.csv", []), called("a.csv", ["a.csv"])
    ('deals.csv', 'a (2).csv')
    """
    own = re.split(r"[/\\]", name)[-1]
    own = "".join(sign for sign in own if sign.isprintable() and sign not in "'\"")[-120:].strip()
    own = own.lstrip(".") or "file"
    stem, dot, ending = own.rpartition(".")
    number, free = 1, own
    while free in taken:
        number += 1
        free = f"{stem} ({number}){dot}{ending}"
    return free


def draft_of(directory: Path, owner: int, id: str) -> Draft | None:
    """Somebody's draft; None where there is none, or it is another one's."""
    folder = directory / FOLDER / id
    if not ID.fullmatch(id) or not (folder / NOTES).is_file():
        return None
    notes = json.loads((folder / NOTES).read_text(encoding="utf-8"))
    if notes["owner"] != owner:
        return None
    return Draft(
        folder,
        owner,
        notes["names"],
        notes["way"],
        {label: _choice(each) for label, each in notes["choices"].items()},
        notes["without"],
        notes["said"],
    )


def drafts_of(directory: Path, owner: int) -> list[Draft]:
    """All drafts of somebody."""
    folders = sorted((directory / FOLDER).glob("*"))
    found = (draft_of(directory, owner, each.name) for each in folders)
    return [each for each in found if each]


def sweep(directory: Path) -> None:
    """Take away drafts that nobody has finished for a day."""
    oldest = (dt.datetime.now(dt.UTC) - KEPT).timestamp()
    for folder in (directory / FOLDER).glob("*"):
        if folder.is_dir() and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)


def _choice(notes: dict[str, Any]) -> Choice:
    fillings = notes["fillings"]
    if fillings is not None:
        fillings = {name: Filling(**each) for name, each in fillings.items()}
    return Choice(notes["table"], fillings)
