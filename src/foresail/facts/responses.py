"""Responses: how long people who asked us wait for a human answer."""

from __future__ import annotations

from foresail.core.anchors import At, CensoredMedian, Count, Longest, Mean, Standing, Stands
from foresail.core.dimensions import (
    ANSWERED_BY,
    ATTEMPT,
    HOLDER,
    RESPONSE_KIND,
)
from foresail.core.expressions import Elapsed, Setting, _
from foresail.core.measures import Fact, Measure, Need
from foresail.facts.leads import REQUESTED, Leads

BEGAN = At("began", "the beginning of the owner's turn")
ATTEMPTS = (
    Need("lead", "created_at"),
    Need("lead", "channel"),
    Need("activity", "direction"),
)

IS_ANSWERED = _.answered_at.notnull()
HAS_ENDED = (_.ended_at <= _.as_of).fill_null(False)
WATCHED = HAS_ENDED.ifelse(Elapsed("requested", "ended"), Elapsed("requested", "as_of"))
RESPONSE = IS_ANSWERED.ifelse(Elapsed("requested", "answered"), WATCHED)
WORKED = HAS_ENDED.ifelse(_.ended_business, _.as_of_business) - _.requested_business
RESPONSE_WORKED = IS_ANSWERED.ifelse(_.answered_business - _.requested_business, WORKED)

IS_WAITING = ~IS_ANSWERED & ~HAS_ENDED
HAS_TALKED = ((_.talked_at <= _.as_of) & (_.talked_at <= _.ended_at).fill_null(True)).fill_null(
    False
)
IS_ROUTED = ((_.routed_at <= _.as_of) & (_.routed_at <= _.ended_at).fill_null(True)).fill_null(
    False
)
IS_OPEN = (
    ~IS_ANSWERED
    & ~(_.ended_at <= _.stands_at).fill_null(False)
    & ~(_.opportunity_at <= _.stands_at).fill_null(False)
    & ~(_.customer_at <= _.stands_at).fill_null(False)
)
IS_TIMED = ~(_.requested_is_date | _.answered_is_date) | (Setting("sla") >= 86_400)


class Responses(Fact):
    """One row per request, or several that came together, and stretch of time with one answer."""

    table = "response"
    key = ("episode_id",)
    dimensions = (*Leads.dimensions, RESPONSE_KIND, ANSWERED_BY)
    shows = (
        "episode_id",
        "lead_id",
        "account",
        "source",
        "requested_at",
        "answered_at",
        "answered_by",
        "response_kind",
        "ended_at",
        "attempt_rep",
    )
    small = ("is_inbound",)
    has_validity = True

    requests = Measure(
        Count(),
        at=REQUESTED,
        credit=ATTEMPT,
        where=_.is_inbound,
        needs=ATTEMPTS,
        words="inbound requests",
    )
    median = Measure(
        CensoredMedian(RESPONSE, IS_ANSWERED),
        at=REQUESTED,
        credit=ATTEMPT,
        where=_.is_inbound,
        needs=ATTEMPTS,
        words="median time from request to first human attempt, unanswered requests kept in",
    )
    median_business = Measure(
        CensoredMedian(RESPONSE_WORKED, IS_ANSWERED),
        at=REQUESTED,
        credit=ATTEMPT,
        where=_.is_inbound,
        needs=ATTEMPTS,
        words="median working time from request to first human attempt, unanswered ones kept in",
    )
    mean = Measure(
        Mean(Elapsed("requested", "answered")),
        at=REQUESTED,
        credit=ATTEMPT,
        where=_.is_inbound & IS_ANSWERED,
        needs=ATTEMPTS,
        words="mean time from request to first human attempt",
    )
    waiting = requests.only(IS_WAITING, words="requests without an answer so far")
    worked_before = requests.only(
        (_.worked_before_until > _.as_of).fill_null(False),
        words="leads that were worked before they were entered",
    )
    oldest = Measure(
        Longest(Elapsed("requested", "as_of")),
        at=REQUESTED,
        credit=ATTEMPT,
        where=_.is_inbound & IS_WAITING,
        needs=ATTEMPTS,
        words="the longest that a request waits",
    )
    due = requests.only(
        IS_TIMED & (IS_ANSWERED | (Setting("sla") <= RESPONSE)),
        words="requests answered, or with their time run out",
    )
    in_time = due.only(
        IS_ANSWERED & (Setting("sla") >= RESPONSE), words="requests answered in time"
    )
    unanswered = Measure(
        Count(),
        at=Standing(),
        credit=ATTEMPT,
        where=_.is_inbound & IS_OPEN & (Elapsed("requested", "stands") >= Setting("sla")),
        needs=ATTEMPTS,
        words="requests that still wait after their time has run out",
    )
    open = Measure(
        Count(),
        at=Standing(Stands.AS_OF),
        credit=ATTEMPT,
        where=_.is_inbound & IS_OPEN,
        needs=ATTEMPTS,
        words="requests that wait for an answer now",
    )
    longest_open = open.of(
        Longest(Elapsed("requested", "stands")), words="the longest that one waits"
    )
    longest_open_business = open.of(
        Longest(_.as_of_business - _.requested_business),
        words="the longest that one waits, in working hours",
    )
    talk = Measure(
        CensoredMedian(HAS_TALKED.ifelse(Elapsed("requested", "talked"), WATCHED), HAS_TALKED),
        at=REQUESTED,
        credit=ATTEMPT,
        where=_.is_inbound,
        needs=ATTEMPTS,
        words="median time from request to first contact in both directions",
    )
    routing = Measure(
        CensoredMedian(IS_ROUTED.ifelse(Elapsed("requested", "routed"), WATCHED), IS_ROUTED),
        at=REQUESTED,
        credit=ATTEMPT,
        where=_.is_inbound & _.is_routing_known,
        needs=(Need("lead", "created_at"), Need("lead", "channel")),
        words="median time from request to first assignment",
    )


class ResponseSpells(Fact):
    """One row per inbound request, turn of an owner until the answer, and stretch of time."""

    table = "response_spell"
    key = ("episode_id", "began_rep", "began_at")
    dimensions = Leads.dimensions
    shows = ("episode_id", "lead_id", "account", "began_rep", "began_at", "answered_at", "left_at")
    has_validity = True

    median = Measure(
        CensoredMedian(
            IS_ANSWERED.ifelse(
                Elapsed("began", "answered"),
                (_.left_at <= _.as_of)
                .fill_null(False)
                .ifelse(Elapsed("began", "left"), Elapsed("began", "as_of")),
            ),
            IS_ANSWERED,
        ),
        at=BEGAN,
        credit=HOLDER,
        needs=ATTEMPTS,
        words="median time from the owner's turn to the first human attempt",
    )
