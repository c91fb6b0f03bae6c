"""Facts that follow a change of a few records are the same as if they were made anew."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from foresail.facts.activities import Activities
from foresail.facts.making.following.follow import follow
from foresail.facts.making.makings import Plan
from foresail.facts.making.refresh import plan, refresh
from foresail.facts.making.rollups import merge
from foresail.load import load_files
from foresail.model import TABLES
from foresail.model.links import links
from foresail.project import Project
from foresail.warehouse import Settings, Warehouse
from foresail.warehouse.changes import Changes
from tests.facts.numbered import wrongly_numbered
from tests.facts.test_emptiness import facts
from tests.oracle import WORLDS
from tests.oracle.worlds import Row, organisation, worlds
from tests.world import world

Rows = Mapping[str, Sequence[Row]]
EXAMPLES = max(4, WORLDS // 16)
NUMBER = 3
"""The organisation whose worlds are drawn: one set of settings, one plan."""


def opened(folder: Path, lines: str) -> Warehouse:
    """An empty warehouse of an organisation."""
    (folder / "foresail.toml").write_text(
        f'name = "World"\n{lines}\n[warehouse]\nthreads = 1\n', encoding="utf-8"
    )
    return Warehouse.open(folder, Settings.read(folder))


def written(folder: Path, rows: Rows) -> Path:
    """A folder with some rows as files."""
    folder.mkdir()
    for name, each in rows.items():
        text = "\n".join(json.dumps(row) for row in each)
        if each:
            (folder / f"{name}.ndjson").write_text(text, encoding="utf-8")
    return folder


def split(rows: Rows, chance: Random) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
    """Most rows to begin with, and then a few: the rest, and some again with other values."""
    first: dict[str, list[Row]] = {name: [] for name in rows}
    then: dict[str, list[Row]] = {name: [] for name in rows}
    share = chance.choice((0.05, 0.2))
    for name, each in rows.items():
        is_linked = bool(links(TABLES[name]))
        for row in each:
            is_late = is_linked and chance.random() < share
            (then if is_late else first)[name].append(row)
            if not is_late and is_linked and chance.random() < share / 2:
                then[name].append(other_values(row, chance.choice(each), name, chance))
    return first, then


def other_values(row: Row, other: Row, table: str, chance: Random) -> Row:
    """A row with some values of another one; its key stays."""
    keys = {column.name for column in TABLES[table].key}
    return {
        name: other.get(name) if name not in keys and chance.random() < 0.3 else value
        for name, value in row.items()
    }


def merged(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make one row of all that stand for the same sums: rollups grow by changes."""
    for each in Activities.rollups:
        merge(cursor, each)


def followed(folder: Path, lines: str, first: Rows, then: Rows) -> tuple[bool, Any, Any]:
    """Whether facts followed the second load; these facts, and those that are made anew."""
    warehouse = opened(folder, lines)
    try:
        with warehouse.writing() as cursor, Changes(cursor) as changes:
            load_files(cursor, warehouse.settings, [written(folder / "first", first)], changes)
            refresh(cursor, warehouse.settings)
        files = written(folder / "then", then)
        if not any(files.iterdir()):
            return False, {}, {}
        with warehouse.writing() as cursor, Changes(cursor, many=0) as changes:
            load_files(cursor, warehouse.settings, [files], changes)
            is_done = follow(cursor, Plan(plan(warehouse.settings)), changes)
            merged(cursor)
            assert not list(wrongly_numbered(cursor))
            found = facts(cursor)
            refresh(cursor, warehouse.settings)
            merged(cursor)
            return is_done, found, facts(cursor)
    finally:
        warehouse.close()


