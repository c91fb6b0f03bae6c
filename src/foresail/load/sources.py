"""The files of a load: found in folders and archives, and known by their names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from foresail.core.errors import SourceError, nearest
from foresail.load.archives import unpack_gzip, unpack_zip, zip_members

FORMATS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".xlsb": "excel",
    ".xls": "excel",
    ".ods": "excel",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".json": "json",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
}


@dataclass(frozen=True)
class SourceFile:
    """One file of a load.

    `name` is what people see, `member` its place in a zip archive, `alias` what the mapping calls
    it where that is another name.
    """

    name: str
    path: Path
    member: str = ""
    alias: str = ""

    @property
    def plain_name(self) -> str:
        """The file's own name, without folder and without .gz."""
        own = PurePosixPath(self.name).name
        return own[:-3] if own.lower().endswith(".gz") else own

    @property
    def stem(self) -> str:
        """The name without its ending, in lower case: the canonical table it may be named after."""
        return PurePosixPath(self.plain_name).stem.strip().lower()

    @property
    def format(self) -> str:
        """What the name's ending says the file is; empty when it is nothing that can be loaded."""
        return FORMATS.get(PurePosixPath(self.plain_name).suffix.lower(), "")

    @property
    def names(self) -> tuple[str, ...]:
        """By which names a mapping may mean this file, in lower case; the surest one comes first.

        Without its ending it is any of the formats that can be loaded.
        """
        own = PurePosixPath(self.name).name
        names = (self.alias, self.name, own, self.plain_name, self.stem if self.format else "")
        return tuple(dict.fromkeys(each.lower() for each in names if each))

    def is_called(self, name: str) -> bool:
        """Whether a mapping may mean this file by that name."""
        return name.lower() in self.names

    def open_in(self, folder: Path, number: int) -> Path:
        """The path of the plain file, unpacked into the folder where it is packed."""
        path = self.path
        if self.member:
            path = folder / f"{number}_member"
            unpack_zip(self.path, self.member, path)
        if self.name.lower().endswith(".gz"):
            plain = folder / f"{number}_plain"
            unpack_gzip(path, plain)
            path = plain
        return path


def find_files(paths: Sequence[Path | SourceFile]) -> list[SourceFile]:
    """All files under the paths, folders and zip archives opened, hidden ones left out.

    A path may come with a name of its own, by which the file is known.

    Errors: `SourceError` when a path does not exist or holds no file.
    """
    found: list[SourceFile] = []
    for path in paths:
        if isinstance(path, SourceFile):
            here = list(_opened(path.path, path.name))
        else:
            here = list(_under(path))
        if not here:
            raise SourceError(f"{path} holds no files. Name a file, or a folder with files in it.")
        found += here
    return found


def _under(path: Path) -> Iterable[SourceFile]:
    if path.is_dir():
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(each for each in folders if not each.startswith("."))
            for name in sorted(each for each in names if not each.startswith(".")):
                each = Path(folder, name)
                yield from _opened(each, each.relative_to(path).as_posix())
    elif path.is_file():
        yield from _opened(path, path.name)
    else:
        raise SourceError(f"{path} does not exist. Name a file or a folder to load.")


def _opened(path: Path, name: str) -> Iterable[SourceFile]:
    if not name.lower().endswith(".zip"):
        yield SourceFile(name, path)
        return
    for member in sorted(zip_members(path, PurePosixPath(name).name)):
        yield SourceFile(f"{name}/{member}", path, member)


def with_aliases(
    files: Sequence[SourceFile], aliases: Mapping[str, Sequence[str]], where: str
) -> list[SourceFile]:
    """The files, those that a mapping has a name of its own for called by it.

    Errors: `SourceError` when several files could be meant.
    """
    found = list(files)
    for alias, names in aliases.items():
        present = next((n for n in names if any(file.is_called(n) for file in files)), None)
        if present:
            meant = named(found, present, where)
            found[found.index(meant)] = replace(meant, alias=alias)
    return found


def named(files: Iterable[SourceFile], name: str, where: str) -> SourceFile:
    """The file of the load that a mapping means by a name.

    Errors: `SourceError` when there is none or more than one.
    """
    files = list(files)
    wanted = name.lower()
    found = (
        [file for file in files if file.alias.lower() == wanted]
        or [file for file in files if file.name.lower() == wanted]
        or [file for file in files if file.is_called(wanted)]
    )
    if len(found) > 1:
        listed = ", ".join(file.name for file in found)
        raise SourceError(f"{where}: {name} could be any of {listed}. Write the whole path.")
    if not found:
        hint = nearest(name, [file.plain_name for file in files])
        listed = ", ".join(file.name for file in files[:10]) + (", ..." if len(files) > 10 else "")
        raise SourceError(f"{where}: {name} is not among the files of this load ({listed}).{hint}")
    if not found[0].format:
        raise SourceError(
            f"{where}: {name} is of no kind that can be loaded. "
            "Use CSV, TSV, Excel, Parquet, JSON or NDJSON, also as .gz or .zip."
        )
    return found[0]
