"""Sums that are kept beside the facts answer what the facts answer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foresail.core.dimensions import ACTOR
from foresail.core.errors import DefinitionError
from foresail.core.rollups import Rollup
from foresail.core.scope import Scope
from foresail.engine.windows import Moment
from foresail.facts.activities import STARTED, Activities
from foresail.project import Project
from foresail.project.asking import Words, resolve
from foresail.warehouse import Settings
from foresail.warehouse.working_days import WorkingDays
from tests.catalogue import drawn
from tests.world import by, world

STORY = "2026-08-01..2026-11-20"
KPIS = (
    "outbound_calls",
    "connect_rate",
    "emails_sent",
    "social_touches",
    "talk_time",
    "outbound_activities",
    "missed_calls",
    "prospects_approached",
)
SHAPES: tuple[dict[str, Any], ...] = (
    {"by": "rep", "period": "2026-10", "compare": "previous"},
    {"by": ("team", "role"), "grain": "week", "period": STORY},
    {"by": ("weekday", "manager"), "period": STORY, "where": {"seniority": ["senior", "junior"]}},
    {"by": "rep", "period": "2026-08-15..2026-11-10", "compare": "previous"},
    {"by": "source", "period": STORY},
    {"period": "all"},
)
INSTANTS = st.datetimes(dt.datetime(2026, 8, 1), dt.datetime(2026, 12, 3))


def sql_of(project: Project, *kpis: str, **words: Any) -> str:
    """The SQL of a question, for what it reads."""
    with project._reader() as reader:
        asked = resolve(reader.data, project.settings, project.catalogue, Words(kpis, **words))
        return reader.plan(asked.question).sql


def assert_same(project: Any, facts: Any, words: dict[str, Any]) -> None:
    rolled, whole = project.ask(*KPIS, **words), facts.ask(*KPIS, **words)
    assert rolled.rows == whole.rows
    assert rolled.notes == whole.notes


@pytest.mark.parametrize("words", SHAPES[:3], ids=str)
def test_days_that_are_over_are_read_from_the_rollup(
    project: Project, words: dict[str, Any]
) -> None:
    names = words["by"] if isinstance(words["by"], tuple) else (words["by"],)
    sql = sql_of(project, *KPIS, **{**words, "by": names})
    assert '"activity_day"' in sql
    assert '"activity_day"' not in sql_of(project.from_facts(), *KPIS, **{**words, "by": names})


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(as_of=INSTANTS)
def test_rollups_answer_as_the_facts_do_at_any_instant(
    project: Project, as_of: dt.datetime
) -> None:
    facts = project.from_facts()
    for words in SHAPES:
        assert_same(project, facts, {**words, "as_of": as_of.isoformat()})
    with project._cursor() as cursor:
        (boss, *_), (rep, *_) = (
            cursor.execute(
                f"select distinct actor_{column} from fact.activity"
                f" where actor_{column} is not null order by 1"
            ).fetchall()[0]
            for column in ("manager", "rep")
        )
    for scope in (Scope.of_manager(boss), Scope.of_rep(rep), Scope.of_rep(boss)):
        words = {"by": "team", "period": "2026-10", "as_of": as_of.isoformat()}
        assert_same(project.scoped(scope), facts.scoped(scope), words)


CALLS = drawn("""
    activity_id | kind  | outcome   | rep_id | occurred_at      | duration_seconds
    c1          | call  | connected | ann    | 2026-03-02T09:00 | 60
    c2          | call  | connected | ann    | 2026-03-02T10:00 |
    c3          | call  | no_answer | ann    | 2026-03-03T09:00 |
    c4          | call  | connected | bob    | 2026-03-31T09:00 | 90
    c5          | call  | connected | bob    | 2026-03-31T15:00 | 30
    c6          | call  | connected | cid    | 2026-02-27T09:00 |
    m1          | email |           | ann    | 2026-03-02T11:00 |
