"""Figures of the Maven CRM data set, worked out by SQL in its reference."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from foresail.project import Project

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = 86_400

pytestmark = pytest.mark.shared_data

# agent, won, lost, win rate, revenue, mean amount, median and mean cycle in days, open
AGENTS = """
Darcel Schlecht | 349 | 204 | 0.6311 | 1153214 | 3304.34 | 48 | 49.43 | 194
Vicki Laflamme | 221 | 126 | 0.6369 | 478396 | 2164.69 | 63 | 53.56 | 104
Kary Hendrixson | 209 | 126 | 0.6239 | 454298 | 2173.67 | 60 | 52.97 | 103
Cassey Cress | 163 | 98 | 0.6245 | 450489 | 2763.74 | 43 | 48.79 | 85
Donn Cantrell | 158 | 117 | 0.5745 | 445860 | 2821.9 | 58.5 | 53.33 | 0
Reed Clapper | 155 | 82 | 0.654 | 438336 | 2827.97 | 39 | 48.95 | 0
Zane Levy | 161 | 100 | 0.6169 | 430068 | 2671.23 | 53 | 46.93 | 88
Corliss Cosme | 150 | 79 | 0.655 | 421036 | 2806.91 | 56.5 | 51.11 | 81
James Ascencio | 135 | 71 | 0.6553 | 413533 | 3063.21 | 60 | 53.36 | 61
Daniell Hammack | 114 | 73 | 0.6096 | 364229 | 3194.99 | 43 | 46.59 | 72
Maureen Marcano | 149 | 64 | 0.6995 | 350395 | 2351.64 | 60 | 54.11 | 72
Gladys Colclough | 135 | 97 | 0.5819 | 345674 | 2560.55 | 62 | 52.97 | 85
Markita Hansen | 130 | 97 | 0.5727 | 328792 | 2529.17 | 65 | 55.93 | 79
Kami Bicknell | 174 | 98 | 0.6397 | 316456 | 1818.71 | 49 | 50.04 | 90
Marty Freudenburg | 122 | 72 | 0.6289 | 291195 | 2386.84 | 46.5 | 48.54 | 87
Elease Gluck | 80 | 46 | 0.6349 | 289195 | 3614.94 | 17.5 | 43.53 | 51
Jonathan Berthelot | 171 | 93 | 0.6477 | 284886 | 1666 | 56 | 51.33 | 81
Anna Snelling | 208 | 128 | 0.619 | 275056 | 1322.38 | 59.5 | 51.99 | 112
Hayden Neloms | 107 | 45 | 0.7039 | 272111 | 2543.09 | 54 | 51.04 | 50
Boris Faz | 101 | 52 | 0.6601 | 261631 | 2590.41 | 45 | 48.1 | 57
Rosalina Dieter | 72 | 38 | 0.6545 | 235403 | 3269.49 | 64.5 | 54.03 | 50
Rosie Papadopoulos | 78 | 43 | 0.6446 | 230169 | 2950.88 | 35 | 43.49 | 39
Cecily Lampkin | 107 | 53 | 0.6688 | 229800 | 2147.66 | 18 | 42.3 | 43
Moses Frase | 129 | 66 | 0.6615 | 207182 | 1606.06 | 78 | 64.69 | 65
Garret Kinder | 75 | 48 | 0.6098 | 197773 | 2636.97 | 59 | 52.12 | 0
Lajuana Vencill | 127 | 104 | 0.5498 | 194632 | 1532.54 | 72 | 62.87 | 80
Versie Hillebrand | 176 | 88 | 0.6667 | 187693 | 1066.44 | 49 | 51.82 | 97
Niesha Huffines | 105 | 70 | 0.6 | 176961 | 1685.34 | 50 | 54.59 | 64
Wilburn Farren | 55 | 24 | 0.6962 | 157640 | 2866.18 | 66 | 56.55 | 31
Violet Mclelland | 122 | 71 | 0.6321 | 123431 | 1011.73 | 71 | 58.05 | 68
"""
IDLE = ["Carl Lin", "Carol Thompson", "Elizabeth Anderson", "Mei-Mei Johns", "Natalya Ivanova"]


def half_up(number: float, step: str = "0.01") -> str:
    """A rounded number, halves up, as the reference's SQL rounds them."""
    return f"{Decimal(repr(number)).quantize(Decimal(step), ROUND_HALF_UP).normalize():f}"


