"""Facts that follow a change on Spark are those that DuckDB makes anew of the same records."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

pytest.importorskip("pyspark", reason="needs pyspark, which make spark installs")

from foresail.core.errors import ProjectError
from foresail.engine.spark import SparkRunner
from foresail.facts.making.makings import Plan
from foresail.facts.making.planning import statements
from foresail.facts.making.spark import SparkSource
from foresail.project import Project
from foresail.project.making.following import follow
from foresail.project.making.knowing import knowledge_of, what_changed
from foresail.project.making.refresh import refresh_export
from foresail.warehouse import Settings
from foresail.warehouse.export import manifest_of
from foresail.warehouse.made_of import files_now
from tests.engines.facts import unequal_facts
from tests.world import world

pytestmark = [
    pytest.mark.spark,
    # pyspark leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]

Rows = Sequence[Mapping[str, Any]]
NUMBER = 144
LEADS: Rows = [
    {"lead_id": f"lead{number}", "owner_id": "ann", "channel": "inbound",
     "contact_id": f"person{number}", "created_at": f"2026-{1 + number % 6:02}-03T08:00:00Z",
     "assigned_at": f"2026-{1 + number % 6:02}-03T08:30:00Z"}
    for number in range(NUMBER)
]  # fmt: skip
CALLS: Rows = [
    {"activity_id": f"call{number}-{day}", "kind": "call", "direction": "outbound",
     "rep_id": "ann" if number % 2 else "bob", "lead_id": f"lead{number}",
     "outcome": "connected" if day == 9 else "no_answer", "duration_seconds": 60 * day,
     "occurred_at": f"2026-{1 + number % 6:02}-{day:02}T09:00:00Z"}
    for number in range(NUMBER)
    for day in (4, 9)
]  # fmt: skip
MEETINGS: Rows = [
    {"activity_id": f"meeting{number}", "kind": "meeting", "direction": "outbound",
     "rep_id": "bob", "lead_id": f"lead{number}", "opportunity_id": f"deal{number}",
     "outcome": "held" if number % 3 else "no_show",
     "booked_at": f"2026-{1 + number % 6:02}-10T09:00:00Z",
     "occurred_at": f"2026-{1 + number % 6:02}-12T09:00:00Z"}
    for number in range(0, NUMBER, 4)
]  # fmt: skip
DEALS: Rows = [
    {"opportunity_id": f"deal{number}", "lead_id": f"lead{number}", "account_id": f"firm{number}",
     "owner_id": "ann", "amount": 100 * number, "created_at": f"2026-{1 + number % 6:02}-11",
     "outcome": "won" if number % 8 else None, "closed_at": "2026-06-20" if number % 8 else None}
    for number in range(0, NUMBER, 4)
]  # fmt: skip
STAGES: Rows = [
    {"lead_id": f"lead{number}", "stage": "mql", "reached_at": f"2026-{1 + number % 6:02}-05"}
    for number in range(0, NUMBER, 2)
]
WORLD: Mapping[str, Any] = {
    "lead": LEADS,
    "lead_stage": STAGES,
    "activity": [*CALLS, *MEETINGS],
    "opportunity": DEALS,
}

LATER = {**CALLS[30], "activity_id": "later", "occurred_at": "2026-04-08T09:00:00Z"}
"""A call in April to a lead of that month."""
COST = {"starts_on": "2026-03-01", "amount": 100}

CHANGES: Mapping[str, Rows] = {
    "activity": [
        {**CALLS[2], "activity_id": "late", "occurred_at": "2026-02-03T08:45:00Z"},
        {**CALLS[4], "lead_id": "lead3"},
        {**CALLS[12], "deleted_at": "2026-06-01T08:00:00Z"},
        {**MEETINGS[2], "outcome": "cancelled"},
    ],
    "lead": [
        {**LEADS[9], "merged_into_id": "lead10"},
        {"lead_id": "new", "owner_id": "bob", "channel": "outbound", "created_at": "2026-07-01"},
    ],
    "opportunity": [{**DEALS[1], "amount": 1234, "closed_at": "2026-05-05"}],
    "lead_stage": [{"lead_id": "lead11", "stage": "mql", "reached_at": "2026-06-04"}],
}
"""A late call, one for another lead, one deleted, a meeting that was cancelled; two leads that are
one, a new one, one that got further; a deal that was won earlier."""


@dataclass(frozen=True)
class Organisation:
    """A project, and the export whose facts Spark brings after its records."""

    project: Project
    export: Path

    def load(self, rows: Mapping[str, Rows]) -> None:
        """Load rows, and export all records."""
        folder = self.project.directory / "more"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, each in rows.items():
            text = "\n".join(json.dumps(row) for row in each)
            (folder / f"{name}.ndjson").write_text(text, encoding="utf-8")
        self.project.load(folder)
        self.project.export(self.export, records=True, facts=False)

    def unequal(self) -> list[str]:
        """Where the facts differ from those that DuckDB makes anew."""
        self.project.refresh()
        anew = self.export.with_name("anew")
        self.project.export(anew)
        return list(unequal_facts(anew, self.export))

    def files(self) -> dict[str, int]:
        """The files of the facts."""
        found = (path for path in (self.export / "fact").rglob("*.parquet") if path.is_file())
        return {path.relative_to(self.export).as_posix(): path.stat().st_ino for path in found}


@pytest.fixture(scope="module")
def organisation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Organisation]:
    """Half a year, exported with the facts that DuckDB made."""
    place = tmp_path_factory.mktemp("following")
    with world(place, settings='zone = "America/Havana"', as_of="2026-07-31", **WORLD) as project:
        project.export(place / "facts", records=True)
        yield Organisation(project, place / "facts")


def test_facts_follow_changes_of_many_kinds_and_then_of_one_month(
    organisation: Organisation, tmp_path: Path
) -> None:
    """The first change finds facts in a file each, as DuckDB wrote them; the second by month."""
    organisation.load(CHANGES)
    with organisation.project.warehouse.writing() as cursor:
        cursor.execute("delete from canonical.activity where activity_id = 'call20-9'")
        cursor.execute("delete from canonical.lead where lead_id = 'lead21'")
    organisation.project.export(organisation.export, records=True, facts=False)
    report = refresh_export(organisation.export, "spark")
    assert {"activity", "lead", "touch", "response", "meeting"} <= report.facts.keys()
    assert not {"quota_day", "asset", "role", "rep_day"} & report.facts.keys()
    assert organisation.unequal() == []
    assert refresh_export(organisation.export, "spark").facts == {}

    organisation.load({"activity": [LATER]})
    before = organisation.files()
    linked = shutil.copytree(organisation.export, tmp_path / "linked", copy_function=os.link)
    digests = digests_of(linked)
    refresh_export(organisation.export, "spark")
    after = organisation.files()
    gone = {path for path in before if after.get(path) != before[path]}
    assert sorted(path.removeprefix("fact/").partition("-part")[0] for path in gone) == [
        "activity.parquet/2026-04",
        "activity_day.parquet/2026-04",
        "filled.parquet",
        "follow_up.parquet/2026-04",
        "lacking.parquet",
        "made_with.parquet",
        "named_rep.parquet",
        "span.parquet/2026-01",
        "touch.parquet/2026-04",
        "touch_number.parquet/2026-04",
    ]
    assert organisation.unequal() == []
    assert digests_of(linked) == digests


def digests_of(folder: Path) -> dict[str, str]:
    """What the files of a folder hold."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ({"lead": [{**each, "source": "a"} for each in LEADS[:37]]}, "more than a lead in four"),
        ({"survey_response": [{"survey_id": "s", "score": 9}]}, "it is nobody's survey"),
        ({"rep": [{"rep_id": "ann", "team": "west"}]}, "every fact names the team"),
    ],
)
def test_facts_are_made_anew_after_others(
    tmp_path: Path, rows: Mapping[str, Rows], why: str
) -> None:
    with world(tmp_path, as_of="2026-07-31", **WORLD) as project:
        export = tmp_path / "facts"
        project.export(export, records=True)
        Organisation(project, export).load(rows)
    settings, manifest, found = Settings.read(export), manifest_of(export), files_now(export)
    assert manifest is not None
    with closing(knowledge_of(export)) as known:
        changed = what_changed(known, export, found, manifest, settings)
        assert changed is not None
        assert changed.keys() == rows.keys()
        records = {f"canonical.{name}": count for name, count in manifest.records.items()}
        counts = {**manifest.tables, **records}
        plan, runner = Plan(statements(settings, SparkSource)), SparkRunner(export)
        assert follow(runner.session, known, plan, export, changed, counts) is None, why


