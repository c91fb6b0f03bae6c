"""Amounts times rates and shares, to a hundredth of a cent."""

from __future__ import annotations

from decimal import Decimal

import ibis
import pyarrow as pa
import pytest

from foresail.core.money import times


@pytest.mark.parametrize(
    ("amount", "factor", "product"),
    [
        ("1234.5678", "1", "1234.5678"),
        ("1234.5678", "1.000000000", "1234.5678"),
        ("100.0000", "0.925400000", "92.5400"),
        ("0.0001", "0.500000000", "0.0001"),  # half of the last place goes up
        ("0.0001", "0.499999999", "0.0000"),
        ("-2.0000", "0.333333333", "-0.6667"),
        ("99999999999999.9999", "1.000000000", "99999999999999.9999"),
        ("100.0000", None, None),
        (None, "1", None),
    ],
)
def test_an_amount_times_a_factor(
    amount: str | None, factor: str | None, product: str | None
) -> None:
    decimals = {"amount": pa.decimal128(18, 4), "factor": pa.decimal128(18, 9)}
    given = {"amount": amount, "factor": factor}
    row = ibis.memtable(
        pa.table(
            {
                name: pa.array([value and Decimal(value)], decimals[name])
                for name, value in given.items()
            }
        )
    )
    found = row.select(product=times(row.amount, row.factor)).to_pyarrow()["product"].to_pylist()
    assert found == [product and Decimal(product)]