""")
DELETED = {"c3": "2026-03-20T12:00"}
OUTBOUND = [
    {**row, "direction": "outbound", "deleted_at": DELETED.get(row["activity_id"])} for row in CALLS
]


def test_what_is_not_additive_is_no_rollup() -> None:
    with pytest.raises(DefinitionError, match="cannot sum people touched beforehand"):
        Rollup("people_day", STARTED, ACTOR, (Activities.people,))


def test_a_day_that_clocks_repeat_is_not_over() -> None:
    # In 2006 St John's put its clocks back from 0:01 to 23:01 of the day before.
    zone = ZoneInfo("America/St_Johns")
    working = WorkingDays(Settings(name="World"), dt.date(2006, 10, 1), dt.date(2006, 11, 30))
    at = {
        minute: Moment(dt.datetime(2006, 10, 29, 2, minute), zone, working)
        for minute in (29, 30, 31)
    }
    assert {minute: each.today.day for minute, each in at.items()} == {29: 28, 30: 29, 31: 28}
    assert {each.settled_on.day for each in at.values()} == {28}


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return world(
        tmp_path_factory.mktemp("calls"), activity=OUTBOUND, settings='zone = "Europe/Berlin"'
    )


def test_the_day_that_goes_on_is_read_to_the_instant(calls: Project) -> None:
    now = calls.ask("outbound_calls", "talk_time", by="rep", as_of="2026-03-31T12:00")
    late = calls.ask("outbound_calls", "talk_time", by="rep", as_of="2026-03-31T15:00")

    # Noon in Berlin: Bob's second call is not made yet, and Ann's third was deleted on the 20th.
    assert by(now, "rep", "outbound_calls") == {"Ann": 2, "Bob": 1, "Cid": 0}
    assert by(now, "rep", "talk_time") == {"Ann": 60, "Bob": 90, "Cid": 0}
    assert by(late, "rep", "talk_time") == {"Ann": 60, "Bob": 120, "Cid": 0}
    unknown = "Activities without a known value or exchange rate, which add nothing: 1."
    assert unknown in now.notes  # Ann's second call


def test_before_its_deletion_a_row_counts(calls: Project) -> None:
    before = calls.ask("outbound_calls", by="rep", period="2026-03", as_of="2026-03-20T11:59")
    after = calls.ask("outbound_calls", by="rep", period="2026-03", as_of="2026-03-20T13:00")

    assert by(before, "rep", "outbound_calls") == {"Ann": 3, "Bob": 0, "Cid": 0}
    assert by(after, "rep", "outbound_calls") == {"Ann": 2, "Bob": 0, "Cid": 0}


def test_where_all_values_are_unknown_so_is_their_sum(calls: Project) -> None:
    row = calls.ask("talk_time", "outbound_calls", period="2026-02", as_of="2026-03-31").rows[0]
    assert (row["talk_time"], row["outbound_calls"]) == (None, 1)


ALL_TIME = drawn("""
    activity_id | kind  | outcome   | rep_id | occurred_at
    old         | call  | connected | ann    | 2025-11-30T09:00
    month       | call  | no_answer | ann    | 2026-02-10T09:00
    week        | call  | connected | ann    | 2026-03-30T09:00
    today       | call  | connected | ann    | 2026-03-31T09:00
    later       | call  | connected | ann    | 2026-03-31T18:00
    undated     | call  | connected | ann    |
    gone        | call  | connected | bob    |
""")


def test_all_there_ever_was_comes_from_the_rollup_and_the_rows_without_a_date(
    tmp_path: Path,
) -> None:
    rows = [{**row, "direction": "outbound"} for row in ALL_TIME]
    rows[-1]["deleted_at"] = "2026-03-01T12:00"
    project = world(tmp_path, activity=rows)
    words: dict[str, Any] = {"by": ("rep",), "period": "all", "as_of": "2026-03-31T12:00"}
    found = project.ask("outbound_calls", "connect_rate", **words)

    # The call of the evening was not made yet; Bob's was deleted.
    assert by(found, "rep", "outbound_calls")["Ann"] == 5
    assert by(found, "rep", "connect_rate")["Ann"] == 4 / 5
    assert not by(found, "rep", "outbound_calls").get("Bob")
    assert '"activity_day"' in sql_of(project, "outbound_calls", **words)
    before = project.ask("outbound_calls", **{**words, "as_of": "2026-03-01T11:00"})
    # Old, of the month, undated; and Bob's, which was still there.
    assert by(before, "rep", "outbound_calls") == {"Ann": 3, "Bob": 1, "Cid": 0}
    assert found.rows == project.from_facts().ask("outbound_calls", "connect_rate", **words).rows
