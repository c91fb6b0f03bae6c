"""In which order people read the values of a dimension: stages as deals and leads pass them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from foresail.core.dimensions import LEAD_STAGE, PIPELINE, STAGE, Dimension
from foresail.model.prospects import LEAD_STAGE as LEAD_STAGES

Place = tuple[int, int]
"""The kind of a stage, and its position among those of its kind."""
Places = Mapping[tuple[str | None, str], Place]
"""The place of each stage by pipeline and name; without a pipeline its first place in any."""

KINDS = {"open": 0, "won": 1, "lost": 2}
UNPLACED = (0, 2**32)
NOWHERE: Places = {}
LAST: tuple[Any, ...] = (True,)


def places(stages: Iterable[tuple[str, str, int | None, str | None]]) -> Places:
    """The places of stages, given as pipeline, name, position and kind, and of those of leads.

    A stage without a position comes after those of its kind that have one.

    >>> places([("", "offer", 2, None), ("", "talk", 1, "open")])[None, "offer"]
    (0, 2)
    """
    found: dict[tuple[str | None, str], Place] = {}
    for pipeline, stage, position, kind in stages:
        last = 2**31 if position is None else position
        place = (KINDS.get(kind or "open", 0), last)
        found[pipeline, stage] = place
        found[None, stage] = min(place, found.get((None, stage), place))
    of_leads = ("lead", *LEAD_STAGES.by_name["stage"].choices)
    for position, stage in enumerate(of_leads):
        found.setdefault((None, stage), (0, position))
    return found


def sort_keys(
    dimension: Dimension,
    columns: Mapping[str, Sequence[Any]],
    names: Mapping[str, str],
    known: Places,
) -> list[tuple[Any, ...]]:
    """What the rows of some columns are ordered by in one dimension; "without" comes last."""
    values = columns[dimension.id]
    if dimension in (STAGE, LEAD_STAGE):
        pipelines = columns.get(PIPELINE.id) or [""] * len(values)
        return [
            _of_stage(pipeline or "", value, known)
            for pipeline, value in zip(pipelines, values, strict=True)
        ]
    keys = {value: (False, value) for value in values if value is not None}
    if dimension.names:
        keys = {value: (False, names.get(value, value).casefold()) for value in keys}
    return [keys.get(value, LAST) for value in values]


def _of_stage(pipeline: str, value: str | None, known: Places) -> tuple[Any, ...]:
    if value is None:
        return LAST
    place = known.get((pipeline, value)) or known.get((None, value), UNPLACED)
    return (False, place, value)
