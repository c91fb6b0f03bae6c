"""One plan for all values of a filter, and every text comes back as it was."""

import duckdb
from hypothesis import example, given
from hypothesis import strategies as st

from foresail.core.dimensions import REP, TEAM
from foresail.engine.blanks import MARK, blanked, filled
from foresail.engine.dialects import BIGQUERY, DUCKDB
from foresail.engine.question import Filter, Question

CONNECTION = duckdb.connect()
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


def question(*where: Filter) -> Question:
    return Question((), (), where, ("now",), is_all=False, currency="EUR")


def shape(*where: Filter) -> object:
    return blanked(question(*where)).shape


def test_questions_that_differ_in_values_alone_share_their_plan() -> None:
    assert shape(Filter(REP, ("a", "b"))) == shape(Filter(REP, ("c", "O'Brien")))


def test_another_number_of_values_or_without_one_is_another_plan() -> None:
    shapes = [
        shape(Filter(REP, ("a",))),
        shape(Filter(REP, ("a", "b"))),
        shape(Filter(REP, ("a", None))),
        shape(Filter(TEAM, ("a",))),
    ]
    assert len(set(shapes)) == 4


@given(TEXTS, TEXTS)
@example("O'Brien", f"'{MARK}0.0'")
@example("\\", "a\\'b")
def test_every_text_is_filled_in_as_it_is(one: str, other: str) -> None:
    asked = question(Filter(TEAM, (None, one)), Filter(REP, (other,)))
    places = blanked(asked).where
    sql = f"select '{places[0].values[1]}', '{places[1].values[0]}'"
    assert CONNECTION.execute(filled(sql, asked.where, DUCKDB)).fetchone() == (one, other)


def test_other_dialects_write_texts_their_own_way() -> None:
    asked = question(Filter(TEAM, ("O'Brien",)))
    sql = f"select '{blanked(asked).where[0].values[0]}'"
    assert filled(sql, asked.where, BIGQUERY) == r"select 'O\'Brien'"
