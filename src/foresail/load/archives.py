"""Packed files: unpacked into a folder of the load, with limits against hostile archives."""

from __future__ import annotations

import gzip
import shutil
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import IO

from foresail.core.errors import SourceError

MAX_MEMBERS = 1_000
MAX_RATIO = 200
SMALL_ENOUGH = 64 * 2**20
CHUNK = 2**20


def zip_members(path: Path, called: str) -> list[str]:
    """The names of the files in a zip archive, which people call `called`.

    Errors: `SourceError` when it is broken, or built to do harm: too many members, a name that
    leads out of the folder, or an expansion beyond reason.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise SourceError(f"{called} is not a zip archive that can be read: {error}.") from error
    refuse_bomb(path, called, infos)
    names = [info.filename for info in infos]
    for name in names:
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]:
            raise SourceError(
                f"{called} holds a file named {name!r}, which leads out of the archive. "
                "Pack it again without folders."
            )
    return [name for name in names if not _is_hidden(name)]


def refuse_bomb(path: Path, called: str, infos: Iterable[zipfile.ZipInfo]) -> None:
    """Refuse an archive that promises more members or bytes than an honest one does."""
    infos = list(infos)
    if len(infos) > MAX_MEMBERS:
        raise SourceError(
            f"{called} holds {len(infos)} files; more than {MAX_MEMBERS} are refused. "
            "Unpack it and load the folder."
        )
    _check_expansion(called, sum(info.file_size for info in infos), path.stat().st_size)


def unpack_zip(path: Path, member: str, target: Path) -> None:
    """Write one member of a zip archive to a file."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as packed:
            _copy(packed, target, path.name, archive.getinfo(member).compress_size)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise SourceError(f"{member} in {path.name} cannot be unpacked: {error}.") from error


def unpack_gzip(path: Path, target: Path) -> None:
    """Write the content of a gzip file to a file."""
    try:
        with gzip.open(path) as packed:
            _copy(packed, target, path.name, path.stat().st_size)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise SourceError(f"{path.name} cannot be unpacked: {error}.") from error


def _copy(packed: IO[bytes] | gzip.GzipFile, target: Path, name: str, packed_size: int) -> None:
    free = shutil.disk_usage(target.parent).free
    written = 0
    with target.open("wb") as plain:
        while chunk := packed.read(CHUNK):
            written += len(chunk)
            _check_expansion(name, written, packed_size)
            if written > free:
                raise SourceError(f"{name} does not fit on the disk when it is unpacked.")
            plain.write(chunk)


def _check_expansion(name: str, plain: int, packed: int) -> None:
    if plain > SMALL_ENOUGH and plain > MAX_RATIO * packed:
        raise SourceError(
            f"{name} would grow more than {MAX_RATIO} times when it is unpacked; this is refused. "
            "Unpack it and load the files."
        )


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)
