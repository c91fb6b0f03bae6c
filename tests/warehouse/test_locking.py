"""The warehouse's connection reaches its own file, and nothing else of the machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from foresail.warehouse import Settings, Warehouse

REFUSED = (
    "from read_csv('/etc/passwd')",
    "from read_text('/etc/passwd')",
    "from '/etc/passwd'",
    "from glob('/*')",
    "copy (select 1) to '/tmp/foresail-hostile'",
    "export database '/tmp/foresail-hostile'",
    "attach '/tmp/foresail-hostile.db'",
    "install httpfs",
    "load httpfs",
    "from read_csv('http://127.0.0.1:9/a.csv')",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "set allowed_configs = ['enable_external_access']",
    "set allowed_directories = ['/']",
    "set memory_limit = '900GB'",
)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    found = Warehouse.open(tmp_path_factory.mktemp("locked"), Settings())
    yield found
    found.close()


@pytest.mark.parametrize("statement", REFUSED)
def test_no_statement_reaches_beyond_the_file(warehouse: Warehouse, statement: str) -> None:
    cursor = warehouse.cursor()
    with pytest.raises(duckdb.Error):
        cursor.execute(statement)
    assert not Path("/tmp/foresail-hostile").exists()
    cursor.close()


def test_what_is_written_stays(tmp_path: Path) -> None:
    warehouse = Warehouse.open(tmp_path, Settings())
    with warehouse.writing() as cursor:
        cursor.execute("insert into meta.origin values ('zoho')")
    warehouse.connection.execute("checkpoint")
    warehouse.close()
    again = Warehouse.open(tmp_path, Settings())
    assert again.cursor().execute("select name from meta.origin").fetchall() == [("zoho",)]
    again.close()
