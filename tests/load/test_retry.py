"""Rows set aside are tried again: those that pass are loaded once, the others stay."""

from __future__ import annotations

from decimal import Decimal

import pytest

from foresail.core.errors import SourceError
from foresail.load import LoadReport
from foresail.load.history import loads, set_aside
from foresail.load.retrying import Choice, Mended, retry_rows
from foresail.warehouse.changes import Changes
from tests.load.conftest import Project, counts

DEALS = "id,owner,value,opened\n1,Ann,100,2026-01-05\n2,Bob,2x0,2026-01-06\n3,Eve,n/a,2026-01-07\n"
MAPPING = """
[opportunity]
from = "deals.csv"
opportunity_id = "id"
owner_id = "owner"
amount = "value"
created_at = "opened"
"""
MENDED = MAPPING.replace('"value"', "\"nullif(value, 'n/a')\"")


ALL = Choice()


def retried(
    project: Project, choice: Choice = ALL, mapping: str = "", dry_run: bool = False
) -> LoadReport:
    mended = [Mended("", mapping)] if mapping else []
    with project.warehouse.writing() as cursor, Changes(cursor) as changes:
        return retry_rows(cursor, project.settings, choice, changes, mended=mended, dry_run=dry_run)


def waiting(project: Project) -> list[tuple[str, int]]:
    return [(each.reason, each.rows) for each in set_aside(project.warehouse.cursor())]


def test_a_row_that_passes_leaves_and_is_loaded_once(project: Project) -> None:
    project.write("deals.csv", DEALS)
    assert counts(project.load(mapping=MAPPING)) == (3, 1, 0, 0, 2)
    assert waiting(project) == [("amount is not an amount", 2)]
    assert counts(retried(project, mapping=MENDED)) == (2, 1, 0, 0, 1)
    assert project.rows("select opportunity_id, amount from canonical.opportunity order by 1") == [
        ("1", 100),
        ("3", None),
    ]
    assert waiting(project) == [("amount is not an amount", 1)]
    assert project.reasons() == ["amount: '2x0' is not an amount"]
    last = loads(project.warehouse.cursor())[0]
    assert (last.load_id, last.read, last.accepted, last.quarantined) == (2, 1, 1, 0)
    assert last.files == ("deals.csv (set aside by load 1)",)
    assert counts(project.load(mapping=MENDED)) == (3, 0, 0, 2, 1)


def test_what_does_not_pass_stays_as_it_was(project: Project) -> None:
    project.write("deals.csv", DEALS)
    project.load(mapping=MAPPING)
    report = retried(project)
    assert report.load_id is None
    assert counts(report) == (2, 0, 0, 0, 2)
    assert waiting(project) == [("amount is not an amount", 2)]
    assert len(loads(project.warehouse.cursor())) == 1


def test_a_dry_run_keeps_nothing(project: Project) -> None:
    project.write("deals.csv", DEALS)
    project.load(mapping=MAPPING)
    assert counts(retried(project, mapping=MENDED, dry_run=True)) == (2, 1, 0, 0, 1)
    assert waiting(project) == [("amount is not an amount", 2)]
    assert project.column("opportunity", "opportunity_id") == ["1"]


def test_a_row_that_a_later_load_has_overtaken_changes_nothing(project: Project) -> None:
    project.write("deals.csv", DEALS)
    project.load(mapping=MAPPING)
    project.write("deals.csv", "id,owner,value,opened\n3,Eve,70,2026-01-07\n")
    project.load(mapping=MAPPING)
    assert counts(retried(project, mapping=MENDED)) == (2, 0, 0, 1, 1)
    assert project.rows("select amount from canonical.opportunity where opportunity_id = '3'") == [
        (70,)
    ]
    assert waiting(project) == [("amount is not an amount", 1)]


def test_only_the_chosen_rows_are_tried(project: Project) -> None:
    project.write("rep.csv", "rep_id,hired_on\nann,2026-02-30\n,2026-01-01\n")
    project.load()
    assert sorted(waiting(project)) == [("hired_on is not a date", 1), ("rep_id is missing", 1)]
    report = retried(project, Choice(1, "rep", "rep_id is missing"))
    assert counts(report) == (1, 0, 0, 0, 1)
    with pytest.raises(SourceError, match="No such row"):
        retried(project, Choice(7))


def test_lines_that_are_no_rows_cannot_be_tried(project: Project) -> None:
    project.write("rep.csv", "rep_id,name\nann,Ann,too,many\nbob,Bob\n")
    project.load()
    with pytest.raises(SourceError, match="could not be read as rows"):
        retried(project)
    assert not set_aside(project.warehouse.cursor())[0].can_be_tried


def test_values_keep_the_types_of_their_file(project: Project) -> None:
    project.write(
        "deals.json",
        '[{"id": 7, "who": {"name": "Ann"}, "tags": ["a"], "sum": 12.5, "day": "2026-13-01"},'
        ' {"id": 8, "who": {"name": "Bob"}, "tags": [], "sum": 1e3, "day": "x"}]',
    )
    mapping = """
[opportunity]
from = "deals.json"
opportunity_id = "id"
owner_id = "who.name"
product = "tags[1]"
amount = "sum"
created_at = "day"
"""
    assert counts(project.load(mapping=mapping)) == (2, 0, 0, 0, 2)
    mended = mapping.replace('"day"', "\"replace(day, '-13-', '-12-')\"")
    assert counts(retried(project, mapping=mended)) == (2, 1, 0, 0, 1)
    assert project.rows(
        "select opportunity_id, owner_id, product, amount, created_at::varchar "
        "from canonical.opportunity"
    ) == [("7", "Ann", "a", Decimal("12.5"), "2026-11-30 23:00:00")]


def test_nothing_changes_where_a_mapping_lacks_the_table(project: Project) -> None:
    project.write("deals.csv", DEALS)
    project.load(mapping=MAPPING)
    with pytest.raises(SourceError, match=r"no \[opportunity\] any more"):
        retried(project, mapping='[rep]\nfrom = "deals.csv"\nrep_id = "owner"\n')
    assert waiting(project) == [("amount is not an amount", 2)]
