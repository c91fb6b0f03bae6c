"""Ten thousand hostile rows: every malformed one is set aside with its reason, the rest is kept."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from foresail.model import TABLES
from tests.load.conftest import Project, counts
from tests.load.hostile import NATIVE_VALUE, Row, as_csv, as_ndjson, rows, tables

SEED = 20_241
A_TABLE = {"csv": 260, "ndjson": 120}


def check(project: Project, made: dict[str, list[Row]]) -> None:
    """Exactly the malformed rows of each file were set aside, each for its own fault."""
    found: dict[str, dict[int, tuple[str, str]]] = {name: {} for name in made}
    for name, number, reason, text in project.rows(
        "select table_name, row_number, reason, row_text from meta.quarantine"
    ):
        assert number not in found[name]
        found[name][number] = (reason, text)
    for name, all_rows in made.items():
        bad = {number: row for number, row in enumerate(all_rows, 1) if row.fault}
        accepted = [(name, bad[number]) for number in sorted(bad.keys() - found[name].keys())]
        refused = [
            (name, found[name][number]) for number in sorted(found[name].keys() - bad.keys())
        ]
        assert (accepted[:5], refused[:5]) == ([], [])
        for number, row in bad.items():
            reason, text = found[name][number]
            if row.fault == "line":
                assert reason.startswith("the line ")
            else:
                shown = "" if row.value == NATIVE_VALUE else row.value.strip()[:100]
                said = f"{row.fault}: '{shown}" if row.value.strip() else f"{row.fault} is missing"
                assert reason.startswith(said), reason
                assert f'"{row.fault}":' in text


def stored(project: Project, name: str) -> int:
    return int(project.rows(f"select count(*) from canonical.{name}")[0][0])


def test_ten_thousand_rows_of_every_table_as_csv_and_ndjson(project: Project) -> None:
    total = 0
    for form, a_table in A_TABLE.items():
        made = {table.name: rows(table, a_table, SEED + a_table) for table in tables()}
        before = {name: stored(project, name) for name in made}
        for table in tables():
            if form == "csv":
                content = as_csv(table, made[table.name])
            else:
                content, kept = as_ndjson(table.name, made[table.name], random.Random(SEED))
                made[table.name] = kept
            project.write(f"{form}/{table.name}.{form}", content)
        report = project.load(form)
        for each in report.tables:
            bad = sum(bool(row.fault) for row in made[each.table])
            read, accepted, updated, unchanged, aside = counts(each)
            assert (each.table, read, aside) == (each.table, a_table, bad)
            assert accepted + updated + unchanged + aside == a_table
            assert stored(project, each.table) == before[each.table] + accepted
            total += read
        check(project, made)
        with project.warehouse.writing() as cursor:
            cursor.execute("delete from meta.quarantine")
    assert total == sum(A_TABLE.values()) * len(TABLES) > 10_000


def test_the_same_seed_makes_the_same_rows() -> None:
    table = TABLES["activity"]
    assert as_csv(table, rows(table, 50, 1)) == as_csv(table, rows(table, 50, 1))
    assert as_csv(table, rows(table, 50, 1)) != as_csv(table, rows(table, 50, 2))


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(("csv", "ndjson")), st.lists(st.binary(max_size=30), min_size=1, max_size=6))
def test_whatever_a_line_holds_the_others_are_kept(form: str, lines: list[bytes]) -> None:
    good = {
        "csv": (b"rep_id,name", b"first,Ann", b"last,Zo\xc3\xab"),
        "ndjson": (b"", b'{"rep_id": "first", "name": "Ann"}', b'{"rep_id": "last"}'),
    }[form]
    middle = [line.replace(b"\n", b"").replace(b"\r", b"") for line in lines]
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        try:
            project.write(f"rep.{form}", b"\n".join([*good[:2], *middle, good[2], b""]))
            report = project.load()
            read, accepted, updated, unchanged, aside = counts(report)
            assert read == accepted + updated + unchanged + aside
            assert read == 2 + sum(is_a_line(form, line) for line in middle)
            assert {"first", "last"} <= set(project.column("rep", "rep_id"))
        finally:
            project.warehouse.close()


def is_a_line(form: str, line: bytes) -> bool:
    """Whether a line counts as a row of the file; a blank one does not."""
    return line != b"" if form == "csv" else line.strip() != b""
