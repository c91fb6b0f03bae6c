"""Worked examples of stages: what a passage is, and what becomes of it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.oracle.records import Settings
from tests.oracle.small import STAGES, back_to, by, deal, ever, march, of_one, value, way
from tests.oracle.stages import CLASSES
from tests.oracle.view import View

LEFT_OUT = Settings(skipped_stages="left_out")


def classes(view: View, **where: Any) -> dict[str, int]:
    """How many passages have become what, without what none has."""
    counts = {each: value(f"leak_rate.{each}", view, **where) for each in CLASSES}
    return {each: number for each, number in counts.items() if number}


def test_a_deal_passes_the_stages_that_it_jumps_over() -> None:
    view = of_one(way("oak", review=5))
    assert classes(view, stage="meet") == classes(view, stage="offer") == {"advanced": 1}
    assert classes(view, stage="review") == {"fresh": 1}
    assert value("stage_conversion", view) == 1


def test_skipped_stages_can_be_left_out() -> None:
    view = of_one(way("oak", review=5), settings=LEFT_OUT)
    assert by("leak_rate.fresh", view, "stage") == {"review": 1}
    assert value("stage_conversion", view) is None


def test_a_win_passes_every_stage() -> None:
    view = of_one(way("oak", meet=2, won=9))
    assert by("stage_conversion", view, "stage") == {"meet": 1, "offer": 1, "review": 1}
    view = of_one(way("oak", meet=2, won=9), settings=LEFT_OUT)
    assert by("stage_conversion", view, "stage") == {"meet": 1}


def test_a_win_without_a_closed_stage_passes_as_well() -> None:
    view = of_one(way("oak", meet=2), outcome="won", closed_at="2026-03-09")
    assert by("stage_win_rate", view, "stage") == {"meet": 1, "offer": 1, "review": 1}


def test_a_loss_passes_through_nothing() -> None:
    view = of_one(way("oak", offer=2, lost=9))
    assert classes(view, stage="meet") == {"advanced": 1}
    assert classes(view, stage="offer") == {"lost": 1}
    assert classes(view, stage="review") == {}


def test_a_loss_on_the_day_of_the_last_entry_is_lost_there() -> None:
    view = of_one(way("oak", meet=2, offer=9), outcome="lost", closed_at="2026-03-09")
    assert by("leak_rate", view, "stage") == {"meet": 0, "offer": 1}


def test_what_was_entered_at_the_instant_of_the_close_was_never_open() -> None:
    won = {"outcome": "won", "closed_at": "2026-03-09T12:00:00Z"}
    view = march(opportunity=[deal("oak", **won)], opportunity_stage=way("oak", meet=2, done=9))
    assert by("stage_conversion", view, "stage") == {"meet": 1}


def test_a_win_that_was_reopened_is_cancelled_with_what_it_passed() -> None:
    history = [*way("oak", meet=2, won=9), back_to("oak", "meet", 12)]
    assert by("leak_rate.advanced", of_one(history, "2026-03-10"), "stage") == {
        "meet": 1,
        "offer": 1,
        "review": 1,
    }
    view = of_one(history)
    assert classes(view) == {"fresh": 1}
    assert classes(view, stage="meet") == {"fresh": 1}


def test_a_return_does_not_undo_an_advance_and_counts_no_second_time() -> None:
    view = of_one([*way("oak", meet=2, offer=5), back_to("oak", "meet", 9)])
    assert classes(view, stage="meet") == {"advanced": 1}
    assert classes(view, stage="offer") == {"back": 1}
    assert value("stage_conversion", view) == Fraction(1, 2)
    assert value("leak_rate", view) == 0


def test_who_is_lost_in_another_stage_has_gone_back_before() -> None:
    view = of_one([*way("oak", meet=2, offer=5), back_to("oak", "meet", 9), *way("oak", lost=12)])
    assert classes(view, stage="meet") == {"advanced": 1}
    assert classes(view, stage="offer") == {"back": 1}


def test_the_reason_tells_lost_from_disqualified() -> None:
    view = of_one(way("oak", meet=2, lost=9), lost_reason="duplicate")
    assert classes(view) == {"disqualified": 1}
    assert value("leak_rate", view) == 1
    # It is no loss: it counts neither as won nor as lost.
    assert value("stage_win_rate", view) is None


def test_left_out_stages_advance_only_after_they_were_entered() -> None:
    history = [*way("oak", offer=2, meet=5, lost=9)]
    assert classes(of_one(history, settings=LEFT_OUT), stage="meet") == {"lost": 1}
    assert classes(of_one(history), stage="meet") == {"advanced": 1}


def test_a_stage_without_a_place_lies_where_it_was_entered() -> None:
    view = of_one(way("oak", meet=2, legal=5, offer=9))
    assert classes(view, stage="meet") == classes(view, stage="legal") == {"advanced": 1}
    view = of_one([*way("oak", meet=2, legal=5), back_to("oak", "meet", 9)])
    assert classes(view, stage="legal") == {"back": 1}
    # Entered from another stage it lies behind that one.
    view = of_one([*way("oak", legal=2, offer=5), back_to("oak", "legal", 9)])
    assert classes(view, stage="legal") == classes(view, stage="offer") == {"advanced": 1}
    # Who had gone back before has not come further by it.
    view = of_one(way("oak", review=2, meet=5, legal=9))
    assert classes(view, stage="review") == {"back": 1}
    # Nobody passes it who has not stood in it.
    assert classes(of_one(way("oak", meet=2, won=5)), stage="legal") == {}


def test_stages_are_ordered_in_their_own_pipeline() -> None:
    other = {"pipeline": "renewals", "stage": "check", "position": 1, "kind": "open"}
    rows = [deal("oak"), deal("elm", pipeline="renewals")]
    history = way("oak", offer=2) + way("elm", check=2)
    view = march(stage=[*STAGES, other], opportunity=rows, opportunity_stage=history)
    assert by("leak_rate.fresh", view, "stage") == {"offer": 1, "check": 1}
    assert by("leak_rate.advanced", view, "stage") == {"meet": 1}


def test_entered_is_the_sum_of_all_that_became_of_it() -> None:
    rows = [deal("oak"), deal("elm"), deal("ash", lost_reason="test"), deal("fir"), deal("yew")]
    history = [
        *way("oak", meet=2, won=9),
        *way("elm", meet=2, lost=9),
        *way("ash", meet=2, lost=9),
        *way("fir", meet=28),
        *way("yew", meet=2),
    ]
    view = march(stage=STAGES, opportunity=rows, opportunity_stage=history)
    # Oak's seven days are what is usual: the visit of yew, of 29, is longer than that.
    one_each = dict.fromkeys(("advanced", "lost", "disqualified", "stalled", "fresh"), 1)
    assert classes(view, stage="meet") == one_each
    assert value("leak_rate", view, stage="meet") == Fraction(3, 4)
    assert value("stage_conversion", view, stage="meet") == Fraction(1, 3)


def test_a_passage_belongs_to_the_period_of_its_entry_and_to_the_owner_then() -> None:
    changed = {
        "opportunity_id": "oak",
        "field": "owner_id",
        "old_value": "bob",
        "new_value": "ann",
        "changed_at": "2026-03-20T12:00:00Z",
    }
    rows = [deal("oak", created_at="2026-02-01")]
    entry = {"opportunity_id": "oak", "stage": "meet", "entered_at": "2026-02-02T12:00:00Z"}
    history = [entry, *way("oak", offer=5, review=25)]
    view = march(
        stage=STAGES,
        opportunity=rows,
        opportunity_stage=history,
        opportunity_change=[changed],
    )
    assert by("leak_rate.advanced", view, "stage") == {"offer": 1}
    assert by("leak_rate.advanced", view, "rep") == {"bob": 1}
    assert by("leak_rate.fresh", view, "rep") == {"ann": 1}


def test_what_happens_after_t_is_not_known() -> None:
    view = of_one(way("oak", meet=2, won=9), "2026-03-05")
    assert classes(view) == {"fresh": 1}
    assert value("stage_win_rate.open", view) == 1


def test_deals_without_a_history_and_deleted_ones_have_no_passages() -> None:
    won = {"outcome": "won", "closed_at": "2026-03-09", "stage": "won"}
    assert classes(of_one([], **won)) == {}
    assert classes(of_one(way("oak", meet=2), deleted_at="2026-03-20")) == {}


def test_a_win_without_a_date_is_in_no_bounded_period() -> None:
    view = of_one(way("oak", meet=2), outcome="won")
    assert by("stage_win_rate", view, "stage") == {"meet": 1}
    assert by("stage_win_rate", ever(view), "stage") == {"meet": 1, "offer": 1, "review": 1}
