"""A mapping file: how an organisation's own files become canonical tables."""

from __future__ import annotations

import codecs
import tomllib
import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foresail.core.errors import SourceError, nearest
from foresail.model import Table, table

TEXT_OPTIONS = (
    "from",
    "sql",
    "where",
    "origin",
    "date_format",
    "decimal",
    "delimiter",
    "encoding",
    "path",
    "zone",
)
OPTIONS = (*TEXT_OPTIONS, "header", "null", "sheet", "optional")
FILES = "files"


@dataclass(frozen=True)
class FileOptions:
    """How a file is to be opened."""

    header: bool = True
    delimiter: str = ""
    encoding: str = ""
    null: tuple[str, ...] = ()
    sheet: str = ""
    path: str = ""


@dataclass(frozen=True)
class TableMapping:
    """How rows of one file, or of one query over files, become rows of one canonical table.

    Without `columns` those of the same name are taken. `place` is how messages call it. One that
    is optional is left out where its files are not part of the load.
    """

    table: Table
    place: str
    file: str = ""
    sql: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    where: str = ""
    origin: str = ""
    date_format: str = ""
    decimal: str = ""
    zone: str = ""
    options: FileOptions = FileOptions()
    is_optional: bool = False


@dataclass(frozen=True)
class Plan:
    """What to load: tables in their order, and for names of its own the files they may stand for.

    Of the files that a name may stand for, the first that is part of the load counts.
    """

    tables: Sequence[TableMapping]
    files: Mapping[str, Sequence[str]] = field(default_factory=dict)


def read_mapping(path: Path) -> Plan:
    """The plan that a mapping file describes.

    Errors: `SourceError` when it cannot be read, or names what does not exist.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"The mapping {path} cannot be read: {error}.") from error
    return plan_of(path.name, text)


def plan_of(name: str, text: str) -> Plan:
    """The plan that the text of a mapping describes; `name` is what messages call it.

    Errors: `SourceError` when it cannot be read, or names what does not exist.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"The mapping {name} cannot be read: {error}.") from error
    files = _files(name, content.pop(FILES, {}))
    found = []
    for table_name, entry in content.items():
        entries = entry if isinstance(entry, list) else [entry]
        for number, each in enumerate(entries, 1):
            place = f"[{table_name}]"
            if len(entries) > 1:
                place = f"[[{table_name}]] number {number}"
            if not isinstance(each, dict):
                raise SourceError(
                    f"{name}: {table_name} stands outside of a table. Write it under [activity], "
                    "or whichever table it belongs to."
                )
            found.append(_entry(table(table_name), f"{name} {place}", each))
    if not found:
        raise SourceError(f"The mapping {name} names no table. See: foresail map")
    return Plan(found, files)


def _files(name: str, entry: Any) -> dict[str, tuple[str, ...]]:
    """The names that a mapping gives to files, each with what the file may be called."""
    place = f"{name} [{FILES}]"
    if not isinstance(entry, dict):
        raise SourceError(f'{place}: write names under it, as in account = "Accounts.csv".')
    found = {}
    for called, given in entry.items():
        names = [given] if isinstance(given, str) else given
        if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
            raise SourceError(
                f'{place}: {called} must be a file or a list of files, as in "a.csv".'
            )
        found[called] = tuple(names)
    return found


def _entry(table: Table, place: str, entry: dict[str, Any]) -> TableMapping:
    for key in entry:
        if key not in OPTIONS and key not in table.by_name:
            hint = nearest(key, [*table.by_name, *OPTIONS])
            raise SourceError(f"{place}: {table.name} has no column {key}.{hint}")
    for key in (*TEXT_OPTIONS, *table.by_name):
        if key in entry and (not isinstance(entry[key], str) or not entry[key].strip(" ")):
            raise SourceError(f'{place}: {key} must be a text, as in {key} = "...".')
    if ("from" in entry) == ("sql" in entry):
        raise SourceError(f'{place}: write either from = "a file" or sql = "select ...".')
    mapping = TableMapping(
        table,
        place,
        file=entry.get("from", ""),
        sql=entry.get("sql", ""),
        columns={key: value for key, value in entry.items() if key in table.by_name},
        where=entry.get("where", ""),
        origin=entry.get("origin", ""),
        date_format=entry.get("date_format", ""),
        decimal=entry.get("decimal", ""),
        zone=entry.get("zone", ""),
        options=_options(place, entry),
        is_optional=entry.get("optional", False),
    )
    if not isinstance(mapping.is_optional, bool):
        raise SourceError(f"{place}: optional must be true or false.")
    _check(mapping)
    return mapping


def _options(place: str, entry: dict[str, Any]) -> FileOptions:
    header, null, sheet = entry.get("header", True), entry.get("null", []), entry.get("sheet", "")
    nulls = [null] if isinstance(null, str) else null
    if not isinstance(header, bool):
        raise SourceError(f"{place}: header must be true or false.")
    if not isinstance(nulls, list) or not all(isinstance(each, str) for each in nulls):
        raise SourceError(f'{place}: null must be a text or a list of texts, as in "NULL".')
    if not isinstance(sheet, str):
        raise SourceError(f'{place}: sheet must be the name of a sheet, as in "Deals".')
    delimiter = entry.get("delimiter", "")
    if len(delimiter.encode()) > 1 or delimiter in ('"', "\n", "\r"):
        raise SourceError(f'{place}: delimiter must be one character, as in ";" or "\\t".')
    encoding = entry.get("encoding", "")
    return FileOptions(
        header, delimiter, _codec(place, encoding), tuple(nulls), sheet, entry.get("path", "")
    )


def _codec(place: str, encoding: str) -> str:
    if not encoding:
        return ""
    try:
        "a".encode(encoding)
        return codecs.lookup(encoding).name
    except (LookupError, UnicodeError):
        hint = nearest(encoding.lower(), ["utf-8", "utf-16", "latin-1", "cp1252", "iso-8859-15"])
        raise SourceError(f"{place}: there is no encoding {encoding}.{hint}") from None


def _check(mapping: TableMapping) -> None:
    if mapping.decimal not in ("", ".", ","):
        raise SourceError(f'{mapping.place}: decimal must be "." or ",".')
    if mapping.origin and not mapping.origin.replace("_", "").replace("-", "").isalnum():
        raise SourceError(f"{mapping.place}: origin may hold letters, digits, - and _ only.")
    if mapping.zone:
        try:
            zoneinfo.ZoneInfo(mapping.zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            raise SourceError(
                f"{mapping.place}: there is no time zone {mapping.zone}. Write it as Europe/Berlin."
            ) from None
