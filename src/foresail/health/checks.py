"""A check: a question put to the canonical tables, whose answer is the records that look wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import ibis

from foresail.model import TABLES


class Tables(Protocol):
    """Where a check finds its rows, and what it must know of the organisation."""

    currency: str
    as_of: Any
    """The as-of instant as an Ibis value."""

    def canonical(self, name: str) -> Any:
        """A canonical table, with the column `record`: the key as people read it."""

    def fact(self, name: str) -> Any:
        """A fact table."""


@dataclass(frozen=True)
class Check:
    """What looks wrong in one table.

    `title` names the rows ("opportunities closed before they were created"); `find` gives them,
    with their key in the column `record`.
    """

    id: str
    table: str
    title: str
    meaning: str
    remedy: str
    find: Callable[[Tables], Any]
    is_wrong: bool = True


def rows_with(table: str, condition: Any) -> Callable[[Tables], Any]:
    """The rows of a table that meet a condition."""
    return lambda tables: tables.canonical(table).filter(condition)


def record_of(table: str, rows: Any) -> Any:
    """The key of a row as people read it; a table without a key shows its first columns."""
    names = [each.name for each in TABLES[table].key] or [
        each.name for each in TABLES[table].columns[:3]
    ]
    texts = [rows[name].cast("string").fill_null("–") for name in names]
    return ibis.literal(" · ").join(texts) if len(texts) > 1 else texts[0]
