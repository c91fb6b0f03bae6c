"""KPIs that an organisation makes of those that exist, and its word on benchmarks."""

from __future__ import annotations

from foresail.catalogue.own.declared import catalogue_of

__all__ = ["catalogue_of"]
