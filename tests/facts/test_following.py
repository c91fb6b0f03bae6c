"""Facts that follow a change of a few records are the same as if they were made anew."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from foresail.facts.making.following import follow
from foresail.facts.making.refresh import plan, refresh
from foresail.load import load_files
from foresail.model import TABLES
from foresail.model.links import links
from foresail.warehouse import Settings, Warehouse
from foresail.warehouse.changes import Changes
from tests.facts.test_emptiness import facts
from tests.oracle.worlds import Row, organisation, worlds

Rows = Mapping[str, Sequence[Row]]
EXAMPLES = 12
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
            is_done = follow(cursor, plan(warehouse.settings), changes)
            found = facts(cursor)
            left = cursor.execute(
                "select table_name from information_schema.tables where table_catalog = 'temp'"
            ).fetchall()
            assert left == [("changed",)]
            refresh(cursor, warehouse.settings)
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
