"""Mails that reps wrote: follow-ups, links to assets, clicks on them."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.reigns import between
from foresail.facts.making.source import BEGINNING, END, Source
from foresail.facts.making.work.clicks import first_clicks
from foresail.model.prospects import LEAD_STAGE

ASSET_OF_MAIL = {"activity_id": "activity_id", "content": "content"}


def make_mails(source: Source) -> Any:
    """Make `fact.mail` and `fact.mail_link`: per human outbound mail, and per asset that one links,
    a row for each stretch of time in which the number of its touch stays.

    A mail has a number while it belongs to a follow-up of a lead that is not deleted.
    """
    mails = source.fact("activity").filter(row.is_touch & (row.kind == "email"))
    stretches = source.keep("mail_stretch", _stretches(source, mails))
    links = source.keep("link", _links(source))
    linked = links.select("activity_id", linked_id="activity_id").distinct()
    made = mails.inner_join(stretches, "activity_id")
    made = attach(made, linked, {"activity_id": "activity_id"}, {"linked_id": "linked_id"})
    source.keep("mail", made.mutate(has_link=row.linked_id.notnull()).drop("linked_id"))
    links = links.inner_join(stretches, "activity_id")
    source.keep("mail_link", links)
    source.drop("touch_attempt", "mail_touch", "mail_stretch", "link_fit", "link_click", "link")


def _stretches(source: Source, mails: Any) -> Any:
    """All time of each mail, with the number of the touch that it lies in, where there is one."""
    attempts = source.fact("touch_attempt").filter(row.kind == "email")
    attempts = attach(
        attempts, source.fact("lead"), {"lead_id": "lead_id"}, {"lead_deleted_at": "deleted_at"}
    )
    numbered = attempts.select(
        "activity_id",
        "touch_number",
        since=row.version_since,
        until=ibis.least(row.version_until, row.lead_deleted_at.fill_null(END)),
    ).filter(row.since < row.until)
    numbered = source.keep("mail_touch", numbered)
    rest = between(mails.select("activity_id"), numbered, "activity_id", BEGINNING)
    rest = rest.mutate(touch_number=ibis.null("int64"))
    return ibis.union(numbered, rest.select(*numbered.columns))


def _links(source: Source) -> Any:
    """Each asset that a mail links: whether it fits, and when somebody clicked on it."""
    links = source.fact("share").filter(row.kind == "email")
    fitting = source.keep("link_fit", _fitting(source, links))
    links = attach(links, fitting, {"share_id": "share_id"}, {"fit_id": "share_id"})
    links = links.mutate(fits=row.fit_id.notnull()).drop("fit_id")
    clicks = source.keep("link_click", first_clicks(source, links))
    return attach(links, clicks, ASSET_OF_MAIL, {"clicked_at": "clicked_at"})


def _fitting(source: Source, links: Any) -> Any:
    """The links whose asset is made for the lead's segment, or for its stage, or a deal's."""
    leads = source.fact("lead").select("lead_id", segment_of_lead="segment")
    by_segment = attach(
        links, leads, {"lead_id": "lead_id"}, {"segment_of_lead": "segment_of_lead"}
    ).filter(row.asset_segment == row.segment_of_lead)
    staged = links.filter(row.asset_stage.notnull())
    found = [by_segment, _by_lead_stage(source, staged), _by_deal_stage(source, staged)]
    return ibis.union(*(each.select("share_id") for each in found), distinct=True)


STAGES = LEAD_STAGE.by_name["stage"].choices


def _by_lead_stage(source: Source, links: Any) -> Any:
    """The links whose asset is made for the stage that was the lead's latest at the mail."""
    stages = source.fact("lead_end").mutate(
        place=ibis.cases(*((row.stage == name, place) for place, name in enumerate(STAGES)))
    )
    in_order = ibis.window(group_by="lead_id", order_by=["reached_at", "place"])
    stages = stages.mutate(left_at=ibis.coalesce(row.reached_at.lead().over(in_order), END))
    found = links.inner_join(
        stages,
        [
            links.lead_id == stages.lead_id,
            links.asset_stage == stages.stage,
            stages.reached_at <= links.occurred_at,
            stages.left_at > links.occurred_at,
        ],
    )
    return found.select(links.share_id)


def _by_deal_stage(source: Source, links: Any) -> Any:
    """The links whose asset is made for the stage in which a deal of the mail stood open then."""
    of_deals = source.fact("deal_touch").select("opportunity_id", "activity_id")
    links = links.drop("opportunity_id").inner_join(of_deals, "activity_id")
    states = source.fact("opportunity_state").filter(row.state == "open")
    found = links.inner_join(
        states,
        [
            links.opportunity_id == states.opportunity_id,
            links.asset_stage == states.stage,
            states.since <= links.occurred_at,
            states.until > links.occurred_at,
            states.deleted_at.fill_null(END) > links.occurred_at,
        ],
    )
    return found.select(links.share_id)
