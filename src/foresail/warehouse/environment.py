"""What `FORESAIL_...` in the environment says of settings, in place of their file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

PREFIX, NESTED = "FORESAIL_", "__"


def overridden(values: Mapping[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """The values of a model's fields with those that the environment gives in their place.

    >>> os.environ["FORESAIL_WAREHOUSE__THREADS"] = "2"
    >>> from foresail.warehouse.settings import Settings
    >>> overridden({"zone": "UTC", "warehouse": {"memory_limit": "1GB"}}, Settings)
    {'zone': 'UTC', 'warehouse': {'memory_limit': '1GB', 'threads': '2'}}
    >>> del os.environ["FORESAIL_WAREHOUSE__THREADS"]
    """
    if not any(_field(name) in model.model_fields for name in os.environ):
        return dict(values)
    # Most have none of these, and importing what reads them takes 40 ms.
    from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict

    class Given(model, BaseSettings):  # type: ignore[misc, valid-type]
        model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter=NESTED)

    return _merged(values, EnvSettingsSource(Given)())


def _field(name: str) -> str:
    """The field that a variable is about; empty where it is none of ours."""
    start, rest = name[: len(PREFIX)], name[len(PREFIX) :]
    return rest.partition(NESTED)[0].lower() if start.upper() == PREFIX else ""


def _merged(values: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Values with others over them, field by field within those that have fields."""
    found = dict(values)
    for name, each in over.items():
        before = found.get(name)
        is_nested = isinstance(each, dict) and isinstance(before, dict)
        found[name] = _merged(before or {}, each) if is_nested else each
    return found
