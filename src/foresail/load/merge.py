"""All rows that a load brings for one table, one a key: the last in the load wins.

Rows are told apart by `seq`, which grows through the mapping's tables and down each file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from foresail.load.names import ROW_NUMBER, quoted
from foresail.load.rows import Typed
from foresail.load.workbench import Workbench
from foresail.model import Table

STEP = 2**40
ROW_KEY = "row_key"


@dataclass
class Step:
    """What one file or query gave for one table, and what became of its rows.

    `place` is that of its table in the plan; `source_columns` are the names and types of the
    source's columns, as JSON.
    """

    table: Table
    label: str
    rows: Typed
    place: int = 0
    source_columns: str = "{}"
    read: int = 0
    quarantined: int = 0
    unchanged: int = 0
    replaced: int = 0
    accepted: int = 0
    updated: int = 0
    ignored_columns: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Incoming:
    """A query of the workbench with one row a key.

    Beside `columns` it gives `step`, and where not all steps give the same columns, `given`: the
    bits of the columns that the row was given.
    """

    query: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    has_given: bool

    def bit(self, column: str) -> str:
        """The condition on `given` that says the row was given a column."""
        return f"given & {1 << self.columns.index(column)} <> 0"


def key_of(table: Table) -> tuple[str, ...]:
    """The columns by which the table's rows are told apart."""
    return (ROW_KEY,) if table.is_keyless else tuple(column.name for column in table.key)


def merged(bench: Workbench, table: Table, steps: Sequence[Step]) -> Incoming:
    """The rows of all steps of one table, one a key; counts what is superseded."""
    given = {ROW_KEY, *(name for step in steps for name in step.rows.columns)}
    columns = tuple(name for name in _all_columns(table) if name in given)
    has_given = len({step.rows.columns for step in steps}) > 1
    incoming = Incoming("", columns, key_of(table), has_given)
    everything = f"every_{table.name}"
    parts = [_part(bench, incoming, number, step) for number, step in enumerate(steps)]
    bench.execute(f"create view {everything} as {' union all '.join(parts)}")
    key = ", ".join(quoted(name) for name in incoming.key)
    again = f"again_{table.name}"
    bench.execute(
        f"create table {again} as select {key}, max(seq) as last_seq from {everything} "
        f"group by {key} having count(*) > 1"
    )
    query = f"select * exclude (seq) from {everything}"
    if bench.value(f"select count(*) from {again}"):
        final = _final_rows(bench, incoming, everything, again)
        _count_superseded(bench, incoming, everything, final, steps)
        query = (
            f"select * exclude (seq) from {everything} where not exists (from {again} a "
            f"where {_same(incoming, 'a', everything)}) "
            f"union all by name select * exclude (seq) from {final}"
        )
    return Incoming(query, columns, incoming.key, has_given)


def _all_columns(table: Table) -> list[str]:
    names = [ROW_KEY] if table.is_keyless else []
    for column in table.columns:
        names.append(column.name)
        if column in table.instants:
            names.append(column.is_date_column)
    return names


def _part(bench: Workbench, incoming: Incoming, number: int, step: Step) -> str:
    """The good rows of one step, with all columns of the load."""
    source = step.rows.table
    if step.table.is_keyless:
        source = _with_row_keys(bench, step)
    has = {*step.rows.columns, ROW_KEY}
    columns = []
    bits = 0
    for place, name in enumerate(incoming.columns):
        columns.append(quoted(name) if name in has else f"null as {quoted(name)}")
        bits |= (1 << place) if name in has else 0
    given = f", {bits}::bigint as given" if incoming.has_given else ""
    seq = f"{number * STEP} + {quoted(ROW_NUMBER)} as seq"
    listed = ", ".join(columns)
    return f"select {listed}, {number}::integer as step, {seq}{given} from {source} where not bad"


def _with_row_keys(bench: Workbench, step: Step) -> str:
    """The rows of a keyless table with `row_key`: their id, else their content and its number.

    Only content that occurs more than once has to be numbered one by one.
    """
    number = quoted(ROW_NUMBER)
    given = [name for name in _all_columns(step.table) if name in step.rows.columns]
    own = step.table.key[0].name
    parts = ", ".join(
        f"coalesce({quoted(name)}::varchar, chr(30))"
        if name in given and name != own
        else "chr(30)"
        for name in _all_columns(step.table)[1:]
        if name != own
    )
    content = f"md5(concat_ws(chr(31), {parts}))"
    if own in given:
        content = f"case when {quoted(own)} is null then {content} end"
    hashed, table = f"hashed_{step.rows.table}", f"keyed_{step.rows.table}"
    bench.execute(
        f"create table {hashed} as select {number} as n, {content} as content "
        f"from {step.rows.table} where not bad"
    )
    bench.execute(
        f"create table again_{hashed} as select n, row_number() over "
        f"(partition by content order by n) as occurrence from {hashed} where content in "
        f"(select content from {hashed} where content is not null group by 1 having count(*) > 1)"
    )
    own_id = f"t.{quoted(own)}" if own in given else "null"
    bench.execute(
        f"create view {table} as select t.*, coalesce({own_id}, "
        f"h.content || '#' || coalesce(a.occurrence, 1)) as {ROW_KEY} "
        f"from {step.rows.table} t join {hashed} h on h.n = t.{number} "
        f"left join again_{hashed} a on a.n = t.{number}"
    )
    return table


def _same(incoming: Incoming, left: str, right: str) -> str:
    return " and ".join(f"{left}.{quoted(name)} = {right}.{quoted(name)}" for name in incoming.key)


def _final_rows(bench: Workbench, incoming: Incoming, everything: str, again: str) -> str:
    """One row for each key that occurs more than once: of every column the last given value."""
    final = f"final_{again}"
    rest = [name for name in incoming.columns if name not in incoming.key]
    key = ", ".join(f"e.{quoted(name)}" for name in incoming.key)
    joined = f"from {everything} e join {again} a on {_same(incoming, 'e', 'a')}"
    if not incoming.has_given:
        bench.execute(f"create table {final} as select e.* {joined} and e.seq = a.last_seq")
        return final
    values = "".join(
        f", last(e.{quoted(name)} order by seq) filter (where {incoming.bit(name)}) "
        f"as {quoted(name)}"
        for name in rest
    )
    bench.execute(
        f"create table {final} as select {key}{values}, max(step) as step, max(seq) as seq, "
        f"bit_or(given) as given {joined} group by {key}"
    )
    return final


def _count_superseded(
    bench: Workbench, incoming: Incoming, everything: str, final: str, steps: Sequence[Step]
) -> None:
    """Count the rows that a later one stands for, and those of them that it differs from."""
    rest = [name for name in incoming.columns if name not in incoming.key]
    differs = " or ".join(
        f"({f'e.{incoming.bit(name)} and ' if incoming.has_given else ''}"
        f"e.{quoted(name)} is distinct from f.{quoted(name)})"
        for name in rest
    )
    for number, unchanged, replaced in bench.execute(
        f"select e.step, count(*), count(*) filter (where {differs or 'false'}) "
        f"from {everything} e join {final} f on {_same(incoming, 'e', 'f')} "
        "where e.seq < f.seq group by 1"
    ).fetchall():
        steps[number].unchanged += unchanged
        steps[number].replaced += replaced
