"""A KPI restricted in its definition answers as the same KPI asked with a filter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from foresail.catalogue import KPIS
from foresail.core.dimensions import DIMENSIONS, Dimension
from foresail.core.formulas import is_share
from foresail.core.kpis import KPI
from foresail.core.measures import measures
from foresail.core.restriction import Restriction, slices_of
from foresail.facts.quotas import Quotas
from foresail.project import Project
from foresail.project.asking import Words, resolve

PERIOD = "2026-09-01..2026-11-20"
TOGETHER = 8


def one_of_each(dimension: Dimension) -> list[KPI]:
    """The KPIs that carry a dimension, one for every set of facts that they look at."""
    found: dict[Any, KPI] = {}
    for kpi in KPIS.values():
        facts = frozenset(each.fact for each in measures(kpi))
        if dimension in kpi.dimensions and Quotas not in facts:
            found.setdefault(facts, kpi)
    return list(found.values())


@pytest.mark.parametrize(("name", "value"), [("source", None), ("weekday", "2"), ("team", "")])
def test_a_restricted_kpi_answers_as_with_a_filter(
    project: Project, name: str, value: str | None
) -> None:
    dimension = DIMENSIONS[name]
    kpis = one_of_each(dimension)
    if name == "team":
        value = project.ask("outbound_calls", period=PERIOD, by="team").rows[0]["team"]
    wanted = "(none)" if value is None else "tuesday" if name == "weekday" else value
    restriction = Restriction({dimension: (value,)})
    for first in range(0, len(kpis), TOGETHER):
        chosen = kpis[first : first + TOGETHER]
        words = Words(tuple(each.id for each in chosen), (), None, PERIOD, None, {name: [wanted]})
        with project._reader() as reader:
            asked = resolve(reader.data, project.settings, project.catalogue, words)
            question = replace(asked.question, targets={})
            filtered, _ = reader.values(replace(asked, question=question))
            own = tuple(restriction.of(each) for each in chosen)
            question = replace(question, kpis=own, where=())
            restricted, _ = reader.values(replace(asked, question=question))
        (before,), (after,) = filtered.to_pylist(), restricted.to_pylist()
        assert after == {key: pytest.approx(each, nan_ok=True) for key, each in before.items()}


def test_what_is_a_share_stays_one() -> None:
    for kpi in KPIS.values():
        dimension = next(iter(kpi.dimensions), None)
        if dimension is not None:
            restricted = Restriction({dimension: ("x",)}).of(kpi)
            assert is_share(restricted) == is_share(kpi), kpi.id
            assert all(slices_of(each) == [(dimension, ("x",))] for each in measures(restricted))
            assert restricted.id == kpi.id
