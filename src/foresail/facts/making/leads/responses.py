"""Responses: from a request to the first human attempt, the first talk, and the first owner."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.leads.episodes import HOUR
from foresail.facts.making.leads.leads import ORIGIN, at_answer, until_answer
from foresail.facts.making.people.roles import credited
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.business import with_business_clock
from foresail.facts.making.shared.reigns import between, first_reigns
from foresail.facts.making.shared.stretches import laid_over, through_time
from foresail.facts.making.source import BEGINNING, END, Source

OF_LEAD = {name: name for name in (*ORIGIN, "loaded_at")}
ANSWER = {
    "answered_at": "occurred_at",
    "answered_is_date": "is_date",
    "response_kind": "kind",
    "answered_by": "rep_id",
}


def make_responses(source: Source) -> Any:
    """Make `fact.response`: per episode and stretch of time, who answered or whose it is.

    An attempt answers all open requests of the person. Deleting it makes the next one the answer.
    """
    episodes = source.fact("episode")
    answers = source.keep("response_answer", first_reigns(_answers(source), "episode_id"))
    silence = between(episodes, answers, "episode_id", BEGINNING)
    silence = attach(silence, episodes, {"episode_id": "episode_id"}, {"lead_id": "lead_id"})
    spells = source.fact("lead_owner")
    held = ibis.union(
        at_answer(answers, spells, "episode_id"), until_answer(silence, spells, "episode_id")
    )
    held = attach(
        held,
        answers,
        {"episode_id": "episode_id"},
        ANSWER,
        lambda row, answer: [answer.since <= row.since, answer.until >= row.until],
    )
    held = held.inner_join(episodes.drop("lead_id"), "episode_id")
    talks = first_reigns(_talks(source), "episode_id")
    talks = talks.mutate(talked_at=row.occurred_at, talked_is_date=row.is_date)
    talked = through_time(episodes, talks, "episode_id", ("talked_at", "talked_is_date"))
    held = laid_over(held, talked, "episode_id", ("talked_at", "talked_is_date"))
    reached = ("opportunity_at", "customer_at")
    held = laid_over(held, source.fact("lead_funnel"), "lead_id", reached)
    held = held.mutate(since=ibis.greatest(row.since, row.visible_at)).filter(row.since < row.until)
    held = _with_routing(source, held)
    held = attach(held, source.fact("lead"), {"lead_id": "lead_id"}, OF_LEAD)
    held = source.keep("response_held", _with_early_work(source, held))
    for name in ("requested", "answered", "talked", "routed", "ended"):
        held = held.mutate(**source.clock(held[f"{name}_at"], held[f"{name}_is_date"], name))
    made = source.keep(
        "response", with_business_clock(source, held, "requested", "answered", "ended")
    )
    _make_spells(source, episodes, answers, silence)
    source.drop("response_held", "response_answer")
    return made


def _meets(source: Source, activities: Any) -> Any:
    """The episodes of each activity's person that it can concern, `at` an instant of theirs.

    A call that was answered live within the hour before a request counts as at the request.
    """
    episodes = source.fact("episode")
    is_timed = ~activities.occurred_is_date & ~episodes.requested_is_date
    is_before = (
        _is_live(activities) & is_timed & (activities.occurred_at + HOUR >= episodes.requested_at)
    )
    found = episodes.inner_join(
        activities,
        [
            episodes.person == activities.person,
            (activities.occurred_at >= episodes.requested_at) | is_before,
        ],
    )
    return found.select(
        episodes.episode_id,
        episodes.lead_id,
        episodes.ended_at,
        activities.activity_id,
        activities.kind,
        activities.rep_id,
        activities.deleted_at,
        is_date=activities.occurred_is_date,
        occurred_at=ibis.greatest(activities.occurred_at, episodes.requested_at),
    )


def _is_live(activities: Any) -> Any:
    """Whether somebody called us and was answered."""
    is_inbound = (activities.kind == "call") & (activities.direction == "inbound")
    return (is_inbound & (activities.outcome == "connected")).fill_null(False)


def _answers(source: Source) -> Any:
    """Attempts of a kind that answers, and calls answered live, before the episode has ended."""
    activities = source.fact("activity")
    live = _is_live(activities) & ~activities.is_automated & activities.is_completed
    kinds = sorted(source.settings.thresholds.response_kinds)
    answering = activities.filter((activities.is_touch | live) & activities.kind.isin(kinds))
    return _meets(source, answering).filter(row.occurred_at <= row.ended_at.fill_null(END))


def _talks(source: Source) -> Any:
    """What shows that both sides were in contact."""
    activities = source.fact("activity").filter(~row.is_automated & row.is_completed)
    is_written = activities.kind.isin(("email", "social", "letter"))
    talks = ibis.cases(
        (activities.kind == "call", activities.outcome == "connected"),
        (activities.kind == "meeting", activities.is_held),
        (is_written & (activities.direction == "inbound"), True),
        (activities.kind == "email", activities.outcome == "replied"),
        else_=False,
    )
    return _meets(source, activities.filter(talks.fill_null(False)))


def _with_routing(source: Source, held: Any) -> Any:
    """Add when the lead first belonged to a person; `is_routing_known` where that was recorded."""
    episodes = source.fact("episode").filter(row.is_lead)
    spells = _owned_spells(source)
    owned = episodes.inner_join(
        spells, [episodes.lead_id == spells.lead_id, spells.spell_until > episodes.requested_at]
    ).select(
        episodes.episode_id,
        routed_at=ibis.greatest(spells.spell_since, episodes.requested_at),
        is_recorded=spells.spell_since > BEGINNING,
    )
    first = owned.group_by("episode_id").agg(
        routed_at=row.routed_at.min(), is_recorded=row.is_recorded.argmin(row.routed_at)
    )
    held = attach(
        held,
        first,
        {"episode_id": "episode_id"},
        {"routed_at": "routed_at", "is_recorded": "is_recorded"},
    )
    dates = source.canonical("lead").select("lead_id", is_date=row.assigned_at_is_date)
    held = attach(held, dates, {"lead_id": "lead_id"}, {"assigned_is_date": "is_date"})
    return held.mutate(
        routed_at=ibis.ifelse(row.is_recorded, row.routed_at, None),
        routed_is_date=row.assigned_is_date.fill_null(False) & (row.routed_at > row.requested_at),
        is_routing_known=row.is_lead & row.is_recorded.fill_null(True),
    ).drop("is_recorded", "assigned_is_date")


def _owned_spells(source: Source) -> Any:
    """The stretches of time in which a lead belonged to a person."""
    owned = source.fact("lead_owner").filter(row.attempt_rep.notnull())
    return owned.select("lead_id", "attempt_rep", "spell_since", "spell_until").distinct()


def _with_early_work(source: Source, held: Any) -> Any:
    """Add `worked_before_until`: while an attempt before the request stands, unknown if none.

    The attempt belongs to the lead, or, before the person's first request, to no lead.
    """
    touches = source.fact("activity").filter(row.is_touch)
    known = ("episode_id", "lead_id", "person", "requested_at")
    cases = held.filter(row.is_lead).select(*known).distinct()
    first = cases.group_by("person").agg(first_at=row.requested_at.min())
    cases = cases.inner_join(first, "person")
    early = cases.inner_join(
        touches, [cases.lead_id == touches.lead_id, touches.occurred_at < cases.requested_at]
    ).select(cases.episode_id, stands=touches.deleted_at.fill_null(END))
    before = cases.filter(row.first_at == row.requested_at)
    loose = touches.filter(row.lead_id.isnull())
    before = before.inner_join(
        loose, [before.person == loose.person, loose.occurred_at < before.requested_at]
    ).select(before.episode_id, stands=loose.deleted_at.fill_null(END))
    early = ibis.union(early, before).group_by("episode_id").agg(stands=row.stands.max())
    return attach(held, early, {"episode_id": "episode_id"}, {"worked_before_until": "stands"})


def _make_spells(source: Source, episodes: Any, answers: Any, silence: Any) -> Any:
    """Make `fact.response_spell`: per inbound episode, stretch of time and owner until the answer,
    from when the owner had it and what ended that.
    """
    answered = answers.select(
        "episode_id",
        "since",
        "until",
        answered_at=row.occurred_at,
        answered_is_date=row.is_date,
    )
    waiting = silence.select("episode_id", "since", "until").mutate(
        answered_at=ibis.null("timestamp(6)"), answered_is_date=False
    )
    states = ibis.union(answered, waiting.select(*answered.columns))
    # A table of its own: as one query the engine would first compare every state with every spell.
    states = source.keep(
        "response_state", episodes.filter(row.is_inbound).inner_join(states, "episode_id")
    )
    spells = _owned_spells(source)
    found = states.inner_join(
        spells,
        [
            states.lead_id == spells.lead_id,
            spells.spell_until > states.requested_at,
            spells.spell_since <= states.answered_at.fill_null(END),
        ],
    )
    began = ibis.greatest(found.spell_since, found.requested_at)
    left = ibis.least(found.spell_until, found.ended_at.fill_null(END)).nullif(END)
    found = found.select(
        "episode_id",
        "lead_id",
        "answered_at",
        "answered_is_date",
        began_at=began,
        began_is_date=found.requested_is_date & (began == found.requested_at),
        left_at=left,
        left_is_date=found.ended_is_date & (left == found.ended_at).fill_null(False),
        began_rep=found.attempt_rep,
        since=ibis.greatest(found.since, found.visible_at, began),
        until=found.until,
    )
    found = found.filter((row.since < row.until) & (row.began_at < row.left_at.fill_null(END)))
    found = found.mutate(
        answered_at=ibis.ifelse(
            row.answered_at <= row.left_at.fill_null(END), row.answered_at, None
        )
    )
    for name in ("began", "answered", "left"):
        found = found.mutate(**source.clock(found[f"{name}_at"], found[f"{name}_is_date"], name))
    found = credited(source, found, "began_rep", "began_on", "began")
    found = attach(found, source.fact("lead"), {"lead_id": "lead_id"}, OF_LEAD)
    made = source.keep("response_spell", found)
    source.drop("response_state")
    return made
