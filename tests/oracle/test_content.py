"""Worked examples of assets: in which mails they are, whom they fit, and who follows them."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from tests.oracle.records import Settings
from tests.oracle.scenes import at, done, lead, reached
from tests.oracle.small import STAGES, as_of, by, deal, march, value, way
from tests.oracle.view import View

CONTENT = [
    {"content_id": "guide", "segment": "small"},
    {"content_id": "offer", "stage": "sql"},
    {"content_id": "demo", "stage": "meet"},
    {"content_id": "plain"},
]


def mail(key: str, when: str, **values: Any) -> dict[str, Any]:
    """A mail to ivy."""
    return {**done("email", when, **values), "activity_id": key}


def shared(**assets: str) -> list[dict[str, Any]]:
    """Which mail shared which assets."""
    return [
        {"activity_id": key, "content_id": each}
        for key, names in assets.items()
        for each in names.split()
    ]


MAILS = [
    mail("m1", "3 9:00"),
    # Within half an hour of the first: it lies in the first touch.
    mail("m2", "3 9:30"),
    mail("m3", "4 9:00"),
    # One touch of two mails, both of which count.
    mail("m4", "5 9:00"),
    mail("m5", "5 9:10", rep_id="bob"),
    mail("m6", "6 9:00", is_automated=True),
    mail("m7", "7 9:00", deleted_at=at("8 9:00")),
    mail("m8", "9 9:00"),
    mail("m9", "10 9:00"),
    done("call", "11 9:00"),
]
SHARES = shared(m1="plain", m2="guide", m3="lost", m4="guide plain", m5="offer", m7="guide")
SHARES += shared(m8="offer", m9="plain")


@lru_cache
def followed_up() -> View:
    """What Ann and Bob sent to ivy, who became sql on the eighth."""
    return march(
        lead=[lead("ivy", segment="small")],
        lead_stage=reached("ivy", mql="4 10:00", sql="8 10:00"),
        activity=MAILS,
        content=CONTENT,
        content_share=SHARES,
    )


def test_a_follow_up_mail_lies_in_a_second_or_later_touch() -> None:
    # m3 shares an asset that nobody describes; m4, m5, m8 and m9 have a link.
    assert value("content_link_rate", followed_up()) == Fraction(4, 5)
    assert value("content_link_rate", as_of(followed_up(), "2026-03-07")) == Fraction(3, 4)
    assert by("content_link_rate", followed_up(), "rep") == {"ann": Fraction(3, 4), "bob": 1}


def test_an_asset_fits_by_segment_or_by_the_stage_of_that_moment() -> None:
    # The guide is for small ones; the offer for sql, which she was not on the fifth.
    assert value("tailored_link_rate", followed_up()) == Fraction(2, 4)
    # By asset a mail counts for each that it links.
    shares = {"guide": 1, "offer": Fraction(1, 2), "plain": 0}
    assert by("tailored_link_rate", followed_up(), "content") == shares


def test_an_asset_fits_the_stage_of_the_open_deal() -> None:
    found = []
    for stage, day in (("offer", 5), ("offer", 9), ("lost", 5)):
        view = march(
            lead=[lead("ivy")],
            stage=STAGES,
            opportunity=[deal("oak", lead_id="ivy")],
            opportunity_stage=way("oak", meet=2, **{stage: day}),
            activity=[mail("m1", "3 9:00"), mail("m2", "7 9:00", opportunity_id="oak")],
            content=CONTENT,
            content_share=shared(m2="demo"),
        )
        found.append(value("tailored_link_rate", view))
    assert found == [0, 1, 0]


def event(key: str, when: str | None, **values: Any) -> dict[str, Any]:
    """A click."""
    row = {"event_id": key, "kind": "click", **values}
    return {**row, "occurred_at": at(when)} if when else row


EVENTS = [
    # A scanner clicks within five seconds, a person after six.
    event("e1", None, activity_id="c1", occurred_at="2026-03-03T09:00:05Z"),
    event("e2", None, activity_id="c2", occurred_at="2026-03-04T09:00:06Z"),
    event("e3", "6 9:00", activity_id="c3", is_bot=True),
    event("e4", "6 9:00", activity_id="c3", kind="view"),
    event("e5", "2 9:00", activity_id="c4"),
    # A date is that of all of its day.
    event("e6", "7", activity_id="c5"),
    # Names no mail: the last one to that lead with that asset, which is c7.
    event("e7", "12 9:00", lead_id="ivy", content_id="guide"),
    event("e8", "12 9:00", lead_id="ivy", content_id="demo"),
    event("e9", None, activity_id="c6"),
]


@lru_cache
def clicked() -> View:
    """Nine mails, and what was clicked."""
    days = {"c1": 3, "c2": 4, "c3": 5, "c4": 6, "c5": 7, "c6": 8, "c7": 9}
    mails = [mail(key, f"{day} 9:00") for key, day in days.items()]
    mails += [mail("c8", "10 9:00", outcome="bounced"), mail("c9", "13 9:00")]
    names = [*(each["activity_id"] for each in mails)]
    return march(
        lead=[lead("ivy")],
        activity=mails,
        content=CONTENT,
        content_share=shared(**dict.fromkeys(names, "guide")),
        content_event=EVENTS,
    )


def test_a_click_is_a_person_s_and_after_the_mail() -> None:
    # c2, c5 and c7 of eight that did not bounce.
    assert value("content_click_rate", clicked()) == Fraction(3, 8)
    assert value("content_click_rate", as_of(clicked(), "2026-03-11")) == Fraction(2, 7)


def test_how_soon_a_scanner_clicks_is_a_setting() -> None:
    rows: dict[str, Any] = {
        "lead": [lead("ivy")],
        "activity": [mail("c1", "3 9:00"), mail("c2", "4 9:00")],
        "content": CONTENT,
        "content_share": shared(c1="guide", c2="guide"),
        "content_event": EVENTS[:2],
    }
    assert value("content_click_rate", march(**rows)) == Fraction(1, 2)
    none = march(settings=Settings(scanner_seconds=4), **rows)
    assert value("content_click_rate", none) == 1


def test_social_days_are_of_working_days_present() -> None:
    social = [
        done("social", "2 10:00"),
        done("social", "2 12:00"),
        # A Saturday, and one by a machine.
        done("social", "7 12:00"),
        done("social", "9 12:00", is_automated=True),
        done("call", "10 12:00"),
    ]
    view = march(
        "2026-03-13", lead=[lead("ivy", "2 9:00")], activity=social, rep=[{"rep_id": "ann"}]
    )
    assert value("social_active_days", view) == Fraction(1, 10)
    # By kind of touch: the lead was touched by both.
    assert value("social_lead_share", view) == 1
