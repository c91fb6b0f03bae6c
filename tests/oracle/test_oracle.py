"""Engine and oracle agree on every KPI, dimension and grain.

`FORESAIL_WORLDS=1000 pytest tests/oracle` asks more worlds than the default of 40.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, note, settings

from foresail.catalogue import KPIS
from tests.oracle import ask as oracle
from tests.oracle.compare import disagreements
from tests.oracle.questions import Asked, questions
from tests.oracle.records import Settings, read
from tests.oracle.worlds import Row, worlds
from tests.world import world

WORLDS = int(os.environ.get("FORESAIL_WORLDS", "40"))


def test_the_oracle_covers_the_catalogue() -> None:
    assert set(KPIS) <= set(oracle.KPIS)


@pytest.mark.skipif(
    "FORESAIL_WORLDS" not in os.environ,
    reason="asks worlds for minutes: make oracle, or FORESAIL_WORLDS=40 pytest tests/oracle",
)
@settings(
    max_examples=WORLDS,
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=list(HealthCheck),
)
@given(made=worlds(), asked=questions())
def test_engine_and_oracle_agree(
    made: tuple[Settings, dict[str, list[Row]]], asked: list[Asked]
) -> None:
    decided, rows = made
    with tempfile.TemporaryDirectory() as directory:
        project = world(
            Path(directory), settings=decided.lines(), as_of="2026-04-30", **{"rep": [], **rows}
        )
        try:
            found = disagreements(project, read(decided, rows), asked)
        finally:
            project.close()
    if found:
        note(f"{decided}\n{pretty(rows)}")
    assert not found, "\n".join(found[:8])


def pretty(rows: dict[str, list[Row]]) -> str:
    """The rows of a world, one a line."""
    return "\n".join(f"{name}: {json.dumps(row)}" for name, table in rows.items() for row in table)
