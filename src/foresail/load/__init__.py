"""Files and mappings made into canonical rows, bad ones set aside. Imports down to warehouse."""

from foresail.load.history import loads, quarantined
from foresail.load.loading import load_files
from foresail.load.report import LoadReport, LoadSummary, QuarantinedRow, TableReport

__all__ = [
    "LoadReport",
    "LoadSummary",
    "QuarantinedRow",
    "TableReport",
    "load_files",
    "loads",
    "quarantined",
]
