"""Mails with links: which of them have one, whom it fits, and who follows it."""

from __future__ import annotations

from typing import Any

from tests.oracle import deals
from tests.oracle.activity import described, is_attempt
from tests.oracle.cohorts import share
from tests.oracle.deal_links import deals_of, stood_open
from tests.oracle.followup import touch_numbers
from tests.oracle.leads import company_of, stage_rows
from tests.oracle.lengths import is_by, length
from tests.oracle.links import lead_of_activity, origin, root
from tests.oracle.memory import once
from tests.oracle.records import Activity, Content, ContentEvent, Lead, Moment
from tests.oracle.view import Kpi, Line, View, divided

ORDER = (
    "mql",
    "sql",
    "passed",
    "accepted",
    "opportunity",
    "customer",
    "disqualified",
    "recycled",
)


@once
def assets(view: View, activity: Activity) -> list[Content]:
    """The described assets that an activity shared."""
    shared = {
        row.content_id
        for row in view.world.content_share
        if row.activity_id == activity.activity_id
    }
    return [row for row in view.world.content if row.content_id in shared]


def mails(view: View) -> list[Activity]:
    """The human outbound mails in the window that took place."""
    return [
        each
        for each in view.world.activity
        if each.kind == "email" and is_attempt(each, view) and view.covers(each.occurred_at)
    ]


def follow_up_mails(view: View) -> list[Activity]:
    """Those that lie in a second or later touch of their lead."""
    numbers = touch_numbers(view)
    return [each for each in mails(view) if numbers.get(each.activity_id, (0,))[0] > 1]


def with_link(view: View) -> list[Line]:
    """Follow-up mails: whether they have a link."""
    return [_line(bool(assets(view, each)), each, view) for each in follow_up_mails(view)]


def tailored(view: View) -> list[Line]:
    """Follow-up mails with each asset that they link: whether it fits."""
    return [
        _line((each.activity_id, fits(asset, each, view)), each, view, asset)
        for each in follow_up_mails(view)
        for asset in assets(view, each)
    ]


def _line(value: Any, mail: Activity, view: View, asset: Content | None = None) -> Line:
    what = {
        **described(mail, mail.occurred_at, view.world),
        "touch_number": touch_numbers(view).get(mail.activity_id, (None,))[0],
        "content": asset.content_id if asset else None,
    }
    return Line(value, what)


def fits(asset: Content, mail: Activity, view: View) -> bool:
    """Whether an asset is made for the mail's lead: for its segment, or for where it stands."""
    lead, at = lead_of_activity(view.world, mail), mail.occurred_at
    assert lead is not None
    assert at is not None
    segment = origin(view.world, lead, company_of(lead, view.world))["segment"]
    stages = {latest_stage(lead, at, view), *deal_stages(mail, at, view)}
    return (asset.segment is not None and asset.segment == segment) or (
        asset.stage is not None and asset.stage in stages
    )


def latest_stage(lead: Lead, at: Moment, view: View) -> str | None:
    """The stage that a lead reached last, at or before a moment; of several the furthest."""
    rows = [row for row in stage_rows(lead, view) if row.reached_at <= at]
    last = max(rows, key=lambda row: (row.reached_at, ORDER.index(row.stage)), default=None)
    return last.stage if last else None


def deal_stages(mail: Activity, at: Moment, view: View) -> set[str | None]:
    """The stages in which the deals that a mail belongs to stood open then."""
    world = view.world
    return {
        deals.stage_at(deal, at.at, world)
        for deal in deals_of(mail, at.at, view)
        if stood_open(deal, at.at, world)
    }


def is_delivered(mail: Activity, view: View) -> bool:
    """A human outbound mail with a link that did not bounce."""
    is_mail = mail.kind == "email" and is_attempt(mail, view) and mail.outcome != "bounced"
    return is_mail and bool(assets(view, mail))


def clicked(view: View) -> list[Line]:
    """Delivered mails with each asset that they link: whether somebody clicked on it."""
    found = clicked_links(view)
    return [
        _line((each.activity_id, (each.activity_id, asset.content_id) in found), each, view, asset)
        for each in mails(view)
        if is_delivered(each, view)
        for asset in assets(view, each)
    ]


@once
def clicked_links(view: View) -> set[tuple[str, str]]:
    """The mails that a person clicked in by T, with the asset; with all where none is named."""
    found = set()
    for event in view.world.content_event:
        at = event.occurred_at
        if event.kind != "click" or event.is_bot or at is None or at.at > view.as_of:
            continue
        mail = mail_of(event, at, view)
        if mail is not None and is_human(mail, at, view):
            linked = {asset.content_id for asset in assets(view, mail)}
            meant = {each for each in linked if each == event.content_id} or linked
            found |= {(mail.activity_id, each) for each in meant}
    return found


def mail_of(event: ContentEvent, at: Moment, view: View) -> Activity | None:
    """The mail that a click names, else the last one to its lead with its asset."""
    world = view.world
    if event.activity_id is not None:
        named = [each for each in world.activity if each.activity_id == event.activity_id]
        return named[0] if named else None
    theirs = [
        (each.occurred_at, each.activity_id, each)
        for each in world.activity
        if event.lead_id is not None
        and is_delivered(each, view)
        and any(asset.content_id == event.content_id for asset in assets(view, each))
        and each.occurred_at is not None
        and is_by(each.occurred_at, at, world.settings)
        and (lead := lead_of_activity(world, each)) is not None
        and lead.lead_id == root(world, "lead", event.lead_id)
    ]
    return max(theirs, default=(None, None, None), key=lambda each: each[:2])[2]


def is_human(mail: Activity, at: Moment, view: View) -> bool:
    """Whether a click came after the mail, and not as soon as a scanner's."""
    sent, settings = mail.occurred_at, view.world.settings
    if sent is None or not is_by(sent, at, settings):
        return False
    is_timed = not sent.is_date and not at.is_date
    return not is_timed or length(sent, at, settings) > settings.scanner_seconds


def share_of_different(lines: list[Line]) -> Any:
    """The share of different things that are so at least once."""
    those = {thing for thing, is_so in (line.value for line in lines) if is_so}
    return divided(len(those), len({line.value[0] for line in lines}))


KPIS: dict[str, Kpi] = {
    "content_link_rate": Kpi(share, (with_link,)),
    "tailored_link_rate": Kpi(share_of_different, (tailored,)),
    "content_click_rate": Kpi(share_of_different, (clicked,)),
}
