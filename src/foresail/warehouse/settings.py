"""A project's settings: `foresail.toml`, overridden by `FORESAIL_...` in the environment."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import zoneinfo
from collections.abc import Collection
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from foresail.core.errors import ProjectError, nearest
from foresail.warehouse.environment import overridden
from foresail.warehouse.faults import explained
from foresail.warehouse.own import OwnBenchmark, OwnKpi, seconds
from foresail.warehouse.source_links import SourceLinks

FILE_NAME = "foresail.toml"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
OFFICE_HOURS = dict.fromkeys(WEEKDAYS[:5], "09:00-17:00")
HOURS = r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)"


class Thresholds(BaseModel):
    """The limits that definitions of KPIs refer to; each with the value most teams use."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sla: int = Field(default=3600, description="Seconds within which a lead is to be answered.")
    conversation_seconds: int = Field(
        default=120, ge=0, description="Seconds from which on a connected call is a conversation."
    )
    given_up_working_days: int = Field(
        default=10, ge=1, description="Working days without a touch after which a lead is given up."
    )
    untouched_days: int = Field(
        default=14, ge=1, description="Days without a touch after which a deal is untouched."
    )
    cohort_days: int = Field(default=90, ge=1, description="Days for which a cohort is followed.")
    scanner_seconds: int = Field(
        default=5, ge=0, description="Seconds after a mail within which a click is a scanner's."
    )
    callback_days: int = Field(
        default=14, ge=1, description="Days within which a call answers an asset."
    )
    key_account_percentile: float = Field(
        default=90,
        ge=0,
        le=100,
        description="The percentile of revenue from which on an account is a key account.",
    )
    key_account_touch_days: int = Field(
        default=30, ge=1, description="Days within which a key account is to be touched."
    )
    survey_days: int = Field(
        default=30,
        ge=1,
        description="Days in which one answer of a person counts, and a survey may be answered.",
    )
    minimum_n: int = Field(
        default=5, ge=1, description="Fewer cases than this are shown as a small sample."
    )
    not_a_loss: tuple[str, ...] = Field(
        default=("duplicate", "test"),
        description="Lost reasons that count neither as won nor as lost.",
    )
    decided_from_accepted_stage: bool = Field(
        default=False, description="Win rates: only deals that reached an accepted stage."
    )
    decided_without_renewals: bool = Field(
        default=False, description="Win rates: leave renewals out."
    )
    cycle_without_same_day: bool = Field(
        default=False, description="Sales cycle: leave out deals closed the day they opened."
    )
    cost_per_lead_without_organic: bool = Field(
        default=False, description="Cost per lead: leave leads out that came by themselves."
    )
    success_events: tuple[str, ...] = Field(
        default=(), description="Events of usage that mean success; none stands for any."
    )
    success_times: float = Field(
        default=1, gt=0, description="How often success is to happen in the period."
    )
    response_kinds: tuple[str, ...] = Field(
        default=("call", "email", "meeting", "social"),
        description="The kinds of activity that answer a lead.",
    )
    skipped_stages: Literal["passed", "left_out"] = Field(
        default="passed",
        description="Funnels: whether a jump passes the stages that lie between.",
    )

    @field_validator("sla", mode="before")
    @classmethod
    def _length(cls, value: Any) -> Any:
        """Accept "1h", "30m" and "90s" beside a number of seconds."""
        return seconds(value)


