"""Assets that are handed out, who does it, and who calls back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.oracle.activity import described, is_attempt, is_inbound_call, is_visible
from tests.oracle.cohorts import share
from tests.oracle.lengths import A_DAY, age, is_by, length
from tests.oracle.links import lead, person, person_of_lead
from tests.oracle.mails import assets, share_of_different
from tests.oracle.memory import once
from tests.oracle.people import credit
from tests.oracle.records import Activity, Content, ContentEvent, Moment
from tests.oracle.staff import staff
from tests.oracle.view import Kpi, Line, View, distinct


def sharing(view: View) -> list[Activity]:
    """The attempts in the window that shared an asset."""
    return [
        each
        for each in view.world.activity
        if is_attempt(each, view) and view.covers(each.occurred_at) and assets(view, each)
    ]


def available(view: View) -> list[Line]:
    """Assets that could be used between the window's first day and E: whether one was shared."""
    shared = {asset.content_id for each in sharing(view) for asset in assets(view, each)}
    return [
        Line(
            row.content_id in shared,
            {"content": row.content_id, "segment": row.segment, "stage": row.stage},
        )
        for row in view.world.content
        if (row.published_on is None or row.published_on <= view.stands_on)
        and (row.retired_on is None or view.window.is_all or row.retired_on >= view.window.start)
    ]


def adopting(view: View) -> list[Line]:
    """The reps in the job at E: whether they shared an asset."""
    reps = {each.rep_id for each in sharing(view)}
    day = view.stands_on
    return [
        Line(rep.rep_id in reps, credit(view.world, rep.rep_id, day)) for rep in staff(view, day)
    ]


@dataclass(frozen=True)
class Handout:
    """An asset with a number of its own that an attempt shared with a person."""

    person: str
    by: Activity
    at: Moment
    asset: Content

    @property
    def number(self) -> str:
        """The asset's number."""
        return digits(self.asset.tracking_number)


def digits(number: str | None) -> str:
    """A number's digits alone."""
    return "".join(each for each in number or "" if each.isdigit())


@once
def handouts(view: View) -> list[Handout]:
    """The handouts up to T, oldest first."""
    found = [
        Handout(who, each, each.occurred_at, asset)
        for each in view.world.activity
        if is_attempt(each, view)
        and each.occurred_at is not None
        and (who := person(view.world, each)) is not None
        for asset in assets(view, each)
        if digits(asset.tracking_number)
    ]
    return sorted(found, key=lambda each: (each.at, each.by.activity_id, each.asset.content_id))


@once
def called_back(view: View) -> set[tuple[str, str]]:
    """The handouts that were called back, as the attempt and the asset."""
    found = set()
    for at, theirs in callbacks(view):
        before = [each for each in theirs if is_by(each.at, at, view.world.settings)]
        if before:
            last = before[-1]
            took = length(last.at, at, view.world.settings)
            if took <= view.world.settings.callback_days * A_DAY:
                found |= {
                    (each.by.activity_id, each.asset.content_id)
                    for each in before
                    if each.by is last.by
                }
    return found


def callbacks(view: View) -> Iterator[tuple[Moment, list[Handout]]]:
    """When somebody called back, and the handouts that it may belong to, oldest first."""
    world = view.world
    for call in world.activity:
        at, who = call.occurred_at, person(world, call)
        is_theirs = is_inbound_call(call) and not call.is_automated and is_visible(call, view)
        if is_theirs and at is not None and at.at <= view.as_of:
            dialled = digits(call.dialled_number)
            mine = [each for each in handouts(view) if each.person == who]
            yield at, [each for each in mine if each.number == dialled]
    for event in world.content_event:
        at = event.occurred_at
        if event.kind == "callback" and not event.is_bot and at is not None and at.at <= view.as_of:
            yield at, [each for each in handouts(view) if is_named(each, event, view)]


def is_named(handout: Handout, event: ContentEvent, view: View) -> bool:
    """Whether an event names a handout's asset and person."""
    found = lead(view.world, event.lead_id)
    is_theirs = found is not None and person_of_lead(view.world, found) == handout.person
    return is_theirs and handout.asset.content_id == event.content_id


def _handed_out(view: View, is_old: bool) -> list[Line]:
    settings = view.world.settings
    return [
        Line(
            (each.person, (each.by.activity_id, each.asset.content_id) in called_back(view)),
            {
                **described(each.by, each.at, view.world),
                "content": each.asset.content_id,
            },
        )
        for each in handouts(view)
        if view.covers(each.at)
        and (age(each.at, view.as_of, settings) >= settings.callback_days * A_DAY) is is_old
    ]


def old_handouts(view: View) -> list[Line]:
    """Handouts in the window that are old enough: the person, and whether it was called back."""
    return _handed_out(view, is_old=True)


def young_people(view: View) -> list[Line]:
    """The people with a younger one."""
    return [Line(line.value[0], line.slice) for line in _handed_out(view, is_old=False)]


KPIS: dict[str, Kpi] = {
    "collateral_usage_rate": Kpi(share, (available,)),
    "collateral_adoption": Kpi(share, (adopting,)),
    "callback_rate": Kpi(share_of_different, (old_handouts,)),
    "callback_rate.maturing": Kpi(distinct, (young_people,)),
}
