"""Worked examples of assets that are handed out, and of those who call back."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from tests.oracle.records import Settings
from tests.oracle.scenes import at, done, lead
from tests.oracle.small import as_of, by, march, value
from tests.oracle.test_content import event, mail, shared
from tests.oracle.view import View

REPS = [
    {"rep_id": "ann", "team": "north"},
    {"rep_id": "bob", "team": "north"},
    {"rep_id": "cid", "team": "south", "left_on": "2026-03-30"},
]


@lru_cache
def used() -> View:
    """Assets in March, and who shared them."""
    content = [
        {"content_id": "old", "retired_on": "2026-02-28"},
        {"content_id": "ending", "retired_on": "2026-03-01"},
        {"content_id": "new", "published_on": "2026-03-31", "segment": "small"},
        {"content_id": "coming", "published_on": "2026-04-01"},
        {"content_id": "always"},
    ]
    acts = [
        mail("m1", "3 9:00"),
        mail("m2", "31 9:00", rep_id="cid"),
        mail("m3", "4 9:00", is_automated=True, rep_id="bob"),
        {**done("meeting", "5 9:00", outcome="no_show", rep_id="bob"), "activity_id": "m4"},
    ]
    return march(
        rep=REPS,
        lead=[lead("ivy")],
        activity=acts,
        content=content,
        content_share=shared(m1="always old", m2="new", m3="ending", m4="ending"),
    )


def test_usage_is_of_assets_that_could_be_used() -> None:
    # Ending, new and always; of ending only a machine's mail, and a meeting that did not happen.
    assert value("collateral_usage_rate", used()) == Fraction(2, 3)
    assert by("collateral_usage_rate", used(), "segment") == {"small": 1, None: Fraction(1, 2)}
    assert value("collateral_usage_rate", as_of(used(), "2026-03-30")) == Fraction(1, 2)
    assert by("collateral_usage_rate", used(), "content") == {"new": 1, "always": 1, "ending": 0}


def test_adoption_is_of_reps_in_the_job() -> None:
    # Cid, who shared something too, has left.
    assert by("collateral_adoption", used(), "rep") == {"ann": 1, "bob": 0}
    assert value("collateral_adoption", as_of(used(), "2026-03-30")) == Fraction(1, 3)


NUMBERS = [
    {"content_id": "guide", "tracking_number": "+49 30-1"},
    {"content_id": "demo", "tracking_number": "(49) 301"},
    {"content_id": "plain"},
    {"content_id": "odd", "tracking_number": "none"},
]
LEADS = [lead(key) for key in ("ivy", "oak", "elm", "fir", "ash")]


def rang(when: str, who: str, number: str, **more: Any) -> dict[str, Any]:
    """An inbound call that dialled a number."""
    return done("call", when, lead_id=who, direction="inbound", dialled_number=number, **more)


@lru_cache
def handed_out(callback_days: int = 14) -> View:
    """Who got an asset, and who called."""
    acts = [
        mail("m1", "2 12:00", lead_id="ivy"),
        # The same number on another asset: the call belongs to this one.
        mail("m2", "3 12:00", lead_id="ivy", rep_id="bob"),
        rang("10 9:00", "ivy", "0049 301"),
        rang("10 9:30", "ivy", "49301"),
        mail("m3", "3 12:00", lead_id="oak"),
        # Fourteen days later to the second, and one more.
        rang("17 12:00", "oak", "49 30 1"),
        mail("m4", "3 12:00", lead_id="elm"),
        {**rang("17 12:00", "elm", "49 30 1"), "occurred_at": "2026-03-17T12:00:01Z"},
        rang("2 12:00", "elm", "49 30 1"),
        mail("m5", "3 12:00", lead_id="fir"),
        mail("m6", "4 12:00", lead_id="ash"),
        mail("m7", "29 12:00", lead_id="oak"),
    ]
    events = [
        event("e1", "5 9:00", lead_id="ash", content_id="guide", kind="callback"),
        event("e2", "5 9:00", lead_id="elm", content_id="guide", kind="callback", is_bot=True),
        event("e3", "5 9:00", lead_id="fir", content_id="guide", kind="callback"),
    ]
    shares = shared(m1="guide", m2="demo plain", m3="guide", m4="guide", m5="odd", m6="guide")
    return march(
        settings=Settings(callback_days=callback_days),
        lead=LEADS,
        activity=acts,
        content=NUMBERS,
        content_share=[*shares, *shared(m7="guide")],
        content_event=events,
        rep=REPS,
    )


def test_people_call_back_the_number_that_they_were_given_last() -> None:
    # Ivy, oak and ash of four; to fir no number was given.
    assert value("callback_rate", handed_out()) == Fraction(3, 4)
    assert value("callback_rate.maturing", handed_out()) == 1
    # Ann gave ivy the first number, which was not called back.
    assert by("callback_rate", handed_out(), "rep") == {"ann": Fraction(2, 4), "bob": 1}
    assert by("callback_rate", handed_out(), "content") == {"guide": Fraction(2, 4), "demo": 1}


def test_the_days_are_a_setting_and_nobody_calls_before_it() -> None:
    assert value("callback_rate", handed_out(15)) == 1
    assert value("callback_rate", handed_out(6)) == Fraction(1, 4)
    assert value("callback_rate", as_of(handed_out(), "2026-03-17T11:59")) == Fraction(0, 1)


def test_what_was_deleted_is_no_callback() -> None:
    view = march(
        lead=LEADS,
        content=NUMBERS,
        activity=[
            mail("m1", "2 12:00"),
            rang("3 9:00", "ivy", "49301", deleted_at=at("4 9:00")),
            rang("3 10:00", "ivy", "49301", is_automated=True),
            rang("3 11:00", "ivy", "493012"),
        ],
        content_share=shared(m1="guide"),
    )
    assert value("callback_rate", view) == 0
