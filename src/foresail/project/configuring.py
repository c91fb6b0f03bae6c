"""Changing a project's settings: its file keeps its comments, and is written whole or not."""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from pydantic import BaseModel
from tomlkit.exceptions import TOMLKitError

from foresail.core.errors import DefinitionError, ProjectError
from foresail.warehouse import Settings
from foresail.warehouse.settings import FILE_NAME

Place = tuple[str, ...]
_writing = threading.Lock()


@dataclass(frozen=True)
class Document:
    """The settings' file as it was read; `mark` tells whether it is still the same."""

    directory: Path
    text: str

    @classmethod
    def read(cls, directory: Path) -> Document:
        """The file as it is now."""
        return cls(directory, (directory / FILE_NAME).read_text(encoding="utf-8"))

    @property
    def mark(self) -> str:
        """A fingerprint of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def settings(self) -> Settings:
        """What the text says, checked as a whole, KPIs of one's own too.

        Errors: `ProjectError` says which setting is wrong, and why.
        """
        from foresail.catalogue.own import catalogue_of

        found = Settings.parsed(self.text, self.directory / FILE_NAME)
        try:
            catalogue_of(found)
        except DefinitionError as error:
            raise ProjectError(f"{self.directory / FILE_NAME}: {error}") from error
        return found

    def part(self, *names: str) -> str:
        """Some of the file's sections as they are written."""
        document = tomlkit.parse(self.text)
        kept = tomlkit.document()
        for name in names:
            if name in document:
                kept[name] = document[name]
        return tomlkit.dumps(kept).strip()

    def changed(self, changes: Mapping[Place, Any]) -> Document:
        """The text with some settings changed, all else as it stands; None takes one out."""
        document = tomlkit.parse(self.text)
        for path, value in changes.items():
            place: Any = document
            for step in path[:-1]:
                if step not in place:
                    place[step] = tomlkit.table()
                place = place[step]
            if value is None:
                place.pop(path[-1], None)
            else:
                place[path[-1]] = value
        return Document(self.directory, tomlkit.dumps(document))

    def with_parts(self, text: str, names: Iterable[str]) -> Document:
        """The text with some sections as they are written elsewhere.

        Errors: `ProjectError` when that cannot be read, or holds anything else.
        """
        try:
            given = tomlkit.parse(text)
        except TOMLKitError as error:
            raise ProjectError(f"This cannot be read: {error}.") from error
        foreign = [name for name in given if name not in names]
        if foreign:
            listed = " and ".join(f"[{name}]" for name in names)
            raise ProjectError(f"{foreign[0]} does not belong here. Write {listed} only.")
        document = tomlkit.parse(self.text)
        for name in names:
            document.pop(name, None)
            if name in given:
                document[name] = given[name]
        return Document(self.directory, tomlkit.dumps(document))

    def write(self, seen: str) -> None:
        """Put the text in place of the file, if that is still the one that was seen.

        Errors: `ProjectError` when a setting is wrong, or somebody changed the file meanwhile.
        """
        path = self.directory / FILE_NAME
        assert self.settings
        with _writing:
            if Document.read(self.directory).mark != seen:
                raise ProjectError(
                    "Somebody changed the settings meanwhile. Look at them anew, and change again "
                    "what is still to be changed."
                )
            draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
            try:
                draft.write_text(self.text, encoding="utf-8")
                draft.chmod(path.stat().st_mode)
                draft.replace(path)
            finally:
                draft.unlink(missing_ok=True)


@dataclass(frozen=True)
class Change:
    """One setting that becomes another."""

    name: str
    before: str
    after: str
    meaning: str


def changes_between(before: Settings, after: Settings) -> list[Change]:
    """What changes from one set of settings to another, setting by setting."""
    old, new = dict(_flat(before)), dict(_flat(after))
    return [
        Change(name, _words(old.get(name, ("", ""))[0]), _words(value), meaning)
        for name, (value, meaning) in new.items()
        if old.get(name, (None, ""))[0] != value
    ] + [
        Change(name, _words(value), "–", meaning)
        for name, (value, meaning) in old.items()
        if name not in new
    ]


def _flat(model: BaseModel, inside: str = "") -> Iterable[tuple[str, tuple[Any, str]]]:
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from _flat(value, f"{inside}{name}.")
        elif name == "kpi":
            yield from ((f"kpi {each.id}", (each, "A KPI of your own.")) for each in value)
        elif name in ("benchmarks", "working_hours"):
            meaning = field.description or ""
            yield from ((f"{name}.{key}", (each, meaning)) for key, each in value.items())
        else:
            yield f"{inside}{name}", (value, field.description or "")


def _words(value: Any) -> str:
    if isinstance(value, BaseModel):
        filled = value.model_dump(exclude_defaults=True)
        return ", ".join(f"{name}: {each}" for name, each in filled.items() if name != "id")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return "–" if value in (None, "") else str(value)
