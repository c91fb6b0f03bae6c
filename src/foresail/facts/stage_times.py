"""How long deals stand in their stages, and how long they usually do."""

from __future__ import annotations

from foresail.core.anchors import At, CensoredMedian, Count, Quantile, Standing, Stands
from foresail.core.dimensions import ENTRANT, PIPELINE, STAGE
from foresail.core.expressions import Elapsed, _
from foresail.core.measures import Fact, Measure
from foresail.facts.deals import DEAL_DIMENSIONS, HISTORY

HAS_LEFT = (_.left_at <= _.as_of).fill_null(False)


class StageTimes(Fact):
    """One row per deal, stage and visit, in force until the deal's next visit to that stage."""

    table = "stage_time"
    key = ("opportunity_id", "stage")
    dimensions = DEAL_DIMENSIONS
    shows = ("opportunity_id", "name", "account", "entrant_rep", "stage", "begun_at", "left_at")
    has_validity = True
    has_deletion = True

    median = Measure(
        CensoredMedian(
            _.earlier_seconds
            + HAS_LEFT.ifelse(Elapsed("begun", "left"), Elapsed("begun", "as_of")),
            happened=HAS_LEFT,
        ),
        at=At("entered", "the first entry into the stage"),
        credit=ENTRANT,
        needs=HISTORY,
        words="median time in the stage",
    )


class AdvancedVisits(Fact):
    """One row per visit to a stage that ended by advancing."""

    table = "advanced_visit"
    key = ("opportunity_id", "stage", "begun_at")
    dimensions = (PIPELINE, STAGE)
    shows = ("opportunity_id", "name", "account", "stage", "begun_at", "left_at")
    has_validity = True
    has_deletion = True

    by_now = Measure(
        Count(), at=Standing(Stands.AS_OF), needs=HISTORY, words="visits that advanced"
    )
    ninth_decile_by_now = Measure(
        Quantile(_.seconds, 0.9),
        at=Standing(Stands.AS_OF),
        needs=HISTORY,
        words="90 % quantile of visits that advanced",
    )
    by_end = Measure(Count(), at=Standing(), needs=HISTORY, words="visits that advanced")
    ninth_decile_by_end = Measure(
        Quantile(_.seconds, 0.9),
        at=Standing(),
        needs=HISTORY,
        words="90 % quantile of visits that advanced",
    )


ENOUGH_VISITS = 30
USUAL = (_.visits.fill_null(0) >= ENOUGH_VISITS).ifelse(_.usual, _.usual_anywhere)
"""How long the stage's visits usually last: from enough of them, else from those of all stages."""

BY_NOW = {
    (PIPELINE, STAGE): {
        "usual": AdvancedVisits.ninth_decile_by_now,
        "visits": AdvancedVisits.by_now,
    },
    (): {"usual_anywhere": AdvancedVisits.ninth_decile_by_now},
}
BY_END = {
    (PIPELINE, STAGE): {
        "usual": AdvancedVisits.ninth_decile_by_end,
        "visits": AdvancedVisits.by_end,
    },
    (): {"usual_anywhere": AdvancedVisits.ninth_decile_by_end},
}
