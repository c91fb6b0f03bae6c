"""What random organisations decide differently."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.oracle.records import Settings
from tests.oracle.records.settings import OFFICE_HOURS, RESPONSE_KINDS

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland")
SIX_DAYS = (*OFFICE_HOURS, ("saturday", "08:30-12:15"))
TO_MIDNIGHT = tuple(
    (day, "10:00-24:00") for day in ("sunday", "monday", "tuesday", "wednesday", "thursday")
)


def organisation(number: int) -> Settings:
    """What the organisation of that number decides; the same at every run."""
    chance = Random(number)

    def one(*values: Any) -> Any:
        return chance.choice(values)

    return Settings(
        zone=ZONES[number % len(ZONES)],
        country=one("", "DE", "US", "NZ"),
        week_start=one("monday", "sunday", "saturday"),
        fiscal_year_start=one(1, 4, 2, 12),
        working_hours=one(OFFICE_HOURS, OFFICE_HOURS, SIX_DAYS, TO_MIDNIGHT),
        sla=one(3600, 1800, 86_400),
        conversation_seconds=one(120, 0, 60),
        given_up_working_days=one(10, 1, 3),
        untouched_days=one(14, 3, 30),
        cohort_days=one(90, 10, 30),
        not_a_loss=one(("duplicate", "test"), (), ("price",)),
        decided_from_accepted_stage=one(False, False, True),
        decided_without_renewals=one(False, False, True),
        cycle_without_same_day=one(False, False, True),
        response_kinds=one(RESPONSE_KINDS, RESPONSE_KINDS, ("email", "letter"), ("call",)),
        skipped_stages=("passed", "left_out")[number // 2 % 2],
        callback_days=one(14, 1, 30),
        key_account_percentile=one(90, 50, 0),
        cost_per_lead_without_organic=one(False, True),
        success_events=one((), ("login",)),
        success_times=one(1, 2),
        scanner_seconds=one(5, 0, 90),
        survey_days=one(30, 1),
        key_account_touch_days=one(30, 10),
    )
