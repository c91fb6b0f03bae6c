"""Whose rows count for a manager and a rep: worked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foresail.core.errors import DefinitionError, QuestionError
from foresail.core.scope import EVERYTHING, SUMS, Kind, Scope
from foresail.project import Project
from tests.catalogue import drawn
from tests.scope.cast import (
    ANN,
    BEN,
    BOB,
    EVE,
    FAY,
    MAX,
    MIA,
    ZOE,
    calls,
    organisation,
    organisation_that_changed,
)
from tests.world import by

FEBRUARY: dict[str, Any] = {"period": "2026-02"}
CALLS = calls(
    ("ann", "2026-02-02"),
    ("ann", "2026-02-03"),
    ("bob", "2026-02-04"),
    ("cid", "2026-02-05"),
    ("eve", "2026-02-14"),
    ("eve", "2026-02-15"),
    ("eve", "2026-02-16"),
    ("wim", "2026-02-09"),
    ("wim", "2026-02-12"),
    ("wim", "2026-02-21"),
    ("mia", "2026-02-06"),
    ("fay", "2026-02-06"),
    ("", "2026-02-06"),
)
DEALS = drawn("""
    opportunity_id | owner_id | created_at        | closed_at         | outcome | amount | product
    oak            | ann      | 2026-02-02T10:00Z | 2026-02-10T10:00Z | won     | 100    | loom
    elm            | cid      | 2026-02-02T10:00Z | 2026-02-11T10:00Z | won     | 200    | lathe
    ash            | bob      | 2026-02-02T10:00Z | 2026-02-11T10:00Z | lost    | 400    | loom
    fir            | eve      | 2026-02-02T10:00Z |                   |         | 800    |
    yew            |          | 2026-02-02T10:00Z |                   |         | 1600   |
""")
SPLITS = drawn("""
    opportunity_id | rep_id | share
    oak            | ann    | 0.6
    oak            | cid    | 0.4
""")
COSTS = drawn("""
    cost_id | starts_on  | ends_on    | amount | category       | team
    rent    | 2026-02-01 | 2026-02-28 | 2800   | sales_salaries | north
    ads     | 2026-02-01 | 2026-02-28 | 560    | sales_salaries | south
    all     | 2026-02-01 | 2026-02-28 | 10000  | sales_salaries |
""")
MARKET = drawn("""
    starts_on  | ends_on    | market_sales
    2026-02-01 | 2026-02-28 | 1000
