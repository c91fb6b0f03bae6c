import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from foresail.load.report import LoadReport, TableReport
from foresail.project import wire
from foresail.project.results import Benchmark, KpiInfo, LoadSummary
from tests.project.show.made import REP, REVENUE, answer, records

REPORT = LoadReport(
    1, False, (TableReport("rep", 2, 1, 0, 0, 1, 0, ("reps.csv",), (("no key", 1),)),), (), 0.5
)
KPI = KpiInfo(
    id="win_rate",
    label="Win rate",
    theme="Win rates",
    theme_question="How often do we win?",
    meaning="Decided deals that were won.",
    formula="won ÷ closed",
    anchor="closed_on",
    credit="the owner at close",
    unit="share",
    better="higher",
    kind="R",
    benchmark=Benchmark(0.17, None, "HubSpot 2024"),
    demands=("S0.1",),
    section="9",
    dimensions=("rep", "team"),
)


def there_and_back(value: Any) -> Any:
    return wire.decoded(*wire.encoded(value))


@pytest.mark.parametrize(
    "value",
    [
        None,
        [1, 1.0, "1", True, None],
        (1, (2, ()), []),
        {"on": dt.date(2017, 12, 31), "at": dt.datetime(2017, 12, 31, 23, 59, 59, 999999)},
        {1: "one", "$date": "no date"},
        {"amount": Decimal("1.10"), "file": Path("/a/b")},
        [KPI, REPORT, LoadSummary(1, dt.datetime.min, dt.datetime.max, ("a",), 1, 1, 0, 0, 0)],
    ],
)
def test_what_arrives_is_what_was_sent(value: Any) -> None:
    arrived = there_and_back(value)
    assert arrived == value
    assert repr(arrived) == repr(value)


def test_an_answer_arrives_with_its_rows_and_the_rest() -> None:
    sent = answer(
        (*REP, *REVENUE),
        [{"rep": "Ann", "rep_id": "1", "revenue": 3.5}, {"rep": "Bob", "rep_id": "2"}],
        totals={"revenue": 3.5},
        notes=("One amount is unknown.",),
    )
    arrived = there_and_back(sent)
    assert arrived == sent
    assert arrived.table.schema.equals(sent.table.schema, check_metadata=True)


def test_records_arrive_with_their_dates_and_instants() -> None:
    row = {"rep": dt.date(2017, 9, 1), "rep_id": dt.datetime(2017, 9, 1, 12), "revenue": None}
    sent = records((*REP, *REVENUE), [row])
    assert there_and_back(sent) == sent
    assert there_and_back(sent).rows == [row]


@pytest.mark.parametrize("name", ["subprocess:Popen", "foresail.project.results:dataclass"])
def test_nothing_but_results_is_built(name: str) -> None:
    body = json.dumps({"$class": name, "fields": {}}).encode()
    with pytest.raises(ValueError, match="is no result"):
        wire.decoded(wire.JSON_TYPE, body)


def test_what_has_no_form_on_the_wire_is_refused() -> None:
    with pytest.raises(TypeError, match="set has no form"):
        wire.encoded({"names": {"a"}})