@pytest.fixture(scope="module")
def maven(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("maven")
    (folder / "foresail.toml").write_text("as_of = 2017-12-31\ncurrency = 'USD'\n")
    project = Project.open(folder)
    assert isinstance(project, Project)
    project.load(shared_data / "maven_crm", mapping=EXAMPLES / "maven-crm.toml")
    yield project
    project.close()


def test_the_whole(maven: Project) -> None:
    (row,) = maven.ask(
        "win_rate",
        "deals_won",
        "deals_lost",
        "revenue",
        "avg_deal_size",
        "median_deal_size",
        "sales_cycle",
        "mean_sales_cycle",
        "open_deals",
        "sales_velocity",
        period="all",
    ).rows
    assert round(row["win_rate"], 6) == 0.631501
    assert row["deals_won"] == 4238
    assert row["deals_lost"] == 2473
    assert row["revenue"] == 10_005_534
    assert round(row["avg_deal_size"], 4) == 2360.9094
    assert row["median_deal_size"] == 1117
    assert row["sales_cycle"] == 57 * DAY
    assert round(row["mean_sales_cycle"] / DAY, 3) == 51.782
    assert row["open_deals"] == 2089
    assert round(row["sales_velocity"], 2) == 60_146.85


def test_every_agent(maven: Project) -> None:
    answer = maven.ask(
        "deals_won",
        "deals_lost",
        "win_rate",
        "revenue",
        "avg_deal_size",
        "sales_cycle",
        "mean_sales_cycle",
        "open_deals",
        by="rep",
        period="all",
        order="-revenue",
    )
    shown = [
        f"{row['rep']} | {row['deals_won']} | {row['deals_lost']}"
        f" | {half_up(row['win_rate'], '0.0001')} | {row['revenue']:.0f}"
        f" | {half_up(row['avg_deal_size'])}"
        f" | {row['sales_cycle'] / DAY:g} | {half_up(row['mean_sales_cycle'] / DAY)}"
        f" | {row['open_deals']}"
        for row in answer.rows
        if row["deals_won"]
    ]
    assert shown == AGENTS.strip().splitlines()


def test_agents_without_a_deal_appear_and_managers_do_not(maven: Project) -> None:
    answer = maven.ask("deals_won", "win_rate", "revenue", by="rep", period="all")
    assert len(answer.rows) == 35
    idle = [row for row in answer.rows if not row["deals_won"]]
    assert [row["rep"] for row in idle] == IDLE
    assert [(row["revenue"], row["win_rate"]) for row in idle] == [(0, None)] * 5


def test_the_quarters(maven: Project) -> None:
    answer = maven.ask("deals_won", "revenue", "win_rate", grain="quarter", period="2017")
    assert [
        (str(row["period"]), row["deals_won"], row["revenue"], round(row["win_rate"], 6))
        for row in answer.rows
    ] == [
        ("2017-01-01", 531, 1_134_672, 0.820711),
        ("2017-04-01", 1254, 3_086_111, 0.617126),
        ("2017-07-01", 1257, 2_982_255, 0.614069),
        ("2017-10-01", 1196, 2_802_496, 0.602519),
    ]


def test_every_agent_in_every_quarter(maven: Project, shared_data: Path) -> None:
    with (shared_data / "maven_crm" / "ref_07.csv").open() as file:
        expected = {
            (row["sales_agent"], row["q"][:10], int(row["won"]), float(row["revenue"]))
            for row in csv.DictReader(file)
        }
    answer = maven.ask(
        "deals_won", "deals_lost", "revenue", by="rep", grain="quarter", period="2017"
    )
    found = {
        (row["rep"], str(row["period"]), row["deals_won"], row["revenue"])
        for row in answer.rows
        if row["deals_won"] or row["deals_lost"]
    }
    assert len(expected) == 120
    assert found == expected


def test_managers_and_regions(maven: Project) -> None:
    answer = maven.ask("deals_won", "win_rate", "revenue", by=["team", "manager"], period="all")
    assert [
        (r["team"], r["manager"], r["deals_won"], round(r["win_rate"], 4), r["revenue"])
        for r in answer.rows
    ] == [
        ("Central", "Dustin Brinkmann", 747, 0.6298, 1_094_363),
        ("Central", "Melvin Marxen", 882, 0.622, 2_251_930),
        ("East", "Cara Losch", 480, 0.6443, 1_130_049),
        ("East", "Rocco Neubert", 691, 0.6208, 1_960_545),
        ("West", "Celia Rouche", 610, 0.6341, 1_603_897),
        ("West", "Summer Sewald", 828, 0.6434, 1_964_750),
    ]


def test_open_deals_of_a_day_leave_out_those_without_a_date(maven: Project) -> None:
    answer = maven.ask("open_deals", period="2017-06-30")
    assert answer.rows == [{"open_deals": 1686}]
    assert any(
        "Opportunities without a creation date, left out but of the period all: 500." in note
        for note in answer.notes
    )


def test_revenue_by_product_keeps_the_misspelt_one(maven: Project) -> None:
    answer = maven.ask("revenue", by="product", period="all", order="-revenue", limit=2)
    assert [(row["product"], row["revenue"]) for row in answer.rows] == [
        ("GTX Pro", 3_510_578),
        ("GTX Plus Pro", 2_629_651),
    ]
