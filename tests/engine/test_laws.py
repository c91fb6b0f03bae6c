"""What holds for every KPI, whatever the data."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from foresail.catalogue import KPIS
from foresail.core.anchors import Standing
from foresail.core.dimensions import DIMENSIONS, REP
from foresail.core.kpis import Unit
from foresail.demo import DemoOrganisation
from foresail.project import Project
from tests.engine.conftest import TOGETHER, make_project, rows_of

STORY = "2026-08-01..2026-11-20"
GRAINS = ("day", "week", "month", "quarter", "year")
ADDITIVE = (
    "outbound_calls",
    "emails_sent",
    "social_touches",
    "talk_time",
    "connects",
    "inbound_calls",
    "missed_calls",
    "unanswered_leads",
    "follow_ups",
    "lead_flow",
    "leaked_value",
    "untouched_deals",
    "stalled_deals",
    "open_deals",
    "pipeline_value",
    "weighted_pipeline",
    "new_opportunities",
    "new_pipeline_value",
    "overdue_deals",
    "active_reps",
    "deals_won",
    "deals_lost",
    "revenue",
    "recognised_revenue",
    "gross_profit",
    "marketing_cost",
    "sales_cost",
    "new_customers",
    "returned_customers",
    "lost_customers",
    "active_customers",
)
DISTINCT = (
    "meetings_booked",
    "meetings_held",
    "outbound_activities",
    "conversations",
    "prospects_approached",
    "new_prospects_approached",
    "leads_worked",
)
OF_REPS = [name for name, kpi in KPIS.items() if REP in kpi.dimensions]


def test_shares_lie_in_their_interval_and_in_0_to_1(project: Project) -> None:
    answers = rows_of(project, OF_REPS, by="rep", grain="month", period=STORY)
    shares = [
        kpi for kpi in OF_REPS if f"{kpi}.low" in answers[kpi][0] and KPIS[kpi].unit is Unit.PERCENT
    ]

    assert {"connect_rate", "reach_rate", "win_rate", "win_rate_cohort"} <= set(shares)
    assert "dial_to_meeting_rate" not in shares
    for share in shares:
        for row in answers[share]:
            low, value, high = row[f"{share}.low"], row[share], row[f"{share}.high"]
            if value is None:
                assert row[f"{share}.denominator"] == 0
            else:
                assert 0 <= value <= 1, (share, row)
                # Rounding may put an end a hair beyond the value, where it is 0 or 1.
                assert 0 <= low <= value + 1e-12, (share, row)
                assert value - 1e-12 <= high <= 1, (share, row)


@pytest.mark.parametrize("dimension", ["team", "rep", "source", "weekday"])
def test_counts_and_sums_of_slices_add_up_to_the_total(project: Project, dimension: str) -> None:
    kpis = [kpi for kpi in ADDITIVE if dimension in offered(kpi)]
    answer = project.ask(*kpis, by=dimension, period=STORY, totals=True)

    assert answer.totals is not None
    for kpi in kpis:
        added = math.fsum(row[kpi] or 0 for row in answer.rows)
        assert added == pytest.approx(answer.totals[kpi]), kpi


@pytest.mark.parametrize("grain", ["day", "month"])
def test_what_happened_in_the_parts_of_a_period_happened_in_it(
    project: Project, grain: str
) -> None:
    stocks = {name for name in ADDITIVE if isinstance(stock_of(name), Standing)}
    kpis = [kpi for kpi in ADDITIVE if kpi not in stocks]
    answer = project.ask(*kpis, grain=grain, period=STORY, totals=True)

    assert answer.totals is not None
    for kpi in kpis:
        added = math.fsum(row[kpi] or 0 for row in answer.rows)
        assert added == pytest.approx(answer.totals[kpi]), kpi


def test_distinct_counts_of_slices_never_fall_below_the_total(project: Project) -> None:
    answer = project.ask(*DISTINCT, by="rep", period=STORY, totals=True)

    assert answer.totals is not None
    for kpi in DISTINCT:
        counts = [row[kpi] for row in answer.rows]
        assert max(counts) <= answer.totals[kpi] <= sum(counts), kpi
    # Two reps have approached the same person, so the total is really asked anew.
    approached = sum(row["prospects_approached"] for row in answer.rows)
    assert answer.totals["prospects_approached"] < approached


def test_all_kpis_can_be_asked_at_once(project: Project) -> None:
    answer = project.ask(*KPIS, period="2026-10")

    assert set(KPIS) <= set(answer.rows[0])


@pytest.mark.parametrize(("number", "dimension"), list(enumerate(DIMENSIONS)))
def test_kpis_answer_by_the_dimensions_they_offer(
    project: Project, number: int, dimension: str
) -> None:
    """An eighth of them for each dimension; the slow test asks for all."""
    kpis = [kpi for kpi in KPIS if dimension in offered(kpi)]
    kpis = kpis[number % 8 :: 8] or kpis
    compare = ("previous", "year-ago")[number % 2]
    grain = GRAINS[number % 5]

    for together in (kpis[first : first + TOGETHER] for first in range(0, len(kpis), TOGETHER)):
        answer = project.ask(
            *together, by=dimension, grain=grain, period="2026-10", compare=compare
        )
        wanted = {dimension, *(f"{kpi}.before" for kpi in together)}
        assert wanted <= set(answer.table.column_names)


COMPARED = list(zip(GRAINS, ("previous", "year-ago") * 3, strict=False))


@pytest.mark.parametrize(("grain", "compare"), COMPARED)
def test_every_kpi_answers_at_every_grain_and_comparison(
    project: Project, grain: str, compare: str
) -> None:
    period = "last-7-days" if grain == "day" else "2026"
    periods = {"day": 7, "week": 53, "month": 12, "quarter": 4, "year": 1}[grain]

    answer = rows_of(project, list(KPIS), grain=grain, period=period, compare=compare)

    assert all(len(answer[kpi]) == periods for kpi in KPIS)
    assert all(f"{kpi}.before" in answer[kpi][0] for kpi in KPIS)


@pytest.mark.slow
@pytest.mark.parametrize("kpi", KPIS)
def test_each_kpi_alone_answers_by_each_of_its_dimensions_at_every_grain(
    project: Project, kpi: str
) -> None:
    for dimension in offered(kpi):
        for grain in GRAINS:
            answer = project.ask(
                kpi, by=dimension, grain=grain, period="2026-10", compare="previous"
            )
            assert f"{kpi}.before" in answer.table.column_names


@pytest.mark.parametrize("kpi", OF_REPS)
def test_the_sql_that_is_shown_gives_the_same_values(project: Project, kpi: str) -> None:
    question: dict[str, Any] = {"by": "rep", "grain": "month", "period": STORY}
    rows = project.ask(kpi, **question).rows
    shown = project.explain(kpi, **question)

    cursor = project.warehouse.cursor()
    try:
        made = cursor.execute(shown.sql).to_arrow_table().to_pylist()
    finally:
        cursor.close()

    theirs = {(row["label"], row["rep"]): row[f"{kpi}__now__value"] for row in made}
    ours = {(row["period"], row["rep_id"]): row[kpi] for row in rows}
    assert theirs == pytest.approx(ours)


def test_loading_again_or_in_another_order_changes_no_answer(
    project: Project, organisation: DemoOrganisation, tmp_path: Path
) -> None:
    shuffled, folder = tmp_path / "shuffled", tmp_path / "project"
    shuffled.mkdir()
    folder.mkdir()
    with duckdb.connect() as connection:
        for path in organisation.good:
            connection.execute(
                f"copy (select * from '{path}' order by hash(file_row_number + 7)) "
                f"to '{shuffled / path.name}'".replace(
                    f"'{path}'", f"read_parquet('{path}', file_row_number = true)"
                ).replace("select *", "select * exclude (file_row_number)")
            )
    with make_project(folder, organisation) as other:
        other.load(shuffled)
        report = other.load(*organisation.good)
        answers = list(sample(other))

    assert not any(table.accepted or table.updated for table in report.tables)
    for ours, theirs in zip(sample(project), answers, strict=True):
        assert_same(ours, theirs)


def sample(project: Project) -> Iterator[list[dict[str, Any]]]:
    """Answers to all KPIs by rep and month, and by source."""
    yield from rows_of(project, OF_REPS, by="rep", grain="month", period=STORY).values()
    sourced = [kpi for kpi in KPIS if "source" in offered(kpi)]
    yield from rows_of(project, sourced, by="source", period=STORY).values()


# Fields of an opportunity as they were at T are in its history; those of reps, accounts and
# contacts are always today's.
AS_IT_WAS = {
    "activity": """
        select * replace (
            if(deleted_at > T, null, deleted_at) as deleted_at,
            if(occurred_at > T, null, outcome) as outcome,
            if(occurred_at > T, null, is_completed) as is_completed
        ) from rows where least(occurred_at, booked_at) <= T
    """,
    "lead": """
        select * replace (
            if(deleted_at > T, null, deleted_at) as deleted_at,
            if(assigned_at > T, null, assigned_at) as assigned_at,
            if(assigned_at > T, null, owner_id) as owner_id
        ) from rows where created_at <= T
    """,
    "lead_assignment": "select * from rows where assigned_at <= T",
    "lead_stage": "select * from rows where reached_at <= T",
    "opportunity_stage": "select * from rows where entered_at <= T",
    "opportunity_change": "select * from rows where changed_at <= T",
    "opportunity": """
        with later as (
            select opportunity_id, field, arg_min(old_value, changed_at) as was
            from 'opportunity_change' where changed_at > T group by all
        ), stages as (
            select opportunity_id, arg_max(stage, entered_at) as was
            from 'opportunity_stage' where entered_at <= T group by all
        )
        select rows.* replace (
            if(closed_at > T, null, closed_at) as closed_at,
            if(closed_at > T, null, outcome) as outcome,
            if(closed_at > T, null, lost_reason) as lost_reason,
            if(deleted_at > T, null, deleted_at) as deleted_at,
            coalesce(stages.was, stage) as stage,
            if(a.field is null, amount, cast(a.was as decimal(18, 4))) as amount,
            if(o.field is null, owner_id, o.was) as owner_id,
            if(e.field is null, expected_close_on, cast(e.was as date)) as expected_close_on
        ) from rows
        left join stages using (opportunity_id)
        left join later a on a.opportunity_id = rows.opportunity_id and a.field = 'amount'
        left join later o on o.opportunity_id = rows.opportunity_id and o.field = 'owner_id'
        left join later e
            on e.opportunity_id = rows.opportunity_id and e.field = 'expected_close_on'
        where created_at <= T
    """,
    "revenue": "select * from rows where day <= '2026-09-30'",
    "usage": "select * from rows where day <= '2026-09-30'",
    "subscription": """
        select * replace (
            if(ended_on >= '2026-09-30', null, ended_on) as ended_on,
            if(ended_on >= '2026-09-30', null, end_reason) as end_reason
        ) from rows where started_on <= '2026-09-30'
    """,
}


def test_an_earlier_instant_answers_as_an_export_of_that_instant_would(
    project: Project, organisation: DemoOrganisation, tmp_path: Path
) -> None:
    export, folder = tmp_path / "export", tmp_path / "project"
    export.mkdir()
    folder.mkdir()
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        for path in organisation.good:
            query = AS_IT_WAS.get(path.stem, "select * from rows")
            query = query.replace(" T", " timestamptz '2026-09-30 21:59:59.999999Z'")
            query = query.replace("rows", "rows_")
            for name in ("opportunity_change", "opportunity_stage"):
                query = query.replace(f"'{name}'", f"'{organisation.directory}/{name}.parquet'")
            connection.execute(f"create or replace view rows_ as select * from '{path}'")
            connection.execute(f"copy ({query}) to '{export / path.name}'")
    with make_project(folder, organisation) as other:
        other.load(export)
        theirs = list(as_of_september(other))

    for ours, exported in zip(as_of_september(project), theirs, strict=True):
        assert_same(ours, exported)


def as_of_september(project: Project) -> Iterator[list[dict[str, Any]]]:
    """Answers to all KPIs as of the end of September."""
    asked: dict[str, Any] = {"period": "2026-08-01..2026-10-31", "as_of": "2026-09-30"}
    yield from rows_of(project, OF_REPS, by="rep", grain="month", **asked).values()


def stock_of(kpi: str) -> Any:
    """The anchor of a KPI that is a single measure."""
    return getattr(KPIS[kpi].formula, "at", None)


def offered(kpi: str) -> list[str]:
    return [each.id for each in KPIS[kpi].dimensions]


def assert_same(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> None:
    """Rows with the same keys and, but for rounding, the same values."""
    assert [key_of(row) for row in ours] == [key_of(row) for row in theirs], list(ours[0])
    different = {
        (str(one.get("period")), one.get("rep_id"), name): (value, other[name])
        for one, other in zip(ours, theirs, strict=True)
        for name, value in one.items()
        if not is_same(value, other[name])
    }
    assert different == {}


def key_of(row: dict[str, Any]) -> tuple[str, Any]:
    return str(row.get("period")), row.get("rep_id", row.get("source"))


def is_same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return bool(one == other)
