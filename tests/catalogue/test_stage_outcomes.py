"""How deals ended that had been in a stage: wins, what was lost there, the estimate, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.catalogue import drawn, value
from tests.catalogue.test_stages import of_deals
from tests.world import by, world


def test_stage_win_rate_leaves_out_what_is_no_loss(tmp_path: Path) -> None:
    project = of_deals(
        tmp_path,
        """
        opportunity_id | outcome | closed_at            | lost_reason
        oak            | won     | 2026-03-20T08:00:00Z |
        elm            | lost    | 2026-03-20T08:00:00Z | price
        ash            | lost    | 2026-03-20T08:00:00Z | test
        fir            |         |                      |
        """,
        """
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-02-01T08:00:00Z
        elm            | talk  | 2026-02-01T08:00:00Z
        ash            | talk  | 2026-02-01T08:00:00Z
        fir            | talk  | 2026-02-01T08:00:00Z
        """,
    )
    # oak of oak, elm and the open fir; on 15 March ash was an open deal like the others
    question: dict[str, Any] = {"period": "2026-02", "where": {"stage": ["talk"]}}
    (row,) = project.ask("stage_win_rate", **question).rows
    assert row["stage_win_rate"] == pytest.approx(1 / 3)
    assert row["stage_win_rate.open"] == 1
    (row,) = project.ask("stage_win_rate", as_of="2026-03-15", **question).rows
    assert (row["stage_win_rate.numerator"], row["stage_win_rate.denominator"]) == (0, 4)
    assert row["stage_win_rate.open"] == 4


def test_leaked_value_is_what_was_lost_by_the_stage_it_left(tmp_path: Path) -> None:
    exchange_rate = drawn("""
        currency | day        | rate
        USD      | 2026-01-01 | 0.9
        USD      | 2026-03-01 | 0.8
    """)
    project = of_deals(
        tmp_path,
        """
        opportunity_id | outcome | closed_at            | lost_reason | amount | currency | stage
        oak            | lost    | 2026-02-20T08:00:00Z | price       | 100    | USD      | lost
        elm            | lost    | 2026-02-20T08:00:00Z |             | 40     |          | lost
        ash            | lost    | 2026-02-20T08:00:00Z | duplicate   | 7000   |          | lost
        fir            | lost    | 2026-02-20T08:00:00Z |             | 5      |          | deal
        yew            | lost    | 2026-02-20T08:00:00Z |             | 3      |          | lost
        box            | lost    | 2026-03-20T08:00:00Z |             | 800    |          | lost
        """,
        """
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-02-01T08:00:00Z
        oak            | offer | 2026-02-11T08:00:00Z
        oak            | lost  | 2026-02-20T08:00:00Z
        elm            | offer | 2026-02-02T08:00:00Z
        elm            | talk  | 2026-02-03T08:00:00Z
        ash            | talk  | 2026-02-03T08:00:00Z
        """,
        exchange_rate=exchange_rate,
    )
    # oak 90 at the rate of its loss; fir has no history, and yew's own stage says only lost
    answer = project.ask("leaked_value", period="2026-02", by="stage")
    assert by(answer, "stage", "leaked_value") == {"offer": 90, "talk": 40, "deal": 5, None: 3}
    assert by(answer, "stage", "leaked_value.deals") == {"talk": 1, "offer": 1, "deal": 1, None: 1}
    assert value(project, "leaked_value", period="2026-02") == 138


def test_the_estimated_share_lets_losses_compete(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at           | closed_at            | lost_reason
        oak            | won     | 2026-02-02T00:00:00Z | 2026-02-12T00:00:00Z |
        elm            | lost    | 2026-02-02T00:00:00Z | 2026-02-22T00:00:00Z | price
        ash            |         | 2026-02-28T00:00:00Z |                      |
        fir            | won     | 2026-02-02T00:00:00Z | 2026-03-24T00:00:00Z |
        yew            | lost    | 2026-02-02T00:00:00Z | 2026-02-04T00:00:00Z | test
        box            | won     | 2026-02-20T00:00:00Z | 2026-02-10T00:00:00Z |
    """)
    # days: box 0 (closed before its creation), oak 10, elm 20 lost, ash censored at 32, fir 50
    # 1/5 + 4/5 x 1/4 + 0 + (4/5 x 3/4 x 2/3) x 1 = 0.2 + 0.2 + 0.4
    (row,) = world(tmp_path, opportunity=opportunity).ask("win_rate_cohort", period="2026-02").rows
    assert row["win_rate_cohort"] == pytest.approx(3 / 5)
    assert row["win_rate_cohort.estimate"] == pytest.approx(0.8)
