"""What DuckDB may use where it answers many: little for questions, all for changes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from foresail.core.errors import QuestionError
from foresail.engine.sessions import Sessions
from foresail.warehouse import Settings, Warehouse
from foresail.warehouse import means as module
from foresail.warehouse.means import little_of

MIB, GIB = 2**20, 2**30
LARGE = Settings.model_validate({"warehouse": {"memory_limit": "700MiB"}})
ONE_LIST = "select len(list(i)) as n from range({rows}) t(i)"
ROWS = 20_000_000
"""So many whole numbers in one list take more than 64 MiB and less than 700."""


def setting(warehouse: Warehouse, name: str) -> object:
    found = warehouse.cursor().execute(f"select current_setting('{name}')").fetchone()
    assert found is not None
    return found[0]


def opened(folder: Path, settings: Settings, *, for_many: bool) -> Warehouse:
    found = Warehouse.open(folder, settings, for_many=for_many)
    with found.writing() as cursor:
        cursor.execute("create or replace table fact.span as select date '2026-01-01' as first_on")
    return found


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    monkeypatch.setattr(module, "LITTLE", 64 * MIB)
    found = opened(tmp_path, LARGE, for_many=True)
    yield found
    found.close()


@pytest.mark.parametrize(
    ("size", "little"), [(0, 448 * MIB), (5 * GIB, 448 * MIB), (36 * GIB, 3 * GIB)]
)
def test_questions_get_along_with_a_twelfth_of_a_large_file(size: int, little: int) -> None:
    assert little_of(size) == little


def test_a_change_has_all_the_memory_that_is_given_while_it_lasts(served: Warehouse) -> None:
    assert setting(served, "memory_limit") == "64.0 MiB"
    with served.writing():
        assert setting(served, "memory_limit") == "700.0 MiB"
        with served.means.at_large():
            pass
        assert setting(served, "memory_limit") == "700.0 MiB"
    assert setting(served, "memory_limit") == "64.0 MiB"


def test_who_asks_alone_has_all_memory_from_the_start(tmp_path: Path) -> None:
    warehouse = opened(tmp_path, LARGE, for_many=False)
    assert setting(warehouse, "memory_limit") == "700.0 MiB"
    warehouse.close()


def test_less_than_questions_get_along_with_is_all_that_there_is(tmp_path: Path) -> None:
    tiny = Settings.model_validate({"warehouse": {"memory_limit": "100MiB"}})
    warehouse = opened(tmp_path, tiny, for_many=True)
    assert setting(warehouse, "memory_limit") == "100.0 MiB"
    assert not warehouse.means.is_little
    warehouse.close()


def test_a_question_that_needs_more_is_answered_with_more(served: Warehouse) -> None:
    sessions = Sessions(served, dict)
    with sessions.reading() as session:
        seen = session.version
        assert session.query(ONE_LIST.format(rows=ROWS), {}).to_pylist() == [{"n": ROWS}]
        assert session.version == seen
        assert session.query("select 1 as n", {}).to_pylist() == [{"n": 1}]
    assert setting(served, "memory_limit") == "64.0 MiB"
    told = r"takes more memory than the warehouse may use \(700MiB\)"
    with pytest.raises(QuestionError, match=told), sessions.reading() as session:
        session.query(ONE_LIST.format(rows=20 * ROWS), {})
    sessions.close()


def test_one_answer_is_never_of_two_states(served: Warehouse) -> None:
    sessions = Sessions(served, dict)
    told = r"^The data changed while this question was answered\. Ask again\.$"
    with sessions.reading() as session:
        with served.writing() as cursor:
            cursor.execute("insert into meta.origin values ('zoho')")
        with pytest.raises(QuestionError, match=told):
            session.query(ONE_LIST.format(rows=ROWS), {})
    with sessions.reading() as session:
        assert session.query("select 1 as n", {}).to_pylist() == [{"n": 1}]
    sessions.close()


def test_who_asks_alone_takes_all_threads_and_several_one_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    Warehouse.open(tmp_path, Settings()).close()
    warehouse = Warehouse.open(tmp_path, Settings(), for_many=True)
    with ExitStack() as asking:
        asking.enter_context(warehouse.means.answering())
        assert setting(warehouse, "threads") == 4
        asking.enter_context(warehouse.means.answering())
        assert setting(warehouse, "threads") == 1
    with warehouse.means.answering():
        assert setting(warehouse, "threads") == 1
    now = 101.0
    with warehouse.means.answering():
        assert setting(warehouse, "threads") == 4
    warehouse.close()


@pytest.mark.parametrize("for_many", [True, False])
def test_threads_that_the_settings_give_stay(tmp_path: Path, for_many: bool) -> None:
    Warehouse.open(tmp_path, Settings()).close()
    three = Settings.model_validate({"warehouse": {"threads": 3}})
    warehouse = Warehouse.open(tmp_path, three, for_many=for_many)
    with warehouse.means.answering(), warehouse.means.answering():
        assert setting(warehouse, "threads") == 3
    warehouse.close()
