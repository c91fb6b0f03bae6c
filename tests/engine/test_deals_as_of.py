"""What is known of deals later changes no answer as of an earlier instant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foresail.project import Project
from tests.catalogue import drawn
from tests.world import world

AS_OF = dt.datetime(2026, 2, 20, 12)
STAGES = drawn("""
    pipeline | stage | position | kind
    new      | talk  | 1        | open
    new      | offer | 2        | open
    new      | legal |          | open
    new      | won   | 3        | won
    new      | lost  | 4        | lost
""")
CONTACTS = drawn("""
    contact_id | account_id
    una        | hill
    ivo        | hill
    eva        | dale
""")
PAST = {
    "opportunity_id": "past",
    "created_at": "2025-06-01",
    "closed_at": "2025-06-09",
    "outcome": "won",
    "amount": "100",
    "expected_close_on": "2025-06-09",
}
"""A deal of long ago, so that each column holds something."""
KPIS = (
    "stage_conversion",
    "leak_rate",
    "stage_win_rate",
    "time_in_stage",
    "leaked_value",
    "stalled_deals",
    "untouched_deals",
    "push_rate",
    "win_rate_cohort",
    "open_deals",
    "pipeline_value",
)
INSTANTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 3, 31)).map(
    lambda instant: instant.replace(microsecond=0)
)
FIELDS = {
    "amount": st.integers(0, 999).map(str),
    "owner_id": st.sampled_from(("ann", "bob", "cid")),
    "expected_close_on": st.dates(dt.date(2026, 1, 1), dt.date(2026, 4, 9)).map(str),
}
ACTIVITY = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(("call", "meeting")),
        "direction": st.sampled_from(("outbound", "inbound")),
        "occurred_at": INSTANTS,
        "booked_at": st.none() | INSTANTS,
        "deleted_at": st.none() | INSTANTS,
        "opportunity_id": st.sampled_from((None, "deal 0", "deal 1")),
        "contact_id": st.sampled_from((None, "una", "ivo", "eva")),
        "account_id": st.sampled_from((None, "hill", "dale")),
    }
)
DEAL = st.fixed_dictionaries(
    {
        "created_at": INSTANTS,
        "deleted_at": st.none() | INSTANTS,
        "contact_id": st.sampled_from((None, "una", "ivo", "eva")),
        "stages": st.lists(
            st.tuples(INSTANTS, st.sampled_from([row["stage"] for row in STAGES])),
            max_size=5,
            unique_by=lambda entry: entry[0],
        ),
        "changes": st.fixed_dictionaries(
            {
                field: st.tuples(
                    values,
                    st.lists(st.tuples(INSTANTS, values), max_size=2, unique_by=lambda e: e[0]),
                )
                for field, values in FIELDS.items()
            }
        ),
    }
)


def instant(value: dt.datetime | None, until: dt.datetime) -> str | None:
    """An instant as it is written, where it is known by then."""
    return f"{value.isoformat()}Z" if value is not None and value <= until else None


def known(deals: list[Any], activities: list[Any], until: dt.datetime) -> dict[str, Any]:
    """The tables as they had been loaded at an instant."""
    tables: dict[str, list[dict[str, Any]]] = {
        "opportunity": [dict(PAST)],
        "opportunity_stage": [
            {"opportunity_id": "past", "stage": "talk", "entered_at": "2025-06-01"}
        ],
        "opportunity_change": [],
        "activity": [{"activity_id": "past", "kind": "call", "occurred_at": "2025-06-01"}],
    }
    for number, deal in enumerate(deals):
        key = {"opportunity_id": f"deal {number}"}
        if deal["created_at"] > until:
            continue
        fields = {}
        for field, (first, changes) in deal["changes"].items():
            fields[field] = first
            for at, after in sorted(change for change in changes if change[0] <= until):
                row = {"field": field, "old_value": fields[field], "new_value": after}
                tables["opportunity_change"].append(
                    {**key, **row, "changed_at": instant(at, until)}
                )
                fields[field] = after
        tables["opportunity"].append(
            {
                **key,
                **fields,
                "pipeline": "new",
                "contact_id": deal["contact_id"],
                "created_at": instant(deal["created_at"], until),
                "deleted_at": instant(deal["deleted_at"], until),
            }
        )
        tables["opportunity_stage"] += [
            {**key, "stage": stage, "entered_at": instant(at, until)}
            for at, stage in [(deal["created_at"], "talk"), *deal["stages"]]
            if deal["created_at"] <= at <= until
        ]
    for number, each in enumerate(activities):
        # What was put down later was known when it happened.
        if min(each["booked_at"] or each["occurred_at"], each["occurred_at"]) <= until:
            times = {name: instant(each[name], until) for name in ("booked_at", "deleted_at")}
            due = {"occurred_at": instant(each["occurred_at"], dt.datetime.max)}
            tables["activity"].append({**each, "activity_id": f"act {number}", **times, **due})
    return dict(tables)


def answers(project: Project, as_of: str) -> list[list[dict[str, Any]]]:
    """Everything that is asked, for a period that is over and for one that runs."""
    found = []
    for period in ("2026-01", "2026-02"):
        slices: tuple[tuple[str, ...], ...] = ((), ("stage",), ("rep",))
        found += [project.ask(*KPIS, by=by, period=period, as_of=as_of).rows for by in slices]
        found.append(project.waterfall(by="stage", period=period, as_of=as_of).rows)
    return found


@pytest.mark.slow
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(deals=st.lists(DEAL, min_size=1, max_size=6), activities=st.lists(ACTIVITY, max_size=6))
def test_what_comes_later_changes_nothing(deals: list[Any], activities: list[Any]) -> None:
    as_of = f"{AS_OF.isoformat()}Z"
    results = []
    for until in (AS_OF, dt.datetime.max):
        with TemporaryDirectory() as folder:
            tables = known(deals, activities, until)
            project = world(Path(folder), stage=STAGES, contact=CONTACTS, **tables)
            results.append(answers(project, as_of))
            project.close()
    for then, since in zip(*results, strict=True):
        assert then == [pytest.approx(row, nan_ok=True) for row in since]
