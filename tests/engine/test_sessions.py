"""Prepared plans answer every question of their shape, whatever the one before them was about."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from foresail.core.errors import DefinitionError, QuestionError
from foresail.engine import sessions as module
from foresail.engine.sessions import Session, Sessions
from foresail.warehouse import Settings, Warehouse

DAYS = pa.schema([("day", pa.date32()), ("name", pa.string())])
REPS = pa.schema([("rep", pa.string())])
NOBODY = {"asked_reps": REPS.empty_table()}
SALES = """
SELECT d.day, d.name, sum(s.amount) AS amount, count(s.amount) AS n
FROM asked_days d LEFT JOIN (
    SELECT * FROM fact.sale
    WHERE rep IN (SELECT rep FROM asked_reps) OR (SELECT count(*) FROM asked_reps) = 0
) s ON s.day = d.day
GROUP BY ALL ORDER BY ALL
"""


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    found = Warehouse.open(tmp_path, Settings())
    with found.writing() as cursor:
        cursor.execute("create or replace table fact.span as select date '2026-01-01' as first_on")
        cursor.execute("create table fact.sale (day date, rep varchar, amount integer)")
        cursor.execute("insert into fact.sale values ('2026-03-01', 'ann', 10)")
        cursor.execute("insert into fact.sale values ('2026-03-01', 'bob', 20)")
    yield found
    found.close()


@pytest.fixture
def sessions(warehouse: Warehouse) -> Iterator[Sessions]:
    found = of(warehouse, at_once=4)
    yield found
    found.close()


def of(warehouse: Warehouse, at_once: int) -> Sessions:
    return Sessions(warehouse, lambda: {"asked_days": DAYS, "asked_reps": REPS}, at_once)


def days(*rows: tuple[str | None, str | None]) -> dict[str, pa.Table]:
    found = [
        {"day": None if day is None else dt.date.fromisoformat(day), "name": name}
        for day, name in rows
    ]
    return {"asked_days": pa.Table.from_pylist(found, DAYS)}


def amounts(session: Session, asked: dict[str, pa.Table], *reps: str) -> list[int | None]:
    wanted = pa.Table.from_pylist([{"rep": rep} for rep in reps], REPS)
    asked = {**asked, "asked_reps": wanted}
    found: list[int | None] = session.query(SALES, asked)["amount"].to_pylist()
    return found


def test_a_plan_answers_for_days_that_lie_elsewhere_for_none_and_for_unknown_ones(
    sessions: Sessions,
) -> None:
    with sessions.reading() as session:
        assert amounts(session, days()) == []
        assert amounts(session, days(("1999-01-01", "a"))) == [None]
        assert amounts(session, days(("2026-03-01", "a"))) == [30]
        assert amounts(session, days((None, None))) == [None]
        assert amounts(session, days(("2026-03-01", None), ("9999-12-31", "z"))) == [30, None]
        many = days(*((f"2026-03-{number:02d}", "a") for number in range(1, 32)))
        assert amounts(session, many) == [30, *[None] * 30]
        assert amounts(session, days()) == []
        assert len(session._statements) == 1


def test_values_are_given_to_the_plan_as_they_are(sessions: Sessions) -> None:
    one = days(("2026-03-01", "a"))
    with sessions.reading() as session:
        assert amounts(session, one, "ann") == [10]
        assert amounts(session, one, "bob") == [20]
        assert amounts(session, one, "O'Brien'); drop table fact.sale; --") == [None]
        assert amounts(session, one) == [30]
        assert len(session._statements) == 1


@pytest.mark.parametrize("is_replaced", [True, False])
def test_data_outside_of_all_that_was_there_are_found(
    warehouse: Warehouse, sessions: Sessions, *, is_replaced: bool
) -> None:
    late = days(("2031-01-01", "a"))
    with sessions.reading() as session:
        assert amounts(session, late) == [None]
        assert session.query("select count(*) n from fact.sale where amount > 90", {}) == pa.table(
            {"n": [0]}
        )
    with warehouse.writing() as cursor:
        new = "select date '2031-01-01' as day, null::varchar as rep, 99 as amount"
        if is_replaced:
            cursor.execute(f"create or replace table fact.sale as {new}")
        else:
            cursor.execute(f"insert into fact.sale {new}")
    with sessions.reading() as session:
        assert amounts(session, late) == [99]
        assert session.query("select count(*) n from fact.sale where amount > 90", {}) == pa.table(
            {"n": [1]}
        )


def test_a_session_sees_one_state_and_the_next_one_what_was_loaded_meanwhile(
    warehouse: Warehouse, sessions: Sessions
) -> None:
    one = days(("2026-03-01", "a"))
    with sessions.reading() as session:
        version = session.version
        with warehouse.writing() as cursor:
            cursor.execute("create or replace table fact.sale as from fact.sale where rep = 'ann'")
        assert amounts(session, one) == [30]
        assert session.version == version
    with sessions.reading() as session:
        assert amounts(session, one) == [10]
        assert session.version == warehouse.version != version


def test_nothing_that_a_question_does_stays(sessions: Sessions) -> None:
    with sessions.reading() as session:
        session.cursor.execute("delete from fact.sale")
        assert amounts(session, days(("2026-03-01", "a"))) == [None]
    with sessions.reading() as again:
        assert again is session
        assert amounts(again, days(("2026-03-01", "a"))) == [30]


def test_a_query_that_fails_ends_its_session_and_a_question_refused_does_not(
    sessions: Sessions,
) -> None:
    with pytest.raises(QuestionError), sessions.reading() as refused:
        raise QuestionError("No.")
    with pytest.raises(duckdb.Error), sessions.reading() as failed:
        failed.query("select amount / 0, error('broken') from fact.sale", {})
    assert failed is refused
    with sessions.reading() as session:
        assert session is not failed
        assert amounts(session, days(("2026-03-01", "a"))) == [30]


def test_a_query_sees_no_table_of_the_question_before(sessions: Sessions) -> None:
    with sessions.reading() as session:
        assert amounts(session, days(("2026-03-01", "a"))) == [30]
        with pytest.raises(DefinitionError, match="asked_days"):
            amounts(session, {})


def test_many_threads_have_sessions_of_their_own(sessions: Sessions) -> None:
    together = threading.Barrier(4)
    found: dict[int, list[int | None]] = {}

    def ask(number: int) -> None:
        with sessions.reading() as session:
            together.wait(10)
            asked = days(*(("2026-03-01", str(each)) for each in range(number)))
            found[number] = [each for _ in range(20) for each in amounts(session, asked)]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == {number: [30] * number * 20 for number in range(4)}


def test_those_who_ask_together_take_turns_and_share_what_is_prepared(warehouse: Warehouse) -> None:
    sessions = of(warehouse, at_once=1)
    running: list[Session] = []
    used: set[Session] = set()
    most = 0

    def ask() -> None:
        nonlocal most
        with sessions.reading() as session:
            running.append(session)
            most = max(most, len(running))
            assert amounts(session, days(("2026-03-01", "a"))) == [30]
            used.add(session)
            running.remove(session)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert most == 1
    assert sessions._free == list(used)
    sessions.close()


def test_nobody_waits_for_long_behind_others(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.01)
    sessions = of(warehouse, at_once=1)
    one = days(("2026-03-01", "a"))
    with sessions.reading() as first, sessions.reading() as second:
        assert amounts(second, one) == amounts(first, one) == [30]
    # The one that was opened beside the others is closed once it is one too many.
    assert sessions._free == [first]
    with sessions.reading() as session:
        assert amounts(session, one) == [30]
    sessions.close()


def test_what_is_kept_is_bounded(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 200)
    with sessions.reading() as session:
        for number in range(20):
            sql = f"select {number} as n from fact.sale limit 1"
            assert session.query(sql, {}) == pa.table({"n": pa.array([number], pa.int32())})
        assert 1 < len(session._statements) < 7
        assert session.size == sum(map(len, session._statements)) <= 200
        kept = dict(session._statements)
        monkeypatch.setattr(module, "KEPT", session.size + 60)
        with sessions.reading() as other:
            for number in range(3):
                other.query(f"select {number} as n from fact.sale limit 1", {})
    # The one used last keeps what it has, the other one what is left of the room.
    assert sessions._free == [other, session]
    assert dict(session._statements) == kept
    assert list(other._statements) == ["select 2 as n from fact.sale limit 1"]
    assert session.size + other.size <= module.KEPT
    with sessions.reading() as again:
        monkeypatch.setattr(module, "KEPT", session.size)
    assert again is session
    assert sessions._free == [session]


def test_plans_are_let_go_when_the_data_change_and_at_the_end(
    warehouse: Warehouse, sessions: Sessions, tmp_path: Path
) -> None:
    with sessions.reading() as session:
        amounts(session, days())
    assert sessions._free == [session]
    with warehouse.writing() as cursor:
        cursor.execute("create or replace table fact.sale as from fact.sale")
    assert sessions._free == []
    with sessions.reading():
        sessions.close()
    assert sessions._free == []
    warehouse.close()
    again = Warehouse.open(tmp_path, Settings())
    again.close()


def worked_with(warehouse: Warehouse) -> int:
    """The bytes that DuckDB holds of what queries worked with."""
    told = "select sum(memory_usage_bytes) from duckdb_memory()"
    kinds = " where tag in ('HASH_TABLE', 'COLUMN_DATA')"
    found = warehouse.cursor().execute(told + kinds).fetchone()
    assert found is not None
    return int(found[0])


def test_statements_used_long_ago_let_go_of_what_they_worked_with_and_answer_as_before(
    warehouse: Warehouse, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = days(("2026-03-01", "a"))

    def ask() -> int:
        with sessions.reading() as session:
            assert amounts(session, one) == [30]
            assert session.query(f"{SALES} LIMIT 1", {**one, **NOBODY}).num_rows == 1
            assert len(session._statements) == 2
        return worked_with(warehouse)

    both = ask()
    assert both > 0
    monkeypatch.setattr(module, "WORKED_WITH", 1)
    assert 0 < ask() < both
    monkeypatch.setattr(module, "WORKED_WITH", 0)
    assert ask() == 0
    assert ask() == 0


def test_a_name_that_a_question_lends_first_is_known_to_later_ones(sessions: Sessions) -> None:
    late = pa.schema([("rate", pa.float64())])
    for rate in (1.5, 2.0, 0.5):
        with sessions.reading() as session:
            asked = {"asked_rate": pa.Table.from_pylist([{"rate": rate}], late)}
            for _ in range(2):
                sql = "SELECT sum(amount * rate) AS total FROM fact.sale, asked_rate"
                assert session.query(sql, asked)["total"].to_pylist() == [30 * rate]
    with sessions.reading() as session, pytest.raises(DefinitionError, match="asked_rate"):
        session.query(sql, {})


def test_a_result_takes_no_more_memory_than_its_rows(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sessions.reading() as session:
        before = pa.total_allocated_bytes()
        one = session.query("select 1.5::double as amount from fact.span", {})
        # Arrow's own memory holds it, in its smallest piece; DuckDB's room for a batch is gone.
        assert pa.total_allocated_bytes() - before == 64
        assert one.to_pylist() == [{"amount": 1.5}]
        monkeypatch.setattr(module, "BATCH", 2048)
        many = session.query("select i, null as nothing from range(5000) r(i)", {})
    assert many["i"].num_chunks == 1
    assert many["i"].to_pylist() == list(range(5000))
    assert many["nothing"].null_count == 5000
