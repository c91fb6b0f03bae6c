"""What is wrong with an own KPI, benchmark or hidden name, said with the reason and the place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from foresail.catalogue.own import catalogue_of
from foresail.core.errors import DefinitionError, ProjectError
from foresail.project import Project
from foresail.warehouse import Settings

SOUND = {
    "id": "won_per_call",
    "meaning": "Deals won for each call.",
    "formula": "deals_won / outbound_calls",
    "unit": "ratio",
    "direction": "higher",
}


def refusal(**changes: Any) -> str:
    """Why a KPI that is sound but for some changes is refused."""
    with pytest.raises(DefinitionError) as error:
        catalogue_of(Settings(kpi=({**SOUND, **changes},)))  # type: ignore[arg-type]
    return str(error.value)


def made(**changes: Any) -> Any:
    catalogue = catalogue_of(Settings(kpi=({**SOUND, **changes},)))  # type: ignore[arg-type]
    return catalogue.kpi("won_per_call")


def test_the_sound_one_is_made() -> None:
    assert str(made().formula) == "deals won ÷ outbound calls"


@pytest.mark.parametrize(
    ("formula", "pointed", "reason"),
    [
        ("deals_wn / outbound_calls", "deals_wn", "no KPI deals_wn. Did you mean deals_won?"),
        ("deals_won / * outbound_calls", "*", "a KPI, a number or a bracket is expected here"),
        ("deals_won / (outbound_calls", "(", "this bracket is never closed"),
        ("deals_won / outbound_calls)", ")", "this bracket was never opened"),
        ("deals_won outbound_calls", "outbound_calls", "a sign (+ - * /) is expected here"),
        ("deals_won / 1,000", ",", "Write 1000 without a comma"),
        ("deals_won / 50 %", "%", "Write 0.35 for 35 %"),
        ("deals_won / (1 - 1)", "/", "this divides by zero"),
        ("deals_won / (0 * outbound_calls)", "/", "this divides by zero"),
        ("deals_won / ", "", "a KPI, a number or a bracket is expected here"),
        ("open('x').read()", "'", "' means nothing in a formula"),
        ("deals_won ; drop table", ";", "; means nothing in a formula"),
        ("win_rate.nominator", "win", "has no part nominator. Did you mean denominator?"),
        ("deals_won.n", "deals", "has no part n. It has none"),
        ("deals_won + revenue", "+", "count and money cannot be added"),
        ("revenue - sales_cycle", "-", "money and time cannot be subtracted"),
        ("1e999 * deals_won", "1e999", "this number is too large"),
    ],
)
def test_a_wrong_formula_is_refused_at_its_place(formula: str, pointed: str, reason: str) -> None:
    first, text, caret = refusal(formula=formula).splitlines()
    assert first.startswith("kpi won_per_call: formula: ")
    assert reason in first
    assert text == f"  {' '.join(formula.split())}"
    place = len(caret) - 1
    assert text[place:].startswith(pointed)
    if pointed:
        assert place == text.index(pointed)
    else:
        assert place == len(text)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"formula": " "}, "formula: it is empty"),
        ({"formula": "2 * 3"}, "formula: it names no KPI"),
        ({"formula": "1e300 * 1e300 * deals_won"}, "formula: its numbers are too large"),
        ({"formula": "deals_won" + " + 1" * 300}, "at most 1,000 are read"),
        ({"formula": "(" * 51 + "deals_won" + ")" * 51}, "more than 50 brackets lie in each other"),
        ({"formula": "won_per_call + 1"}, "it is made of itself: won_per_call → won_per_call"),
        ({"meaning": " "}, "meaning: it is empty"),
        (
            {"unit": "monney"},
            "no unit monney. Did you mean money? There are: count, share",
        ),
        ({"unit": "money"}, "money does not fit, the formula gives a plain number. Write share or"),
        ({"formula": "revenue / deals_won"}, "the formula gives money per count. Write money"),
        ({"formula": "deals_won / outbound_calls * 100", "unit": "share"}, "Leave out the * 100"),
        ({"unit": "per 1,000"}, "per 1,000 needs a formula that ends in * 1000"),
        ({"direction": "up"}, "There are: higher, lower, on target"),
        ({"kind": "leading"}, "Write action or result"),
        ({"where": {"chanel": "outbound"}}, "no dimension chanel. Did you mean channel?"),
        ({"where": {"stage": "offer"}}, "outbound_calls has no stage"),
        ({"where": {"channel": []}}, "channel names no value"),
        ({"where": {"channel": True}}, "True is no value of channel"),
        ({"where": {"weekday": "mondy"}}, "no weekday. Did you mean monday?"),
        ({"where": {"hour_of_day": 24}}, "24 is no hour of the day"),
        (
            {"formula": "quota_attainment", "unit": "share", "where": {"team": "north"}},
            "quota_attainment looks at quotas",
        ),
        ({"id": "win_rate"}, "the catalogue has a KPI of that name"),
        ({"id": "Win rate"}, "its id cannot be asked by"),
        ({"id": "team"}, "answers have a column of that name already"),
        ({"id": "numerator"}, "answers have a column of that name already"),
        (
            {"benchmark": {"low": 35, "source": "Own"}, "formula": "win_rate", "unit": "share"},
            "benchmark: 35 is 3500%. Shares are 0 to 1: write 0.35 for 35 %",
        ),
        (
            {"benchmark": {"low": -1, "source": "Own"}, "formula": "deals_won", "unit": "count"},
            "benchmark: -1 is below zero",
        ),
    ],
)
def test_what_does_not_fit_is_refused(changes: dict[str, Any], reason: str) -> None:
    assert reason in refusal(**changes)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"kpi": (SOUND, SOUND)}, "kpi won_per_call: there are two of that id"),
        (
            {
                "kpi": (
                    {**SOUND, "id": "a", "formula": "b * 2"},
                    {**SOUND, "id": "b", "formula": "c"},
                    {**SOUND, "id": "c", "formula": "a / 2"},
                )
            },
            "it is made of itself: a → b → c → a",
        ),
        (
            {
                "kpi": (
                    {**SOUND, "id": "a", "formula": "b"},
                    {**SOUND, "id": "b", "formula": "deals_one / outbound_calls"},
                )
            },
            "kpi b: formula: there is no KPI deals_one. Did you mean deals_won?",
        ),
        (
            {"benchmarks": {"win_rte": {"low": 0.2, "source": "Own"}}},
            "benchmarks: there is no KPI win_rte. Did you mean win_rate?",
        ),
        (
            {"benchmarks": {"win_rate": {"low": 20, "source": "Own"}}},
            "benchmarks.win_rate: 20 is 2000%",
        ),
        ({"hidden": ("win_rte",)}, "no KPI and no theme win_rte. Did you mean win_rate?"),
        ({"hidden": ("activty",)}, "Did you mean Activity?"),
    ],
)
def test_settings_that_contradict_the_catalogue_are_refused(
    settings: dict[str, Any], reason: str
) -> None:
    with pytest.raises(DefinitionError) as error:
        catalogue_of(Settings(**settings))
    assert reason in str(error.value)


def test_terms_have_an_end() -> None:
    """Doubling eight times over would be 256 deals; a hundred terms are the most."""
    own = [{**SOUND, "id": "d0", "formula": "deals_won", "unit": "count"}]
    for step in range(1, 9):
        formula = f"d{step - 1} + d{step - 1}"
        own.append({**SOUND, "id": f"d{step}", "formula": formula, "unit": "count"})
    with pytest.raises(DefinitionError, match="made of more than 100 terms"):
        catalogue_of(Settings(kpi=tuple(own)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (
            '[[kpi]]\nid = "a"\nformulla = "deals_won"',
            "kpi a: there is no setting formulla.",
        ),
        ('[[kpi]]\nid = "a"', "kpi a: meaning is missing."),
        ('[kpi]\nid = "a"', "kpi: write [[kpi]], with two brackets, above each of them."),
        ('[[kpi]]\nmeaning = "a"', "kpi number 1: id is missing."),
        ("[benchmarks]\nwin_rate = { low = 0.2 }", "benchmarks.win_rate: source is missing."),
        (
            '[benchmarks]\nwin_rate = { source = "Own" }',
            "benchmarks.win_rate: give low, high or both.",
        ),
        (
            '[benchmarks]\nwin_rate = { low = 0.3, high = 0.2, source = "Own" }',
            "benchmarks.win_rate: low (0.3) is above high (0.2).",
        ),
        ('[benchmarks]\nwin_rate = { low = nan, source = "Own" }', "benchmarks.win_rate.low: "),
        ('[benchmarks]\nwin_rate = { low = 0.1, source = "" }', "say who published the benchmark"),
        ('[thresholds]\nhidden = ["win_rate"]', "Write hidden above the first section."),
        ('hiden = ["win_rate"]', "there is no setting hiden. Did you mean hidden?"),
        (
            '[[kpi]]\nid = "a"\nmeaning = "b"\nformula = "c"\nunit = "count"\ndirection = "lower"',
            "kpi a: formula: there is no KPI c.",
        ),
    ],
)
def test_a_project_with_wrong_settings_does_not_open_and_says_why(
    tmp_path: Path, lines: str, reason: str
) -> None:
    path = Project.init(tmp_path)
    path.write_text(lines)
    with pytest.raises(ProjectError) as error:
        Project.open(tmp_path)
    assert str(error.value).startswith(f"{path}: ")
    assert reason in str(error.value)
    path.write_text("")
    Project.open(tmp_path).close()  # the warehouse was let go


def test_every_example_in_the_settings_of_a_new_project_is_sound(tmp_path: Path) -> None:
    path = Project.init(tmp_path)
    lines = path.read_text().splitlines()
    examples = [line.removeprefix("# ") for line in lines if _is_example(line)]
    path.write_text("\n".join([line for line in lines if not line.startswith("#")] + examples))
    settings = Settings.read(tmp_path)
    catalogue = catalogue_of(settings)
    assert [each.id for each in settings.kpi] == ["wins_per_1000_calls"]
    assert catalogue.kpis["wins_per_1000_calls"].benchmark is not None
    assert catalogue.kpis["connect_rate"].benchmark is None
    assert catalogue.hidden


def _is_example(line: str) -> bool:
    """Whether a comment is a setting: a name and its value, or the head of a section."""
    text = line.removeprefix("# ")
    name = text.partition(" = ")[0]
    return line != text and (text.startswith("[") or (" = " in text and name.isidentifier()))


def test_a_length_of_time_may_be_written_with_its_unit() -> None:
    benchmark = {"high": "2h", "source": "Own"}
    catalogue = catalogue_of(Settings(benchmarks={"sales_cycle": benchmark}))  # type: ignore[dict-item]
    found = catalogue.kpis["sales_cycle"].benchmark
    assert found is not None
    assert found.high == 7200
