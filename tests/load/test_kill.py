"""A load that is killed leaves all of itself or nothing. The long form: `tests/kill_loads.py`."""

from __future__ import annotations

import pytest

from tests.kill_loads import run


@pytest.mark.slow
def test_killed_loads_neither_lose_nor_double_rows() -> None:
    ends = run(kills=6, seed=7, rows=4_000)
    assert ends["neither"] == 0
    assert ends["before"] + ends["after"] == 6
