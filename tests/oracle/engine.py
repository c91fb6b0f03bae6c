"""The engine's answer to what a worked example asks the oracle.

One example in three is put to the engine, always the same ones; `make oracle` puts all. In between
the random worlds hold engine and oracle to each other.
"""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

from foresail.core.errors import QuestionError
from foresail.core.slices import NONE
from foresail.project import Project
from foresail.project.answering import sheet_of
from foresail.project.asking import Words, resolve
from tests.oracle import IS_FULL
from tests.oracle.calendar import DAY
from tests.oracle.records import Settings, World
from tests.oracle.view import View
from tests.world import world as loaded

KEPT = 4
ONE_IN = 1 if IS_FULL else 3
NOT_ANSWERABLE = object()
rows_of: dict[int, tuple[World, Settings, Mapping[str, Any]]] = {}
asked: dict[tuple[Any, ...], dict[str, Any]] = {}
projects: OrderedDict[int, tuple[Project, str]] = OrderedDict()


def remember(world: World, settings: Settings, rows: Mapping[str, Any]) -> None:
    """Keep the rows that a world was read from, if the engine is asked about it as well."""
    told = json.dumps([repr(settings), rows], sort_keys=True, default=str)
    if crc32(told.encode()) % ONE_IN == 0:
        rows_of[id(world)] = (world, settings, rows)


def figure(name: str, view: View, where: Mapping[str, Any]) -> Any:
    """One figure of the engine's answer, for the slice that is named."""
    if id(view.world) not in rows_of:
        return NOT_ANSWERABLE  # a random world, or an example that is not put to the engine
    kpi = name.partition(".")[0]
    question = (id(view.world), kpi, view.window, view.as_of, tuple(sorted(where.items())))
    if question not in asked:
        asked[question] = figures(kpi, view, where)
    return asked[question].get(name, NOT_ANSWERABLE)


def figures(kpi: str, view: View, where: Mapping[str, Any]) -> dict[str, Any]:
    """A KPI and what stands beside it; nothing where the engine cannot answer."""
    project = project_of(view.world)
    window = view.window
    period = "all" if window.is_all else f"{window.start}..{window.end - DAY}"
    if not window.is_all and window.unit == "month":
        period = f"{window.start:%Y-%m}"
    wanted = {key: [NONE if value is None else str(value)] for key, value in where.items()}
    words = Words((kpi,), (), None, period, None, wanted, view.as_of.isoformat())
    if any(each.id == kpi and not each.is_answerable for each in project.kpis()):
        return {}
    try:
        with project._reader() as reader:
            found = resolve(reader.data, project.settings, project.catalogue, words)
            result, columns = reader.values(found)
    except QuestionError:
        return {}  # the data know no such value
    (row,) = (
        sheet_of(result, columns, found.question, has_grain=False, names={}).table().to_pylist()
    )
    return dict(row)


def project_of(world: World) -> Project:
    """A project with the world's rows; the last few stay open."""
    key = id(world)
    if key not in projects:
        _, settings, rows = rows_of[key]
        folder = tempfile.mkdtemp()
        lines = settings.lines()
        made = loaded(Path(folder), settings=lines, as_of="2026-12-31", **{"rep": [], **rows})
        projects[key] = (made, folder)
        while len(projects) > KEPT:
            _close(projects.popitem(last=False)[1])
    return projects[key][0]


def _close(kept: tuple[Project, str]) -> None:
    kept[0].close()
    shutil.rmtree(kept[1], ignore_errors=True)


@atexit.register
def _close_all() -> None:
    for kept in projects.values():
        _close(kept)
