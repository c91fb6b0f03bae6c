from pathlib import Path

import duckdb

from foresail.model import TABLES
from foresail.model.document import document
from foresail.warehouse import schema

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_tables_follows_from_the_declarations() -> None:
    assert (DOCS / "model.md").read_text(encoding="utf-8") == document()


def test_every_column_has_a_meaning_that_is_a_sentence() -> None:
    wrong = [
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        if not column.meaning.endswith(".")
    ]
    assert wrong == []


def test_the_warehouse_holds_the_declared_columns() -> None:
    with duckdb.connect() as connection:
        for statement in schema.statements():
            connection.execute(statement)
        found = connection.execute(
            "select column_name, data_type from information_schema.columns"
            " where table_schema = 'canonical' and table_name = 'quota' order by ordinal_position"
        ).fetchall()
    assert found == [
        ("owner_kind", "VARCHAR"),
        ("owner_id", "VARCHAR"),
        ("kpi", "VARCHAR"),
        ("starts_on", "DATE"),
        ("ends_on", "DATE"),
        ("amount", "DECIMAL(18,4)"),
        ("currency", "VARCHAR"),
        ("loaded_at", "TIMESTAMP"),
        ("load_id", "BIGINT"),
    ]


def test_a_table_without_a_key_of_its_own_keeps_a_row_key() -> None:
    assert [name for name, table in TABLES.items() if table.is_keyless] == [
        "content_event",
        "revenue",
        "cost",
        "usage",
    ]
    assert "row_key varchar" in schema.canonical_ddl(TABLES["revenue"])
