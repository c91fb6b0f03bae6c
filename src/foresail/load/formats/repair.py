"""A broken CSV file, taken apart: the rows into a clean copy, every other line kept aside.

A line is set aside when it is not UTF-8, has too many or too few columns, or a quote that does
not close. A quote that swallows lines gives them back: only the line in which it stands is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow


MAX_LINES = 1_000
MAX_BYTES = 1_900_000
READ_BYTES = 2 * MAX_BYTES
Broken = tuple[int, str, str]


def broken_lines(lines: Sequence[Broken]) -> pyarrow.Table:
    """Lines that are no rows, as a table: number, what is wrong, text."""
    import pyarrow as pa

    columns = list(zip(*lines, strict=True)) or [(), (), ()]
    types = (pa.int64(), pa.string(), pa.string())
    return pa.table(
        [pa.array(column, type_) for column, type_ in zip(columns, types, strict=True)],
        names=["row_number", "reason", "line"],
    )


class Lines:
    """The lines of a file with a way back."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._back: list[bytes] = []

    def next(self) -> bytes:
        """The next line, empty at the end; of an endless one the beginning."""
        if self._back:
            return self._back.pop()
        line = self._file.readline(READ_BYTES)
        rest = line
        while len(rest) == READ_BYTES and not rest.endswith(b"\n"):
            rest = self._file.readline(READ_BYTES)
        return line

    def give_back(self, lines: list[bytes]) -> None:
        """Put lines back, to be read again in the same order."""
        self._back.extend(reversed(lines))


class Shape:
    """What a row of a file must look like."""

    def __init__(self, delimiter: str, width: int) -> None:
        self.delimiter = delimiter.encode()
        self.width = width
        end = re.escape(self.delimiter)
        self.cell = re.compile(
            rb' *"((?:[^"]|"")*)" *(?=%b|\Z)|(?! *")([^\r\n%b]*)(?=%b|\Z)' % (end, end, end)
        )

    def cells(self, record: bytes) -> list[bytes] | None:
        """The values of a record's cells, or None when a quote is out of place."""
        if b'"' not in record and b"\r" not in record and b"\n" not in record:
            return record.split(self.delimiter)
        cells, place = [], 0
        while match := self.cell.match(record, place):
            quoted, plain = match.groups()
            cells.append(plain if quoted is None else quoted.replace(b'""', b'"'))
            place = match.end()
            if place == len(record):
                return cells
            place += len(self.delimiter)
        return None

    def written(self, cells: list[bytes]) -> bytes:
        """A line with these values, quoted where it must be."""
        return self.delimiter.join(
            b'"' + cell.replace(b'"', b'""') + b'"'
            if any(mark in cell for mark in (b'"', b"\r", b"\n", self.delimiter))
            else cell
            for cell in cells[: self.width]
        )

    def fault(self, cells: list[bytes]) -> str:
        """What is wrong with the number of cells, empty when nothing is."""
        count = len(cells)
        while count > self.width and not cells[count - 1].strip():
            count -= 1
        if count == self.width:
            return ""
        many = "too many" if count > self.width else "too few"
        return f"the line has {many} columns: {count} instead of {self.width}"


def repair(path: Path, clean: Path, delimiter: str, width: int, header: bool) -> pyarrow.Table:
    """Write the rows of a file, without its header, to a clean copy; give back the other lines."""
    broken: list[Broken] = []
    shape = Shape(delimiter, width)
    lines = _with_newlines(path, clean.with_suffix(".lines"))
    with lines.open("rb") as source, clean.open("wb") as copy:
        number = -1 if header else 0
        for record, fault in records(Lines(source), shape):
            number += 1
            if number == 0:
                continue
            if fault:
                broken.append((number, fault, record.decode("utf-8", errors="replace")))
            else:
                copy.write(record + b"\n")
    return broken_lines(broken)


def records(lines: Lines, shape: Shape) -> Iterator[tuple[bytes, str]]:
    """Each record of a file as a clean line, or as it stands with what is wrong with it."""
    first = True
    while line := lines.next():
        if first:
            line, first = line.removeprefix(b"\xef\xbb\xbf"), False
        record = line.rstrip(b"\r\n")
        if not record:
            continue
        if len(record) > MAX_BYTES:
            yield record[:1000], f"the line is longer than {MAX_BYTES} bytes"
        elif not is_utf8(record):
            yield record, "the line is not UTF-8; the mapping can name its encoding"
        elif (cells := shape.cells(record)) is not None:
            if cells != [b""]:
                fault = shape.fault(cells)
                yield (record, fault) if fault else (shape.written(cells), "")
        elif whole := _over_several_lines(line, lines, shape):
            yield whole, ""
        elif b"\r" in record and b'"' not in record:
            yield record, "the line has a line break in the middle"
        else:
            yield record, "the line has a quote out of place"


def is_utf8(record: bytes) -> bool:
    """Whether the bytes are UTF-8."""
    if record.isascii():
        return True
    try:
        record.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _over_several_lines(line: bytes, lines: Lines, shape: Shape) -> bytes:
    """The record that begins with a line whose last quote is open; empty when none ends well."""
    taken: list[bytes] = []
    whole = line
    while len(taken) < MAX_LINES and len(whole) < MAX_BYTES and (more := lines.next()):
        taken.append(more)
        whole += more
        if b'"' not in more:
            continue
        record = whole.rstrip(b"\r\n")
        cells = shape.cells(record)
        if cells is not None:
            if is_utf8(record) and not shape.fault(cells):
                return shape.written(cells)
            break
    lines.give_back(taken)
    return b""


def _with_newlines(path: Path, copy: Path) -> Path:
    """The file itself, or where its lines end in carriage returns only, a copy with newlines."""
    with path.open("rb") as source:
        start = source.read(MAX_BYTES)
        if b"\n" in start or b"\r" not in start:
            return path
        with copy.open("wb") as target:
            while start:
                target.write(start.replace(b"\r", b"\n"))
                start = source.read(MAX_BYTES)
    return copy
