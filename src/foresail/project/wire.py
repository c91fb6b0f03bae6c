"""How calls and results travel between two processes of one project: JSON, and rows as Arrow.

What arrives equals what was sent, types included. Only this project's own data classes are built.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

ARROW_TYPE = "application/vnd.apache.arrow.stream"
JSON_TYPE = "application/json"
METADATA_KEY = b"foresail"
POSITIONAL = {"ask": "kpis", "load": "paths"}
RESULT_MODULES = (
    "foresail.project.results",
    "foresail.load.report",
    "foresail.core.kpis",
    "foresail.health.report",
)

READERS = {
    "$date": dt.date.fromisoformat,
    "$datetime": dt.datetime.fromisoformat,
    "$time": dt.time.fromisoformat,
    "$decimal": Decimal,
    "$path": Path,
}


def encoded(value: Any) -> tuple[str, bytes]:
    """A result's content type and bytes."""
    table = getattr(value, "table", None)
    if dataclasses.is_dataclass(value) and hasattr(table, "schema"):
        return ARROW_TYPE, _arrow(value)
    return JSON_TYPE, json.dumps(plain(value)).encode()


def decoded(content_type: str, body: bytes) -> Any:
    """The result that `encoded` was given."""
    if content_type != ARROW_TYPE:
        return typed(json.loads(body))
    import pyarrow

    with pyarrow.ipc.open_stream(body) as reader:
        table = reader.read_all()
    metadata = dict(table.schema.metadata)
    rest = json.loads(metadata.pop(METADATA_KEY))
    return _built(
        rest["$class"], rest["fields"], table=table.replace_schema_metadata(metadata or None)
    )


def _arrow(value: Any) -> bytes:
    """The rows as an Arrow stream whose metadata carries the rest of the result."""
    import pyarrow

    table = value.table
    rest = json.dumps(_fields(value, without="table")).encode()
    described = table.replace_schema_metadata({**(table.schema.metadata or {}), METADATA_KEY: rest})
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, described.schema) as writer:
        writer.write_table(described)
    return bytes(sink.getvalue())


def plain(value: Any) -> Any:
    """A value in JSON's own types; everything else is marked with its type."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, tuple):
        return {"$tuple": [plain(each) for each in value]}
    if isinstance(value, dict):
        if all(isinstance(key, str) and not key.startswith("$") for key in value):
            return {key: plain(each) for key, each in value.items()}
        return {"$dict": [[plain(key), plain(each)] for key, each in value.items()]}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    return _marked(value)


def _marked(value: Any) -> dict[str, str]:
    if isinstance(value, dt.datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, dt.date):
        return {"$date": value.isoformat()}
    if isinstance(value, dt.time):
        return {"$time": value.isoformat()}
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, Path):
        return {"$path": str(value)}
    raise TypeError(f"{type(value).__name__} has no form on the wire")


def _fields(value: Any, without: str = "") -> dict[str, Any]:
    kind = type(value)
    return {
        "$class": f"{kind.__module__}:{kind.__qualname__}",
        "fields": {
            each.name: plain(getattr(value, each.name))
            for each in dataclasses.fields(value)
            if each.name != without
        },
    }


def typed(value: Any) -> Any:
    """The value that `plain` was given. Errors: `ValueError` for a mark that `plain` never sets."""
    if isinstance(value, list):
        return [typed(each) for each in value]
    if not isinstance(value, dict):
        return value
    mark = next(iter(value), "")
    if not mark.startswith("$"):
        return {key: typed(each) for key, each in value.items()}
    content = value[mark]
    if mark == "$tuple":
        return tuple(typed(each) for each in content)
    if mark == "$dict":
        return {typed(key): typed(each) for key, each in content}
    if mark == "$class":
        return _built(content, value.get("fields", {}))
    if mark not in READERS:
        raise ValueError(f"{mark} is no type")
    return READERS[mark](content)


def _built(name: str, fields: dict[str, Any], **ready: Any) -> Any:
    """An instance of one of the data classes that results are made of."""
    module, _, kind = name.partition(":")
    if module not in RESULT_MODULES:
        raise ValueError(f"{name} is no result")
    made = getattr(importlib.import_module(module), kind)
    if not (isinstance(made, type) and dataclasses.is_dataclass(made)):
        raise ValueError(f"{name} is no result")
    return made(**{each: typed(content) for each, content in fields.items()}, **ready)
