"""Who stands where, on a small organisation whose numbers can be counted by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from foresail.core.scope import SUMS
from foresail.project import Project
from foresail.project.ranking import Ranking, ranking
from foresail.project.scoped import ScopedProject

REPS = ("ann", "bob", "cem", "dan")
CALLS = {"ann": 40, "bob": 34, "cem": 8, "dan": 8}
CONNECTED = {"ann": 30, "bob": 3, "cem": 1, "dan": 0}
WON = {"ann": [900, 700], "bob": [500], "cem": [20] * 14, "dan": []}


def tables() -> dict[str, str]:
    calls = [
        f"{rep}{n},call,outbound,2026-03-02T09:00:00Z,{rep},"
        f"{'connected' if n < CONNECTED[rep] else 'no_answer'},true"
        for rep in REPS
        for n in range(CALLS[rep])
    ]
    deals = [
        f"{rep}{n},{rep},2026-03-0{1 + n % 2},2026-03-{10 + n},won,{amount},EUR"
        for rep in REPS
        for n, amount in enumerate(WON[rep])
    ]
    head = "activity_id,kind,direction,occurred_at,rep_id,outcome,is_completed"
    deal_head = "opportunity_id,owner_id,created_at,closed_at,outcome,amount,currency"
    return {
        "rep.csv": "rep_id,name,team,role,hired_on\n"
        + "\n".join(f"{rep},{rep.title()},North,ae,2025-01-01" for rep in REPS),
        "activity.csv": "\n".join([head, *calls]),
        "opportunity.csv": "\n".join([deal_head, *deals]),
    }


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("four")
    Project.init(folder, "Four")
    settings = folder / "foresail.toml"
    settings.write_text('as_of = 2026-03-31\nzone = "UTC"\n' + settings.read_text())
    for name, text in tables().items():
        (folder / name).write_text(text)
    project = Project.open(folder)
    assert isinstance(project, Project)
    project.load(*(folder / name for name in tables()))
    yield project
    project.close()


KPIS = ("outbound_calls", "connect_rate", "revenue", "avg_deal_size")


@pytest.fixture(scope="module")
def ranked(four: Project) -> dict[str, Ranking | None]:
    answer = four.ask(*KPIS, by="rep", period="2026-03", compare="previous")
    infos = {each.id: each for each in four.kpis()}
    return {
        kpi: ranking(infos[kpi], answer, lambda kpi=kpi: four.records(kpi, period="2026-03"))  # type: ignore[misc]
        for kpi in KPIS
    }


def lines(
    found: Ranking | None,
) -> list[tuple[str, int | None, int | None, int | None, int | None]]:
    assert found is not None
    return [
        (each.row["rep"], each.place, each.best, each.worst, each.group) for each in found.standings
    ]


def test_counts_apart_and_a_shared_place(ranked: dict[str, Ranking | None]) -> None:
    # 40 and 34 differ by chance; 34 and 8 do not (p < 0.0001); 8 and 8 are equal.
    assert lines(ranked["outbound_calls"]) == [
        ("Ann", 1, 1, 2, 1),
        ("Bob", 2, 1, 2, 1),
        ("Cem", 3, 3, 4, 3),
        ("Dan", 3, 3, 4, 3),
    ]


def test_shares_take_their_cases_into_account(ranked: dict[str, Ranking | None]) -> None:
    # 30 of 40 is apart from 3 of 34, from 1 of 8 and from 0 of 8; these are not from each other.
    assert lines(ranked["connect_rate"]) == [
        ("Ann", 1, 1, 1, 1),
        ("Cem", 2, 2, 4, 2),
        ("Bob", 3, 2, 4, 2),
        ("Dan", 4, 2, 4, 2),
    ]


def test_few_large_records_lead_by_chance(ranked: dict[str, Ranking | None]) -> None:
    found = ranked["revenue"]
    # Two deals are dealt out as unevenly as 1,600 to 0 in two of four ways; fourteen of 20 each are
    # not: z = 280 / √(14 × 20²) = 3.7.
    assert lines(found) == [
        ("Ann", 1, 1, 4, 1),
        ("Bob", 2, 1, 4, 1),
        ("Cem", 3, 1, 3, 1),
        ("Dan", 4, 2, 4, 1),
    ]
    assert found is not None
    # 280 ± 1.96 √(14 × 20²) = 133 to 427
    assert [round(each.low or 0) for each in found.standings if each.row["rep"] == "Cem"] == [133]


def test_who_has_no_value_has_no_rank(ranked: dict[str, Ranking | None]) -> None:
    found = ranked["avg_deal_size"]
    assert lines(found)[-1] == ("Dan", None, None, None, None)
    assert found is not None
    assert found.ranked == 3


def test_without_the_records_nothing_is_known_of_chance(four: Project) -> None:
    answer = four.ask("revenue", by="rep", period="2026-03")
    info = next(each for each in four.kpis() if each.id == "revenue")
    sums = ScopedProject(four, SUMS)
    found = ranking(info, answer, lambda: sums.records("revenue", period="2026-03"))
    assert found is not None
    assert not found.is_tested
    assert [each.place for each in found.standings] == [1, 2, 3, 4]


def test_records_of_some_are_not_taken_for_those_of_all(four: Project) -> None:
    answer = four.ask("revenue", by="rep", period="2026-03")
    info = next(each for each in four.kpis() if each.id == "revenue")
    part = four.records("revenue", period="2026-03", where={"rep": ["ann"]})
    found = ranking(info, answer, lambda: part)
    assert found is not None
    assert not found.is_tested
