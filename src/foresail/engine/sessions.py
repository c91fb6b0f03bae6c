"""Connections that stay open between questions, each with the statements prepared on it.

DuckDB takes longer to plan most queries than to run them. A statement that is prepared is planned
once for each state of the data; what a question is about comes as small tables and values.
"""

from __future__ import annotations

import contextlib
import os
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import duckdb

from foresail.core.errors import DefinitionError, ForesailError, QuestionError
from foresail.engine.dialects import DAYS, DUCKDB
from foresail.warehouse import Warehouse
from foresail.warehouse.memory import within_memory

if TYPE_CHECKING:
    import pyarrow as pa

KEPT = 10_000_000
"""How much SQL may stay prepared, in characters.

A plan takes about 25 bytes for each of them, and 65 once it was executed: its joins keep empty
tables. All pages of an organisation, as each role sees them, take 7 million in each session.
"""

WORKED_WITH = 8
"""How many statements of a session may hold what they last worked with: 1 to 4 MB each."""

PATIENCE_SECONDS = 2.0
"""How long a question waits for its turn at most: it may stand behind a long one."""

BATCH = 8192
"""How many rows DuckDB hands over at once.

For each column it sets aside room for so many, however few there are: 8 MB for a million, which is
its own default.
"""

LESS = "Ask for a shorter period, or for fewer KPIs at once"

ASKED = re.compile(r"\basked_\w+")

LOOK = "from fact.span"
"""The least that may be read: DuckDB shows a transaction the state of its first look."""


class Lent:
    """A table that a connection knows by one name, whatever it holds.

    DuckDB asks for the content each time that a query reads it, and knows nothing else of it. So a
    plan cannot rest on what it held before.
    """

    def __init__(self, schema: pa.Schema):
        self.nothing = schema.empty_table()
        self.table = self.nothing
        self.is_refused = False

    def __arrow_c_schema__(self) -> Any:
        return self.table.schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        if self.is_refused:
            raise RefusedError
        return self.table.__arrow_c_stream__(requested_schema)


class RefusedError(Exception):
    """A lent table is not given: what asked for it ends."""


