"""Worked examples of the waterfall: what changed the pipeline between two instants."""

from __future__ import annotations

from typing import Any

from tests.oracle.small import deal, march
from tests.oracle.view import View
from tests.oracle.waterfall import balance, waterfall

OLD = {"created_at": "2026-02-01", "amount": 100}
STAGES = [{"stage": "meet", "kind": "open"}, {"stage": "lost", "kind": "lost"}]


def change(field: str, old: Any, new: Any, at: str = "2026-03-10T12:00:00Z") -> dict[str, Any]:
    """A change of the deal oak."""
    values = {"field": field, "old_value": old, "new_value": new, "changed_at": at}
    return {"opportunity_id": "oak", **values}


def parts(view: View, slice_: Any = None, **how: Any) -> dict[str, int]:
    """The parts of the whole, or of a slice, that are not nothing; they add up in every slice."""
    found = waterfall(view, **how)
    assert all(balance(each) == each["closing"] for each in found.values())
    return {name: int(amount) for name, amount in found.get(slice_, {}).items() if amount}


def of_oak(*changes: dict[str, Any], as_of: str = "2026-03-31", **values: Any) -> View:
    """March of a deal from February worth 100."""
    return march(as_of, opportunity=[deal("oak", **{**OLD, **values})], opportunity_change=changes)


def test_what_happens_to_nothing_but_stands() -> None:
    assert parts(of_oak()) == {"opening": 100, "closing": 100}


def test_what_is_created_in_the_period() -> None:
    assert parts(of_oak(created_at="2026-03-05")) == {"created": 100, "closing": 100}


def test_what_is_won_lost_or_deleted_leaves_the_opening_value() -> None:
    for name in ("won", "lost"):
        view = of_oak(outcome=name, closed_at="2026-03-10")
        assert parts(view) == {"opening": 100, name: 100}
    assert parts(of_oak(deleted_at="2026-03-10")) == {"opening": 100, "deleted": 100}
    assert parts(of_oak(deleted_at="2026-02-10")) == {}


def test_a_deal_created_and_won_is_in_both_parts() -> None:
    view = of_oak(created_at="2026-03-05", outcome="won", closed_at="2026-03-10")
    assert parts(view) == {"created": 100, "won": 100}


def test_raises_and_cuts_are_told_apart() -> None:
    up = change("amount", "100", "150", "2026-03-10T12:00:00Z")
    down = change("amount", "150", "70", "2026-03-20T12:00:00Z")
    raised = {"opening": 100, "raised": 50, "lowered": 80, "closing": 70}
    assert parts(of_oak(up, down, amount=70)) == raised
    # What is not over at E is not known.
    assert parts(of_oak(up, down, amount=70, as_of="2026-03-15")) == {
        "opening": 100,
        "raised": 50,
        "closing": 150,
    }


def test_a_reopened_deal_comes_back_at_its_worth_then() -> None:
    history = [
        {"opportunity_id": "oak", "stage": stage, "entered_at": f"2026-{day}T12:00:00Z"}
        for stage, day in (("meet", "02-02"), ("lost", "03-05"), ("meet", "03-20"))
    ]
    view = march(
        stage=STAGES,
        opportunity=[deal("oak", **{**OLD, "amount": 60})],
        opportunity_stage=history,
        opportunity_change=[change("amount", "100", "60")],
    )
    assert parts(view) == {"opening": 100, "lost": 100, "reopened": 60, "closing": 60}


def test_an_owner_who_hands_over_moves_the_value() -> None:
    view = of_oak(change("owner_id", "bob", "ann"))
    assert parts(view) == {"opening": 100, "closing": 100}
    assert parts(view, "bob", by="rep") == {"opening": 100, "moved_out": 100}
    assert parts(view, "ann", by="rep") == {"moved_in": 100, "closing": 100}


def test_an_owner_who_changes_teams_moves_it_as_well() -> None:
    places = [
        {"rep_id": "ann", "valid_from": "2026-01-01", "team": "north"},
        {"rep_id": "ann", "valid_from": "2026-03-15", "team": "south"},
    ]
    view = march(opportunity=[deal("oak", **OLD)], rep_assignment=places)
    assert parts(view, "north", by="team") == {"opening": 100, "moved_out": 100}
    assert parts(view, "south", by="team") == {"moved_in": 100, "closing": 100}


def test_changes_at_one_instant_come_one_after_the_other() -> None:
    # It is handed over as it was, raised by who has it now, and won as it is now.
    at = "2026-03-10T12:00:00Z"
    view = of_oak(
        change("owner_id", "bob", "ann", at),
        change("amount", "100", "120", at),
        amount=120,
        outcome="won",
        closed_at=at,
    )
    assert parts(view, "bob", by="rep") == {"opening": 100, "moved_out": 100}
    assert parts(view, "ann", by="rep") == {"moved_in": 100, "raised": 20, "won": 120}


def test_changes_are_at_the_rate_of_e_and_the_opening_value_is_revalued() -> None:
    rates = [
        {"currency": "USD", "day": "2026-03-01", "rate": 0.5},
        {"currency": "USD", "day": "2026-03-31", "rate": 0.75},
    ]
    rows = [
        deal("oak", **OLD, currency="USD"),
        deal("elm", currency="USD", amount=40, created_at="2026-03-05"),
    ]
    view = march(opportunity=rows, exchange_rate=rates)
    assert parts(view) == {"opening": 50, "revalued": 25, "created": 30, "closing": 105}


def test_what_is_not_known_adds_nothing() -> None:
    rows = [deal("oak", created_at="2026-02-01"), {"opportunity_id": "elm", "amount": 100}]
    assert parts(march(opportunity=rows)) == {}
    # Once the amount is known, it is raised by it.
    assert parts(of_oak(change("amount", None, "100"))) == {"raised": 100, "closing": 100}


def test_deals_are_pulled_in_and_pushed_out_of_what_is_due() -> None:
    field = "expected_close_on"
    out = of_oak(change(field, "2026-03-20", "2026-04-01"), expected_close_on="2026-04-01")
    assert parts(out, due=True) == {"opening": 100, "pushed_out": 100}
    assert parts(out) == {"opening": 100, "closing": 100}
    into = of_oak(change(field, "2026-04-20", "2026-03-31"), expected_close_on="2026-03-31")
    assert parts(into, due=True) == {"pulled_in": 100, "closing": 100}
    # What was due before the period and is still open is due.
    assert parts(of_oak(expected_close_on="2026-02-20"), due=True)["opening"] == 100
    assert parts(of_oak(), due=True) == {}


def test_a_deal_won_while_it_was_not_due_was_never_in_the_waterfall() -> None:
    view = of_oak(expected_close_on="2026-04-20", outcome="won", closed_at="2026-03-10")
    assert parts(view, due=True) == {}