def test_facts_that_follow_are_those_made_anew() -> None:
    decided = organisation(NUMBER)
    outcomes: Counter[bool] = Counter()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(rows=worlds(decided), seed=st.integers(0, 2**32))
    def is_same(rows: dict[str, list[Row]], seed: int) -> None:
        first, then = split(rows, Random(seed))
        with tempfile.TemporaryDirectory() as directory:
            is_done, ours, anew = followed(Path(directory), decided.lines(), first, then)
        outcomes[is_done] += 1
        if not is_done:
            return
        note(json.dumps({"first": first, "then": then}))
        wrong = [name for name in anew if ours.get(name) != anew[name]]
        assert ours.keys() == anew.keys()
        assert not wrong, f"{wrong[0]}: {ours[wrong[0]]} is not {anew[wrong[0]]}"

    is_same()
    assert outcomes[True] >= EXAMPLES / 2, outcomes


LEADS = tuple(
    {
        "lead_id": f"lead{number}",
        "owner_id": "ann",
        "channel": "inbound",
        "created_at": f"2026-03-{number:02}T08:00:00Z",
    }
    for number in range(1, 13)
)
CALLS = tuple(
    {
        "activity_id": f"call{number}",
        "kind": "call",
        "direction": "outbound",
        "rep_id": "ann",
        "lead_id": f"lead{number}",
        "occurred_at": f"2026-03-{number:02}T09:00:00Z",
    }
    for number in range(1, 13)
)
EARLIER = {**CALLS[0], "activity_id": "earlier", "occurred_at": "2026-03-01T08:30:00Z"}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Twelve leads, called once each; the facts know of a further one, which no record tells of."""
    made = world(tmp_path, lead=LEADS, activity=CALLS)
    with made.warehouse.writing() as cursor:
        cursor.execute("insert into fact.lead (lead_id) values ('not there')")
    yield made
    made.close()


def loaded(project: Project, tmp_path: Path, **rows: Sequence[Row]) -> bool:
    """Load rows; whether facts followed: then what is told of other records stays as it was."""
    project.load(written(tmp_path / "more", rows))
    with project.warehouse.writing() as cursor:
        found = cursor.execute("select 1 from fact.lead where lead_id = 'not there'").fetchone()
    return found is not None


def test_one_more_call_is_followed(project: Project, tmp_path: Path) -> None:
    kpis = ("outbound_calls", "lead_response_time")
    before = project.ask(*kpis, by="rep", period="2026-03").rows[0]
    assert loaded(project, tmp_path, activity=[EARLIER])
    after = project.ask(*kpis, by="rep", period="2026-03-01").rows[0]
    assert (before["outbound_calls"], before["lead_response_time"]) == (12, 3600)
    assert (after["outbound_calls"], after["lead_response_time"]) == (2, 1800)


def test_a_call_that_goes_to_another_lead_leaves_the_first(
    project: Project, tmp_path: Path
) -> None:
    assert loaded(project, tmp_path, activity=[{**CALLS[1], "lead_id": "lead1"}])
    with project.warehouse.writing() as cursor:
        found = cursor.execute(
            "select lead_id, count(*) from fact.touch "
            "where lead_id in ('lead1', 'lead2') group by 1"
        ).fetchall()
    assert found == [("lead1", 2)]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ({"rep": [{"rep_id": "ann", "team": "west"}]}, "every fact names the team"),
        ({"lead": [{**each, "source": "a"} for each in LEADS[:4]]}, "four leads of twelve"),
        ({"activity": [{**EARLIER, "rep_id": "new"}]}, "nobody had named this rep"),
        ({"survey_response": [{"survey_id": "s", "score": 9}]}, "it is nobody's survey"),
    ],
)
def test_facts_are_made_anew_after_others(
    project: Project, tmp_path: Path, rows: dict[str, list[Row]], why: str
) -> None:
    assert not loaded(project, tmp_path, **rows), why


def test_what_tells_of_everything_is_made_anew_beside(project: Project, tmp_path: Path) -> None:
    assert loaded(project, tmp_path, activity=[{**EARLIER, "occurred_at": "2026-02-02T09:00:00Z"}])
    with project.warehouse.writing() as cursor:
        span = cursor.execute("select first_on::varchar, last_on::varchar from fact.span")
        assert span.fetchall() == [("2026-02-02", "2026-03-12")]
