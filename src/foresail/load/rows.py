"""Rows of a file made canonical: every value read by its column's type, bad rows set aside.

All is done in four nested queries, so that no value is worked out twice: the mapping's
expressions, their values without blanks (`s`), the canonical values (`v`), and what is at fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from foresail.core.errors import SourceError, nearest
from foresail.load.mapping import TableMapping
from foresail.load.names import ROW_NUMBER, literal, quoted
from foresail.load.origins import with_origin
from foresail.load.statements import check_expression, first_line
from foresail.load.values import Context, Reading, kind_of, reading
from foresail.load.workbench import Workbench
from foresail.model import Column, Table, Type

NUMBER = quoted(ROW_NUMBER)
SHOWN = 100
LONGEST_TEXT = 100_000


@dataclass(frozen=True)
class Source:
    """Rows before they are typed: a query, its columns, and what people call them."""

    rows: str
    columns: tuple[str, ...]
    label: str
    is_numbered: bool = True


@dataclass(frozen=True)
class Cell:
    """One canonical column and the SQL that fills it."""

    column: Column
    expression: str
    kind: str
    is_tried: bool
    reading: Reading
    s: str
    v: str
    t: str


@dataclass(frozen=True)
class Typed:
    """A table of the workbench with canonical rows, and which columns it gives."""

    table: str
    columns: tuple[str, ...]


def columns_of(mapping: TableMapping, source: Source) -> dict[str, str]:
    """The expression for each canonical column that the mapping gives.

    Errors: `SourceError` when a column that every row needs is missing.
    """
    given = dict(mapping.columns)
    if not given:
        by_name = {name.lower(): name for name in source.columns}
        given = {name: quoted(by_name[name]) for name in mapping.table.by_name if name in by_name}
    needed = [column.name for column in mapping.table.columns if column.is_required]
    missing = [name for name in needed if name not in given]
    if missing:
        found = ", ".join(source.columns[:40])
        hint = nearest(missing[0], source.columns)
        raise SourceError(
            f"{source.label} cannot be loaded as {mapping.table.name}: it lacks "
            f"{', '.join(missing)}. It has: {found}.{hint}"
        )
    return given


def typed(
    bench: Workbench, mapping: TableMapping, source: Source, zone: str, origins: Iterable[str]
) -> Typed:
    """Put the canonical rows into a table, with `bad` true where a row cannot be used."""
    context = Context(mapping.zone or zone, mapping.date_format, mapping.decimal)
    given = columns_of(mapping, source)
    cells = [
        _cell(bench, mapping, source, context, place, mapping.table.by_name[name], expression)
        for place, (name, expression) in enumerate(given.items())
    ]
    table = f"typed_{bench.number()}"
    query = _faulty(bench, mapping, source, cells, "")
    listed = ", ".join(_final(mapping, cells, origins))
    try:
        with bench.limited(mapping.place):
            bench.execute(f"create table {table} as select {NUMBER}, {listed}, bad from ({query})")
            _set_aside(bench, mapping, source, cells, table)
    except duckdb.Error as error:
        raise SourceError(f"{mapping.place}: {first_line(error)}") from error
    return Typed(table, _names(mapping.table, cells))


def _names(table: Table, cells: Sequence[Cell]) -> tuple[str, ...]:
    given = {cell.column.name for cell in cells}
    given |= {column.name for column in table.key if column.default is not None}
    names = []
    for column in table.columns:
        if column.name in given:
            names.append(column.name)
            if column.type is Type.INSTANT:
                names.append(column.is_date_column)
    return tuple(names)


def _cell(
    bench: Workbench,
    mapping: TableMapping,
    source: Source,
    context: Context,
    place: int,
    column: Column,
    expression: str,
) -> Cell:
    by_name = {name.lower(): name for name in source.columns}
    plain = by_name.get(expression.strip().lower()) or next(
        (name for name in source.columns if expression.strip() == quoted(name)), None
    )
    where = f"{mapping.place}: {column.name}"
    if plain:
        expression = quoted(plain)
    else:
        check_expression(bench.connection, expression, source.columns, where)
    kind = kind_of(_type(bench, source, expression, where))
    is_tried = not plain and _can_be_tried(bench, source, expression)
    s, v, t = f"s{place}", f"v{place}", f"t{place}"
    if kind == "text" and column.type in (Type.DATE, Type.INSTANT) and context.date_format:
        _check_format(bench, mapping.place, context.date_format)
    kind_read = "text" if kind == "blob" else kind
    return Cell(
        column, expression, kind, is_tried, reading(column, kind_read, s, v, context), s, v, t
    )


def _type(bench: Workbench, source: Source, expression: str, where: str) -> str:
    """The type of an expression over the source's columns."""
    try:
        row = bench.execute(
            f"describe select (\n{expression}\n) as x from ({source.rows}) limit 0"
        ).fetchone()
    except duckdb.Error as error:
        hint = ""
        if isinstance(error, duckdb.BinderException) and "column" in str(error):
            hint = " A constant text needs its own quotes: \"'call'\"."
        raise SourceError(f"{where} = {expression!r}: {first_line(error)}{hint}") from error
    assert row is not None
    return str(row[1])


def _can_be_tried(bench: Workbench, source: Source, expression: str) -> bool:
    try:
        bench.execute(f"select try({{'v': (\n{expression}\n)}}) from ({source.rows}) limit 0")
    except duckdb.Error:
        return False
    return True


def _check_format(bench: Workbench, place: str, date_format: str) -> None:
    try:
        bench.execute(f"select try_strptime('', {literal(date_format)})")
    except duckdb.Error as error:
        raise SourceError(f"{place}: date_format {date_format!r}: {first_line(error)}") from error


