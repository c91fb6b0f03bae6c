"""The tables of Fivetran's HubSpot connector, as its own test rows have them.

The rows are few, their texts hashed, and they hardly join; the figures are counted by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from foresail.project import Project
from tests.examples.opening import EXAMPLES, opened

MAPPING = EXAMPLES / "fivetran-hubspot.toml"

pytestmark = pytest.mark.shared_data


@pytest.fixture(scope="module")
def seeds(shared_data: Path) -> Path:
    return shared_data / "fivetran_hubspot"


@pytest.fixture(scope="module")
def crm(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    project = opened(tmp_path_factory.mktemp("seeds"))
    project.load(seeds, mapping=MAPPING)
    yield project
    project.close()


@pytest.fixture(scope="module")
def typed(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Tables as the connector names and types them, of the deals a won, a lost and an open one."""
    folder = tmp_path_factory.mktemp("typed")
    tables = folder / "tables"
    tables.mkdir()
    for name in ("owner", "company", "contact", "deal_pipeline", "deal_pipeline_stage"):
        rows = f"select * from read_csv('{seeds}/{name}_data.csv')"
        if name == "deal_pipeline_stage":
            rows = f"select * replace (probability in (0, 1) as is_closed) from ({rows})"
        duckdb.execute(f"copy ({rows}) to '{tables}/{name}.parquet'")
    duckdb.execute(f"""
        copy (
            select deal_id, is_deleted, owner_id, property_createdate,
                   'default' as deal_pipeline_id, stage as deal_pipeline_stage_id,
                   amount::double as property_amount,
                   timestamptz '2020-05-01 22:30:00+00' as property_closedate,
                   null::varchar as property_dealname
            from read_csv('{seeds}/deal_data.csv') join (values
                (1075671446, '/n0+plNHbWErNq8Ek+NM3g==', 900), -- won
                (1077598754, 'hVXu1Iul7Cc7DcPuxQpOfg==', 400), -- lost
                (1244495215, 'fQXVZHvq6nRBO5G2jluSrw==', 250)  -- open
            ) stages(deal_id, stage, amount) using (deal_id)
        ) to '{tables}/deal.parquet'""")
    project = opened(folder / "project")
    project.load(tables, mapping=MAPPING)
    yield project
    project.close()


def found(project: Project, sql: str) -> list[Any]:
    cursor = project.warehouse.cursor()
    try:
        return cursor.execute(sql).fetchall()
    finally:
        cursor.close()


def test_every_row_arrives(seeds: Path, tmp_path: Path) -> None:
    with opened(tmp_path) as project:
        report = project.load(seeds, mapping=MAPPING, dry_run=True)
    assert report.left_out == ()
    # 22 contacts and 4 that were merged into others; 44 deals and 14 that were merged; 71 stages,
    # of which 2 were deleted; 100 meetings, 2 things to do, a call, a mail and a message.
    assert {each.table: each.accepted for each in report.tables} == {
        "rep": 100,
        "account": 24,
        "contact": 22 + 4,
        "lead": 22,
        "lead_stage": 0,
        "opportunity": 44 + 14,
        "stage": 69,
        "opportunity_stage": 14,
        "opportunity_change": 0,
        "activity": 105,
    }
    assert sum(each.quarantined for each in report.tables) == 0


def test_what_the_reps_did(crm: Project) -> None:
    answer = crm.ask(
        "outbound_calls", "emails_sent", "social_touches", "meetings_held", period="all"
    )
    (row,) = answer.rows
    assert (row["outbound_calls"], row["emails_sent"], row["social_touches"]) == (1, 1, 1)
    assert row["meetings_held"] == 100


def test_contacts_are_leads_and_deals_stand_open(crm: Project) -> None:
    (row,) = crm.ask("lead_flow", "new_opportunities", "open_deals", period="all").rows
    assert row["lead_flow"] == 22
    assert row["new_opportunities"] == 44
    assert row["open_deals"] == 44


def test_a_call_knows_its_contact_and_a_rep_the_primary_team(crm: Project) -> None:
    assert found(crm, "select contact_id from canonical.activity where kind = 'call'") == [("501",)]
    teams = "select rep_id, team from canonical.rep where team is not null order by 1"
    assert found(crm, teams) == [("35252170", "team_01"), ("40706000", "team_02")]


def test_merged_deals_point_at_those_that_survived(crm: Project) -> None:
    merged = "select count(*), count(distinct merged_into_id) from canonical.opportunity "
    assert found(crm, merged + "where merged_into_id is not null") == [(14, 6)]


def test_deals_close_where_their_stage_is_closed(typed: Project) -> None:
    # Half past ten in the evening of the first of May, in UTC.
    answer = typed.ask("deals_won", "deals_lost", "revenue", period="2020-05-01")
    (row,) = answer.rows
    assert (row["deals_won"], row["deals_lost"], row["revenue"]) == (1, 1, 900)
    (row,) = typed.ask("open_deals", "pipeline_value", period="all").rows
    assert (row["open_deals"], row["pipeline_value"]) == (1, 250)
