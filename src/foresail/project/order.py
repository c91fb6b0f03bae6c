"""In which order people read the values of a dimension: stages as deals and leads pass them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

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


def ranks(
    dimension: Dimension, rows: pa.Table, names: Mapping[str, str], known: Places
) -> np.ndarray[Any, Any]:
    """The place of each row among all in one dimension; "without" comes last."""
    values, codes = _coded(rows[dimension.id])
    if dimension in (STAGE, LEAD_STAGE):
        return _ranks_of_stages(values, codes, rows, known)
    keys = values[:-1]
    if dimension.names:
        keys = [names.get(each, each).casefold() for each in keys]
    places = {key: place for place, key in enumerate(sorted(set(keys)))}
    return np.take([*(places[key] for key in keys), len(keys)], codes)


def _ranks_of_stages(
    stages: list[str | None], codes: np.ndarray[Any, Any], rows: pa.Table, known: Places
) -> np.ndarray[Any, Any]:
    """The same of stages, each among those of its pipeline where rows are told apart by that."""
    pipelines: list[str | None] = [None]
    if PIPELINE.id in rows.column_names:
        pipelines, of_pipeline = _coded(rows[PIPELINE.id])
        codes = of_pipeline * len(stages) + codes
    found, codes = np.unique(codes, return_inverse=True)
    pairs = (divmod(int(each), len(stages)) for each in found)
    keys = [_of_stage(pipelines[first] or "", stages[other], known) for first, other in pairs]
    places = {key: place for place, key in enumerate(sorted(set(keys)))}
    return np.take([places[key] for key in keys], codes)


def _coded(column: pa.ChunkedArray) -> tuple[list[Any], np.ndarray[Any, Any]]:
    """The different values of a column, and which of them each row has; the last one is none."""
    if pa.types.is_null(column.type):
        return [None], np.zeros(len(column), np.int64)
    coded = column.combine_chunks().dictionary_encode()
    values = [*coded.dictionary.to_pylist(), None]
    return values, coded.indices.fill_null(len(values) - 1).to_numpy().astype(np.int64)


def _of_stage(pipeline: str, value: str | None, known: Places) -> tuple[Any, ...]:
    if value is None:
        return LAST
    place = known.get((pipeline, value)) or known.get((None, value), UNPLACED)
    return (False, place, value)
