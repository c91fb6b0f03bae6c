"""KPIs of an organisation's own, worked by hand; what it hides; its benchmarks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from foresail.core.errors import QuestionError
from foresail.core.kpis import Benchmark
from foresail.core.scope import Scope
from foresail.project import Project
from tests.catalogue import drawn, value
from tests.world import by, world

SETTINGS = """
hidden = ["talk_time", "Meeting"]

[[kpi]]
id = "wins_per_1000_calls"
meaning = "Deals won for every 1,000 outbound calls."
formula = "deals_won / outbound_calls * 1000"
unit = "per 1,000"
direction = "higher"
benchmark = { low = 5, high = 8, source = "Own year 2025" }

[[kpi]]
id = "new_business_win_rate"
meaning = "Win rate of new business."
formula = "win_rate"
where = { deal_type = "new" }
unit = "share"
direction = "higher"

[[kpi]]
id = "win_rate_lead"
meaning = "How far new business wins more often than all deals."
formula = "new_business_win_rate - win_rate"
unit = "share"
direction = "higher"

[[kpi]]
id = "won_per_decided"
meaning = "Amount won for each deal decided."
formula = "revenue / win_rate.denominator"
unit = "money"
direction = "higher"

[[kpi]]
id = "new_pace"
meaning = "Money that new deals turn into per day."
formula = "new_opportunities × win_rate × avg_deal_size ÷ (sales_cycle ÷ 86400)"
unit = "money/day"
direction = "higher"

[[kpi]]
id = "net_wins"
meaning = "Deals won less deals lost."
formula = "deals_won - deals_lost"
unit = "count"
direction = "higher"

[[kpi]]
id = "monday_calls"
meaning = "Calls of the north on Mondays."
formula = "outbound_calls"
where = { team = "north", weekday = "monday" }
unit = "count"
direction = "higher"

[[kpi]]
id = "web_wins"
meaning = "Deals won of a type nobody has."
formula = "deals_won"
where = { deal_type = ["nwe", "(none)"] }
unit = "count"
direction = "higher"

[benchmarks]
win_rate = { low = 0.2, high = 0.3, source = "Own year 2025" }
"""
OPPORTUNITIES = drawn("""
    opportunity_id | owner_id | outcome | deal_type | created_at | closed_at  | amount
    oak            | ann      | won     | new       | 2026-02-01 | 2026-02-02 | 600
    elm            | ann      | lost    | new       | 2026-02-01 | 2026-02-03 | 900
    ash            | bob      | won     | new       | 2026-02-01 | 2026-02-05 | 300
    fir            | bob      | lost    | renewal   | 2026-02-01 | 2026-02-10 | 100
    yew            | cid      | lost    | renewal   | 2026-02-01 | 2026-02-10 | 100
""")
ACTIVITIES = drawn("""
    activity_id | rep_id   | kind  | direction | outcome   | occurred_at
    a1          | ann      | call  | outbound  | connected | 2026-02-02T09:00:00Z
    a2          | ann      | call  | outbound  | no_answer | 2026-02-03T09:00:00Z
    a3          | bob      | call  | outbound  | no_answer | 2026-02-09T09:00:00Z
    a4          | cid      | call  | outbound  | no_answer | 2026-02-09T09:00:00Z
""")
QUOTAS = drawn("""
    owner_kind | owner_id | kpi                   | starts_on  | ends_on    | amount
    rep        | ann      | net_wins              | 2026-02-01 | 2026-02-28 | 4
    rep        | ann      | new_business_win_rate | 2026-02-01 | 2026-02-28 | 0.4
