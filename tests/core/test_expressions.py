"""Conditions that print themselves, know their columns, and resolve against a table."""

from __future__ import annotations

import ibis
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some

from foresail.core.expressions import Setting, _

IS_LONG = (_.kind == "call") & (_.seconds >= Setting("conversation_seconds"))
TABLE = ibis.memtable(
    pa.table({"kind": ["call", "call", "email", "call"], "seconds": [119, 120, 500, None]})
)


def chosen(condition: object) -> list[tuple[str, float | None]]:
    resolved = condition.resolve(TABLE, {"conversation_seconds": 120})  # type: ignore[attr-defined]
    rows = TABLE.filter(resolved).to_pyarrow().to_pylist()
    return [(row["kind"], row["seconds"]) for row in rows]


def test_a_condition_is_written_down_and_nothing_is_looked_up() -> None:
    assert repr(_.outcome == "won") == "outcome = won"
    assert repr(IS_LONG) == "(kind = call) and (seconds ≥ conversation_seconds)"


def test_brackets_stand_where_the_sign_changes() -> None:
    condition = (_.state == "won") | ((_.state == "lost") & ~_.reason.isnull())

    assert repr(condition) == "(state = won) or ((state = lost) and not reason is unknown)"


def test_methods_are_told_in_words() -> None:
    assert repr(_.owner.isnull()) == "owner is unknown"
    assert repr(_.owner.notnull()) == "owner is known"
    assert repr((_.is_done).fill_null(True)) == "is_done (unknown: true)"


def test_an_expression_knows_the_columns_it_looks_at() -> None:
    assert IS_LONG.columns() == {"kind", "seconds"}
    assert (~(_.a.isin((1, 2)) | (_.b + _.c > 3))).columns() == {"a", "b", "c"}
    assert Setting("conversation_seconds").columns() == frozenset()


def test_a_condition_resolves_with_the_settings_of_the_question() -> None:
    assert chosen(IS_LONG) == [("call", 120)]


def test_the_opposite_of_an_unknown_is_unknown() -> None:
    assert chosen(~(_.seconds >= 120)) == [("call", 119)]
    assert chosen(~(_.seconds >= 120).fill_null(False)) == [("call", 119), ("call", None)]


def test_a_setting_alone_can_switch_a_condition() -> None:
    switch = (_.seconds > 200) | ~Setting("is_narrow")

    assert (
        TABLE.filter(switch.resolve(TABLE, {"is_narrow": True})).count().to_pyarrow().as_py() == 1
    )
    assert (
        TABLE.filter(switch.resolve(TABLE, {"is_narrow": False})).count().to_pyarrow().as_py() == 4
    )


def test_special_names_are_no_columns() -> None:
    with pytest.raises(AttributeError):
        _.__wrapped__  # noqa: B018
    with pytest.raises(AttributeError):
        (_.kind == "call").__wrapped__  # noqa: B018


@given(some.integers(-100, 100), some.integers(-100, 100))
def test_arithmetic_is_that_of_numbers(a: int, b: int) -> None:
    row = {"a": a, "b": b}

    assert ((_.a + _.b) * 2 - _.b).resolve(row, {}) == (a + b) * 2 - b
    assert ((_.a < _.b) | (_.a == _.b)).resolve(row, {}) == (a <= b)
