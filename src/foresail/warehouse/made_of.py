"""The files of records that an export's facts were made of, kept beside it.

The files themselves are links: they cost no room until the records are written anew. So the rows
that changed are found by looking at the files that did, and at no others.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from foresail.warehouse.linking import link
from foresail.warehouse.records import FOLDER

KEPT = "made_of"
LIST = "files.json"


@dataclass(frozen=True)
class RecordFile:
    """A file of records: its bytes, their digest, and when it was written (in ns)."""

    size: int
    digest: str
    written_at: int

    def is_as(self, other: RecordFile | None) -> bool:
        """Whether another file says the same, byte by byte."""
        return other is not None and (self.size, self.digest) == (other.size, other.digest)


Files = Mapping[str, RecordFile]
"""Files by their paths in the folder of the records, which begin with the table's name."""


@dataclass(frozen=True)
class ChangedFiles:
    """The files of one table that are there no more, and those that are new, by their paths."""

    gone: tuple[str, ...]
    new: tuple[str, ...]


def keep(folder: Path, files: Files) -> None:
    """Say in an export's folder that its facts are made of these files of records, as they are."""
    kept = folder / KEPT
    shutil.rmtree(kept, ignore_errors=True)
    for path in files:
        (kept / path).parent.mkdir(parents=True, exist_ok=True)
        link(folder / FOLDER / path, kept / path)
    said = {path: asdict(each) for path, each in files.items()}
    kept.mkdir(exist_ok=True)
    (kept / LIST).write_text(json.dumps(said, indent=1), encoding="utf-8")


def files_known(folder: Path) -> Files | None:
    """The files that an export's facts were made of; None where that is not known."""
    try:
        said = json.loads((folder / KEPT / LIST).read_text(encoding="utf-8"))
        return {path: RecordFile(**each) for path, each in said.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def files_now(folder: Path) -> Files:
    """The files of records that an export holds.

    One that is still the file which the facts were made of is not read again.
    """
    known = files_known(folder) or {}
    return {path: _file(folder, path, known.get(path)) for path in _paths(folder / FOLDER)}


def changes(folder: Path, now: Files) -> dict[str, ChangedFiles] | None:
    """The files that changed since the facts were made, by table.

    None where what the facts were made of is not there any more as it was.
    """
    known = files_known(folder)
    if known is None:
        return None
    gone = [path for path, each in known.items() if not each.is_as(now.get(path))]
    new = [path for path, each in now.items() if not each.is_as(known.get(path))]
    if not all(_is_whole(folder / KEPT / path, known[path]) for path in gone):
        return None
    return {
        name: ChangedFiles(
            tuple(path for path in gone if table_of(path) == name),
            tuple(path for path in new if table_of(path) == name),
        )
        for name in sorted({table_of(path) for path in (*gone, *new)})
    }


def table_of(path: str) -> str:
    """The table whose records a file holds.

    >>> table_of("activity/month=2026-03/data_0.parquet")
    'activity'
    """
    return path.partition("/")[0]


def _paths(records: Path) -> Iterator[str]:
    """The Parquet files that engines read; they pass over names that begin with _ or a dot."""
    for path in sorted(records.rglob("*.parquet")):
        found = path.relative_to(records)
        if path.is_file() and not any(part.startswith(("_", ".")) for part in found.parts):
            yield found.as_posix()


def _file(folder: Path, path: str, known: RecordFile | None) -> RecordFile:
    place = folder / FOLDER / path
    said = place.stat()
    if (
        known
        and (said.st_size, said.st_mtime_ns) == (known.size, known.written_at)
        and _is_same_file(place, folder / KEPT / path)
    ):
        return known
    return RecordFile(said.st_size, _digest(place), said.st_mtime_ns)


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except FileNotFoundError:
        return False


def _is_whole(path: Path, known: RecordFile) -> bool:
    try:
        return path.stat().st_size == known.size and _digest(path) == known.digest
    except OSError:
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