def _kept(bench: Workbench, mapping: TableMapping, source: Source) -> str:
    """The SQL of a struct that says whether `where` keeps a row; null where it breaks."""
    if not mapping.where:
        return "{'v': true}"
    place = f"{mapping.place}: where"
    check_expression(bench.connection, mapping.where, source.columns, place)
    condition = f"(\n{mapping.where}\n)::boolean"
    _type(bench, source, condition, place)
    struct = f"{{'v': coalesce({condition}, false)}}"
    return f"try({struct})" if _can_be_tried(bench, source, condition) else struct


def _faulty(
    bench: Workbench, mapping: TableMapping, source: Source, cells: Sequence[Cell], only: str
) -> str:
    """The query that gives `s`, `v` and `bad` of all rows, or of `only` some."""
    raw = ", ".join(
        f"try({{'v': (\n{cell.expression}\n)}}) as {cell.t}"
        if cell.is_tried
        else f"(\n{cell.expression}\n) as {cell.t}"
        for cell in cells
    )
    kept = _kept(bench, mapping, source)
    expressions = f"select {NUMBER}, {kept} as kept, {raw} from ({source.rows}) {only}"
    values = ", ".join(
        f"{_unblanked(cell)} as {cell.s}, {_failed(cell)} as f{cell.s}" for cell in cells
    )
    read = (
        f"select {NUMBER}, kept is null as lost, {values} from ({expressions}) "
        "where kept is null or kept.v"
    )
    canonical = ", ".join(f"{cell.reading.value} as {cell.v}" for cell in cells)
    conditions = [f"coalesce({condition}, false)" for condition, _, _ in _faults(cells)]
    return f"select *, {' or '.join(conditions)} as bad from (select *, {canonical} from ({read}))"


def _unblanked(cell: Cell) -> str:
    """The source's value, without blanks around it, null where nothing is left."""
    value = f"{cell.t}.v" if cell.is_tried else cell.t
    if cell.kind == "blob":
        value = f"try(decode({value}))"
    elif cell.kind == "text":
        value = f"({value})::varchar"
    else:
        return value
    if cell.column.type is Type.TEXT:
        clean = f"replace({value}, chr(0), '')"
        return f"nullif(case when contains({value}, chr(0)) then {clean} else {value} end, '')"
    has_blanks = f"{value} = '' or starts_with({value}, ' ') or ends_with({value}, ' ')"
    return f"case when {has_blanks} then nullif(trim({value}), '') else {value} end"


def _failed(cell: Cell) -> str:
    if cell.kind == "blob":
        return f"({cell.t} is not null and {_unblanked(cell)} is null)"
    return f"{cell.t} is null" if cell.is_tried else "false"


def _faults(cells: Sequence[Cell]) -> list[tuple[str, str, str]]:
    """Every condition for setting a row aside, with the SQL of its reason, in full and in short."""
    found = [("lost", "'where cannot be worked out'", "'where cannot be worked out'")]
    for cell in cells:
        name = cell.column.name
        words = literal(f"{name} cannot be worked out from {cell.expression}")
        found.append((f"f{cell.s}", words, words))
        for fault in cell.reading.faults:
            if fault.shows_value:
                shown = f"left({cell.s}::varchar, {SHOWN})"
                full = (
                    f"{literal(name + ': ')} || '''' || {shown} || ''' ' || {literal(fault.words)}"
                )
                found.append((fault.condition, full, literal(f"{name} {fault.words}")))
            else:
                words = literal(f"{name} {fault.words}")
                found.append((f"{fault.condition} and not f{cell.s}", words, words))
    return found


def _final(mapping: TableMapping, cells: Sequence[Cell], origins: Iterable[str]) -> list[str]:
    """The canonical columns: named, with the origin in front of ids, and defaults filled in."""
    by_name = {cell.column.name: cell for cell in cells}
    values = {name: cell.v for name, cell in by_name.items()}
    columns = []
    for column in mapping.table.columns:
        cell = by_name.get(column.name)
        if cell:
            value = with_origin(mapping.table, column, values, mapping.origin, origins)
        elif column.default is not None:
            value = "null::varchar"
        else:
            continue
        if column.is_key and column.default is not None:
            value = f"coalesce({value}, {literal(column.default)})"
        columns.append(f"try_cast({value} as {column.type.sql}) as {quoted(column.name)}")
        if column.type is Type.INSTANT and cell:
            columns.append(f"{cell.reading.is_date} as {quoted(column.is_date_column)}")
    return columns


def _set_aside(
    bench: Workbench, mapping: TableMapping, source: Source, cells: Sequence[Cell], table: str
) -> None:
    """Keep the bad rows of a table with their reasons and what the file held."""
    if not bench.value(f"select count(*) from {table} where bad"):
        return
    only = f"where {NUMBER} in (select {NUMBER} from {table} where bad)"
    query = _faulty(bench, mapping, source, cells, only)
    faults = _faults(cells)
    full = ", ".join(f"case when {condition} then {text} end" for condition, text, _ in faults)
    short = ", ".join(f"case when {condition} then {text} end" for condition, _, text in faults)
    held = ", ".join(f"{literal(name)}, {quoted(name)}" for name in source.columns)
    number = NUMBER if source.is_numbered else "null"
    bench.execute(
        f"insert into set_aside select {literal(table)}, {literal(source.label)}, {number}, "
        f"concat_ws('; ', {full}), concat_ws('; ', {short}), row_text, true "
        f"from ({query}) join (select {NUMBER}, left(json_object({held})::varchar, "
        f"{LONGEST_TEXT}) as row_text from ({source.rows}) {only}) using ({NUMBER})"
    )
