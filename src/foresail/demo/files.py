"""From arrays to canonical Parquet files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from foresail.demo.arrays import NEVER, Flags, Floats, Ints
from foresail.model import TABLES, Type

ARROW_TYPES = {
    Type.ID: pa.string(),
    Type.TEXT: pa.string(),
    Type.CURRENCY: pa.string(),
    Type.CHOICE: pa.string(),
    Type.INSTANT: pa.timestamp("us", tz="UTC"),
    Type.DATE: pa.date32(),
    Type.MONEY: pa.decimal128(18, 4),
    Type.NUMBER: pa.float64(),
    Type.INTEGER: pa.int64(),
    Type.BOOLEAN: pa.bool_(),
}

Columns = Mapping[str, Any]


def ids(prefix: str, numbers: Ints) -> Any:
    """Ids such as L17; empty where the number is below zero."""
    texts = pa.array(numbers, mask=numbers < 0).cast(pa.string())
    return pc.binary_join_element_wise(prefix, texts, "")


def pick(values: Sequence[str] | Any, codes: Ints) -> Any:
    """The values at the codes; empty where the code is below zero."""
    source = values if isinstance(values, pa.Array) else pa.array(list(values), pa.string())
    return source.take(pa.array(codes, mask=codes < 0))


def instants(utc: Ints) -> Any:
    """Seconds of UTC as instants; empty where never."""
    never = utc == NEVER
    micro = np.where(never, 0, utc) * 1_000_000
    return pa.array(micro, mask=never).cast(ARROW_TYPES[Type.INSTANT])


def dates(days: Ints) -> Any:
    """Days since 1970-01-01 as dates; empty where never."""
    never = days == NEVER
    return pa.array(np.where(never, 0, days).astype(np.int32), mask=never).cast(pa.date32())


def money(amounts: Floats) -> Any:
    """Amounts as exact decimals, rounded to cents; empty where not a number."""
    missing = np.isnan(amounts)
    scaled = np.round(np.where(missing, 0, amounts) * 100).astype(np.int64) * 100
    words = np.column_stack([scaled, scaled >> 63]).astype("<i8")
    valid = pa.array(~missing).buffers()[1]
    buffers = [valid, pa.py_buffer(words.tobytes())]
    return pa.Array.from_buffers(ARROW_TYPES[Type.MONEY], len(amounts), buffers)


def numbers(values: Floats) -> Any:
    """Numbers; empty where not a number."""
    return pa.array(values, mask=np.isnan(values))


def integers(values: Ints) -> Any:
    """Whole numbers; empty where below zero."""
    return pa.array(values, mask=values < 0)


def flags(values: Flags | Ints) -> Any:
    """Yes and no; empty where below zero."""
    codes = values.astype(np.int64)
    return pa.array(codes > 0, mask=codes < 0)


def texts(values: Sequence[str | None]) -> Any:
    """Texts as they are."""
    return pa.array(list(values), pa.string())


class Folder:
    """A folder of canonical files, each written piece by piece."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.rows: dict[str, int] = {}
        self._writers: dict[str, Any] = {}

    def add(self, name: str, columns: Columns) -> None:
        """Write rows to a table; a column that is not given stays empty."""
        table = _table(name, columns)
        if name not in self._writers:
            path = self.directory / f"{name}.parquet"
            self._writers[name] = pq.ParquetWriter(path, table.schema, compression="zstd")
        self._writers[name].write_table(table)
        self.rows[name] = self.rows.get(name, 0) + table.num_rows

    def close(self) -> dict[str, int]:
        """Finish all files; the number of rows of each."""
        for writer in self._writers.values():
            writer.close()
        return {name: self.rows[name] for name in TABLES if name in self.rows}


def _table(name: str, columns: Columns) -> Any:
    declared = TABLES[name].columns
    unknown = set(columns) - {column.name for column in declared}
    if unknown:
        raise KeyError(f"{name} has no column {', '.join(sorted(unknown))}")
    n = len(next(iter(columns.values())))
    arrays = [
        _typed(columns[column.name], ARROW_TYPES[column.type])
        if column.name in columns
        else pa.nulls(n, ARROW_TYPES[column.type])
        for column in declared
    ]
    return pa.table(arrays, names=[column.name for column in declared])


def _typed(values: Any, wanted: Any) -> Any:
    return values if values.type == wanted else values.cast(wanted)
