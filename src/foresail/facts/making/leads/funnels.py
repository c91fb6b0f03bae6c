"""What stages a lead has reached, when, and how that stands over time."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.identity import resolved
from foresail.facts.making.shared.reigns import first_reigns
from foresail.facts.making.shared.stretches import laid_over, through_time
from foresail.facts.making.source import BEGINNING, END, Source

RECORDED = ("mql", "sql", "passed", "accepted", "disqualified")
LADDER = ("mql", "sql", "opportunity", "customer")


def make_funnels(source: Source) -> Any:
    """Make `fact.lead_funnel`: per lead and stretch of time, the instants of its stages.

    Instants after T have not happened. Opportunities may be deleted and wins re-opened, so there
    may be several stretches.
    """
    ends = source.keep("lead_end", _stage_rows(source))
    leads = source.fact("lead").select("lead_id")
    funnel = leads.mutate(since=BEGINNING, until=END)
    for stage in RECORDED:
        funnel = _with_recorded(funnel, ends, stage)
    for stage, events in (
        ("opportunity", _opportunities(source, ends)),
        ("customer", _wins(source, ends)),
        ("forecast", _forecasts(source)),
    ):
        reigns = source.keep(f"lead_{stage}", first_reigns(events, "lead_id", order=("is_date",)))
        named = reigns.rename({f"{stage}_at": "occurred_at", f"{stage}_is_date": "is_date"})
        names = (f"{stage}_at", f"{stage}_is_date")
        funnel = laid_over(funnel, through_time(leads, named, "lead_id", names), "lead_id", names)
    made = source.keep("lead_funnel", _filled(source, funnel))
    source.drop("lead_opportunity", "lead_customer", "lead_forecast")
    return made


def _stage_rows(source: Source) -> Any:
    """The rows of the leads' histories, those of merged leads with the survivor."""
    rows = source.canonical("lead_stage").filter(row.reached_at.notnull())
    rows = resolved(rows, "lead_id", source.fact("lead_merge"), "lead_id")
    return rows.select("lead_id", "stage", "reached_at", is_date=row.reached_at_is_date)


def _with_recorded(funnel: Any, ends: Any, stage: str) -> Any:
    first = (
        ends.filter(row.stage == stage)
        .group_by("lead_id")
        .agg(at=row.reached_at.min(), is_date=row.is_date.argmin(row.reached_at))
    )
    columns = {f"{stage}_at": "at", f"{stage}_is_date": "is_date"}
    return attach(funnel, first, {"lead_id": "lead_id"}, columns)


def _recorded(ends: Any, stage: str) -> Any:
    """The rows of one stage as events that never go."""
    return ends.filter(row.stage == stage).select(
        "lead_id",
        occurred_at=row.reached_at,
        is_date=row.is_date.fill_null(False),
        deleted_at=ibis.null("timestamp(6)"),
    )


def _opportunities(source: Source, ends: Any) -> Any:
    deals = source.fact("deal").filter(row.lead_id.notnull() & row.created_at.notnull())
    created = deals.select(
        "lead_id",
        occurred_at=row.created_at,
        is_date=row.created_is_date.fill_null(False),
        deleted_at=row.deleted_at,
    )
    return ibis.union(created, _recorded(ends, "opportunity"))


def _won(source: Source) -> Any:
    """The wins of leads' opportunities, each until it is re-opened or deleted."""
    deals = source.fact("deal").filter(row.lead_id.notnull())
    wins = source.fact("deal_stay").filter((row.state == "won") & (row.since > BEGINNING))
    wins = attach(
        wins,
        deals,
        {"opportunity_id": "opportunity_id"},
        {"lead_id": "lead_id", "deleted_at": "deleted_at"},
    ).filter(row.lead_id.notnull())
    return wins.select(
        "lead_id",
        occurred_at=row.since,
        is_date=row.is_date.fill_null(False),
        deleted_at=ibis.least(row.until, row.deleted_at.fill_null(END)).nullif(END),
    )


def _wins(source: Source, ends: Any) -> Any:
    return ibis.union(_won(source), _recorded(ends, "customer"))


def _forecasts(source: Source) -> Any:
    """When opportunities of leads entered a stage that counts for the forecast, or were won."""
    deals = source.fact("deal").filter(row.lead_id.notnull())
    stages = source.canonical("stage").filter(row.is_forecast)
    stages = stages.select(stage_pipeline=row.pipeline, stage_name=row.stage, is_forecast=True)
    history = source.canonical("opportunity_stage").filter(row.entered_at.notnull())
    entered = history.select(
        "opportunity_id", "stage", at=row.entered_at, is_date=row.entered_at_is_date
    )
    still = deals.anti_join(history, "opportunity_id").filter(row.created_at.notnull())
    still = still.select("opportunity_id", "stage", at=row.created_at, is_date=row.created_is_date)
    stood = attach(
        ibis.union(entered, still),
        deals,
        {"opportunity_id": "opportunity_id"},
        {"lead_id": "lead_id", "deleted_at": "deleted_at", "pipeline_key": "pipeline_key"},
    ).filter(row.lead_id.notnull())
    stood = attach(
        stood,
        stages,
        {"pipeline_key": "stage_pipeline", "stage": "stage_name"},
        {"is_forecast": "is_forecast"},
    ).filter(row.is_forecast.notnull())
    stood = stood.select(
        "lead_id",
        occurred_at=row["at"],
        is_date=row.is_date.fill_null(False),
        deleted_at=row.deleted_at,
    )
    return ibis.union(stood, _won(source))


def _filled(source: Source, funnel: Any) -> Any:
    """Add `converted_at`, and let who reached a later stage have reached the earlier ones."""
    funnel = _least(funnel, "converted", ("sql", "opportunity", "customer"))
    if source.settings.thresholds.skipped_stages == "passed":
        for number, stage in enumerate(LADDER[:-1]):
            funnel = _least(funnel, stage, LADDER[number:])
    return _least(funnel, "passed", ("passed", "accepted"))


def _least(funnel: Any, name: str, stages: tuple[str, ...]) -> Any:
    """The earliest of some instants under a name, unknown where none is known."""
    instants = [funnel[f"{stage}_at"].fill_null(END) for stage in stages]
    earliest = ibis.least(*instants).nullif(END)
    flags = [(earliest == funnel[f"{stage}_at"], funnel[f"{stage}_is_date"]) for stage in stages]
    return funnel.mutate(
        **{f"{name}_at": earliest, f"{name}_is_date": ibis.cases(*flags).fill_null(False)}
    )


def first_drops(source: Source, cases: Any, instant: str) -> Any:
    """Per case (`lead_id` and an instant), its lead's first disqualification at or after that."""
    drops = source.fact("lead_end").filter(row.stage == "disqualified")
    cases = cases.select("lead_id", instant).distinct()
    found = cases.inner_join(
        drops, [cases.lead_id == drops.lead_id, drops.reached_at >= cases[instant]]
    ).select(cases.lead_id, cases[instant], drops.reached_at, drops.is_date)
    return found.group_by("lead_id", instant).agg(
        dropped_at=row.reached_at.min(), dropped_is_date=row.is_date.argmin(row.reached_at)
    )


def with_drop(source: Source, table: Any, instant: str) -> Any:
    """Add `dropped_at` and `dropped_is_date`: the first disqualification at or after an instant."""
    names = ("dropped_at", "dropped_is_date")
    same = {"lead_id": "lead_id", instant: instant}
    drops = first_drops(source, table, instant)
    return attach(table, drops, same, {name: name for name in names})
