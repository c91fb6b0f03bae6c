"""Records drawn by lot."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foresail.core.errors import QuestionError
from foresail.project.drawing import drawn

SIZE = 10
LEADS = pa.schema([("territory", pa.string()), ("lead_id", pa.string())])


@given(
    st.lists(
        st.tuples(st.sampled_from(["N", "S", None]), st.integers(0, 60)), unique=True, max_size=40
    )
)
def test_a_sample_depends_on_no_order_and_takes_the_same_of_each(
    leads: list[tuple[str | None, int]],
) -> None:
    found = [{"territory": where, "lead_id": f"{where}{number}"} for where, number in leads]
    listed = pa.Table.from_pylist(found, schema=LEADS)
    taken = drawn(listed, "lead_id", "territory", SIZE, "2026-03").to_pylist()
    assert taken == drawn(listed[::-1], "lead_id", "territory", SIZE, "2026-03").to_pylist()
    for territory in ("N", "S", None):
        there = [row for row in found if row["territory"] == territory]
        of_it = [row for row in taken if row["territory"] == territory]
        assert len(of_it) == min(SIZE, len(there))
        assert all(row in there for row in of_it)


def test_a_column_that_is_not_there_is_told() -> None:
    listed = pa.Table.from_pylist([{"territory": "N", "lead_id": "1"}], schema=LEADS)
    told = (
        r"no column teritory to draw by\. Did you mean territory\? Their columns are: territory, "
    )
    with pytest.raises(QuestionError, match=told):
        drawn(listed, "lead_id", "teritory", SIZE, "2026-03")
