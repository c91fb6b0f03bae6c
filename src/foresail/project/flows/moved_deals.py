"""The deals behind a step of the waterfall."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import ibis
import pyarrow as pa
from ibis import _ as row

from foresail.core.errors import QuestionError, nearest
from foresail.engine.question import Question
from foresail.project.asking import Asked
from foresail.project.flows import kind_of
from foresail.project.flows.waterfall import FLOWS, asked_of, flows_by, with_stretch
from foresail.project.reading import Reader

SHOWN = (
    "name",
    "account",
    "owner_rep",
    "stage",
    "state",
    "created_at",
    "expected_close_on",
    "closed_at",
    "lost_reason",
)


def deals_of_flow(reader: Reader, asked: Asked, flow: str, *, due: bool) -> pa.Table:
    """The deals that make up one step, each with what it adds to it, the largest first.

    They are described as they stand at the end, or stood last. Where only groups are told of, a
    deal is told of without its owner.

    Errors: `QuestionError` when there is no such step.
    """
    if flow not in FLOWS:
        raise QuestionError(
            f"A waterfall has no step {flow}.{nearest(flow, FLOWS)} Its steps are: "
            f"{', '.join(FLOWS)}."
        )
    question = replace(asked.question, by=(), group_size=0)
    return reader.result(
        kind_of(f"moved {flow} {due}"),
        question,
        lambda: _deals(reader, question, flow, due=due),
        asked_of(asked, asked.windows[0]),
    )


def _deals(reader: Reader, question: Question, flow: str, *, due: bool) -> Any:
    found = flows_by(reader, question, ["opportunity_id"], due=due)
    found = found.filter(found[flow] != 0).select("opportunity_id", value=found[flow])
    last = _last_states(reader)
    described = found.left_join(last, "opportunity_id").select(
        found.opportunity_id, *(last[name] for name in SHOWN), found.value
    )
    return described.order_by(ibis.desc("value"), "opportunity_id")


def _last_states(reader: Reader) -> Any:
    """Each deal as it stands at the end."""
    states = reader.backend.table("opportunity_state", database="fact")
    states = with_stretch(states).filter(row.since <= row.ends_at)
    newest_first = ibis.window(group_by="opportunity_id", order_by=ibis.desc("since"))
    return states.mutate(place=ibis.row_number().over(newest_first)).filter(row.place == 0)
