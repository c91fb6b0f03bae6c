"""Writing down what changed in the settings of a project, own KPIs and benchmarks among them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from foresail.warehouse.settings import Settings
from foresail.web.people.audit import note
from foresail.web.people.models import KnownSetting


@transaction.atomic
def note_changes(settings: Settings, who: str = "foresail.toml") -> None:
    """A line in the log for each setting that is not as it was known.

    At the first start they become known; a setting that is new in this version was the usual one.
    """
    now = dict(_flat(settings.model_dump(mode="json")))
    known = dict(KnownSetting.objects.values_list("name", "value"))
    if known:
        before = dict(_flat(Settings().model_dump(mode="json"))) | known
        for name in sorted(now.keys() | before.keys()):
            old, new = before.get(name), now.get(name)
            if old != new:
                note(None, "changed a setting", f"{name}: {_said(old)} → {_said(new)}", who=who)
    KnownSetting.objects.all().delete()
    KnownSetting.objects.bulk_create(
        KnownSetting(name=name, value=value) for name, value in now.items()
    )


def _flat(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Settings by their full names; those of an own KPI below its id.

    >>> dict(_flat({"zone": "UTC", "kpi": [{"id": "x", "unit": "count"}], "hidden": ["a"]}))
    {'zone': 'UTC', 'kpi.x.id': 'x', 'kpi.x.unit': 'count', 'hidden': ['a']}
    """
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        value = {each.get("id", str(number)): each for number, each in enumerate(value)}
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _flat(each, f"{name}.{key}" if name else key)
    else:
        yield name, value


def _said(value: Any) -> str:
    """A value as the file has it.

    >>> _said("UTC"), _said(None), _said(3600), _said(True)
    ('"UTC"', 'nothing', '3600', 'true')
    """
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False)
