"""A sales organisation of any size, as canonical Parquet files: the same files at every run.

500 reps in 40 teams, two years up to the end of November 2026, some eight activities per lead. All
random choices are hashes of a row's number and of what is chosen, so a larger organisation begins
with nothing of a smaller one but is made of the same mix.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from foresail.project import Project

REPS, TEAMS, PER_LEAD, PER_DEAL = 500, 40, 8, 10
STAGES = ("discovery", "demo", "proposal", "negotiation")

CHANCE = """
create macro chance(number, what) as (hash(hash(number, what)) % 1000000) / 1000000;
create macro moment(number, what) as timestamp '2024-12-01'
    + to_seconds(cast(floor(number * {step}) + floor(chance(number, what) * {step}) as bigint));
"""
TABLES = {
    "rep": """
        select 'r' || i as rep_id, 'Rep ' || i as name, 'ae' as role, 'Team ' || (i % {teams})
            as team, date '2024-01-01' as hired_on
        from range({reps}) t(i)""",
    "lead": """
        select 'l' || i as lead_id, moment(i, 'lead') as created_at,
            if(chance(i, 'channel') < 0.6, 'inbound', 'outbound') as channel,
            (['web', 'fair', 'partner', 'search', 'social', 'mail'])
                [1 + cast(floor(chance(i, 'source') * 6) as bigint)] as source,
            'r' || cast(floor(chance(i, 'owner') * {reps}) as bigint) as owner_id,
            moment(i, 'lead') as assigned_at
        from range({leads}) t(i)""",
    "activity": """
        with attempt as (
            select i, i // {per_lead} as lead, i % {per_lead} as place,
                if(i % {per_lead} = 0, 0, chance(i, 'kind')) as kind,
                i % {per_lead} > 0 and chance(i, 'way') >= 0.9 as is_inbound,
                if(is_inbound, 0, chance(i, 'outcome')) as outcome
            from range({activities}) t(i)),
        placed as (
            select *, moment(lead, 'lead') + to_seconds(cast(
                600 + 7200 * chance(lead, 'answer') + place * 86400 * (1 + chance(lead, 'pace'))
                as bigint)) as occurred_at from attempt)
        select 'a' || i as activity_id,
            case when kind < 0.6 then 'call' when kind < 0.85 then 'email'
                when kind < 0.95 then 'social' else 'meeting' end as kind,
            if(is_inbound, 'inbound', 'outbound') as direction,
            occurred_at,
            cast(if(kind < 0.6 and outcome < 0.4, 30 + 900 * chance(i, 'length'), null) as bigint)
                as duration_seconds,
            true as is_completed,
            'r' || cast(floor(chance(lead, 'owner') * {reps}) as bigint) as rep_id,
            'l' || lead as lead_id,
            case when kind < 0.6 then case when outcome < 0.4 then 'connected'
                    when outcome < 0.7 then 'voicemail' else 'no_answer' end
                when kind < 0.85 then 'delivered'
                when kind >= 0.95 then if(outcome < 0.8, 'held', 'no_show') end as outcome
        from placed where occurred_at < timestamp '2026-12-01' order by occurred_at, i""",
    "opportunity": """
        with deal as (
            select i, i * {per_deal} as lead, moment(i * {per_deal}, 'lead')
                    + to_seconds(cast(864000 + 864000 * chance(i, 'born') as bigint)) as created_at,
                chance(i, 'fate') as fate from range({deals}) t(i)),
        closing as (
            select *, chance(i, 'length') as length, created_at + to_seconds(cast(
                20 * 86400 * (1 + length) * if(length < 0.75, 1, 3) as bigint)) as closed_at
            from deal)
        select 'o' || i as opportunity_id, 'l' || lead as lead_id,
            'r' || cast(floor(chance(lead, 'owner') * {reps}) as bigint) as owner_id,
            created_at, round(1000 + 20000 * chance(i, 'amount'), 2) as amount, 'EUR' as currency,
            if(fate < 0.9 and closed_at < timestamp '2026-12-01', closed_at, null) as closed_at,
            case when fate >= 0.9 or closed_at >= timestamp '2026-12-01' then null
                when fate < 0.3 then 'won' else 'lost' end as outcome,
            ({stages})[if(fate < 0.3, 4, 1 + cast(floor(chance(i, 'stage') * 4) as bigint))]
                as stage
        from closing where created_at < timestamp '2026-12-01' order by created_at, i""",
    "stage": """
        select 'default' as pipeline, stage, position, 'open' as kind
        from (select unnest({stages}) as stage, unnest(range(4)) as position)""",
    "opportunity_stage": """
        with deal as (
            select opportunity_id, owner_id, created_at,
                list_position({stages}, stage) as reached, coalesce(closed_at, created_at
                    + interval 16 days) as until from opportunity)
        select opportunity_id, ({stages})[place] as stage,
            created_at + (place - 1) * ((until - created_at) / 5) as entered_at, owner_id as rep_id
        from deal, range(1, 5) t(place) where place <= reached
        order by entered_at, opportunity_id""",
}


def make(folder: Path, millions: float) -> list[Path]:
    """The files of an organisation with so many million activities, made now."""
    folder.mkdir(parents=True, exist_ok=True)
    activities = int(millions * 1_000_000)
    leads = activities // PER_LEAD
    sizes = {
        "activities": activities,
        "leads": leads,
        "deals": leads // PER_DEAL,
        "reps": REPS,
        "teams": TEAMS,
        "per_lead": PER_LEAD,
        "per_deal": PER_DEAL,
        "step": 730 * 86_400 / leads,
        "stages": list(STAGES),
    }
    files = [folder / f"{name}.parquet" for name in TABLES]
    with duckdb.connect() as connection:
        connection.execute(CHANCE.format(**sizes))
        for path, query in zip(files, TABLES.values(), strict=True):
            connection.execute(f"create table {path.stem} as {query.format(**sizes)}")
            connection.table(path.stem).write_parquet(str(path), compression="zstd")
    return files


def make_plain(path: Path, files: Iterable[Path]) -> None:
    """Load the files into plain tables of DuckDB."""
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as plain:
        for file in files:
            plain.read_parquet(str(file)).create(file.stem)


def make_project(folder: Path, files: Iterable[Path]) -> None:
    """Load the files into a project."""
    Project.init(folder, "Bench")
    with Project.open(folder) as project:
        project.load(*files)
