"""Visitors of the web site."""

from __future__ import annotations

from typing import Any

from ibis import _ as row

from foresail.facts.making.source import Source


def make_traffic(source: Source) -> Any:
    """Make `fact.traffic`: the visitors of each day and source."""
    traffic = source.canonical("web_traffic").filter(row.day.notnull())
    return source.keep(
        "traffic",
        traffic.select("day", "source", "visitors", "loaded_at", is_organic=row.is_organic),
    )
