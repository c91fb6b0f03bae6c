"""Where the organisations of each size are kept, made at the first need."""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bench.organisation.making import TABLES, make, make_plain, make_project
from foresail.project import Project


@dataclass(frozen=True)
class Organisation:
    """One size: canonical files, plain tables made of them, and a project that loaded them."""

    folder: Path
    millions: float

    @property
    def files(self) -> list[Path]:
        """The canonical files."""
        return [self.folder / "files" / f"{name}.parquet" for name in TABLES]

    @property
    def plain(self) -> Path:
        """A database of plain tables."""
        return self.folder / "plain.duckdb"

    @property
    def project(self) -> Path:
        """The folder of the project."""
        return self.folder / "project"

    @contextmanager
    def opened(self) -> Iterator[tuple[Project, duckdb.DuckDBPyConnection]]:
        """The project and the plain tables, both in this process."""
        with self.by_hand() as plain, Project.open(self.project) as project:
            assert isinstance(project, Project)
            project.make_current()
            yield project, plain

    @contextmanager
    def by_hand(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The plain tables."""
        with duckdb.connect(str(self.plain), read_only=True) as plain:
            yield plain

    @contextmanager
    def fronted(self, settings: str) -> Iterator[Path]:
        """A project of other settings, with people of its own, on this one's warehouse."""
        with tempfile.TemporaryDirectory(prefix="front-", dir=self.folder) as name:
            warehouse = (self.project / "warehouse.duckdb").resolve()
            text = f'{settings}\n[warehouse]\nurl = "duckdb:///{warehouse}"\n'
            (Path(name) / "foresail.toml").write_text(text, encoding="utf-8")
            yield Path(name)

    @contextmanager
    def copied(self) -> Iterator[Path]:
        """A copy of the project to write into, gone at the end."""
        with tempfile.TemporaryDirectory(prefix="copy-", dir=self.folder) as name:
            yield Path(shutil.copytree(self.project, Path(name) / "project"))


def organisation(folder: Path, millions: float) -> Organisation:
    """The organisation of a size, made now where it is not there yet."""
    found = Organisation(folder / f"{millions:g}", millions)
    if not (found.folder / "made").exists():
        begun = time.perf_counter()
        files = make(found.folder / "files", millions)
        make_plain(found.plain, files)
        told = time.perf_counter()
        make_project(found.project, files)
        print(f"made in {told - begun:.0f} s, loaded in {time.perf_counter() - told:.0f} s")
        (found.folder / "made").touch()
    return found


def options(text: str | None, rounds: int = 9) -> argparse.ArgumentParser:
    """What may be said to all that is measured on an organisation."""
    parser = argparse.ArgumentParser(description=(text or "").partition("\n")[0])
    parser.add_argument("--millions", type=float, default=1, help="of activities")
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--folder", type=Path, default=Path(".bench"), help="where data are kept")
    return parser
