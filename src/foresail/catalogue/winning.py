"""Winning: what became of the deals."""

from __future__ import annotations

from foresail.catalogue.pipeline import Pipeline
from foresail.core.kpis import KPI, Better, Kind, Theme, Unit
from foresail.core.measures import Constant
from foresail.facts.opportunities import Opportunities
from foresail.facts.stage_passages import StagePassages
from foresail.facts.wins import Wins

NOT_A_LOSS = "Deals lost as a duplicate or a test (the setting not_a_loss) are no losses."
SECONDS_A_DAY = Constant(86_400)


class Winning(Theme):
    """How many of our deals do we win, how large are they, and how long do they take?"""

    deals_won = KPI(
        meaning="Opportunities that were won.",
        formula=Opportunities.won,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S0.7",),
        section="9",
        caveats=("A deal that was re-opened and won again counts once, at its last close.",),
    )
    deals_lost = KPI(
        meaning="Opportunities that were lost.",
        formula=Opportunities.lost,
        unit=Unit.COUNT,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S0.7",),
        section="9",
        caveats=(NOT_A_LOSS,),
    )
    win_rate = KPI(
        meaning="Share of the opportunities closed in the period that were won.",
        formula=Opportunities.decided_won / Opportunities.decided,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S0.7", "S2.9"),
        section="9",
        caveats=(NOT_A_LOSS, "It flatters a rep who never closes what is lost."),
    )
    win_rate_value = KPI(
        meaning="Share of the amount closed in the period that was won.",
        formula=Opportunities.decided_won_value / Opportunities.decided_value,
        given=Opportunities.lost_with_value,
        left_out=Opportunities.decided_without_value,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S0.7",),
        section="9",
        caveats=(
            NOT_A_LOSS,
            "Deals without a known amount above zero are left out; unknown where no lost deal "
            "has one. One large deal can decide it: read it beside win_rate.",
        ),
    )
    stage_win_rate = KPI(
        meaning="Share of the opportunities that entered the stage in the period that have been "
        "won since.",
        formula=StagePassages.won / StagePassages.pursued,
        beside={"open": StagePassages.open},
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S0.7",),
        section="9",
        caveats=(NOT_A_LOSS, "Deals still open count as not won yet."),
    )
    win_rate_cohort = KPI(
        meaning="Share of the opportunities opened in the period that have been won since.",
        formula=Opportunities.won_of_created / Opportunities.cohort,
        beside={
            "open": Opportunities.open_of_created,
            "estimate": Opportunities.won_in_the_end,
        },
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S0.7",),
        section="9",
        caveats=("Deals still open count as not won yet: a young cohort is low for that alone.",),
    )
    avg_deal_size = KPI(
        meaning="Mean amount of the opportunities won.",
        formula=Opportunities.mean_won_value,
        unit=Unit.MONEY,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S1.0",),
        section="17",
    )
    median_deal_size = KPI(
        meaning="Middle amount of the opportunities won: half are larger.",
        formula=Opportunities.median_won_value,
        unit=Unit.MONEY,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S1.0",),
        section="17",
    )
    sales_cycle = KPI(
        meaning="Middle time from opening an opportunity to winning it.",
        formula=Opportunities.median_cycle,
        unit=Unit.DURATION,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S1.0", "S3.10"),
        section="10",
        caveats=("Over deals won; deals closed before they were created are left out.",),
    )
    mean_sales_cycle = KPI(
        meaning="Mean time from opening an opportunity to winning it.",
        formula=Opportunities.mean_cycle,
        unit=Unit.DURATION,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S1.0", "S3.10"),
        section="10",
        caveats=("Over deals won; deals closed before they were created are left out.",),
    )
    first_touch_cycle = KPI(
        meaning="Middle time from the first human attempt to winning the opportunity.",
        formula=Wins.since_first_touch,
        unit=Unit.DURATION,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S3.10",),
        section="10",
        caveats=("Over deals won; deals that nobody touched before the close are left out.",),
    )
    conversion_time = KPI(
        meaning="Middle time from the lead's request to winning its opportunity.",
        formula=Wins.since_request,
        unit=Unit.DURATION,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S4.6",),
        section="10",
        caveats=("Over deals won that have a lead.",),
    )
    sales_velocity = KPI(
        meaning="Money that the pipeline turns into per day, at the present pace.",
        formula=Pipeline.open_deals * win_rate * avg_deal_size / (mean_sales_cycle / SECONDS_A_DAY),
        unit=Unit.MONEY_PER_DAY,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.9",),
        section="16",
        caveats=("Open deals as of the end of the period; the other three over the period.",),
    )