def test_what_changes_while_facts_are_made_is_not_lost(tmp_path: Path) -> None:
    with world(tmp_path, as_of="2026-07-31", **WORLD) as project:
        export = tmp_path / "facts"
        project.export(export, records=True)
        Organisation(project, export).load({"cost": [COST]})
    facts, another = digests_of(export / "fact"), export / "records" / "cost" / "another.parquet"

    def add_another() -> None:
        until = time.monotonic() + 120
        while not list(tmp_path.glob(".facts.*.part/making")) and time.monotonic() < until:
            time.sleep(0.05)
        shutil.copy(next(another.parent.glob("*.parquet")), another)

    with ThreadPoolExecutor() as beside:
        added = beside.submit(add_another)
        with pytest.raises(ProjectError, match="was changed while its facts were made"):
            refresh_export(export, "spark")
        added.result()
    assert another.exists()
    assert digests_of(export / "fact") == facts
    assert not list(tmp_path.glob(".facts.*"))


def test_facts_that_depend_on_today_are_brought_up_to_the_day(tmp_path: Path) -> None:
    """What was made yesterday says of a working day that it is none."""
    with world(tmp_path, as_of="2026-07-31", **WORLD) as project:
        organisation = Organisation(project, tmp_path / "facts")
        project.export(organisation.export, records=True)
        rewrite(organisation.export, "made_with", "replace (made_on - 1 as made_on)")
        rewrite(organisation.export, "day", "replace (false as is_working)")
        assert organisation.unequal() != []
        report = refresh_export(organisation.export, "spark")
        assert "day" in report.facts
        assert len(report.facts) < 20
        assert organisation.unequal() == []


def rewrite(export: Path, fact: str, change: str) -> None:
    """Write a fact with other values."""
    place = export / "fact" / f"{fact}.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"create table told as from '{place}'")
        connection.execute(f"copy (select * {change} from told) to '{place}' (format parquet)")