class Session:
    """A connection for one thread at a time, which sees one state of the data.

    `version` names that state, unless the data were changing when it was looked at. Only then is
    nothing prepared.
    """

    def __init__(self, warehouse: Warehouse, lent: Mapping[str, pa.Schema]):
        self.version: int | None = None
        self.cursor = warehouse.cursor()
        self._warehouse = warehouse
        look = self._prepared_look()
        self._begin, self._look, self._undo = self._parsed("begin", look, "rollback")
        self._lent: dict[str, Lent] = {}
        self._new: list[str] = []
        for name, schema in lent.items():
            self._lend(name, schema)
        self._statements: OrderedDict[str, str] = OrderedDict()
        self._worked: OrderedDict[str, str] = OrderedDict()
        self._prepared_with: int | None = None
        self._count = 0
        self.size = 0

    def begin(self) -> None:
        """See the latest state from now on, and no later one until the end."""
        version = self._warehouse.version
        self.cursor.execute(self._begin)
        self.cursor.execute(self._look)
        is_sure = version % 2 == 0 and version == self._warehouse.version
        self.version = version if is_sure else None
        if self.version != self._prepared_with:
            self.forget()
            self._prepared_with = self.version

    def end(self) -> None:
        """See nothing any more; nothing that was done is kept."""
        self.version = None
        for table in self._lent.values():
            table.table = table.nothing
        self._roll_back()
        if len(self._worked) > WORKED_WITH:
            self._rest()

    @property
    def is_late(self) -> bool:
        """Whether what is prepared rests on data that were replaced."""
        return self._prepared_with != self._warehouse.version

    def query(self, sql: str, asked: Mapping[str, pa.Table]) -> pa.Table:
        """The result of a query that sees the asked tables by their names.

        It has no parameters: DuckDB would plan it anew for each of their values.
        """
        text = self._with_lent(sql, asked)
        statement = text
        if self.version is not None and not self._warehouse.is_export:
            statement = f"execute {self._prepared(text)}"
            if text is not sql:
                self._worked[text] = self._statements[text]
                self._worked.move_to_end(text)
        try:
            return self._result(statement)
        except duckdb.OutOfMemoryException:
            if not self._warehouse.means.is_little:
                raise
        return self._at_large(text)

    def execute(
        self, sql: str, asked: Mapping[str, pa.Table], values: Any = ()
    ) -> duckdb.DuckDBPyConnection:
        """The cursor with the result of a query that is asked too rarely to be prepared."""
        return self.cursor.execute(self._with_lent(sql, asked), values)

    def forget(self, most: int = 0) -> None:
        """Let go of everything that was prepared, or of so much that at most so much is left.

        What was used longest ago is let go of first.
        """
        while self._statements and self.size > most:
            self._forget_one()

    def close(self) -> None:
        """Let go of the connection."""
        self.cursor.close()

    def _lend(self, name: str, schema: pa.Schema) -> None:
        """Make a name known under which tables of one schema are lent from now on."""
        self._lent[name] = Lent(schema)
        self.cursor.register(_lent_name(name), self._lent[name])

    def _roll_back(self) -> None:
        """End the transaction; names that were first lent in it are known all the same."""
        self.cursor.execute(self._undo)
        while self._new:
            name = self._new.pop()
            self.cursor.register(_lent_name(name), self._lent[name])

    def _parsed(self, *texts: str) -> list[duckdb.Statement]:
        """Statements that every question needs, parsed once."""
        return [statement for text in texts for statement in self.cursor.extract_statements(text)]

    def _prepared_look(self) -> str:
        """What looks at the data first, planned once where plans hold."""
        if self._warehouse.is_export:
            return LOOK
        self.cursor.execute(f"prepare look as {LOOK}")
        return "execute look"

    def _with_lent(self, sql: str, asked: Mapping[str, pa.Table]) -> str:
        """The query after the asked tables that it names, each read once however often it does."""
        named = _asked_names(sql)
        for name in named:
            if name in asked and name not in self._lent:
                self._lend(name, asked[name].schema)
                self._new.append(name)
        names = [name for name in named if name in self._lent]
        for name in names:
            if name not in asked:
                raise DefinitionError(f"A query reads {name}, which its question does not give.")
            schema = self._lent[name].table.schema
            is_as_lent = asked[name].schema.equals(schema)
            self._lent[name].table = asked[name] if is_as_lent else asked[name].cast(schema)
        if not names:
            return sql
        parts = {name: f"FROM {_lent_name(name)}" for name in names}
        if DAYS in named:
            parts[DAYS] = DUCKDB.days
        given = ", ".join(f"{name} AS MATERIALIZED ({rows})" for name, rows in parts.items())
        for start in ("WITH RECURSIVE ", "WITH "):
            if sql.startswith(start):
                return f"{start}{given}, {sql.removeprefix(start)}"
        return f"WITH {given} {sql}"

    def _at_large(self, text: str) -> pa.Table:
        """The result of a query for which what questions are given was too little.

        Errors: `QuestionError` when the data changed just now, so that one answer would be of two
        states.
        """
        before = self.version
        self._roll_back()
        with self._warehouse.means.at_large():
            self.begin()
            if self.version != before or before is None:
                raise QuestionError("The data changed while this question was answered. Ask again.")
            return self._result(text)

    def _result(self, statement: str) -> pa.Table:
        """The result of a statement, copied into as much memory as its rows take.

        Answers are kept for long, and what DuckDB hands over keeps the room of whole batches.
        """
        import pyarrow as pa

        found = self.cursor.execute(statement).to_arrow_table(BATCH)
        return pa.concat_tables([found, found.slice(length=0)]).combine_chunks()

    def _prepared(self, sql: str) -> str:
        """The name of the statement for a query, prepared now if it is not."""
        if sql in self._statements:
            self._statements.move_to_end(sql)
            return self._statements[sql]
        self._count += 1
        name = f"statement_{self._count}"
        self.cursor.execute(f"prepare {name} as {sql}")
        self._statements[sql] = name
        self.size += len(sql)
        while self.size > KEPT and len(self._statements) > 1:
            self._forget_one()
        return name

    def _rest(self) -> None:
        """Let statements go of what they last worked with, those used longest ago first.

        DuckDB keeps it until a statement is executed again: so it is, on tables that are refused,
        which takes a thirtieth of what the statement does.
        """
        for table in self._lent.values():
            table.is_refused = True
        while len(self._worked) > WORKED_WITH:
            _, name = self._worked.popitem(last=False)
            with contextlib.suppress(duckdb.Error):
                self.cursor.execute(f"execute {name}")
        for table in self._lent.values():
            table.is_refused = False

    def _forget_one(self) -> None:
        sql, name = self._statements.popitem(last=False)
        self._worked.pop(sql, None)
        self.size -= len(sql)
        self.cursor.execute(f"deallocate {name}")