class WarehouseSettings(BaseModel):
    """Where the tables are kept, and what the engine may use of the machine."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = "duckdb:///warehouse.duckdb"
    memory_limit: str = Field(
        default="",
        description="What the engine may take, as 4GB; else half of the memory, 8 GiB at most.",
    )
    threads: int = Field(default=0, ge=0)
    engine: str = Field(default="duckdb", description="What answers from the project's exports.")
    spark: dict[str, str] = Field(
        default_factory=dict, description="Settings of Spark, under the names that it gives them."
    )

    @field_validator("url")
    @classmethod
    def _known(cls, value: str) -> str:
        if not value.startswith("duckdb:///"):
            raise ValueError("only duckdb:///FILE is supported")
        return value

    @field_validator("memory_limit")
    @classmethod
    def _is_size(cls, value: str) -> str:
        if value and not re.fullmatch(r"\d+(\.\d+)? ?[KMGT]i?B", value, re.IGNORECASE):
            raise ValueError(f"{value!r} is no size of memory; write it as 4GB")
        return value

    @field_validator("engine")
    @classmethod
    def _is_engine(cls, value: str) -> str:
        if not re.fullmatch(r"duckdb|spark(://\S+)?", value):
            raise ValueError(
                f"there is no engine {value!r}; write duckdb, spark or spark://HOST:PORT"
            )
        return value

    @field_validator("spark", mode="before")
    @classmethod
    def _of_spark(cls, value: Any) -> Any:
        """Read whole numbers and true as the text that Spark takes."""
        if not isinstance(value, dict):
            return value
        for name, each in value.items():
            if not re.fullmatch(r"spark(\.\w+)+", name) or isinstance(each, dict):
                raise ValueError(
                    f'there is no setting {name!r} of Spark; write it as "spark.executor.memory", '
                    "in quotation marks"
                )
        return {
            name: str(each).lower() if isinstance(each, bool) else str(each)
            for name, each in value.items()
        }


class Privacy(BaseModel):
    """Who may see whose numbers, beyond what roles say.

    In `works_council` mode there are no figures of single people, but one's own: a number to which
    fewer than `group_size` reps are credited is not told.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    works_council: bool = Field(
        default=False, description="No figures of single people, but one's own; no ranking."
    )
    group_size: int = Field(
        default=5, ge=2, description="The smallest group that is shown in works-council mode."
    )
    share_links: bool = Field(
        default=False, description="Pages may be shared with people who have no account."
    )

    @property
    def ranking(self) -> bool:
        """Whether people may be ranked."""
        return not self.works_council


class WebSettings(BaseModel):
    """How the pages are reached."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hosts: tuple[str, ...] = Field(
        default=(), description="The names under which others reach the pages."
    )
    https: bool = Field(
        default=False, description="A proxy in front speaks https: cookies are sent over it alone."
    )
    proxies: int = Field(
        default=0, ge=0, description="How many proxies in front say where a visitor comes from."
    )
    session_days: int = Field(
        default=14, ge=1, le=90, description="Days after which people sign in again."
    )

    @field_validator("hosts")
    @classmethod
    def _are_names(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse addresses, and stars, which would let any name in."""
        for each in value:
            if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\]", each):
                raise ValueError(f"{each!r} is no name of a machine; write it as sales.example.org")
        return value


