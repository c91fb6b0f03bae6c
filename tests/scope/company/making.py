"""The project that holds the company, and what in it belongs to teams or to nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from foresail.project import Project
from tests.scope.company.marks import PICTURE, TURNED, named, of_team, record, rep_id, text
from tests.scope.company.people import HEADS, LED, REPS, TEAM_OF, TEAMS
from tests.scope.company.work import Row, work_of
from tests.world import world

SETTINGS = 'currency = "EUR"\nzone = "Europe/Berlin"\nprivacy.share_links = true'
PIPELINE = f"Main {PICTURE}"
YEAR = {"starts_on": "2026-01-01", "ends_on": "2026-12-31"}
QUARTER = {"starts_on": "2026-01-01", "ends_on": "2026-03-31"}


def company(directory: Path) -> Project:
    """The project, as of the end of March."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for table, row in [*_organisation(), *_heads(), *_teams()]:
        found[table].append(row)
    for number, rep in enumerate(REPS):
        place = place_of(TEAM_OF[rep], LED[TEAM_OF[rep]])
        for table, row in work_of(rep, number, place, PIPELINE):
            found[table].append(row)
    tables: dict[str, Any] = dict(found)
    return world(directory, settings=SETTINGS, **tables)


def place_of(team: str, manager: str) -> dict[str, Any]:
    """Where somebody sells: all of a team alike, so that no slice of it is one person's."""
    place: dict[str, Any] = {"manager_id": rep_id(manager), "role": "ae", "seniority": "mid"}
    if team:
        place |= {"team": of_team(team), "territory": of_team(team, "land")}
    return {**place, "is_quota_carrying": True}


def _organisation() -> Iterator[Row]:
    """What belongs to nobody."""
    for number, (stage, kind, chance) in enumerate(
        [("meet", "open", 0.2), ("=offer", "open", 0.5), ("won", "won", 1), ("lost", "lost", 0)]
    ):
        row: dict[str, Any] = {"pipeline": PIPELINE, "stage": stage, "position": number}
        row |= {"kind": kind, "probability": chance}
        yield "stage", {**row, "is_accepted": number > 0, "is_forecast": number == 1}
    sales = {"market_sales": 99_000_000, "largest_rival_sales": 9_000_000}
    yield "market", {**YEAR, "segment": "", "source": f"Paper {PICTURE}", **sales}
    for month in ("01", "02", "03"):
        row = {"day": f"2026-{month}-10", "source": f"web {PICTURE}", "is_organic": True}
        yield "web_traffic", {**row, "visitors": 500}
    for key, name in (("guide", f"=guide {PICTURE}"), ("video", f"{TURNED} video")):
        row = {"content_id": key, "name": name, "kind": name, "published_on": "2025-01-01"}
        yield "content", {**row, "segment": "smb", "stage": name, "tracking_number": name}


def _heads() -> Iterator[Row]:
    """Who leads whom."""
    for head, team in HEADS.items():
        row: dict[str, Any] = {"rep_id": rep_id(head), "name": named(head), "team": of_team(team)}
        row |= {"hired_on": "2024-01-01", "seniority": "senior", "role": "manager"}
        yield "rep", row if head == "zoe" else {**row, "manager_id": rep_id("zoe")}


def _teams() -> Iterator[Row]:
    """What belongs to teams and to no rep."""
    for number, code in enumerate(filter(None, TEAMS)):
        team = of_team(code)
        paid = {"source": of_team(code, "fair"), "campaign_id": of_team(code, "spring")}
        for category in ("media", "sales_salaries"):
            row = {"cost_id": f"{category} team_{code}_", "amount": 900 * (number + 1)}
            yield "cost", {**QUARTER, **row, "category": category, "team": team, **paid}
        position = {"position_id": of_team(code, "job"), "team": team, "role": "ae"}
        yield "position", {**position, "opened_on": "2026-02-01"}
        quota = {"owner_kind": "team", "owner_id": team, "kpi": "", **YEAR}
        yield "quota", {**quota, "amount": 90_000}
    hired = {"position_id": record("jon", "job"), "team": of_team("wes"), "role": "ae"}
    yield "position", {**hired, "opened_on": "2025-01-01", "rep_id": rep_id("jon")}
    yield (
        "absence",
        {"rep_id": rep_id("jon"), "starts_on": "2026-02-12", "kind": text("jon", "ill")},
    )
