"""Amounts of money in columns: exact decimals, to a hundredth of a cent."""

from __future__ import annotations

from typing import Any

import ibis

MONEY = "decimal(18, 4)"


def times(amount: Any, factor: Any) -> Any:
    """An amount times a rate or share, to a hundredth of a cent; wide enough not to overflow.

    Times 1 it is itself, which most amounts are: DuckDB takes two microseconds to round a wide one.
    """
    product = amount.cast("decimal(19, 4)") * factor.cast("decimal(19, 9)")
    return ibis.ifelse(factor == 1, amount.cast(MONEY), product.cast(MONEY))