class LoadingSettings(BaseModel):
    """What a load may take."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seconds: int = Field(
        default=600, ge=1, description="Seconds that the expressions of one table may take."
    )
    megabytes: int = Field(
        default=200, ge=1, description="How large a file may be that is uploaded in the browser."
    )


class Settings(BaseModel):
    """Everything an organisation decides about its own numbers."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str = Field(default="My organisation", description="What the pages are headed with.")
    zone: str = Field(
        default="UTC", description="The time zone in which days begin and end, as Europe/Berlin."
    )
    currency: str = Field(
        default="EUR", description="All money is answered in it, at the rate of the day."
    )
    demo: bool = False
    country: str = Field(
        default="",
        description="Its public holidays are no working days: DE, or with a region DE-BY.",
    )
    week_start: Literal[
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
    ] = Field(default="monday", description="The first day of a week.")
    fiscal_year_start: int = Field(
        default=1, ge=1, le=12, description="The first month of a fiscal year, 1 to 12."
    )
    as_of: dt.datetime | dt.date | None = Field(
        default=None,
        description="Data that ended in the past: every question is answered as of this day.",
    )
    working_hours: dict[str, str] = Field(
        default_factory=lambda: dict(OFFICE_HOURS),
        description="When work is done, as 09:00-17:00; a day without hours is none.",
    )
    thresholds: Thresholds = Thresholds()
    warehouse: WarehouseSettings = WarehouseSettings()
    privacy: Privacy = Privacy()
    web: WebSettings = WebSettings()
    loading: LoadingSettings = LoadingSettings()
    links: SourceLinks = SourceLinks()
    kpi: tuple[OwnKpi, ...] = ()
    benchmarks: dict[str, OwnBenchmark | None] = Field(
        default_factory=dict, description="Your own benchmark in place of a published one."
    )
    hidden: tuple[str, ...] = Field(
        default=(), description="KPIs that are not shown: their ids, or whole themes."
    )

    @field_validator("kpi", mode="before")
    @classmethod
    def _several(cls, value: Any) -> Any:
        if isinstance(value, dict):
            raise ValueError("write [[kpi]], with two brackets, above each of them")
        return value

    @field_validator("benchmarks", mode="before")
    @classmethod
    def _taken_away(cls, value: Any) -> Any:
        """Read false as no benchmark."""
        if not isinstance(value, dict):
            return value
        return {name: None if each is False else each for name, each in value.items()}

    @field_validator("as_of", mode="before")
    @classmethod
    def _date_alone(cls, value: Any) -> Any:
        """Keep a date without time a date where it comes as text, from the environment."""
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return dt.date.fromisoformat(value)
        return value

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        try:
            zoneinfo.ZoneInfo(value)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            raise ValueError(
                f"there is no time zone {value!r}; write it as Europe/Berlin"
            ) from None
        return value

    @field_validator("country")
    @classmethod
    def _country_has_holidays(cls, value: str) -> str:
        if value:
            import holidays

            country = value.partition("-")[0]
            known = holidays.list_supported_countries()
            if country not in known:
                raise ValueError(f"no public holidays are known for {value!r}; write it as DE")
            region = value.partition("-")[2]
            if region and region not in known[country]:
                raise ValueError(f"{country} has no region {region!r} with holidays of its own")
        return value

    @field_validator("working_hours")
    @classmethod
    def _hours(cls, value: dict[str, str]) -> dict[str, str]:
        for day, hours in value.items():
            if day not in WEEKDAYS:
                raise ValueError(f"{day!r} is no weekday; write monday to sunday")
            if hours and not re.fullmatch(
                r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)", hours
            ):
                raise ValueError(f'{day}: {hours!r} is no working time; write "09:00-17:00"')
        return value

    @classmethod
    def read(cls, directory: Path) -> Settings:
        """The settings of the project in a directory.

        Errors: `ProjectError` when the file is missing or a setting is wrong.
        """
        path = directory / FILE_NAME
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise ProjectError(
                f"{directory} holds no {FILE_NAME}. Make a project there: foresail init {directory}"
            ) from None
        except UnicodeDecodeError as error:
            raise ProjectError(f"{path} cannot be read: {error}.") from error
        return cls.parsed(text, path)

    @classmethod
    def parsed(cls, text: str, path: Path) -> Settings:
        """The settings that a text says; `path` is what messages call it.

        Errors: `ProjectError` when a setting is wrong.
        """
        try:
            values = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ProjectError(f"{path} cannot be read: {error}.") from error
        unknown = sorted(set(values) - set(cls.model_fields))
        if unknown:
            hint = nearest(unknown[0], cls.model_fields)
            raise ProjectError(f"{path}: there is no setting {unknown[0]}.{hint}")
        try:
            return cls(**overridden(values, cls))
        except ValidationError as error:
            raise ProjectError(f"{path}: {explained(error, values, cls._known())}") from error

    @classmethod
    def _known(cls) -> dict[str, Collection[str]]:
        """The settings of each section."""
        return {
            "": cls.model_fields,
            "thresholds": Thresholds.model_fields,
            "warehouse": WarehouseSettings.model_fields,
            "privacy": Privacy.model_fields,
            "web": WebSettings.model_fields,
            "loading": LoadingSettings.model_fields,
            "links": SourceLinks.model_fields,
            "kpi": OwnKpi.model_fields,
            "benchmarks": OwnBenchmark.model_fields,
        }

    @property
    def tzinfo(self) -> zoneinfo.ZoneInfo:
        """The organisation's time zone."""
        return zoneinfo.ZoneInfo(self.zone)

    @property
    def working_weekdays(self) -> frozenset[int]:
        """The weekdays with working hours, Monday = 0."""
        return frozenset(
            number for number, day in enumerate(WEEKDAYS) if self.working_hours.get(day)
        )


