"""Rows as the API sends them."""

from __future__ import annotations

import datetime as dt
import json

import pyarrow as pa
from django.http import HttpRequest

from foresail.web.api.rendering import Renderer
from foresail.web.api.schemas import rows_of


def test_days_instants_and_what_is_unknown() -> None:
    table = pa.table(
        {
            "day": pa.array([dt.date(2026, 3, 1), None], pa.date32()),
            "at": pa.array([None, dt.datetime(2026, 3, 1, 9)], pa.timestamp("us")),
            "share": pa.array([0.5, float("nan")]),
            "n": pa.array([None, 2], pa.int64()),
        }
    )
    sent = Renderer().render(HttpRequest(), rows_of(table), response_status=200)
    assert json.loads(sent) == [
        {"day": "2026-03-01", "at": None, "share": 0.5, "n": None},
        {"day": None, "at": "2026-03-01T09:00:00.000000Z", "share": None, "n": 2},
    ]
