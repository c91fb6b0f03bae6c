"""Files of good and malformed rows for every canonical table, the same for the same seed.

Malformed is a row that cannot be what it says: a line that is no row, a value that its column
cannot hold, an empty key. Each such row breaks in one known place, so that the reason can be
checked. Odd but possible values stay good: a text may be a formula, a fragment of SQL, a page of
HTML or full of marks that turn its direction, for a text is only kept and shown. Two values that
contradict each other (an end before its beginning) are no malformed row either: which of the two
is wrong nobody knows, so the row is loaded, and `foresail health` names it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from foresail.model import TABLES, Column, Table, Type

BAD_DAYS = (
    *("2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "2024-01-32", "0000-00-00"),
    *("99999-01-01", "0206-03-04", "1899-12-31", "2201-01-02", "9999-12-31", "-2024-01-01"),
    *("31.12.2024", "12/31/2024", "01-02-2024", "2024/01/02", "20240102", "2024-1-2", "24-01-02"),
    *("45292", "1704067200", "1e5", "NaN", "infinity", "-infinity", "epoch", "now", "today"),
    *("true", "no", "tomorrow", "March 2024", "2024-W05", "2024-Q1", "NULL", "N/A", "-", "?"),
    *("=TODAY()", "'2024-01-01'", "2024-01-01; drop table rep", "２０２４-01-02", "２024-01-02"),
    *("2024-01-01\u200f", "\ufeff2024-01-01", "2024-01-01\x00", "2024-01-01\x1b[0m"),
)
BAD_TIMES = (
    *("2024-01-01 25:00", "2024-01-01 10:61", "2024-01-01T10:10:75", "2024-01-01 24:30:00"),
    *("2024-01-01 10", "2024-01-01T", "2024-01-01 10:00 pm", "10:00", "2024-01-01 10:00:00+99:00"),
    *("2024-01-01 10:00 Mars/Olympus", "2024-01-01 10:00:00.", "2024-01-01  10:00", "2024-01-01_1"),
    *("99999-01-01 10:00", "2024-02-30T10:00:00Z", "2024-01-01 10.30", "2024-01-01 10:00 CEST"),
)
BAD_NUMBERS = (
    *("NaN", "nan", "inf", "-inf", "Infinity", "1e400", "-1e999", "abc", "ten", "0x1F", "1 2"),
    *(
        "--5",
        "+-5",
        "5-",
        "(5)",
        "½",
        "٣",
        "１２",
        "12,5O",
        "1O",
        "l2",
        "1.2.3",
        "1,2,3",
        "1,23,456",
    ),
    *("1,234", "1.234.567,89", "1'23", "$5", "5 €", "12%", "5 EUR", "1e", "e5", ".", "+", "-", ","),
    *("true", "yes", "null", "None", "n/a", "=1+1", "1/0", "sqrt(-1)", "1;2", "1--", "5\x00"),
    *("5\u200b", "\ufeff5", "\u202e5", "2024-01-01", "1_000", "1:30", "5\n6"),
)
TOO_LARGE = ("1e30", "99999999999999999999999", "-1e25", "170141183460469231731687303715884105728")
NOT_WHOLE = ("1.5", "0.1", "-2.25", "9223372036854775808", "-9e18", "1e-3", "12345678901234567890")
BAD_FLAGS = ("2", "-1", "maybe", "oui", "ja", "x", "0.5", "truee", "yes!", "2024-01-01", "NaN", "✓")
BAD_CHOICES = ("?", "1", "true", "NULL", "none of these", "💥", "{0};", "{0} ?", "{0}\u200b", "=1")
BAD_CURRENCIES = ("EURO", "€", "$", "US", "12", "E R", "Euro", "EU\x00", "ＥＵＲ", "978", "EUR/USD")
BAD_IDS = ("17\x00", "\x01", "1\x1b[31m7", "\ufeff17", "17\ufffd", "a\x7fb", "a\u0085b", "9" * 600)
LONG_TEXT = "long " * 20_001
ODD_TEXTS = (
    *("'; drop table rep; --", "=cmd|' /C calc'!A0", "+1", "@sum(a)", "<script>alert(1)</script>"),
    *(
        "\u202eAbc",
        "Ann\u200f",
        "שלום",
        "Zoë",
        "👩‍💻",
        "NaN",
        "null",
        "None",
        "N/A",
        "true",
        "1e400",
        " ",
    ),
    *("two\nlines", 'a "quoted" word', "a,b;c\td", "%s%n", "{0}", "${jndi:x}", "../..", "\\", "'"),
    *("ends before starts", "0", "\u00a0", "\u2028", "x" * 5000, "\u0301", "Ａ", "ﬀ", "tab\there"),
)
BAD_LINES = ("few", "many", "open quote", "stray quote", "not utf-8", "half a letter", "one word")


@dataclass(frozen=True)
class Row:
    """A row of a file: its cells, or a line that is no row; `fault` names the column or "line"."""

    cells: dict[str, str]
    line: bytes = b""
    fault: str = ""
    value: str = ""


def rows(table: Table, count: int, seed: int) -> list[Row]:
    """So many rows for a table, about half of them malformed."""
    pick = random.Random(f"{table.name} {seed}")
    good = (_good(table, number, pick) for number in range(count))
    return [cells if pick.random() < 0.5 else _spoilt(table, cells, pick) for cells in good]


def _good(table: Table, number: int, pick: random.Random) -> Row:
    return Row({column.name: _value(column, number, pick) for column in table.columns})


def _value(column: Column, number: int, pick: random.Random) -> str:
    """A value that the column can hold; a key's is another one in each row."""
    if column.is_key or column.is_required:
        return _key(column, number)
    if pick.random() < 0.2:
        return pick.choice(("", "", "   ")) if column.type is not Type.TEXT else ""
    values: dict[Type, Callable[[], str]] = {
        Type.ID: lambda: pick.choice(("17", " 17 ", "Ann O'Neil", "00x", "a b", "=1", "9" * 40)),
        Type.TEXT: lambda: pick.choice(ODD_TEXTS),
        Type.CURRENCY: lambda: pick.choice(("EUR", "usd", " GBP ")),
        Type.CHOICE: lambda: pick.choice((column.choices[0], column.choices[-1].upper())),
        Type.INSTANT: lambda: pick.choice(
            ("2024-05-06", "2024-05-06T07:08:09Z", "2024-02-29 7:08")
        ).replace(" 7", " 07"),
        Type.DATE: lambda: pick.choice(("2024-05-06", "2024-02-29", " 2024-05-06 10:00 ")),
        Type.MONEY: lambda: pick.choice(("5", "-5.25", "1,234.50", "1 234 567", "1e3", "+7", ".5")),
        Type.NUMBER: lambda: pick.choice(("0", "1", "0.5", "1e-3", ".25")),
        Type.INTEGER: lambda: pick.choice(("0", "7", "7.0", "1e0", "+3")),
        Type.BOOLEAN: lambda: pick.choice(("true", "F", "Yes", "n", "1", "0", "TRUE")),
    }
    return values[column.type]()


