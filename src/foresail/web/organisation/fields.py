"""A form made of the settings' own declarations: a field for each, with what it means."""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django import forms
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from foresail.project.configuring import Place
from foresail.warehouse import Settings
from foresail.warehouse.settings import WEEKDAYS

GROUPS = (
    ("The organisation", ("name", "currency", "country", "zone", "week_start")),
    ("Time", ("fiscal_year_start", "as_of", "working_hours")),
    ("Thresholds", ("thresholds",)),
    ("Privacy", ("privacy",)),
    ("Loading", ("loading",)),
    ("Links to the source system", ("links",)),
    ("Hidden KPIs", ("hidden",)),
)
CALLED = {
    "sla": "SLA, in seconds",
    "minimum_n": "Small sample",
    "seconds": "Time limit, in seconds",
}
"""Settings that people call otherwise."""
IN_THE_FILE = frozenset({"warehouse", "web", "demo", "kpi", "benchmarks"})
"""What is not a field: where the data and the site lie, and what is written as TOML."""


@dataclass(frozen=True)
class Setting:
    """One setting: where it stands, what it is called and means, and what it may be."""

    place: Place
    meaning: str
    kind: Any
    default: Any

    @property
    def name(self) -> str:
        """The field's name."""
        return ".".join(self.place)

    @property
    def label(self) -> str:
        """The name as people read it."""
        name = self.place[-1]
        words = CALLED.get(name, name.replace("_", " "))
        return words[0].upper() + words[1:]


def groups() -> list[tuple[str, list[Setting]]]:
    """All settings that can be changed here, group by group, none left out."""
    named = {name for _, names in GROUPS for name in names} | IN_THE_FILE
    further = tuple(name for name in Settings.model_fields if name not in named)
    all_groups = (*GROUPS, ("Further", further)) if further else GROUPS
    return [
        (label, [each for name in names for each in _settings(name)]) for label, names in all_groups
    ]


def _settings(name: str) -> Iterator[Setting]:
    field = Settings.model_fields[name]
    if name == "working_hours":
        hours = field.get_default(call_default_factory=True)
        for day in WEEKDAYS:
            yield Setting((name, day), "", str, hours.get(day, ""))
    elif isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
        for inner, each in field.annotation.model_fields.items():
            yield _setting((name, inner), each)
    else:
        yield _setting((name,), field)


def _setting(place: Place, field: FieldInfo) -> Setting:
    default = field.get_default(call_default_factory=True)
    return Setting(place, field.description or "", field.annotation, default)


def field_of(setting: Setting) -> forms.Field:
    """The form's field for a setting."""
    common: dict[str, Any] = {"label": setting.label, "required": False}
    common["help_text"] = f"{setting.meaning} Usually {shown(setting.default)}.".strip()
    if setting.kind is bool:
        return forms.BooleanField(**common)
    if typing.get_origin(setting.kind) is Literal:
        options = [(each, each.replace("_", " ")) for each in typing.get_args(setting.kind)]
        return forms.ChoiceField(choices=options, **common)
    if setting.kind is int:
        return forms.IntegerField(**{**common, "required": True})
    if setting.kind is float:
        return forms.FloatField(**{**common, "required": True})
    return forms.CharField(max_length=1000, **common)


def initial(setting: Setting, settings: Settings) -> Any:
    """What a setting is now, as its field shows it."""
    value: Any = settings
    for step in setting.place:
        value = value.get(step, "") if isinstance(value, Mapping) else getattr(value, step)
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else value


def written(setting: Setting, value: Any) -> Any:
    """A field's value as the file writes it; None where it is to stand there no more."""
    if _is_tuple(setting.kind):
        return [each.strip() for each in str(value).split(",") if each.strip()]
    if setting.name == "as_of":
        text = str(value).strip()
        try:
            return dt.date.fromisoformat(text) if len(text) == 10 else text or None
        except ValueError:
            return text
    return value


def _is_tuple(kind: Any) -> bool:
    return typing.get_origin(kind) is tuple or (
        isinstance(kind, types.UnionType) and any(_is_tuple(each) for each in typing.get_args(kind))
    )


def shown(value: Any) -> str:
    """A default, for people."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value)) or "none"
    return "none" if value in (None, "") else str(value)
