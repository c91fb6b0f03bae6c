"""Where the tables live: the project's folder, settings, file, owner. Imports core and model."""

from foresail.warehouse.settings import Settings
from foresail.warehouse.store import Warehouse

__all__ = ["Settings", "Warehouse"]
