"""Where the engine's answer and the oracle's differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from foresail.catalogue import KPIS
from foresail.core.errors import QuestionError
from foresail.project import Project
from tests.oracle import ask as oracle
from tests.oracle.calendar import Window, as_of_instant
from tests.oracle.people import is_there
from tests.oracle.questions import Asked
from tests.oracle.records import World
from tests.oracle.view import View, everybody

QUOTA_KPIS = ("quota_attainment", "quota_pace", "reps_at_quota", "pipeline_coverage")
# What the lead of an early deal shows in; see test_found.
OF_LEADS = {"source", "channel", "campaign", "lead_territory", "segment", "title_level"}
OF_LEADS |= {"industry", "country"}
EARNED = ("recognised_revenue", "gross_profit", "gross_margin")
BY_LEADS = (
    *("opportunities_per_1000_calls", "prospects_approached", "new_prospects_approached"),
    *("dial_to_meeting_rate", "lead_flow"),
)


def disagreements(project: Project, world: World, questions: Sequence[Asked]) -> list[str]:
    """Every number that differs, with its question and both values."""
    return [each for asked in questions for each in _of_question(project, world, asked)]


def _of_question(project: Project, world: World, asked: Asked) -> Iterator[str]:
    names = {*asked.by, *(name for name, _ in asked.where)}
    unknown = {info.id for info in project.kpis() if not info.is_answerable}
    if "revenue" in unknown:
        unknown.add("reps_at_quota")  # what was sold is not known
    kpis = [
        name
        for name, kpi in KPIS.items()
        if names <= {dimension.id for dimension in kpi.dimensions}
        and is_asked(name, asked)
        and not (has_unowned_deals(world) and name in EARNED)
        and not (has_early_deals(world) and (names & OF_LEADS or name in BY_LEADS))
    ]
    as_of = as_of_instant(asked.as_of, world.settings)
    if not kpis:
        return
    try:
        answer = project.ask(
            *kpis,
            by=asked.by,
            grain=asked.grain,
            period=asked.period,
            as_of=asked.as_of,
            where={name: list(values) for name, values in asked.where},
        )
    except QuestionError:
        assert asked.where, asked  # the data know no such value
        return
    windows = asked.windows(world.settings, answer.period)
    rows = {_key(row, asked, windows[0]): row for row in answer.rows}
    for kpi in kpis:
        wanted = oracle.ask(world, kpi, asked.by, windows, as_of, dict(asked.where))
        by_label = {window.label: window for window in windows}
        for key in rows.keys() | wanted.keys():
            value = wanted.get(key, oracle.empty(kpi, by_label[key[0]], as_of, world))
            value = None if kpi in unknown else value
            given = rows[key][kpi] if key in rows else "no row"
            if key not in rows and kpi in unknown:
                continue
            if not same(given, value):
                yield f"{kpi} {asked} at {key}: engine {given}, oracle {_shown(value)}"
    if asked.by == ("rep",) and not asked.where:
        yield from _missing_reps(rows, windows, world, asked, as_of)


def has_early_deals(world: World) -> bool:
    """Whether a deal without a lead of its own may precede its contact's requests."""
    return bool(world.lead) and any(
        deal.lead_id is None and deal.contact_id is not None and deal.created_at is not None
        for deal in world.opportunity
    )


def has_unowned_deals(world: World) -> bool:
    """Whether a deal that was given to somebody later may have been nobody's at its close."""
    changes = [row for row in world.opportunity_change if row.field == "owner_id"]
    return any(not row.old_value or not row.new_value for row in changes)


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
