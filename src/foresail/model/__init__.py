"""The canonical tables, each column declared once. Imports core only.

The warehouse's tables, the loader's checks, the documentation and the error messages come from
these declarations.
"""

from foresail.model.tables import TABLES, table
from foresail.model.types import Column, Table, Type

__all__ = ["TABLES", "Column", "Table", "Type", "table"]