def _key(column: Column, number: int) -> str:
    if column.type in (Type.DATE, Type.INSTANT):
        return f"{2000 + number // 336}-{number // 28 % 12 + 1:02d}-{number % 28 + 1:02d}"
    if column.type is Type.CHOICE:
        return column.choices[number % len(column.choices)]
    if column.type is Type.CURRENCY:
        return "USD"
    return "1" if column.type is Type.NUMBER else f"k{number}"


def _spoilt(table: Table, row: Row, pick: random.Random) -> Row:
    """The row with one cell malformed, or a line in its place that is no row."""
    if pick.random() < 0.15:
        return Row({}, _broken_line(table, pick.choice(BAD_LINES), pick), "line")
    column = pick.choice([column for column in table.columns if list(bad_values(column))])
    value = pick.choice(list(bad_values(column)))
    return Row(row.cells | {column.name: value}, fault=column.name, value=value)


def bad_values(column: Column) -> Iterator[str]:
    """Values that a column cannot hold."""
    if column.is_required:
        yield from ("", " ", "  ") if column.type is not Type.TEXT else ("",)
    if column.type is Type.ID:
        yield from BAD_IDS
    if column.type is Type.TEXT:
        yield LONG_TEXT
    if column.type is Type.CURRENCY:
        yield from BAD_CURRENCIES
    if column.type is Type.CHOICE:
        yield from (bad.replace("{0}", column.choices[0]) for bad in BAD_CHOICES)
    if column.type in (Type.DATE, Type.INSTANT):
        yield from BAD_DAYS
        yield from BAD_TIMES
    if column.type is Type.BOOLEAN:
        yield from BAD_FLAGS
    if column.type in (Type.MONEY, Type.NUMBER, Type.INTEGER):
        yield from BAD_NUMBERS
    if column.type in (Type.MONEY, Type.INTEGER):
        yield from TOO_LARGE
    if column.type is Type.INTEGER:
        yield from NOT_WHOLE
    if column.minimum is not None:
        yield from ("-1", "-0.5", "-1e9")
    if column.maximum is not None:
        yield from (f"{column.maximum + 1}", "150", "1e9")


