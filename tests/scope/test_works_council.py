"""The works-council mode: no figures of single people, for nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from foresail.core.errors import QuestionError
from foresail.core.scope import EVERYTHING
from foresail.project import Project
from foresail.warehouse.sections import Privacy
from tests.catalogue import drawn
from tests.scope.cast import ANN, MIA, ZOE, calls, organisation

FEBRUARY: dict[str, Any] = {"period": "2026-02"}
CALLS = calls(
    ("ann", "2026-02-02"),
    ("ann", "2026-02-03"),
    ("bob", "2026-02-04"),
    ("mia", "2026-02-05"),
    ("cid", "2026-02-05"),
    ("cid", "2026-02-06"),
)
DEALS = drawn("""
    opportunity_id | owner_id | created_at           | amount
    oak            | ann      | 2026-02-02T10:00:00Z | 100
    elm            | bob      | 2026-02-02T10:00:00Z | 200
    ash            | mia      | 2026-02-02T10:00:00Z | 400
    fir            | cid      | 2026-02-02T10:00:00Z | 800
""")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with organisation(
        tmp_path_factory.mktemp("council"),
        settings="[privacy]\nworks_council = true\ngroup_size = 3",
        activity=CALLS,
        opportunity=DEALS,
    ) as made:
        yield made


def test_a_number_of_few_reps_is_withheld_from_everybody(project: Project) -> None:
    # of the north three called, of the south one: that is unknown, and not 0
    answer = project.ask("outbound_calls", by="team", totals=True, **FEBRUARY)
    found = {row["team"]: row["outbound_calls"] for row in answer.rows}
    assert found == {"north": 4, "south": None}
    assert answer.totals == {"outbound_calls": 6}
    assert answer.notes[0] == (
        "1 of 2 figures are withheld: fewer than 3 reps are credited with what they count."
    )
    (row,) = project.scoped(MIA).ask("outbound_calls", **FEBRUARY).rows
    assert row["outbound_calls"] == 4
    (row,) = project.scoped(MIA).ask("outbound_calls", period="2026-02-04..2026-02-05").rows
    assert row["outbound_calls"] is None


def test_nobody_tells_reps_apart_but_each_the_own(project: Project) -> None:
    for scope in (EVERYTHING, ZOE, MIA):
        with pytest.raises(QuestionError, match="shows no figures of single people"):
            project.scoped(scope).ask("outbound_calls", by="rep", **FEBRUARY)
        with pytest.raises(QuestionError, match="shows no figures of single people"):
            project.scoped(scope).records("outbound_calls", where={"rep": ["ann"]}, **FEBRUARY)
    mine = project.scoped(ANN).ask("outbound_calls", by="rep", **FEBRUARY)
    assert [(row["rep"], row["outbound_calls"]) for row in mine.rows] == [("Ann", 2)]
    assert project.scoped(ANN).records("outbound_calls", **FEBRUARY).table.num_rows == 2


def test_records_are_those_of_large_groups_and_name_nobody(project: Project) -> None:
    found = project.records("outbound_calls", by="team", **FEBRUARY)
    assert [row["team"] for row in found.rows] == ["north"] * 4
    assert not {"rep", "rep_id", "actor_rep"} & set(found.table.column_names)
    south = project.records("outbound_calls", where={"team": ["south"]}, **FEBRUARY)
    assert south.rows == []


def test_the_waterfall_tells_of_large_groups(project: Project) -> None:
    rows = project.waterfall(by="team", **FEBRUARY).rows
    assert {row["team"]: row["closing"] for row in rows} == {"north": 700, "south": None}


def test_pages_know_that_nobody_is_ranked(project: Project) -> None:
    assert not project.settings.privacy.ranking
    assert Privacy().ranking


def test_a_history_names_nobody_but_oneself(project: Project) -> None:
    own = project.scoped(ANN).history("opportunity", "oak")
    assert ("Owner", "Ann") in own.fields
    theirs = project.scoped(ZOE).history("opportunity", "oak")
    assert ("Owner", "somebody") in theirs.fields
    assert {each.who for each in theirs.events} == {None}
    assert project.scoped(ANN).history("rep", "ann").title == "Ann"
    with pytest.raises(QuestionError, match="There is no rep ann that you may see"):
        project.scoped(ZOE).history("rep", "ann")
