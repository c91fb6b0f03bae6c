"""Touches, worked by hand: after how many of them leads are reached, and when they convert."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from foresail.project import Project
from tests.catalogue import drawn
from tests.world import by, world

LEAD = """
    lead_id | created_at       | channel | source | owner_id
    ash     | 2026-03-02T09:00 | inbound | web    | ann
    elm     | 2026-03-02T09:00 | inbound | web    | ann
    fir     | 2026-03-02T09:00 | inbound | fair   | bob
    oak     | 2026-03-02T09:00 | inbound | fair   | bob
    yew     | 2026-03-02T09:00 | inbound | fair   | cid
"""
ACTIVITY = """
    activity_id | lead_id | kind    | direction | occurred_at      | outcome   | deleted_at
    a1          | ash     | call    | outbound  | 2026-03-03T09:00 | no_answer |
    a2          | ash     | email   | outbound  | 2026-03-03T09:05 | replied   |
    a3          | ash     | call    | outbound  | 2026-03-03T09:20 | connected |
    a4          | ash     | call    | outbound  | 2026-03-09T09:00 | connected |
    e1          | elm     | call    | outbound  | 2026-03-03T09:00 | connected | 2026-03-20T09:00
    e2          | elm     | call    | outbound  | 2026-03-04T09:00 | voicemail |
    e3          | elm     | call    | outbound  | 2026-03-05T09:00 | connected |
    f1          | fir     | call    | outbound  | 2026-03-03T09:00 | busy      |
    f2          | fir     | call    | inbound   | 2026-03-03T11:00 | connected |
    f3          | fir     | letter  | outbound  | 2026-03-04T09:00 |           |
    f4          | fir     | meeting | outbound  | 2026-03-06T09:00 | no_show   |
    o1          | oak     | social  | outbound  | 2026-03-03T09:00 |           |
    o2          | oak     | meeting | outbound  | 2026-03-05T09:00 | held      |
    o3          | oak     | meeting | outbound  | 2026-03-09T09:00 | held      |
"""
LEAD_STAGE = """
    lead_id | stage | reached_at
    ash     | sql   | 2026-03-10T09:00
    oak     | sql   | 2026-03-05T12:00
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    tables = {"lead": LEAD, "activity": ACTIVITY, "lead_stage": LEAD_STAGE}
    rows: dict[str, Any] = {name: drawn(text) for name, text in tables.items()}
    return world(tmp_path_factory.mktemp("touches"), **rows)


def curve(project: Project, kpi: str, as_of: str | None = None) -> dict[int, tuple[int, int]]:
    """How many of how many touches, by their number."""
    answer = project.ask(kpi, by="touch_number", period="2026-03", as_of=as_of)
    parts = [by(answer, "touch_number", f"{kpi}.{part}") for part in ("numerator", "denominator")]
    return {number: (parts[0][number], parts[1][number]) for number in parts[0]}


def test_touches_until_contact(project: Project) -> None:
    # a3 joins a1: ash was reached by its first touch, and a2, the mail, came after it by number.
    # Without the deleted e1, elm was reached by its second touch. fir was never reached by us: its
    # two touches stay in; oak was reached by its second, a meeting. yew was never touched.
    assert curve(project, "touch_contact_rate") == {1: (1, 4), 2: (2, 3)}
    (row,) = project.ask("touch_contact_rate", period="2026-03").rows
    assert row["touch_contact_rate"] == pytest.approx(3 / 7)


def test_touches_until_contact_as_they_were_known(project: Project) -> None:
    # Before e1 was deleted, elm was reached by it.
    assert curve(project, "touch_contact_rate", as_of="2026-03-19") == {1: (2, 4), 2: (1, 2)}
    # At ten past nine ash was not reached yet, and had its mail as a second touch without contact.
    early = curve(project, "touch_contact_rate", as_of="2026-03-03T09:10")
    assert early == {1: (1, 4), 2: (0, 1)}


def test_the_records_of_first_contacts(project: Project) -> None:
    rows = project.records("touch_contact_rate", period="2026-03").rows
    found = {(row["lead_id"], row["touch_number"], row["kind"]) for row in rows}
    assert found == {("ash", 1, "call"), ("elm", 2, "call"), ("oak", 2, "meeting")}


def test_touches_until_contact_are_credited_to_the_owner(project: Project) -> None:
    answer = project.ask("touch_contact_rate", by="rep", period="2026-03")
    name = "touch_contact_rate"
    parts = [by(answer, "rep", f"{name}.{part}") for part in ("numerator", "denominator")]
    assert parts == [{"Ann": 2, "Bob": 1, "Cid": 0}, {"Ann": 3, "Bob": 4, "Cid": 0}]


def test_touches_until_conversion(project: Project) -> None:
    # ash converted after its third touch (a1 with a3, a2, a4), oak after its second, elm and fir
    # never; o3 came after the conversion.
    assert curve(project, "touch_conversion") == {1: (0, 4), 2: (1, 4), 3: (1, 1)}


def test_without_outcomes_nobody_knows_who_was_reached(tmp_path: Path) -> None:
    lines = [{**row} for row in drawn(ACTIVITY) if row["kind"] == "call"]
    for row in lines:
        row.pop("outcome")
    project = world(tmp_path, lead=drawn(LEAD), activity=lines)
    answer = project.ask("touch_contact_rate", "touches_per_lead", period="2026-03")
    assert answer.rows[0]["touch_contact_rate"] is None
    assert answer.rows[0]["touches_per_lead"] is not None
