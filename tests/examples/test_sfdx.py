"""Salesforce data trees: nested JSON whose records point at each other; figures of its source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from foresail.project import Project
from tests.examples.opening import EXAMPLES, opened

pytestmark = pytest.mark.shared_data


@pytest.fixture(scope="module")
def trees(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    project = opened(tmp_path_factory.mktemp("trees"))
    report = project.load(
        shared_data / "sfdx_data_trees", mapping=EXAMPLES / "sfdx-data-trees.toml"
    )
    assert {each.table: each.accepted for each in report.tables} == {
        "rep": 8,
        "account": 10 + 1,
        "contact": 10 + 119 + 5,
        "lead": 10,
        "opportunity": 9 + 278,
        "stage": 20,
    }
    assert sum(each.quarantined for each in report.tables) == 0
    yield project
    project.close()


def test_the_deals_of_each_organisation(trees: Project) -> None:
    answer = trees.ask(
        "deals_won",
        "deals_lost",
        "win_rate",
        "revenue",
        "open_deals",
        "pipeline_value",
        "weighted_pipeline",
        by="pipeline",
        period="all",
    )
    monitoring, generators = answer.rows
    assert monitoring["pipeline"] == "Event monitoring"
    assert (monitoring["deals_won"], monitoring["deals_lost"]) == (112, 17)
    assert round(monitoring["win_rate"], 6) == 0.868217
    assert monitoring["revenue"] == 1_606_119
    assert (monitoring["open_deals"], monitoring["pipeline_value"]) == (149, 2_003_499)
    assert round(monitoring["weighted_pipeline"], 2) == 528_924.65
    # 220 + 90 + 235 + 235 + 440 + 90 + 120 + 210 thousand are won; 120 are open at 70 %.
    assert (generators["deals_won"], generators["deals_lost"]) == (8, 0)
    assert generators["revenue"] == 1_640_000
    assert (generators["open_deals"], generators["pipeline_value"]) == (1, 120_000)
    assert generators["weighted_pipeline"] == 84_000


def test_records_find_the_account_they_point_at(trees: Project) -> None:
    cursor = trees.warehouse.cursor()
    found = cursor.execute(
        "select account.name, count(distinct opportunity_id), count(distinct contact.contact_id) "
        "from canonical.opportunity join canonical.account using (account_id) "
        "left join canonical.contact using (account_id) group by 1 order by 1"
    ).fetchall()
    assert found == [
        ("Burlington Textiles Corp of America", 1, 1),
        ("Express Logistics and Transport", 2, 1),
        ("Grand Hotels & Resorts Ltd", 2, 2),
        ("United Oil & Gas Corp.", 3, 2),
        ("University of Arizona", 1, 0),
    ]


def test_leads_of_the_web_and_the_telephone_came_by_themselves(trees: Project) -> None:
    cursor = trees.warehouse.cursor()
    found = cursor.execute(
        "select channel, count(*), count(*) filter (title_level in ('vp', 'c_level')) "
        "from canonical.lead group by 1 order by 1 nulls last"
    ).fetchall()
    assert found == [("inbound", 6, 5), ("outbound", 2, 1), (None, 2, 2)]
