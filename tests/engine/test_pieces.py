"""Questions that share measures share the pieces of their queries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from foresail.engine.plans import Plans
from foresail.engine.stages import query
from foresail.engine.tables import Tables
from foresail.project.asking import Words, resolve
from tests.world import world

CALL = {
    "activity_id": "a1",
    "kind": "call",
    "direction": "outbound",
    "outcome": "connected",
    "occurred_at": "2026-03-02T10:00:00Z",
    "rep_id": "ann",
}
MEETING = {**CALL, "activity_id": "a2", "kind": "meeting", "outcome": "held"}
DEAL = {
    "opportunity_id": "oak",
    "owner_id": "ann",
    "outcome": "won",
    "created_at": "2026-03-01",
    "closed_at": "2026-03-20",
    "amount": 600,
}


class Counted(Plans):
    """Plans that say what was made anew."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[str] = []

    def get(self, shape: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        def counted() -> Any:
            self.made.append(shape[2])
            return make()

        return super().get(shape, counted)


def test_a_new_combination_of_known_kpis_is_put_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = world(tmp_path, activity=[CALL, MEETING], opportunity=[DEAL])
    monkeypatch.setenv("FORESAIL_CACHE", str(tmp_path / "cache"))
    plans = Counted()

    def written(*kpis: str) -> str:
        with project._reader() as reader:
            words = Words(kpis, ("rep",), None, "2026-03", "previous")
            asked = resolve(reader.data, project.settings, project.catalogue, words)
            return query(Tables(reader._columns, plans=plans), asked.question).sql

    first = written("outbound_calls", "revenue")
    assert sorted(plans.made) == ["columns", "columns", "spine", "tallies", "tallies"]
    plans.made.clear()
    second = written("revenue", "outbound_calls")
    assert plans.made == []
    assert first != second
    assert len(first) == len(second)
    written("revenue")
    assert plans.made == []
    written("revenue", "meetings_held")
    assert plans.made == ["tallies", "columns"]
