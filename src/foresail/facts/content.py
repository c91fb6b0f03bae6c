"""Content: mails with links to assets, assets handed out, and what came of it."""

from __future__ import annotations

from foresail.core.anchors import At, Count, Distinct, Standing, Stands
from foresail.core.dimensions import (
    ACTIVITY_KIND,
    ACTOR,
    CAMPAIGN,
    CHANNEL,
    COMPANY_SIZE_BAND,
    CONTENT,
    COUNTRY,
    INDUSTRY,
    LEAD_TERRITORY,
    NETWORK,
    OUTCOME,
    SEGMENT,
    SOURCE,
    STAGE,
    TITLE_LEVEL,
    TOUCH_NUMBER,
)
from foresail.core.expressions import Elapsed, Setting, _
from foresail.core.measures import Fact, Measure, Need

OF_PROSPECT = (
    SOURCE,
    CHANNEL,
    CAMPAIGN,
    LEAD_TERRITORY,
    SEGMENT,
    INDUSTRY,
    COUNTRY,
    COMPANY_SIZE_BAND,
    TITLE_LEVEL,
)
SHARES = (Need("content"), Need("content_share"), Need("activity", "direction"))
MAILS = (*SHARES, Need("activity", "kind", "email"))
SENT = At("occurred", "the mail")
SHARED = At("occurred", "the attempt")
IS_FOLLOW_UP = (_.touch_number >= 2).fill_null(False)
OLD = Setting("callback_days") * 86_400


class Mails(Fact):
    """One row per mail that a rep wrote and stretch of time in which its touch number stays."""

    table = "mail"
    key = ("activity_id",)
    dimensions = (TOUCH_NUMBER, OUTCOME, *OF_PROSPECT)
    shows = ("occurred_at", "actor_rep", "lead_id", "contact_id", "account", "subject")
    has_validity = True
    has_deletion = True

    follow_ups = Measure(
        Count(),
        at=SENT,
        credit=ACTOR,
        where=IS_FOLLOW_UP,
        needs=(*MAILS, Need("lead")),
        words="follow-up mails",
    )
    linked_follow_ups = follow_ups.only(_.has_link, words="of these with a link to an asset")


class MailLinks(Fact):
    """One row per mail and asset that it links, and stretch of time in which its number stays."""

    table = "mail_link"
    key = ("activity_id", "content")
    dimensions = (CONTENT, TOUCH_NUMBER, OUTCOME, *OF_PROSPECT)
    shows = ("asset", "occurred_at", "actor_rep", "lead_id", "contact_id", "account", "clicked_at")
    has_validity = True
    has_deletion = True

    follow_ups = Measure(
        Distinct(_.activity_id),
        at=SENT,
        credit=ACTOR,
        where=IS_FOLLOW_UP,
        needs=(*MAILS, Need("lead")),
        words="follow-up mails with a link to an asset",
    )
    tailored = follow_ups.only(_.fits, words="of these with an asset that fits")
    delivered = Measure(
        Distinct(_.activity_id),
        at=SENT,
        credit=ACTOR,
        where=(_.outcome != "bounced").fill_null(True),
        needs=(*MAILS, Need("content_event", "kind", "click")),
        words="mails with a link that did not bounce",
    )
    clicked = delivered.only(
        (_.clicked_at <= _.as_of).fill_null(False), words="of these that a person clicked"
    )


class Shares(Fact):
    """One row per attempt and asset that was shared in it."""

    table = "share"
    key = ("activity_id", "content")
    dimensions = (CONTENT, ACTIVITY_KIND, OUTCOME, NETWORK, *OF_PROSPECT)
    shows = ("asset", "occurred_at", "kind", "actor_rep", "lead_id", "contact_id", "account")
    has_deletion = True

    shares = Measure(Count(), at=SHARED, credit=ACTOR, needs=SHARES, words="assets shared")


class Handouts(Fact):
    """One row per attempt and asset with a number of its own, and stretch of time in which it is
    known to have been called back, or not.
    """

    table = "handout"
    key = Shares.key
    dimensions = Shares.dimensions
    shows = Shares.shows
    has_validity = True
    has_deletion = True

    old = Measure(
        Distinct(_.person),
        at=SHARED,
        credit=ACTOR,
        where=Elapsed("occurred", "as_of") >= OLD,
        needs=(*SHARES, Need("content", "tracking_number")),
        words="people given an asset with a number of its own long enough ago",
    )
    called_back = old.only(_.is_called_back, words="of these who called it")
    maturing = Measure(
        Distinct(_.person),
        at=SHARED,
        credit=ACTOR,
        where=Elapsed("occurred", "as_of") < OLD,
        needs=(*SHARES, Need("content", "tracking_number")),
        words="people given one too recently to tell",
    )


class Assets(Fact):
    """One row per asset, from its publication until it is retired."""

    table = "asset"
    key = ("content",)
    dimensions = (CONTENT, SEGMENT, STAGE)
    shows = ("name", "kind", "segment", "stage", "published_on", "retired_on")

    available = Measure(
        Count(),
        at=Standing(Stands.WITHIN, words="being available in the period"),
        per={(CONTENT,): {"shares": Shares.shares}},
        needs=SHARES,
        words="assets available in the period",
    )
    shared = available.only(_.shares > 0, words="of these that were shared")
