import pytest
import typer

from foresail.cli.question import conditions, separated


def test_dimensions_come_one_by_one_or_with_commas() -> None:
    assert separated(["rep", "team, source"]) == ("rep", "team", "source")
    assert separated(None) == ()


def test_conditions_on_one_dimension_add_up() -> None:
    assert conditions(["team=North", "team=South"]) == {"team": ["North", "South"]}


def test_a_value_may_hold_an_equals_sign_and_in_quotes_a_comma() -> None:
    assert conditions(['campaign=utm=42,"Spring, late"']) == {
        "campaign": ["utm=42", "Spring, late"]
    }


@pytest.mark.parametrize("text", ["team", "=North", "team="])
def test_a_condition_without_name_or_value_is_wrong_usage(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="Write it as DIM=VALUE"):
        conditions([text])