""")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with organisation(
        tmp_path_factory.mktemp("people"),
        activity=[{name: each for name, each in row.items() if each} for row in CALLS],
        opportunity=DEALS,
        opportunity_split=SPLITS,
        cost=COSTS,
        market=MARKET,
    ) as made:
        yield made


def numbers(project: Project, scope: Scope, kpi: str, **question: Any) -> Any:
    """The one number of a question without slices."""
    (row,) = project.scoped(scope).ask(kpi, **{**FEBRUARY, **question}).rows
    return row[kpi]


def reps(project: Project, scope: Scope, kpi: str, **question: Any) -> dict[str, Any]:
    """A number per rep, where it is not 0."""
    rows = project.scoped(scope).ask(kpi, by="rep", **{**FEBRUARY, **question}).rows
    return {row["rep"]: row[kpi] for row in rows if row[kpi]}


def test_everything_is_what_the_project_itself_answers(project: Project) -> None:
    assert numbers(project, EVERYTHING, "outbound_calls") == 13
    assert reps(project, EVERYTHING, "outbound_calls") == {
        "Ann": 2,
        "Bob": 1,
        "Cid": 1,
        "Eve": 3,
        "Wim": 3,
        "Mia": 1,
        "Fay": 1,
        None: 1,
    }


def test_a_manager_sees_the_tree_as_it_was_on_the_day(project: Project) -> None:
    # Eve's first call and Wim's last are Mia's people's; her own counts as well
    mia = {"Ann": 2, "Bob": 1, "Eve": 1, "Mia": 1, "Wim": 1}
    assert reps(project, MIA, "outbound_calls") == mia
    assert numbers(project, MIA, "outbound_calls") == 6
    assert reps(project, MAX, "outbound_calls") == {"Cid": 1, "Eve": 2}
    # Zoe sees all but the call of nobody, those of Wim under Fay included, who had left by then
    assert numbers(project, ZOE, "outbound_calls") == 12
    assert reps(project, ZOE, "outbound_calls")["Wim"] == 3
    # Fay, who left, sees her people up to the day on which they came to Mia
    assert reps(project, FAY, "outbound_calls") == {"Fay": 1, "Wim": 2}


def test_people_move_with_their_manager(tmp_path: Path) -> None:
    made = calls(("ann", "2026-01-07"), ("ann", "2026-02-03"), ("ann", "2026-02-04"))
    with organisation_that_changed(tmp_path, activity=made) as project:
        kpis = ("outbound_calls", "rep_turnover")
        (zoes,), (bens,), (mias,) = (
            project.scoped(each).ask(*kpis, period="2026-02").rows for each in (ZOE, BEN, MIA)
        )
        assert numbers(project, ZOE, "outbound_calls", period="2026-01") == 1
    assert [each["outbound_calls"] for each in (zoes, bens, mias)] == [0, 2, 2]
    # Zoe is left alone; Ben has Mia, and Ann, who has been Mia's all along
    assert [each["rep_turnover.denominator"] for each in (zoes, bens, mias)] == [1, 3, 2]


def test_a_value_that_only_others_have_is_as_good_as_none(project: Project) -> None:
    def lost(scope: Scope, product: str) -> Any:
        return numbers(project, scope, "deals_lost", where={"product": [product]})

    assert lost(MIA, "loom") == 1
    assert lost(MIA, "lathe") == lost(MIA, "lath") == 0
    assert lost(ANN, "lathe") == lost(ANN, "lath") == 0
    with pytest.raises(QuestionError, match="No record has the product lath"):
        lost(EVERYTHING, "lath")


def test_the_roster_is_that_of_the_tree(project: Project) -> None:
    def roster(scope: Scope, **question: Any) -> list[str]:
        rows = project.scoped(scope).ask("meetings_held", by="rep", **question).rows
        return sorted(row["rep"] for row in rows)

    assert roster(MIA, **FEBRUARY) == ["Ann", "Bob", "Eve", "Mia", "Wim"]
    assert roster(MIA, period="2026-01") == ["Ann", "Bob", "Eve", "Mia"]
    assert roster(MIA, period="2026-03") == ["Ann", "Bob", "Mia", "Wim"]
    assert roster(MAX, period="2026-03") == ["Cid", "Eve", "Max"]
    assert roster(ANN, period="2026-03") == ["Ann"]


def test_what_lasts_counts_for_the_days_in_sight(project: Project) -> None:
    # Ann, Bob and Mia all 28 days, Eve 14, Wim the last 8
    (row,) = project.scoped(MIA).ask("rep_turnover", **FEBRUARY).rows
    assert row["rep_turnover.denominator"] == pytest.approx((28 * 3 + 14 + 8) / 28)


def test_credit_is_split_between_people_of_two_teams(project: Project) -> None:
    assert reps(project, MIA, "revenue") == {"Ann": 60}
    assert reps(project, MAX, "revenue") == {"Cid": 40 + 200}
    assert numbers(project, ZOE, "revenue") == 300


def test_what_stands_is_seen_as_of_its_day(project: Project) -> None:
    # Eve's deal stands in the north until the 14th, in the south from the 15th on
    middle = {"as_of": "2026-02-14", "period": "2026-02"}
    assert numbers(project, MIA, "pipeline_value", **middle) == 800
    assert numbers(project, MAX, "pipeline_value", **middle) == 0
    assert numbers(project, MIA, "pipeline_value") == 0
    assert numbers(project, MAX, "pipeline_value") == 800
    assert numbers(project, ZOE, "pipeline_value") == 800


def test_costs_of_a_team_count_where_the_whole_team_is_in_sight(project: Project) -> None:
    # all of the north is Mia's; the costs that name no team are the organisation's
    assert numbers(project, MIA, "sales_cost", period="2026-02-22..2026-02-28") == 700
    assert numbers(project, MAX, "sales_cost", period="2026-02-22..2026-02-28") == 140
    assert numbers(project, ANN, "sales_cost") == 2800
    assert numbers(project, EVERYTHING, "sales_cost") == pytest.approx(13_360)
    # Wim was Fay's, and Fay nobody's that Mia sees: not all of the west was Mia's, nor any
    assert numbers(project, MIA, "sales_cost") == 2800


def test_costs_that_name_no_team_are_unknown_and_not_nothing(project: Project) -> None:
    answer = project.scoped(MIA).ask("marketing_cost", **FEBRUARY)
    assert answer.rows[0]["marketing_cost"] is None
    assert "marketing_cost counts marketing cost where it names a team" in " ".join(answer.notes)


def test_a_number_of_the_organisation_is_unknown_to_whoever_sees_a_part(project: Project) -> None:
    assert numbers(project, EVERYTHING, "market_share") == pytest.approx(0.3)
    for scope in (MIA, ANN):
        answer = project.scoped(scope).ask("market_share", **FEBRUARY)
        assert answer.rows[0]["market_share"] is None
        (note,) = [each for each in answer.notes if each.startswith("market_share is unknown here")]
        assert note.endswith("is the organisation's, and not within what you may see.")


def test_a_rep_sees_the_own_rows_and_the_sums_of_the_team(project: Project) -> None:
    assert reps(project, ANN, "outbound_calls") == {"Ann": 2}
    # the north: Ann 2, Bob 1, Mia 1, Eve's first, Wim's last
    assert numbers(project, ANN, "outbound_calls") == 6
    teams = project.scoped(ANN).ask("outbound_calls", by="team", **FEBRUARY)
    assert by(teams, "team", "outbound_calls") == {"north": 6}
    assert teams.notes[0] == "You see the team north."
    # Eve is of the south now: Cid's one, two of hers
    assert numbers(project, EVE, "outbound_calls") == 3
    assert reps(project, EVE, "outbound_calls") == {"Eve": 3}
    mine = project.scoped(EVE).ask("outbound_calls", by="rep", totals=True, **FEBRUARY)
    assert mine.totals == {"outbound_calls": 3}
    assert mine.notes[0] == "Your own records only."


def test_the_totals_of_own_rows_are_ones_own(project: Project) -> None:
    answer = project.scoped(ANN).ask("outbound_calls", by="rep", totals=True, **FEBRUARY)
    assert answer.totals == {"outbound_calls": 2}
    answer = project.scoped(ANN).ask("outbound_calls", by="team", totals=True, **FEBRUARY)
    assert answer.totals == {"outbound_calls": 6}


def test_records_are_those_in_sight(project: Project) -> None:
    def owners(scope: Scope) -> list[str]:
        found = project.scoped(scope).records("outbound_calls", **FEBRUARY)
        return sorted({row["rep"] or "nobody" for row in found.rows})

    assert owners(EVERYTHING) == ["Ann", "Bob", "Cid", "Eve", "Fay", "Mia", "Wim", "nobody"]
    assert owners(MIA) == ["Ann", "Bob", "Eve", "Mia", "Wim"]
    assert owners(ANN) == ["Ann"]
    assert project.scoped(MIA).records("outbound_calls", **FEBRUARY).table.num_rows == 6
    assert project.scoped(ANN).records("market_share", **FEBRUARY).rows == []


def test_records_drawn_by_lot_are_those_in_sight(project: Project) -> None:
    def drawn(scope: Scope, size: int) -> list[str]:
        found = project.scoped(scope).sample(
            "outbound_calls", key="activity_id", by="rep", size=size, **FEBRUARY
        )
        return [row["rep"] or "nobody" for row in found.rows]

    assert drawn(EVERYTHING, 1) == ["Ann", "Bob", "Cid", "Eve", "Fay", "Mia", "Wim", "nobody"]
    assert drawn(MIA, 9) == ["Ann", "Ann", "Bob", "Eve", "Mia", "Wim"]
    assert drawn(ANN, 1) == ["Ann"]
    lacking = project.scoped(ANN).sample("market_share", key="id", by="rep", size=1, **FEBRUARY)
    assert lacking.rows == []


def test_somebody_else_is_answered_as_somebody_who_does_not_exist(project: Project) -> None:
    def refusal(scope: Scope, dimension: str, value: str) -> str:
        with pytest.raises(QuestionError) as raised:
            project.scoped(scope).ask("outbound_calls", where={dimension: [value]}, **FEBRUARY)
        return str(raised.value)

    assert refusal(ANN, "rep", "bob") == "There is no rep bob."
    assert refusal(ANN, "rep", "Bop") == "There is no rep Bop."
    assert refusal(MIA, "rep", "Cit") == "There is no rep Cit."
    assert refusal(ANN, "team", "west") == "There is no team west."
    assert refusal(ANN, "team", "east") == "There is no team east."
    assert refusal(EVERYTHING, "rep", "Cit") == "There is no rep Cit. Did you mean Cid?"
    assert numbers(project, MIA, "outbound_calls", where={"rep": ["Bob"]}) == 1
    assert numbers(project, MIA, "outbound_calls", where={"team": ["north"]}) == 6
    assert numbers(project, ANN, "outbound_calls", where={"rep": ["ann"]}) == 2
    assert numbers(project, ANN, "outbound_calls", where={"role": ["ae"]}) == 5


def test_who_sees_sums_sees_no_rep_and_no_record(project: Project) -> None:
    viewer = project.scoped(SUMS)
    teams = viewer.ask("outbound_calls", by="team", **FEBRUARY)
    assert by(teams, "team", "outbound_calls") == {"north": 6, "south": 3, "west": 3, None: 1}
    with pytest.raises(QuestionError, match="You see sums, not people"):
        viewer.ask("outbound_calls", by="rep", **FEBRUARY)
    with pytest.raises(QuestionError, match="You see sums, not people"):
        viewer.ask("outbound_calls", by="manager", **FEBRUARY)
    with pytest.raises(QuestionError, match="You see sums, not people"):
        viewer.ask("mean_lead_response_time", where={"answered_by": ["ann"]}, **FEBRUARY)
    with pytest.raises(QuestionError, match="You see sums, not records"):
        viewer.records("outbound_calls", **FEBRUARY)
    with pytest.raises(QuestionError, match="You see sums, not records"):
        viewer.sample("outbound_calls", key="activity_id", by="team", size=1, **FEBRUARY)


def test_what_is_left_out_is_told_of_ones_own_rows(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | created_at | outcome | closed_at  | amount | deleted_at
        oak            | ann      | 2026-02-02 | won     | 2026-02-03 | 1      | 2026-02-05
        elm            | cid      | 2026-02-02 | won     | 2026-02-03 | 2      | 2026-02-05
        ash            | cid      | 2026-02-02 | won     |            | 4      |
        fir            | ann      | 2026-02-02 | won     |            | 8      |
        yew            | cid      | 2026-02-02 | won     |            | 8      |
    """)
    with organisation(tmp_path, opportunity=opportunity) as project:

        def left_out(scope: Scope) -> list[str]:
            notes = project.scoped(scope).ask("deals_won", **FEBRUARY).notes
            return [each.rpartition(": ")[2].rstrip(".") for each in notes if "left out" in each]

        assert left_out(EVERYTHING) == ["3", "2"]
        assert left_out(MIA) == left_out(ANN) == ["1", "1"]
        assert left_out(MAX) == ["2", "1"]


