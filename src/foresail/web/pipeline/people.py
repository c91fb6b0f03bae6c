"""What stands open by stage, and by team and rep."""

from __future__ import annotations

from dataclasses import replace

from foresail.web.question import Question
from foresail.web.sheets import charts, tables
from foresail.web.sheets.blocks import Chart, Section
from foresail.web.sheets.desk import Desk

BY_STAGE = (
    "open_deals",
    "pipeline_value",
    "weighted_pipeline",
    "overdue_deals",
    "stalled_deals",
    "untouched_deals",
)
BY_PERSON = (
    "pipeline_coverage",
    "pipeline_value",
    "weighted_pipeline",
    "open_deals",
    "overdue_deals",
    "stalled_deals",
    "untouched_deals",
    "push_rate",
)


def stage_section(desk: Desk) -> Section:
    """What stands in each stage, in the order of the stages."""
    kpis = desk.answerable(BY_STAGE)
    found = desk.ask(*kpis, by=("pipeline", "stage"), totals=True)
    has_several = len({row["pipeline"] for row in found.rows}) > 1
    drawn = [
        {
            "stage": _name(row, has_several),
            "value": row["pipeline_value"],
            "url": desk.records_url("pipeline_value", _inside(desk, row)),
        }
        for row in found.rows
        if "pipeline_value" in found.kpis
    ]
    table = tables.table(desk, "stages-table", found, caption="Open deals by stage")
    chart = Chart(
        "stages-chart",
        "Open value by stage",
        spec=charts.bars(drawn, unit="money", x="stage"),
        table=replace(table, id="stages-drawn"),
        about="What the open deals of each stage are worth.",
    )
    return Section("stages", "Open by stage", (chart, table))


def people_section(desk: Desk) -> Section:
    """Each team, and each rep in it who may be seen, with coverage and what needs a look."""
    kpis = desk.answerable(BY_PERSON)
    teams = desk.ask(*kpis, by=("team",), totals=True)
    by_team = tables.table(desk, "teams-table", teams, title="Teams", caption="Pipeline by team")
    if not desk.names_people:
        return Section("people", "By team", (by_team,))
    reps = desk.ask(
        *kpis, by=("rep",), order="-pipeline_value" if "pipeline_value" in kpis else None
    )
    by_rep = tables.table(desk, "reps-table", reps, title="Reps", caption="Pipeline by rep")
    return Section("people", "By team and rep", (by_team, by_rep))


def _name(row: dict[str, object], has_several: bool) -> str:
    stage = row["stage"] or "no stage"
    return f"{stage} ({row['pipeline'] or 'no pipeline'})" if has_several else str(stage)


def _inside(desk: Desk, row: dict[str, object]) -> Question:
    question = desk.question
    for each in ("pipeline", "stage"):
        value = row[each]
        question = question.only(each, "(none)" if value is None else str(value))
    return question
