"""Powers in formulas, sums for each thing, and needs that something else can meet."""

from __future__ import annotations

from foresail.core.anchors import At, Count, Sum, SumOfEach
from foresail.core.expressions import _
from foresail.core.formulas import is_counted, is_summed, ratio
from foresail.core.kpis import KPI, Better, Kind, Unit, carried
from foresail.core.measures import MONTHS, Fact, Measure, Need


class Sales(Fact):
    """One row per sale."""

    table = "sale"
    key = ("sale_id",)

    sold = Measure(Count(), at=At("sold", "the sale", by_day=True), words="sales")
    lost = sold.only(_.is_lost, words="lost sales")
    best = sold.of(
        SumOfEach(
            (_.amount > 10).ifelse(10, _.amount), "customer", {"amount": _.price}, "currency"
        ),
        words="sales, at most 10 for each customer",
    )


def kpi(formula: object) -> KPI:
    return KPI(
        meaning="A test.",
        formula=formula,  # type: ignore[arg-type]
        unit=Unit.PERCENT,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=(),
        section="20",
    )


def test_a_power_says_what_it_is_a_power_of() -> None:
    share = Sales.lost / Sales.sold
    yearly = 1 - (1 - share) ** (12 / MONTHS)

    assert str(yearly) == "1 − (1 − lost sales ÷ sales) ^ (12 ÷ months of the period)"
    assert str(share**2) == "(lost sales ÷ sales) ^ 2"
    # The parts of the share do not travel with it, and its days do not add up to it.
    assert ratio(kpi(yearly)) is None
    assert not is_summed(kpi(yearly))
    assert is_counted(yearly)


def test_a_sum_for_each_thing_looks_at_the_rows_columns_alone() -> None:
    assert Sales.best.value.columns() == {"customer", "price", "currency"}
    assert str(Sales.best) == "sales, at most 10 for each customer"
    assert Sales.best.parent is None
    assert Sales.best.empty == 0
    assert not is_counted(Sales.best / Sales.sold)
    assert not is_counted(Sales.sold.of(Sum(_.price)) / Sales.sold)


def test_what_is_known_by_day_has_a_weekday_and_no_hour() -> None:
    assert [each.id for each in carried(Sales.sold)] == ["weekday"]


def test_something_else_can_meet_a_need() -> None:
    wins = Need("opportunity", "outcome")
    need = Need("subscription", "started_on", otherwise=wins)

    assert need.is_met({Need("subscription", "started_on")})
    assert need.is_met({wins})
    assert not need.is_met({Need("subscription"), Need("opportunity")})
    assert not wins.is_met({need})
    assert str(need) == "subscription.started_on or opportunity.outcome"
