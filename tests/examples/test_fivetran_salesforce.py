"""The tables of Fivetran's Salesforce connector, as its own test rows have them.

The rows are few and their texts hashed, so the figures are counted by hand; they are loaded from
the files as they lie, and as Parquet under the names that the connector gives to its tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from foresail.project import Project
from tests.examples.opening import EXAMPLES, opened

MAPPING = EXAMPLES / "fivetran-salesforce.toml"

pytestmark = pytest.mark.shared_data


@pytest.fixture(scope="module")
def seeds(shared_data: Path) -> Path:
    return shared_data / "fivetran_salesforce"


@pytest.fixture(scope="module")
def crm(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    project = opened(tmp_path_factory.mktemp("seeds"))
    project.load(seeds, mapping=MAPPING)
    yield project
    project.close()


@pytest.fixture(scope="module")
def typed(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Tables as the connector names and types them, with no deal deleted."""
    folder = tmp_path_factory.mktemp("typed")
    tables = folder / "tables"
    tables.mkdir()
    for name in ("user", "user_role", "account", "opportunity", "opportunity_history", "event"):
        rows = f"select * from read_csv('{seeds}/sf_{name}_data.csv')"
        if name == "opportunity":
            rows = f"select * replace (false as is_deleted) from ({rows})"
        duckdb.execute(f"copy ({rows}) to '{tables}/{name}.parquet'")
    project = opened(folder / "project")
    report = project.load(tables, mapping=MAPPING)
    assert report.left_out == (
        "contact from contact",
        "lead from lead",
        "lead_stage from lead",
        "opportunity from lead",
        "opportunity from opportunity_line_item, product",
        "stage from stage_list",
        "activity from task",
    )
    yield project
    project.close()


def test_every_row_arrives(seeds: Path, tmp_path: Path) -> None:
    with opened(tmp_path) as project:
        report = project.load(seeds, mapping=MAPPING, dry_run=True)
    # Of 10 users 2 and of 10 deals 2 are old versions. Of 10 accounts 9 are deleted, one of them
    # as it was merged into another, which is kept.
    assert {each.table: each.accepted for each in report.tables} == {
        "rep": 8,
        "account": 2,
        "contact": 4,
        "lead": 1,
        "lead_stage": 1,
        "opportunity": 8,
        "stage": 3,
        "opportunity_stage": 10,
        "opportunity_change": 0,
        "activity": 20,
    }
    assert [each.quarantined for each in report.tables] == [0] * 10


def test_what_the_reps_did(crm: Project) -> None:
    # Six events are calls and four meetings; ten tasks are things to do, and reach nobody.
    answer = crm.ask("outbound_calls", "meetings_held", "outbound_activities", period="2019-11")
    (row,) = answer.rows
    assert (row["outbound_calls"], row["meetings_held"]) == (6, 4)
    assert row["outbound_activities"] == 10


def test_a_call_in_the_calendar_is_as_long_as_its_entry(crm: Project) -> None:
    found = crm.warehouse.cursor().execute(
        "select sum(duration_seconds) from canonical.activity where kind = 'call'"
    )
    assert found.fetchall() == [((15 + 30 + 4 * 15) * 60,)]


def test_deleted_deals_count_nowhere(crm: Project) -> None:
    (row,) = crm.ask("deals_won", "deals_lost", "open_deals", "lead_flow", period="all").rows
    assert (row["deals_won"], row["deals_lost"], row["open_deals"]) == (0, 0, 0)
    assert row["lead_flow"] == 1


def test_the_deals_had_they_not_been_deleted(typed: Project) -> None:
    # Active versions: 5 won, of which one has an amount; 3 lost; the open one is an old version.
    (row,) = typed.ask(
        "deals_won", "deals_lost", "win_rate", "revenue", "open_deals", period="all"
    ).rows
    assert (row["deals_won"], row["deals_lost"], row["open_deals"]) == (5, 3, 0)
    assert row["win_rate"] == 0.625
    assert row["revenue"] == 24_120_000


def test_instants_are_in_utc_and_close_dates_stay_dates(typed: Project) -> None:
    cursor = typed.warehouse.cursor()
    found = cursor.execute(
        "select created_at::varchar, closed_at::varchar, closed_at_is_date, probability "
        "from canonical.opportunity where opportunity_id = '006q000000HdPzpAAF'"
    ).fetchall()
    assert found == [("2018-12-18 21:21:17", "2018-12-18 00:00:00", True, 1.0)]
