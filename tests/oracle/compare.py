"""Where the engine's answer and the oracle's differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from foresail.core.dimensions import Dimension
from foresail.core.errors import QuestionError
from foresail.core.kpis import KPI, Theme, decisive
from foresail.core.measures import measures
from foresail.project import Project
from foresail.project.answering import sheet_of
from foresail.project.asking import Words, resolve
from tests.oracle import ask as oracle
from tests.oracle.calendar import Window, as_of_instant
from tests.oracle.people import is_there
from tests.oracle.questions import Asked
from tests.oracle.records import World
from tests.oracle.view import View, everybody

QUOTA_KPIS = ("quota_attainment", "quota_pace", "reps_at_quota", "pipeline_coverage")


def disagreements(
    project: Project, world: World, theme: type[Theme], questions: Sequence[Asked]
) -> list[str]:
    """Every number that differs, with its question and both values."""
    return [each for asked in questions for each in _of_question(project, world, theme, asked)]


def _of_question(project: Project, world: World, theme: type[Theme], asked: Asked) -> Iterator[str]:
    names = {*asked.by, *(name for name, _ in asked.where)}
    kpis = {
        kpi.id: kpi
        for kpi in theme.kpis()
        if names <= {dimension.id for dimension in kpi.dimensions} and is_asked(kpi.id, asked)
    }
    as_of = as_of_instant(asked.as_of, world.settings)
    if not kpis:
        return
    try:
        answer = answered(project, list(kpis), asked)
    except QuestionError:
        assert asked.where, asked  # the data know no such value
        return
    windows = asked.windows(world.settings, answer.period)
    rows = {_key(row, asked, windows[0]): row for row in answer.rows}
    for kpi in kpis.values():
        for name in (kpi.id, *beside(kpi.id, answer.rows)):
            wanted = oracle.ask(world, name, asked.by, windows, as_of, dict(asked.where))
            nothing = {window.label: oracle.empty(name, window, as_of, world) for window in windows}
            is_unknown = not answer.missing.isdisjoint(_needs(kpi, name, answer.dimensions))
            yield from _of_figure(name, asked, rows, wanted, nothing, is_unknown)
    if asked.by == ("rep",) and not asked.where:
        yield from _missing_reps(rows, windows, world, asked, as_of)


def _needs(kpi: KPI, name: str, dimensions: Collection[Dimension]) -> set[str]:
    """What must be loaded for a figure; what stands beside a KPI may be known without it."""
    term = kpi.beside.get(name.removeprefix(f"{kpi.id}."))
    found = list(decisive(kpi if term is None else term))
    found += [each for measure in found for other in measure.looked_up for each in measures(other)]
    return {str(need) for each in found for need in each.needed_by(dimensions)}


@dataclass(frozen=True)
class Answered:
    """The numbers of an answer, without its notes."""

    rows: list[dict[str, Any]]
    period: tuple[dt.date, dt.date]
    missing: frozenset[str]
    dimensions: frozenset[Dimension]


def answered(project: Project, kpis: Sequence[str], asked: Asked) -> Answered:
    """What the engine says."""
    where = {name: list(values) for name, values in asked.where}
    words = Words(tuple(kpis), asked.by, asked.grain, asked.period, None, where, asked.as_of)
    with project._reader() as reader:
        found = resolve(reader.data, project.settings, project.catalogue, words)
        result, columns = reader.values(found)
    sheet = sheet_of(result, columns, found.question, asked.grain is not None, {})
    period = (found.period.start, found.period.end)
    dimensions = frozenset(found.question.dimensions)
    return Answered(sheet.table().to_pylist(), period, found.question.missing, dimensions)


def _of_figure(
    name: str,
    asked: Asked,
    rows: dict[Any, Any],
    wanted: dict[Any, Any],
    nothing: dict[Any, Any],
    is_unknown: bool,
) -> Iterator[str]:
    """The slices in which one figure differs; what is unknown needs no row."""
    for key in rows.keys() | wanted.keys():
        if key not in rows and is_unknown:
            continue
        value = None if is_unknown else wanted.get(key, nothing[key[0]])
        given = rows[key][name] if key in rows else "no row"
        if not same(given, value):
            yield f"{name} {asked} at {key}: engine {given}, oracle {_shown(value)}"


def beside(kpi: str, rows: Sequence[dict[str, Any]]) -> list[str]:
    """The figures that stand beside a KPI in the answer and that the oracle knows as well."""
    names = [name for name in oracle.KPIS if name.startswith(f"{kpi}.")]
    return [name for name in names if rows and name in rows[0]]


def is_asked(kpi: str, asked: Asked) -> bool:
    """Whether the definitions settle what a KPI means in a question of this kind."""
    if kpi == "pipeline_coverage" and asked.by:
        return False  # 0 or nothing, where a slice has no quota
    if kpi in {*QUOTA_KPIS, "revenue_per_rep"}:
        return set(asked.by) | {name for name, _ in asked.where} <= {"rep", "team"}
    return True


def _missing_reps(
    rows: dict[Any, Any], windows: Sequence[Window], world: World, asked: Asked, as_of: Any
) -> Iterator[str]:
    for rep in everybody(world):
        for window in windows:
            view = View(world, as_of, window)
            there = view.is_known and any(is_there(rep, day) for day in view.days_so_far())
            if there and (window.label, rep.rep_id) not in rows:
                yield f"{asked}: no row for {rep.rep_id}, who was there in {window.label}"


def _key(row: dict[str, Any], asked: Asked, whole: Window) -> tuple[Any, ...]:
    label = row["period"] if asked.grain else whole.label
    return (label, *(row.get(f"{name}_id", row[name]) for name in asked.by))


def same(given: Any, wanted: Any) -> bool:
    """Equal to 1e-9 relative, or 1e-6 of money; nothing equals nothing."""
    if given is None or wanted is None or isinstance(given, str):
        return given is None and wanted is None
    difference = abs(float(given) - float(wanted))
    return difference <= max(1e-6, 1e-9 * abs(float(wanted)))


def _shown(value: Any) -> Any:
    return float(value) if value is not None else None
