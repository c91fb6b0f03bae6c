"""Engine and oracle agree on every part of the waterfall; asked as the other worlds are."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.oracle import WORLDS
from tests.oracle.calendar import Window, as_of_instant
from tests.oracle.records import Settings, read
from tests.oracle.view import View
from tests.oracle.waterfall import GAINS, LOSSES, waterfall
from tests.oracle.worlds import Row, organisation, worlds
from tests.world import world

PARTS = ("opening", "revalued", *GAINS, *LOSSES, "closing")
MARCH = Window(dt.date(2026, 3, 1), dt.date(2026, 4, 1), dt.date(2026, 3, 1), "month")


@pytest.mark.parametrize("number", range(2))
def test_engine_and_oracle_agree_on_the_waterfall(number: int) -> None:
    decided = organisation(number)

    @settings(
        max_examples=max(1, WORLDS // 10),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(rows=worlds(decided))
    def agree(rows: dict[str, list[Row]]) -> None:
        assert_balanced(decided, rows)

    agree()


def assert_balanced(decided: Settings, rows: dict[str, list[Row]]) -> None:
    """Every part of the waterfall, by rep and by team, is the oracle's."""
    as_of = "2026-03-18T12:00"
    view = View(read(decided, rows), as_of_instant(as_of, decided), MARCH)
    with tempfile.TemporaryDirectory() as directory:
        project = world(
            Path(directory), settings=decided.lines(), as_of="2026-04-30", **{"rep": [], **rows}
        )
        try:
            for by, due in (("rep", True), ("team", False)):
                answer = project.waterfall(by=by, due=due, period="2026-03", as_of=as_of)
                given_parts = {row.get(f"{by}_id", row[by]): row for row in answer.rows}
                for key, parts in waterfall(view, by, due).items():
                    found = given_parts[key]
                    assert {each: found[each] or 0 for each in PARTS} == pytest.approx(
                        {each: float(parts[each]) for each in PARTS}, abs=1e-6
                    ), (by, due, key)
        finally:
            project.close()