class Sessions:
    """The sessions of a warehouse; safe to use from many threads.

    Those that are free wait for the next question; the last one to be used is taken first, since
    most is prepared there. At most `at_once` questions run together, as many as there are cores:
    more would take as long in all, and each session plans for itself what others have prepared.
    """

    def __init__(
        self,
        warehouse: Warehouse,
        lent: Callable[[], Mapping[str, pa.Schema]],
        at_once: int = os.cpu_count() or 1,
    ):
        self._warehouse = warehouse
        self._given = lent
        self._free: list[Session] = []
        self._is_closed = False
        self._at_once = at_once
        self._lock = threading.Lock()
        self._turns = threading.Semaphore(at_once)
        warehouse.watch(self._let_go)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one consistent state, whatever is loaded meanwhile."""
        with self._turn(), self._warehouse.means.answering():
            session = self._taken()
            is_sound = False
            try:
                session.begin()
                with within_memory("This question", LESS, self._warehouse.limit, QuestionError):
                    yield session
                is_sound = True
            except ForesailError:
                is_sound = True
                raise
            finally:
                self._give_back(session, is_sound=is_sound)

    def close(self) -> None:
        """Let go of all sessions, and of those in use when they are given back."""
        self._is_closed = True
        self._let_go()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait until it is a question's turn, or for as long as is to be borne."""
        is_turn = self._turns.acquire(timeout=PATIENCE_SECONDS)
        try:
            yield
        finally:
            if is_turn:
                self._turns.release()

    def _taken(self) -> Session:
        with self._lock:
            if self._free:
                return self._free.pop()
        return Session(self._warehouse, self._given())

    def _give_back(self, session: Session, *, is_sound: bool) -> None:
        """Keep a session for the next question, unless something broke in it or the data changed.

        No more of them are kept than questions may run at once; the one with least prepared goes.
        What is prepared in all free ones together is bounded: those used longest ago let go of what
        is too much, and are closed once nothing is left there.
        """
        if not is_sound:
            session.close()
            return
        session.end()
        with self._lock:
            surplus = [session]
            if not (self._is_closed or session.is_late):
                self._free.append(session)
                surplus = []
            if len(self._free) > self._at_once:
                least = min(self._free, key=lambda one: one.size)
                self._free.remove(least)
                surplus.append(least)
            while len(self._free) > 1 and (over := sum(one.size for one in self._free) - KEPT) > 0:
                self._free[0].forget(most=self._free[0].size - over)
                if not self._free[0].size:
                    surplus.append(self._free.pop(0))
        for each in surplus:
            each.close()

    def _let_go(self) -> None:
        """Close all that are free: a plan of the data before keeps them in memory."""
        with self._lock:
            free, self._free = self._free, []
        for each in free:
            each.close()


@lru_cache(maxsize=8192)
def _asked_names(sql: str) -> tuple[str, ...]:
    """The names of asked tables that a query reads, in one order; days are made of windows."""
    names = set(ASKED.findall(sql))
    return tuple(sorted({*names, "asked_window"} if DAYS in names else names))


def _lent_name(name: str) -> str:
    return f"lent_{name}"
