"""The instants between which value flows, and their local days: a plan holds no date."""

from __future__ import annotations

import pyarrow as pa

STRETCH_TABLE = "asked_stretch"
STRETCH = pa.schema(
    [
        ("begins_at", pa.timestamp("us")),
        ("begins_on", pa.date32()),
        ("ends_at", pa.timestamp("us")),
        ("ends_on", pa.date32()),
        ("due_before", pa.date32()),
    ]
)
