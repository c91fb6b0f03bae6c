"""What an organisation decides."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from zoneinfo import ZoneInfo

NOT_A_LOSS = ("duplicate", "test")
RESPONSE_KINDS = ("call", "email", "meeting", "social")
WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
OFFICE_HOURS = tuple((day, "09:00-17:00") for day in WORKDAYS)
TOP = ("zone", "currency", "country", "week_start", "fiscal_year_start")


@dataclass(frozen=True)
class Settings:
    """What an organisation decides."""

    zone: str = "UTC"
    currency: str = "EUR"
    country: str = ""
    week_start: str = "monday"
    fiscal_year_start: int = 1
    working_hours: tuple[tuple[str, str], ...] = OFFICE_HOURS
    sla: int = 3600
    conversation_seconds: int = 120
    given_up_working_days: int = 10
    untouched_days: int = 14
    cohort_days: int = 90
    not_a_loss: tuple[str, ...] = NOT_A_LOSS
    decided_from_accepted_stage: bool = False
    decided_without_renewals: bool = False
    cycle_without_same_day: bool = False
    response_kinds: tuple[str, ...] = RESPONSE_KINDS
    skipped_stages: str = "passed"
    scanner_seconds: int = 5
    callback_days: int = 14
    key_account_percentile: int = 90
    key_account_touch_days: int = 30
    cost_per_lead_without_organic: bool = False
    success_events: tuple[str, ...] = ()
    success_times: int = 1
    survey_days: int = 30

    @cached_property
    def tz(self) -> ZoneInfo:
        """The organisation's time zone."""
        return ZoneInfo(self.zone)

    def lines(self) -> str:
        """These settings as lines of foresail.toml; of thresholds those that are not usual."""
        limits = [each for each in fields(self) if each.name not in (*TOP, "working_hours")]
        names = [each.name for each in limits if getattr(self, each.name) != each.default]
        return "\n".join(
            [
                *(f"{name} = {_toml(getattr(self, name))}" for name in TOP),
                "[working_hours]",
                *(f"{day} = {_toml(hours)}" for day, hours in self.working_hours),
                "[thresholds]",
                *(f"{name} = {_toml(getattr(self, name))}" for name in names),
            ]
        )


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{each}"' for each in value) + "]"
    return str(value) if isinstance(value, int) else f'"{value}"'
