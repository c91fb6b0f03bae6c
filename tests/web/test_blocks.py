"""What blocks say of themselves, and numbers of what they are made of."""

from typing import Any

import pytest

from foresail.web.number import Number, Part
from foresail.web.sheets.blocks import Chart
from foresail.web.sheets.charts import bars
from foresail.web.templatetags.cells import number_parts


def said(number: Number) -> str:
    return " ".join(number_parts(number).split())


@pytest.mark.parametrize(
    ("value", "parts", "joint", "words"),
    [
        (0.4, {"numerator": Part(2, "count"), "denominator": Part(5, "count")}, "of", "2 of 5"),
        (0.1, {"numerator": Part(11, "money"), "denominator": Part(10, "money")}, "against", "11"),
        (None, {"numerator": Part(0, "count"), "denominator": Part(0, "count")}, "of", "no cases"),
        (None, {"denominator": Part(0, "money")}, "of", "nothing to compare with"),
        (None, {"n": Part(0, "count")}, "", "no cases"),
    ],
)
def test_a_number_says_what_it_is_made_of_or_why_it_is_unknown(
    value: float | None, parts: dict[str, Part], joint: str, words: str
) -> None:
    html = said(Number("KPI", "share", value, parts, "", joint))
    assert words in html
    assert "0 of 0" not in html
    assert "0 cases" not in html
    assert ("against" in html) == (joint == "against")


def test_what_is_withheld_or_has_an_unknown_part_says_nothing() -> None:
    assert said(Number("KPI", "duration", None, {"n": Part(None, "count")}, "")) == ""
    unknown = {"numerator": Part(None, "money"), "denominator": Part(9, "count")}
    assert said(Number("KPI", "money", None, unknown, "")) == ""


def test_a_chart_without_a_known_value_is_not_drawn() -> None:
    rows: list[dict[str, Any]] = [{"rep": "Ann", "value": None}, {"rep": "Bob", "value": None}]
    assert Chart("c", spec=bars(rows, unit="count", x="rep")).is_empty
    assert Chart("c", spec=bars([], unit="count", x="rep")).is_empty
    known = [*rows, {"rep": "Cid", "value": 0}]
    assert not Chart("c", spec=bars(known, unit="count", x="rep")).is_empty
