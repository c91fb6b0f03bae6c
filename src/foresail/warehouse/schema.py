"""The warehouse's tables, made from the model's declarations."""

from __future__ import annotations

from foresail.model import TABLES, Table

FORMAT_VERSION = 1

BOOKKEEPING = (
    """create table if not exists meta.version (format integer not null)""",
    """create sequence if not exists meta.load_number""",
    """create table if not exists meta.load (
        load_id bigint primary key, started_at timestamp, finished_at timestamp,
        files varchar[], mapping varchar)""",
    """create table if not exists meta.load_count (
        load_id bigint, table_name varchar, file varchar, read bigint, accepted bigint,
        updated bigint, unchanged bigint, quarantined bigint, replaced bigint)""",
    """create table if not exists meta.quarantine (
        load_id bigint, table_name varchar, file varchar, row_number bigint,
        reason varchar, row_text varchar)""",
    """create table if not exists meta.origin (name varchar)""",
)


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
        "insert into meta.version select "
        f"{FORMAT_VERSION} where not exists (select 1 from meta.version)",
    ]
