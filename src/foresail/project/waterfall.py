"""The waterfall of the pipeline: how the open value of one day became that of another.

Every state of a deal is converted by itself, at the rate of the end; what happened is the
difference of converted states. So rounding cannot keep the waterfall from adding up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis
import pyarrow as pa
from ibis import _ as row

from foresail.core.dimensions import OWNER, REP, Dimension
from foresail.core.kpis import Unit
from foresail.core.measures import measures
from foresail.core.slices import matches
from foresail.engine.question import Question
from foresail.engine.stack import stacked
from foresail.engine.windows import Window
from foresail.facts.making.attach import attach
from foresail.facts.making.money import times
from foresail.facts.making.source import END, INSTANT
from foresail.project.answering import Sheet, in_order, sheet_of
from foresail.project.asking import Asked
from foresail.project.reading import Reader
from foresail.project.results import ColumnInfo
from foresail.project.seen_states import with_sight

FLOWS = (
    "opening",
    "created",
    "reopened",
    "raised",
    "lowered",
    "pulled_in",
    "pushed_out",
    "won",
    "lost",
    "deleted",
    "moved_in",
    "moved_out",
    "revalued",
    "closing",
)
ENDS = ("won", "lost", "deleted")
INSIDE = "is_inside"


def sheet_of_flows(
    reader: Reader, asked: Asked, names: Mapping[str, Mapping[str, str]], *, due: bool
) -> Sheet:
    """The waterfall as columns to show, ordered by slice; unknown where the data lack amounts."""
    question, (window, *_) = asked.question, asked.windows
    found = flows(reader, asked, window, due=due)
    found = in_order(found, question.by, names, reader.data.places())
    sheet = sheet_of(found, (), question, False, names, reader.data.places())
    needs = {str(need) for each in measures(question.kpis[0]) for need in each.needs}
    is_known = window.is_known and not needs & question.missing
    for name in FLOWS:
        values = found[name] if is_known else pa.nulls(found.num_rows, pa.float64())
        info = ColumnInfo(name, name.replace("_", " ").capitalize(), "value", Unit.MONEY.value)
        sheet.add(info, values)
    return sheet


def flows(reader: Reader, asked: Asked, window: Window, *, due: bool) -> pa.Table:
    """One row per slice, in the organisation's currency; what takes away is positive as well.

    Opening + created + reopened + raised + pulled_in + moved_in + revalued - lowered - pushed_out -
    won - lost - deleted - moved_out = closing. Slices of fewer owners than the smallest group that
    is told of are unknown.
    """
    keys = [each.id for each in asked.question.by]
    found = flows_by(reader, asked.question, window, keys, due=due)
    return reader.result(found.mutate(label=ibis.literal(window.label)), asked.seen.tables)


def flows_by(
    reader: Reader, question: Question, window: Window, keys: list[str], *, due: bool
) -> Any:
    """The flows by columns of the states, not run yet."""
    slices = [*keys, INSIDE]
    states = _states(reader.backend, question, window, due=due)
    states = _valued(reader.backend, states, window)
    states = _beside_others(states, [*slices, "is_open", "value"])
    begin, end = _instant(window.starts_at), _instant(window.stands_at)
    table = stacked([*_stocks(states, slices, begin, end), *_moves(states, slices, begin, end)])
    table = table.filter(row[INSIDE])
    is_told = table.owner.nunique() >= question.group_size
    sums = {
        name: table.value.sum(where=table.flow == name).fill_null(0).cast("float64")
        for name in FLOWS
    }
    if question.group_size:
        sums = {name: ibis.ifelse(is_told, value, None) for name, value in sums.items()}
    return table.group_by(keys).agg(**sums) if keys else table.agg(**sums)


def _instant(value: Any) -> Any:
    return ibis.literal(value, INSTANT)


def _states(backend: Any, question: Question, window: Window, *, due: bool) -> Any:
    """The deals' states up to their deletion, each with its slice and whether it counts as open.

    With `due` only what is expected to close by the end of the period does.
    """
    states = with_sight(backend.table("opportunity_state", database="fact"), question.sight)
    states = states.filter(row.created_at.notnull()).mutate(gone_at=row.deleted_at.fill_null(END))
    states = states.filter(row.since < row.gone_at)
    is_open = states.state == "open"
    if due:
        is_open = is_open & (states.expected_close_on < window.end).fill_null(False)
    inside = states.is_seen
    for each in question.where:
        inside = inside & matches(_held(states, each.dimension), each.values)
    is_gone = states.gone_at <= states.until
    return states.select(
        "opportunity_id",
        "state",
        "amount",
        "since",
        currency=states.currency.fill_null(question.currency),
        until=ibis.least(states.until, states.gone_at),
        becomes=ibis.ifelse(is_gone & (states.gone_at < END), "deleted", None),
        is_open=is_open,
        owner=states[OWNER.column(REP)],
        **{each.id: _held(states, each) for each in question.by},
        **{INSIDE: inside},
    )


def _held(states: Any, dimension: Dimension) -> Any:
    """A dimension's value in each state; that of its owner where it is one of reps."""
    return states[OWNER.column(dimension) if dimension.of_rep else dimension.id]


