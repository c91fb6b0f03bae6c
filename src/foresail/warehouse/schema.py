"""The warehouse's tables, made from the model's declarations."""

from __future__ import annotations

from foresail.model import TABLES, Table

FORMAT_VERSION = 2

SURROGATE = "_surrogate"
"""What names of facts and columns end in that hold numbers in place of ids; exports have none."""

BOOKKEEPING = (
    """create table if not exists meta.version (format integer not null)""",
    """create sequence if not exists meta.load_number""",
    """create table if not exists meta.load (
        load_id bigint primary key, started_at timestamp, finished_at timestamp,
        files varchar[], mapping varchar, mapping_text varchar, loaded_by varchar)""",
    """create table if not exists meta.load_count (
        load_id bigint, table_name varchar, file varchar, read bigint, accepted bigint,
        updated bigint, unchanged bigint, quarantined bigint, replaced bigint,
        place integer, columns varchar)""",
    """create table if not exists meta.quarantine (
        load_id bigint, table_name varchar, file varchar, row_number bigint,
        reason varchar, row_text varchar, short varchar, place integer)""",
    """create table if not exists meta.origin (name varchar)""",
)

ADDED_SINCE_1 = (
    ("load", "mapping_text varchar"),
    ("load", "loaded_by varchar"),
    ("load_count", "place integer"),
    ("load_count", "columns varchar"),
    ("quarantine", "short varchar"),
    ("quarantine", "place integer"),
)
"""Columns that a warehouse of the first format lacks."""


def canonical_ddl(table: Table) -> str:
    """The statement that makes one canonical table.

    Beside the model's columns: `<instant>_is_date`, `loaded_at` and `load_id` of the last change,
    and for keyless tables `row_key`, the id or the row's content with a running number.
    """
    columns = []
    for column in table.columns:
        columns.append(f'"{column.name}" {column.type.sql}')
        if column in table.instants:
            columns.append(f'"{column.is_date_column}" boolean')
    if table.is_keyless:
        columns.append("row_key varchar")
    columns += ["loaded_at timestamp", "load_id bigint"]
    return f'create table if not exists canonical."{table.name}" ({", ".join(columns)})'


def statements() -> list[str]:
    """Every statement that makes an empty warehouse, safe to repeat."""
    return [
        *(f"create schema if not exists {schema}" for schema in ("canonical", "fact", "meta")),
        *BOOKKEEPING,
        *(canonical_ddl(table) for table in TABLES.values()),
        *(
            f"alter table meta.{table} add column if not exists {column}"
            for table, column in ADDED_SINCE_1
        ),
        "delete from meta.version",
        f"insert into meta.version values ({FORMAT_VERSION})",
    ]
