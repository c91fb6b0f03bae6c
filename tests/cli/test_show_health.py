import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from foresail.cli.show_health import show_health
from foresail.health.report import ColumnHealth
from foresail.project.results import Finding, Health, KpiHealth, Lack, TableHealth
from foresail.project.show.layout import console

LACK = Lack("activity", "outcome", "past calls and meetings", 23, 100)
ZOMBIE = Finding(
    check="zombie",
    table="opportunity",
    title="open opportunities whose expected close passed more than 90 days ago",
    meaning="They swell the pipeline.",
    remedy="Close them as lost.",
    is_wrong=False,
    n=12,
    rows=3500,
    samples=("O1", "O2"),
)
BACKWARDS = Finding(
    check="closed_before_created",
    table="opportunity",
    title="opportunities closed before they were created",
    meaning="They are left out of lengths.",
    remedy="Correct them.",
    is_wrong=True,
    n=1,
    rows=3500,
    samples=("O3",),
)


def test_what_is_wrong_comes_first_and_unsafe_kpis_say_why(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    health = Health(
        as_of=dt.datetime(2026, 3, 31, 21, 59, 59, 999999),
        tables=(
            TableHealth(
                "opportunity",
                3500,
                dt.date(2025, 1, 2),
                dt.date(2026, 3, 30),
                (ColumnHealth("amount", 3000), ColumnHealth("cost", 0)),
            ),
            TableHealth("usage", 0, None, None, ()),
        ),
        kpis=(
            KpiHealth("revenue", (), ()),
            KpiHealth("nps", ("survey_response.score",), ()),
            KpiHealth("connect_rate", (), (LACK,)),
        ),
        findings=(ZOMBIE, BACKWARDS),
        quarantined=1,
    )
    show_health(console(), health, "Acme", ZoneInfo("Europe/Berlin"))
    assert capsys.readouterr().out.splitlines() == [
        "The data of Acme  as of 31 Mar 2026",
        "",
        "                                            empty",
        "Table         rows  from        to          columns",
        "───────────────────────────────────────────────────",
        "opportunity  3,500  2025-01-02  2026-03-30  cost",
        "  Nothing loaded: usage",
        "",
        "2 of 3 KPIs can be answered",
        "  ✗ nps: nothing loaded for survey_response.score",
        "  ~ connect_rate: activity.outcome is empty for 23 of 100 past calls and",
        "    meetings (23%)",
        "",
        "1 row waits in quarantine",
        "  See them: foresail quarantine",
        "",
        "What looks wrong",
        "  ! Opportunities closed before they were created: 1 of 3,500",
        "    They are left out of lengths. Correct them.",
        "    such as O3",
        "  ? Open opportunities whose expected close passed more than 90 days ago: 12 of",
        "    3,500",
        "    They swell the pipeline. Close them as lost.",
        "    such as O1, O2",
    ]
