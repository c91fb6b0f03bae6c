"""What an organisation says of KPIs in its settings: its own, and its benchmarks.

Only the form is checked here; what the names mean is known to the catalogue.
"""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

LENGTH_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds(value: Any) -> Any:
    """A length of time such as "1h", "30m" or "90s" as seconds; anything else as it is."""
    found = re.fullmatch(r"(\d+)\s*([smhd])", value) if isinstance(value, str) else None
    return int(found[1]) * LENGTH_UNITS[found[2]] if found else value


class OwnBenchmark(BaseModel):
    """A range to compare with, and who says so. Shares are 0 to 1, lengths seconds or "2h"."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    low: float | None = Field(default=None, allow_inf_nan=False)
    high: float | None = Field(default=None, allow_inf_nan=False)
    source: str

    @field_validator("low", "high", mode="before")
    @classmethod
    def _length(cls, value: Any) -> Any:
        return seconds(value)

    @field_validator("source")
    @classmethod
    def _says_who(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("it is empty; say who published the benchmark, and when")
        return value.strip()

    @model_validator(mode="after")
    def _is_range(self) -> OwnBenchmark:
        if self.low is None and self.high is None:
            raise ValueError("give low, high or both")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low ({self.low:g}) is above high ({self.high:g})")
        return self


class OwnKpi(BaseModel):
    """A KPI of the organisation's own, as it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    meaning: str
    formula: str
    unit: str
    direction: str
    where: dict[str, Any] = Field(default_factory=dict)
    kind: str = ""
    benchmark: OwnBenchmark | None = None
    caveats: tuple[str, ...] = ()
