"""Engine and oracle agree on every KPI, dimension and grain.

16 worlds by default; `make oracle` asks 1,000, `FORESAIL_WORLDS=5000 pytest tests/oracle` 5,000.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings

from foresail.catalogue import KPIS
from tests.oracle import WORLDS
from tests.oracle import ask as oracle
from tests.oracle.compare import disagreements
from tests.oracle.questions import ORGANISATIONS, questions
from tests.oracle.records import read
from tests.oracle.worlds import Row, organisation, worlds
from tests.world import world


def test_the_oracle_covers_the_catalogue() -> None:
    assert set(KPIS) <= set(oracle.KPIS)


@pytest.mark.parametrize("number", range(ORGANISATIONS))
def test_engine_and_oracle_agree(number: int) -> None:
    decided = organisation(number)

    @settings(
        max_examples=max(1, WORLDS // ORGANISATIONS),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(rows=worlds(decided), asked=questions(number))
    def agree(rows: dict[str, list[Row]], asked: Any) -> None:
        with tempfile.TemporaryDirectory() as directory:
            lines = decided.lines()
            project = world(
                Path(directory), settings=lines, as_of="2026-04-30", **{"rep": [], **rows}
            )
            try:
                found = disagreements(project, read(decided, rows), *asked)
            finally:
                project.close()
        if found:
            note(f"{decided}\n{pretty(rows)}")
        assert not found, "\n".join(found[:8])

    agree()


def pretty(rows: dict[str, list[Row]]) -> str:
    """The rows of a world, one a line."""
    return "\n".join(f"{name}: {json.dumps(row)}" for name, table in rows.items() for row in table)
