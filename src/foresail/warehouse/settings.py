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
from foresail.warehouse.own import OwnBenchmark, OwnKpi
from foresail.warehouse.sections import (
    LoadingSettings,
    Privacy,
    Thresholds,
    WarehouseSettings,
    WebSettings,
)
from foresail.warehouse.source_links import SourceLinks

FILE_NAME = "foresail.toml"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
OFFICE_HOURS = dict.fromkeys(WEEKDAYS[:5], "09:00-17:00")
HOURS = r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)"


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
