"""One plan for all values of a filter, and every text is compared as it is."""

from pathlib import Path

import pytest
import sqlglot
import sqlglot.expressions as sge
from hypothesis import example, given
from hypothesis import strategies as st

from foresail.core.dimensions import HOUR_OF_DAY, REP, TEAM
from foresail.engine.dialects import DIALECTS
from foresail.engine.question import Filter, Question
from foresail.engine.wanted import VALUE_TABLE, wanted
from foresail.project import Project
from tests.catalogue import drawn
from tests.world import by, world

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
STRANGE = ("O'Brien", "\\", "a\\'b", 'say "hi"', "line\nbreak", "'); drop table fact.lead; --", "ü")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """One lead of each strange source, and two of none."""
    sources = (*STRANGE, None, None)
    leads = [
        {"lead_id": f"l{number}", "created_at": "2026-03-02T09:00:00Z", "source": source}
        for number, source in enumerate(sources)
    ]
    return world(tmp_path_factory.mktemp("wanted"), lead=leads)


def shape(*where: Filter) -> object:
    question = Question((), (), where, ("now",), is_all=False, currency="EUR")
    return question.shape


def test_questions_that_differ_in_values_alone_share_their_plan() -> None:
    assert shape(Filter(REP, ("a", "b"))) == shape(Filter(REP, ("O'Brien",)))


def test_without_a_value_or_by_another_dimension_is_another_plan() -> None:
    shapes = [
        shape(Filter(REP, ("a",))),
        shape(Filter(REP, ("a", None))),
        shape(Filter(REP, (None,))),
        shape(Filter(TEAM, ("a",))),
    ]
    assert len(set(shapes)) == 4


@given(TEXTS, TEXTS)
@example("O'Brien", "'); drop table fact.lead; --")
def test_every_text_stands_in_the_table_as_it_is_and_once(one: str, other: str) -> None:
    found = wanted([Filter(TEAM, (None, one, one)), Filter(REP, (other,))])[VALUE_TABLE]
    assert found.to_pylist() == [
        {"dimension": "team", "value": one},
        {"dimension": "rep", "value": other},
    ]


def test_who_filters_by_nothing_but_without_brings_no_table() -> None:
    assert wanted([]) == {} == wanted([Filter(HOUR_OF_DAY, (None,))])


@pytest.mark.parametrize("text", STRANGE)
def test_rows_are_kept_by_the_text_itself(project: Project, text: str) -> None:
    answer = project.ask("lead_flow", by="source", period="2026-03", where={"source": [text]})
    assert by(answer, "source", "lead_flow") == {text: 1}


def test_several_values_and_none_are_kept_together(project: Project) -> None:
    where = {"source": ["O'Brien", "ü", "(none)"]}
    answer = project.ask("lead_flow", by="source", period="2026-03", where=where)
    assert by(answer, "source", "lead_flow") == {"O'Brien": 1, "ü": 1, None: 2}
    alone = project.ask("lead_flow", period="2026-03", where={"source": ["(none)"]})
    assert alone.rows[0]["lead_flow"] == 2


@pytest.mark.parametrize("engine", DIALECTS)
@pytest.mark.parametrize("text", STRANGE)
def test_each_engine_is_shown_the_text_as_it_reads_it(
    project: Project, engine: str, text: str
) -> None:
    where = {"source": [text]}
    shown = project.explain("lead_flow", engine=engine, period="2026-03", where=where).sql
    dialect = {"spark": "spark"}.get(engine, DIALECTS[engine].compiler)
    (tree,) = sqlglot.parse(shown, read=dialect)
    assert tree is not None
    table = next(each for each in tree.find_all(sge.CTE) if each.alias == VALUE_TABLE)
    assert {each.name for each in table.find_all(sge.Literal)} == {"source", text}


def test_the_waterfall_keeps_to_the_same_values(tmp_path: Path) -> None:
    deals = drawn("""
        opportunity_id | owner_id | created_at | amount
        oak            | ann      | 2026-03-02 | 600
        elm            | bob      | 2026-03-03 | 50
        ash            |          | 2026-03-04 | 7
    """)
    project = world(tmp_path, opportunity=deals)
    for reps, created in ((["ann"], 600), (["ann", "(none)"], 607), (["(none)"], 7)):
        found = project.waterfall(period="2026-03", where={"rep": reps})
        assert found.table["created"].to_pylist() == [created]
