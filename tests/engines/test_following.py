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

import pytest

pytest.importorskip("pyspark", reason="needs pyspark, which make spark installs")

from foresail.core.errors import ProjectError
from foresail.engine.spark import SparkRunner
from foresail.facts.making.makings import Plan
from foresail.facts.making.refresh import plan as planned
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
LEADS: Rows = [
    {"lead_id": f"lead{number}", "owner_id": "ann", "channel": "inbound",
     "contact_id": f"person{number}", "created_at": f"2026-{1 + number % 6:02}-03T08:00:00Z",
     "assigned_at": f"2026-{1 + number % 6:02}-03T08:30:00Z"}
    for number in range(48)
]  # fmt: skip
CALLS: Rows = [
    {"activity_id": f"call{number}-{day}", "kind": "call", "direction": "outbound",
     "rep_id": "ann" if number % 2 else "bob", "lead_id": f"lead{number}",
     "outcome": "connected" if day == 9 else "no_answer", "duration_seconds": 60 * day,
     "occurred_at": f"2026-{1 + number % 6:02}-{day:02}T09:00:00Z"}
    for number in range(48)
    for day in (4, 9)
]  # fmt: skip
MEETINGS: Rows = [
    {"activity_id": f"meeting{number}", "kind": "meeting", "direction": "outbound",
     "rep_id": "bob", "lead_id": f"lead{number}", "opportunity_id": f"deal{number}",
     "outcome": "held" if number % 3 else "no_show",
     "booked_at": f"2026-{1 + number % 6:02}-10T09:00:00Z",
     "occurred_at": f"2026-{1 + number % 6:02}-12T09:00:00Z"}
    for number in range(0, 48, 4)
]  # fmt: skip
DEALS: Rows = [
    {"opportunity_id": f"deal{number}", "lead_id": f"lead{number}", "account_id": f"firm{number}",
     "owner_id": "ann", "amount": 100 * number, "created_at": f"2026-{1 + number % 6:02}-11",
     "outcome": "won" if number % 8 else None, "closed_at": "2026-06-20" if number % 8 else None}
    for number in range(0, 48, 4)
]  # fmt: skip
WORLD: Mapping[str, Any] = {"lead": LEADS, "activity": [*CALLS, *MEETINGS], "opportunity": DEALS}

LATER = {**CALLS[32], "activity_id": "later", "occurred_at": "2026-04-08T09:00:00Z"}
"""A call in April to a lead of that month."""
COST = {"starts_on": "2026-03-01", "ends_on": "2026-03-31", "amount": 100, "category": "salary"}

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
    months = {path.rpartition("/")[2][:7] for path in gone if path.count("/") == 2}
    assert months == {"2026-04"}
    assert {path.split("/")[1] for path in gone} >= {"activity.parquet", "touch.parquet"}
    assert len(gone) < len(before) / 5
    assert organisation.unequal() == []
    assert digests_of(linked) == digests


def digests_of(folder: Path) -> dict[str, str]:
    """What the files of a folder hold."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ({"lead": [{**each, "source": "a"} for each in LEADS[:13]]}, "more than a lead in four"),
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
        plan, runner = Plan(planned(settings)), SparkRunner(export)
        assert follow(runner.session, known, plan, export, changed, counts) is None, why


def test_what_changes_while_facts_are_made_is_not_lost(tmp_path: Path) -> None:
    with world(tmp_path, as_of="2026-07-31", **WORLD) as project:
        export = tmp_path / "facts"
        project.export(export, records=True)
        Organisation(project, export).load({"cost": [COST]})
    facts, another = digests_of(export / "fact"), export / "records" / "cost" / "another.parquet"

    def add_another() -> None:
        while not list(tmp_path.glob(".facts.*.part/making")):
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
