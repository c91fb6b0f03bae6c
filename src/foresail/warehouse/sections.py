"""The sections of `foresail.toml`: thresholds, privacy, the pages, loading and the warehouse."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from foresail.warehouse.own import seconds


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