def _valued(backend: Any, states: Any, window: Window) -> Any:
    """Add `value`, at the rate of the end, and `first_value`, at the rate of the beginning."""
    rates = backend.table("rate", database="fact")
    local = window.moment.local
    for name, instant in (("value", window.stands_at), ("first_value", window.starts_at)):
        day = ibis.literal(local(instant).date())
        held = rates.filter(
            (row.since_on.isnull() | (row.since_on <= day))
            & (row.until_on.isnull() | (row.until_on > day))
        )
        rated = attach(states, held, {"currency": "currency"}, {"rate": "rate"})
        worth = ibis.ifelse(row.is_open, times(row.amount, row.rate), None).fill_null(0)
        states = rated.mutate(**{name: worth.cast("decimal(18, 4)")}).drop("rate")
    return states


def _beside_others(states: Any, columns: list[str]) -> Any:
    """Each state with the one before it and what the next one is."""
    in_order = ibis.window(group_by="opportunity_id", order_by="since")
    return states.mutate(
        before=row.state.lag().over(in_order),
        becomes=ibis.coalesce(row.becomes, row.state.lead().over(in_order)),
        **{f"before_{name}": row[name].lag().over(in_order) for name in columns},
    )


def _stocks(states: Any, slices: list[str], begin: Any, end: Any) -> list[Any]:
    """What stood open at the first instant and at the end, and what new rates did to it."""
    opening = states.filter(row.is_open & (row.since <= begin) & (row.until > begin))
    closing = states.filter(row.is_open & (row.since <= end) & (row.until > end))
    return [
        _flow(opening, "opening", slices, row.first_value),
        _flow(opening, "revalued", slices, row.value - row.first_value),
        _flow(closing, "closing", slices, row.value),
    ]


def _moves(states: Any, slices: list[str], begin: Any, end: Any) -> list[Any]:
    """What happened in between, state by state."""
    came = states.filter((row.since > begin) & (row.since <= end))
    left = states.filter(row.is_open & (row.until > begin) & (row.until <= end))
    changed = came.filter((row.state == "open") & (row.before == "open"))
    was_open = row.before_is_open.fill_null(False)
    stayed = changed.filter(row.is_open & was_open)
    moved = stayed.filter(~_all_same(stayed, slices))
    former = [f"before_{name}" for name in slices]
    gain = row.value - row.before_value
    closed_before = row.before.isin(("won", "lost")).fill_null(False)
    return [
        _flow(came.filter(row.is_open & row.before.isnull()), "created", slices, row.value),
        _flow(came.filter(row.is_open & closed_before), "reopened", slices, row.value),
        _flow(stayed.filter(gain > 0), "raised", slices, gain),
        _flow(stayed.filter(gain < 0), "lowered", slices, -gain),
        _flow(moved, "moved_in", slices, row.before_value),
        _flow(moved, "moved_out", former, row.before_value),
        _flow(changed.filter(row.is_open & ~was_open), "pulled_in", slices, row.value),
        _flow(changed.filter(~row.is_open & was_open), "pushed_out", former, row.before_value),
        *(_flow(left.filter(row.becomes == name), name, slices, row.value) for name in ENDS),
    ]


def _all_same(states: Any, slices: list[str]) -> Any:
    return ibis.and_(*(states[name].identical_to(states[f"before_{name}"]) for name in slices))


def _flow(states: Any, name: str, slices: list[str], value: Any) -> Any:
    return states.select(
        flow=ibis.literal(name),
        owner=row.owner,
        value=value.cast("decimal(18, 4)"),
        **{each.removeprefix("before_"): states[each] for each in slices},
    )
