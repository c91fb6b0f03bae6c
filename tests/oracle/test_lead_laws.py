"""What holds of leads in every world: shares are shares, and parts add up."""

from __future__ import annotations

from hypothesis import given

from tests.oracle.answers import answer
from tests.oracle.chains import chains, moves
from tests.oracle.followup import follow_ups, touches
from tests.oracle.leads import leads
from tests.oracle.reaching import FUNNEL, reached
from tests.oracle.records import Settings
from tests.oracle.response import inbound_episodes, still_waiting, times, unanswered
from tests.oracle.small import ever, value
from tests.oracle.test_stage_laws import anything, views
from tests.oracle.worlds import Row, organisations

SHARES = (
    *("response_within_sla", "single_touch_rate", "touch_conversion"),
    "touch_contact_rate",
    *("win_share_5th_touch_or_later", "lead_to_mql", "mql_to_sql", "mql_to_opportunity"),
    *("sql_to_opportunity", "lead_to_customer_cohort", "pipe_rate", "qualified_rate"),
    *("meeting_to_sql", "qualified_title_level", "no_show_rate", "reschedule_rate"),
    *("seller_moved_loss_rate", "lead_to_mql.estimate", "pipe_rate.estimate"),
)
Made = tuple[Settings, dict[str, list[Row]]]


@anything
@given(made=organisations())
def test_shares_lie_between_none_and_all(made: Made) -> None:
    for view in views(made):
        found = [value(name, each) for name in SHARES for each in (view, ever(view))]
        assert all(0 <= share <= 1 for share in found if share is not None)


@anything
@given(made=organisations())
def test_each_episode_is_answered_or_waits_or_has_ended(made: Made) -> None:
    for view in map(ever, views(made)):
        lengths = [line.value for line in times(answer)(view)]
        assert all(length >= 0 for length, _ in lengths)
        answered = sum(is_answered for _, is_answered in lengths)
        assert answered + len(still_waiting(view)) <= len(inbound_episodes(view))
        # What is unanswered at T waits: it has neither been answered nor ended.
        assert len(list(unanswered(view))) <= len(still_waiting(view))


@anything
@given(made=organisations())
def test_touches_are_numbered_without_gaps(made: Made) -> None:
    for view in map(ever, views(made)):
        for each in follow_ups(view):
            assert [touch.number for touch in each.touches] == list(range(1, len(each.touches) + 1))
            assert all(each.until is None or touch.at < each.until for touch in each.touches)
        later = value("follow_ups", view)
        assert later + len(follow_ups(view)) == len(touches(view))


@anything
@given(made=organisations())
def test_passed_stages_are_reached_in_their_order(made: Made) -> None:
    for view in views(made):
        if view.world.settings.skipped_stages == "passed":
            for lead in leads(view):
                found = reached(view, lead)
                names = [name for name in FUNNEL if name in found]
                assert names == list(FUNNEL[: len(names)])
                assert [found[name] for name in names] == sorted(found[name] for name in names)


@anything
@given(made=organisations())
def test_each_meeting_is_in_one_chain(made: Made) -> None:
    for view in views(made):
        rows = [row.activity_id for chain in chains(view) for row in chain.rows]
        assert len(rows) == len(set(rows))
        assert all(len(moves(chain, view)) >= len(chain.rows) - 1 for chain in chains(view))