def test_the_waterfall_is_that_of_the_people_in_sight(project: Project) -> None:
    def flows(scope: Scope, **question: Any) -> dict[str, Any]:
        (row,) = project.scoped(scope).waterfall(**{**FEBRUARY, **question}).rows
        return {name: amount for name, amount in row.items() if amount}

    everything = {"created": 3100, "won": 300, "lost": 400, "closing": 2400}
    assert flows(EVERYTHING) == everything
    # Eve takes her deal to the south on the 15th
    assert flows(MIA) == {"created": 1300, "won": 100, "lost": 400, "moved_out": 800}
    south = {"created": 200, "won": 200, "moved_in": 800, "closing": 800}
    assert flows(MAX) == south
    assert flows(EVE) == south
    mine = {"rep": "Eve", "rep_id": "eve", "created": 800, "closing": 800}
    assert flows(EVE, by="rep") == mine
    assert flows(ZOE) == {"created": 1500, "won": 300, "lost": 400, "closing": 800}


def test_the_sql_that_is_shown_holds_no_more_than_the_answer(project: Project) -> None:
    shown = project.scoped(MAX).explain("outbound_calls", **FEBRUARY)
    for name in ("ann", "bob", "mia"):
        assert f"'{name}'" not in shown.sql
    rows = project.warehouse.cursor().execute(shown.sql).fetchall()
    assert [row[1] for row in rows] == [3]


def test_only_who_sees_everything_minds_the_data(project: Project) -> None:
    minding = ("load", "retry", "propose", "steer", "export", "health", "loads", "quarantine")
    for scope in (MIA, ANN, SUMS):
        part = project.scoped(scope)
        with pytest.raises(QuestionError, match="To load data, see everything"):
            part.whole("load data")
        assert not any(hasattr(part, name) for name in (*minding, "expression", "warehouse"))
        assert [each.id for each in part.kpis()] == [each.id for each in project.kpis()]
    assert project.scoped(EVERYTHING).whole("see what was loaded") is project


def test_people_of_one_role_share_a_plan_and_no_answer(project: Project) -> None:
    plans = project._plans._plans
    assert numbers(project, MIA, "outbound_calls") == 6
    assert numbers(project, BOB, "outbound_calls") == 6
    before = len(plans)
    assert numbers(project, MAX, "outbound_calls") == 3
    assert numbers(project, ANN, "outbound_calls") == 6
    assert len(plans) == before


def test_a_scope_names_a_rep_where_it_needs_one() -> None:
    with pytest.raises(DefinitionError):
        Scope(Kind.MANAGER)
    with pytest.raises(DefinitionError):
        Scope(Kind.EVERYTHING, "ann")