def _broken_line(table: Table, how: str, pick: random.Random) -> bytes:
    width = len(table.columns)
    cells = ["k"] * width
    lines = {
        "few": ",".join(["k"] * max(1, width - pick.randint(1, width - 1))),
        "many": ",".join(["k"] * (width + pick.randint(1, 40))),
        "open quote": ",".join(['"k', *cells[1:]]),
        "stray quote": ",".join(['"k"k', *cells[1:]]),
        "one word": "garbage",
    }
    if how == "not utf-8":
        return ",".join(cells).encode() + b"\xff\xfe"
    if how == "half a letter":
        return ",".join(cells).encode() + "ë".encode()[:1]
    return lines[how].encode()


def as_csv(table: Table, made: list[Row]) -> bytes:
    """The rows as a CSV file."""
    header = ",".join(column.name for column in table.columns).encode()
    lines = (row.line or ",".join(map(_cell, row.cells.values())).encode() for row in made)
    return b"\n".join([header, *lines, b""])


def _cell(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if set(value) & set('",\n\r') else value


NO_OBJECTS = (
    *(b"[1, 2]", b'"text"', b"17", b"null", b"{", b'{"a": 1', b"{'a': 1}", b'{"a": 1} {"a": 2}'),
    *(b'{"a": "\xff"}', b'{"a": NaN}', b'{"a": Infinity}', b'{"a": 1e400}', b'{"a": 01}', b"}{"),
    *(b'{"a": "\\ud800"}', b'{"a": "\\x"}', b'{"a": "\x00"}', b"{" * 3000, b"[" * 3000, b"a,b"),
)


NATIVE_VALUE = "a value of JSON"
NATIVE: dict[Type, tuple[object, ...]] = {
    Type.DATE: (True, 17, 20240102, 1.5, [], ["2024-01-02"], {"year": 2024}),
    Type.INSTANT: (False, 1704067200, [2024, 1, 2], {"at": "2024-01-02"}),
    Type.MONEY: (True, [5], {"amount": 5}, 1e30, 10**25),
    Type.NUMBER: (False, [0.5], {"value": 1}),
    Type.INTEGER: (True, 1.5, [7], {}, 10**19, 2**64),
    Type.BOOLEAN: (2, -1, 0.5, [True], {"is": True}),
    Type.CHOICE: (1, True, ["call"], {"kind": "call"}),
    Type.CURRENCY: (978, ["EUR"], {"code": "EUR"}),
}
"""Values of JSON that are no text, and that a column of the type cannot hold either."""


def as_ndjson(table: str, made: list[Row], pick: random.Random) -> tuple[bytes, list[Row]]:
    """The rows as a file with one object a line, and the rows as they then are."""
    lines, kept = [], []
    for row in made:
        if row.line:
            row = Row({}, pick.choice(NO_OBJECTS), "line")
        cells: dict[str, object] = {**row.cells}
        kinds = NATIVE.get(TABLES[table].by_name[row.fault].type, ()) if row.value else ()
        if kinds and pick.random() < 0.4:
            cells[row.fault] = pick.choice(kinds)
            row = Row(row.cells, fault=row.fault, value=NATIVE_VALUE)
        lines.append(row.line or json.dumps(cells).encode())
        kept.append(row)
    return b"\n".join([*lines, b""]), kept


def tables() -> list[Table]:
    """All canonical tables."""
    return list(TABLES.values())
