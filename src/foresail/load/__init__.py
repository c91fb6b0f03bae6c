"""Files and mappings made into canonical rows, bad ones set aside. Imports down to warehouse.

What a load reports can be imported without what does the loading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foresail.load.report import LoadReport, LoadSummary, QuarantinedRow, TableReport

if TYPE_CHECKING:
    from foresail.load.history import loads, quarantined
    from foresail.load.loading import load_files

__all__ = [
    "LoadReport",
    "LoadSummary",
    "QuarantinedRow",
    "TableReport",
    "load_files",
    "loads",
    "quarantined",
]


def __getattr__(name: str) -> Any:
    if name == "load_files":
        from foresail.load.loading import load_files

        return load_files
    if name in ("loads", "quarantined"):
        from foresail.load import history

        return getattr(history, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