""")
OWN = (
    "wins_per_1000_calls",
    "new_business_win_rate",
    "win_rate_lead",
    "won_per_decided",
    "net_wins",
    "monday_calls",
    "web_wins",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return world(
        tmp_path_factory.mktemp("own"),
        settings=SETTINGS,
        as_of="2026-02-28",
        opportunity=OPPORTUNITIES,
        activity=ACTIVITIES,
        quota=QUOTAS,
    )


@pytest.fixture(scope="module")
def row(project: Project) -> dict[str, Any]:
    (found,) = project.ask(*OWN, "new_pace", "win_rate", period="2026-02").rows
    return found


@pytest.fixture(scope="module")
def reps(project: Project) -> Any:
    return project.ask(*OWN, period="2026-02", by="rep")


def test_a_ratio_of_two_kpis_has_the_numerator_and_denominator_of_their_records(
    row: dict[str, Any],
) -> None:
    # 2 deals won for 4 calls
    assert row["wins_per_1000_calls"] == pytest.approx(500)
    assert row["wins_per_1000_calls.numerator"] == 2
    assert row["wins_per_1000_calls.denominator"] == 4


def test_a_share_over_fewer_records_stays_a_share_with_its_range(row: dict[str, Any]) -> None:
    # of the new deals oak and ash were won, elm lost
    assert row["new_business_win_rate"] == pytest.approx(2 / 3)
    assert row["new_business_win_rate.numerator"] == 2
    assert row["new_business_win_rate.denominator"] == 3
    # Wilson, 2 of 3: (2/3 + 3.84146/6 -+ 1.95996 x sqrt(2/27 + 3.84146/36)) / (1 + 3.84146/3)
    assert row["new_business_win_rate.low"] == pytest.approx(0.207660, abs=1e-6)
    assert row["new_business_win_rate.high"] == pytest.approx(0.938508, abs=1e-6)


def test_an_own_kpi_may_be_made_of_another_and_shows_what_is_inside(row: dict[str, Any]) -> None:
    # 2 of 3 less 2 of 5
    assert row["win_rate_lead"] == pytest.approx(2 / 3 - 2 / 5)
    assert row["win_rate_lead.new_business_win_rate"] == pytest.approx(2 / 3)
    assert row["win_rate_lead.win_rate"] == pytest.approx(2 / 5)
    assert row["win_rate"] == pytest.approx(2 / 5)


def test_a_part_of_a_kpi_is_named_with_a_dot(row: dict[str, Any]) -> None:
    # 600 + 300 for five decided
    assert row["won_per_decided"] == pytest.approx(180)
    assert row["won_per_decided.denominator"] == 5


def test_medians_and_shares_inside_are_those_of_the_slice(project: Project, row: Any) -> None:
    # 5 x 0.4 x 450 / the middle of 1 and 4 days
    assert row["new_pace"] == pytest.approx(5 * 0.4 * 450 / 2.5)
    assert row["new_pace.sales_cycle"] == 2.5 * 86_400
    answer = project.ask("new_pace", period="2026-02", by="rep", totals=True)
    # ann 2 x 0.5 x 600 / 1; bob 2 x 0.5 x 300 / 4; the total is asked anew, not added up
    assert by(answer, "rep", "new_pace") == {"Ann": 600, "Bob": 75, "Cid": None}
    assert answer.totals is not None
    assert answer.totals["new_pace"] == pytest.approx(360)


def test_every_rep_has_an_own_value(reps: Any) -> None:
    assert by(reps, "rep", "wins_per_1000_calls") == {"Ann": 500, "Bob": 1000, "Cid": 0}
    assert by(reps, "rep", "net_wins") == {"Ann": 0, "Bob": 0, "Cid": -1}
    assert by(reps, "rep", "new_business_win_rate") == {"Ann": 0.5, "Bob": 1, "Cid": None}


def test_rep_dimensions_and_weekdays_restrict_by_the_measures_own_credit_and_date(
    row: dict[str, Any], reps: Any
) -> None:
    # a1 on Monday 2 February, a3 on Monday the 9th; cid's a4 is the south's
    assert row["monday_calls"] == 2
    assert by(reps, "rep", "monday_calls") == {"Ann": 1, "Bob": 1, "Cid": 0}


def test_a_value_that_no_record_has_is_told(project: Project, row: dict[str, Any]) -> None:
    assert row["web_wins"] == 0
    notes = project.ask("web_wins", period="2026-02").notes
    assert "web_wins keeps to the deal type nwe, which no record has. Did you mean new?" in notes
    # the value that is near may be others' alone: whoever sees a part is told of none
    for scope in (Scope.of_rep("ann"), Scope.of_manager("dan")):
        told = project.scoped(scope).ask("web_wins", period="2026-02").notes
        assert [each for each in told if "web_wins keeps to" in each] == []
    assert not any("(none)" in note for note in notes)


def test_targets_name_own_kpis(reps: Any) -> None:
    # the month is over: 0 of 4, and 0.5 of 0.4
    assert by(reps, "rep", "net_wins.target") == {"Ann": 4, "Bob": None, "Cid": None}
    assert by(reps, "rep", "net_wins.pace")["Ann"] == 0
    assert by(reps, "rep", "new_business_win_rate.pace")["Ann"] == pytest.approx(1.25)


def test_a_target_of_a_difference_is_shared_out_over_the_days(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        settings=SETTINGS,
        opportunity=OPPORTUNITIES,
        quota=QUOTAS,
    )
    answer = project.ask("net_wins", period="2026-02-01..2026-02-07", by="rep")
    # 4 for 28 days: 1 for seven
    assert by(answer, "rep", "net_wins.target")["Ann"] == pytest.approx(1)


def test_the_records_of_every_part_are_found(project: Project) -> None:
    found = project.records("new_business_win_rate", part="denominator", period="2026-02")
    assert {each["opportunity_id"] for each in found.rows} == {"oak", "elm", "ash"}
    assert found.parts == ("numerator", "denominator")
    inside = project.records("win_rate_lead", part="win_rate.denominator", period="2026-02")
    assert (inside.part, len(inside.rows)) == ("win_rate.denominator", 5)
    first = project.records("win_rate_lead", period="2026-02")
    assert (first.part, len(first.rows)) == ("new_business_win_rate.numerator", 2)
    with pytest.raises(QuestionError, match="Its parts are: new_business_win_rate, win_rate"):
        project.records("win_rate_lead", part="numerator", period="2026-02")


def test_the_catalogue_lists_own_kpis_with_what_they_inherit(project: Project) -> None:
    found = {each.id: each for each in project.kpis("own")}
    assert list(found)[:2] == ["wins_per_1000_calls", "new_business_win_rate"]
    rate = found["new_business_win_rate"]
    assert rate.formula == "decided deals won ÷ decided deals, only deal type new"
    assert (rate.theme, rate.kind, rate.missing) == ("Own", "result", ())
    assert "It flatters a rep who never closes what is lost." in rate.caveats
    assert "stage" in rate.dimensions
    wins = found["wins_per_1000_calls"]
    assert wins.benchmark == Benchmark(5, 8, "Own year 2025")
    # the stage of a deal is no dimension of a call
    assert "stage" not in wins.dimensions
    assert {"rep", "channel", "weekday"} <= set(wins.dimensions)


def test_what_data_an_own_kpi_lacks_is_said(tmp_path: Path) -> None:
    project = world(tmp_path, settings=SETTINGS, opportunity=OPPORTUNITIES)
    (wins, *_) = project.kpis("own")
    assert "activity.kind = call" in wins.missing
    assert value(project, "wins_per_1000_calls", period="2026-02") is None


def test_a_definition_is_explained_with_its_query(project: Project) -> None:
    explanation = project.explain("new_business_win_rate", period="2026-02")
    assert "decided deals, only deal type new" in explanation.kpi.formula
    assert "deal_type" in explanation.sql


def test_benchmarks_are_the_organisations(project: Project) -> None:
    (found,) = [each for each in project.kpis() if each.id == "win_rate"]
    assert found.benchmark == Benchmark(0.2, 0.3, "Own year 2025")


def test_what_is_hidden_is_not_listed_and_says_so_when_asked(project: Project) -> None:
    listed = [each.id for each in project.kpis()]
    assert "talk_time" not in listed
    assert "no_show_rate" not in listed
    with pytest.raises(QuestionError, match=r"talk_time is hidden in this project: foresail\.toml"):
        project.ask("talk_time")
    with pytest.raises(QuestionError, match="There is no theme meeting"):
        project.kpis("meeting")


def test_a_changed_definition_is_answered_anew(tmp_path: Path) -> None:
    settings = SETTINGS
    with world(tmp_path, settings=settings, opportunity=OPPORTUNITIES) as project:
        assert value(project, "net_wins", period="2026-02") == -1
    path = tmp_path / "foresail.toml"
    path.write_text(path.read_text().replace("deals_won - deals_lost", "deals_won + deals_lost"))
    with Project.open(tmp_path) as again:
        (found,) = again.ask("net_wins", period="2026-02").rows
        assert json.loads(json.dumps(found)) == {"net_wins": 5}
