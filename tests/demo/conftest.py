"""One simulated organisation, shared by the tests of this folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import duckdb
import pytest

from foresail.demo import DemoOrganisation, write_organisation

UNTIL = dt.date(2026, 11, 22)


@pytest.fixture(scope="session")
def organisation(tmp_path_factory: pytest.TempPathFactory) -> DemoOrganisation:
    return write_organisation(tmp_path_factory.mktemp("demo"), until=UNTIL)


@pytest.fixture(scope="session")
def con(organisation: DemoOrganisation) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'Europe/Berlin'")
        for path in organisation.good:
            connection.execute(f"create view {path.stem} as select * from '{path}'")
        yield connection
