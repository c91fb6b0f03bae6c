"""Passages: which stages deals passed, and what became of them there."""

from __future__ import annotations

from foresail.core.anchors import At, Count
from foresail.core.dimensions import ENTRANT
from foresail.core.expressions import Elapsed, _
from foresail.core.measures import Fact, Measure
from foresail.facts.deals import DEAL_DIMENSIONS, HISTORY, IS_DISMISSED, IS_OPEN, IS_WON, OUTCOMES
from foresail.facts.stage_times import BY_NOW, USUAL

ENTERED = At("entered", "the entry into the stage")

IS_ADVANCED = _.standing == "advanced"
IS_HERE = _.standing == "here"
LOST_HERE = _.standing == "lost"
LASTS_LONG = (Elapsed("stood", "as_of") > USUAL).fill_null(False)


class StagePassages(Fact):
    """One row per opportunity, stage passed and stretch of time in which it had come to the same.

    `standing` is advanced, lost there, back in another stage, or here.
    """

    table = "stage_passage"
    key = ("opportunity_id", "stage")
    dimensions = DEAL_DIMENSIONS
    shows = (
        "opportunity_id",
        "name",
        "account",
        "entrant_rep",
        "stage",
        "standing",
        "state",
        "stood_at",
        "lost_reason",
    )
    small = ("state", "standing", "lost_reason")
    has_validity = True
    has_deletion = True

    entered = Measure(
        Count(), at=ENTERED, credit=ENTRANT, needs=HISTORY, words="deals that entered the stage"
    )
    left = entered.only(~IS_HERE, words="of these that left it")
    advanced = left.only(IS_ADVANCED, words="of these that advanced")
    lost = entered.only(LOST_HERE & ~IS_DISMISSED, words="deals lost there")
    disqualified = entered.only(LOST_HERE & IS_DISMISSED, words="deals disqualified there")
    back = entered.only(_.standing == "back", words="deals that went back")

    judged = Measure(
        Count(),
        at=ENTERED,
        credit=ENTRANT,
        per=BY_NOW,
        where=~IS_HERE | LASTS_LONG,
        needs=HISTORY,
        words="deals that entered the stage and are not fresh there",
    )
    leaked = judged.only(~IS_ADVANCED & (_.standing != "back"), words="lost, disqualified, stalled")
    stalled = judged.only(IS_HERE, words="stalled deals")
    fresh = Measure(
        Count(),
        at=ENTERED,
        credit=ENTRANT,
        per=BY_NOW,
        where=IS_HERE & ~LASTS_LONG,
        needs=HISTORY,
        words="fresh deals",
    )

    pursued = entered.only(~IS_DISMISSED, needs=OUTCOMES, words="deals that entered the stage")
    won = pursued.only(IS_WON, words="of these won since")
    open = pursued.only(IS_OPEN, words="of these still open")