TEMPLATE = """\
# The settings of this Foresail project. Every one has a default that works; remove the # to
# change it.

name = "{name}"

# The time zone in which days begin and end (an IANA name).
# zone = "Europe/Berlin"

# All money is answered in this currency; other currencies are converted at the rate of the day.
# currency = "EUR"

# Public holidays of this country (ISO code, with a region if it has its own: "DE-BY") are no
# working days.
# country = "DE"

# The first day of a week, and the first month of a fiscal year.
# week_start = "monday"
# fiscal_year_start = 1

# Data that ended in the past: every question is answered as of the end of this day.
# as_of = 2017-12-31

# KPIs that are not shown: their names, or whole themes.
# hidden = ["talk_time", "Meeting"]

# [working_hours]            # a weekday that is missing here has none
# monday = "09:00-17:00"
# tuesday = "09:00-17:00"
# wednesday = "09:00-17:00"
# thursday = "09:00-17:00"
# friday = "09:00-17:00"

# [thresholds]
# sla = "1h"                       # a lead is to be answered within
# conversation_seconds = 120       # a connected call this long is a conversation
# given_up_working_days = 10       # a lead without a touch this long is given up
# untouched_days = 14              # a deal without a touch this long is untouched
# cohort_days = 90                 # how long a cohort is followed
# scanner_seconds = 5              # a click so soon after its mail is a scanner's
# callback_days = 14               # a callback within this time counts for the asset
# key_account_percentile = 90      # accounts from this percentile of revenue on are key accounts
# key_account_touch_days = 30      # a key account without a touch this long is not covered
# survey_days = 30                 # of a person's answers within this time the first one counts
# minimum_n = 5                    # fewer cases are shown as a small sample
# not_a_loss = ["duplicate", "test"]   # lost reasons that count neither as won nor as lost
# decided_from_accepted_stage = false  # win rates: only deals that reached an accepted stage
# decided_without_renewals = false     # win rates: leave renewals out
# cycle_without_same_day = false       # sales cycle: leave out deals closed the day they opened
# cost_per_lead_without_organic = false  # cost per lead: leave leads out that came by themselves
# success_events = []              # events of usage that mean success; [] stands for any
# success_times = 1                # how often in the period, all of them together
# response_kinds = ["call", "email", "meeting", "social"]   # what answers a lead
# skipped_stages = "passed"        # funnels: a jump passes what lies between; or "left_out"

# Where the system that the records come from shows them: an address with {id} in place of the id.
# [links]
# opportunity = "https://crm.example/opportunity/{id}"   # so for lead, account, contact, activity

# KPIs of your own, made of those that exist (foresail kpis lists them) with + - * / and brackets.
# A part of one is named with a dot: win_rate.denominator counts the deals decided. `where` keeps
# the records of some slices; `benchmark` is what others publish.
# Units: count, share (0 to 1, shown as %), money, duration, ratio, per day, per 1,000, money/day.
# Directions: higher, lower, on target.
# [[kpi]]
# id = "wins_per_1000_calls"
# meaning = "Deals won by outbound work for every 1,000 outbound calls."
# formula = "deals_won / outbound_calls * 1000"
# where = { channel = "outbound" }
# unit = "per 1,000"
# direction = "higher"
# benchmark = { low = 5, high = 8, source = "Own year 2025" }

# Benchmarks of the catalogue's KPIs in place of the published ones; false takes one away.
# [benchmarks]
# win_rate = { low = 0.2, high = 0.3, source = "Own year 2025" }
# connect_rate = false

# [privacy]
# works_council = false            # true: no figures of single people, and no ranking
# group_size = 5                   # then the fewest reps of whom a number is told
# share_links = false              # true: pages can be shared with people who have no account

# [web]                            # see docs/people.md
# hosts = ["sales.example.org"]    # names under which others reach the pages (serve --host 0.0.0.0)
# https = false                    # true: behind a proxy that speaks https
# proxies = 0                      # how many proxies in front say where a visitor comes from
# session_days = 14                # days after which people sign in again



# [loading]
# seconds = 600                    # the expressions of one table of a mapping may take
# megabytes = 200                  # the largest file that can be uploaded in the browser

# [warehouse]
# url = "duckdb:///warehouse.duckdb"   # relative to this folder
# memory_limit = "4GB"                 # else half of the machine's, 8 GiB at most; beyond it, disk
# threads = 2
# engine = "duckdb"                    # what answers from an export: duckdb, spark, spark://HOST:PORT

# [warehouse.spark]                    # settings of Spark, under its names
# "spark.executor.memory" = "8g"
"""
