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
from foresail.core.money import MONEY, times
from foresail.engine.question import Question
from foresail.engine.stack import stacked
from foresail.engine.wanted import marked
from foresail.engine.windows import Window
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.source import END
from foresail.project.answering import Sheet, in_order, sheet_of
from foresail.project.asking import Asked
from foresail.project.flows import kind_of
from foresail.project.flows.seen_states import with_sight
from foresail.project.flows.stretch import STRETCH, STRETCH_TABLE
from foresail.project.reading import Reader
from foresail.project.results import ColumnInfo

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
    question = asked.question
    keys = [each.id for each in question.by]
    found = reader.result(
        kind_of(f"waterfall {due}"),
        question,
        lambda: flows_by(reader, question, keys, due=due),
        asked_of(asked, window),
    )
    labels = pa.array([window.label] * found.num_rows, pa.date32())
    return found.append_column("label", labels)


def asked_of(asked: Asked, window: Window) -> dict[str, pa.Table]:
    """The tables that a query of flows joins: what may be seen, and the stretch of time."""
    local = window.moment.local
    stretch = {
        "begins_at": window.starts_at,
        "begins_on": local(window.starts_at).date(),
        "ends_at": window.stands_at,
        "ends_on": local(window.stands_at).date(),
        "due_before": window.end,
    }
    return {**asked.beside, STRETCH_TABLE: pa.Table.from_pylist([stretch], STRETCH)}


def with_stretch(table: Any) -> Any:
    """Rows with the stretch of time, which a query sees as a table of one row."""
    stretch = ibis.table(ibis.Schema.from_pyarrow(STRETCH), name=STRETCH_TABLE)
    joined = table.cross_join(stretch)
    return joined.select(*joined.columns)


def flows_by(reader: Reader, question: Question, keys: list[str], *, due: bool) -> Any:
    """The flows by columns of the states, not run yet."""
    slices = [*keys, INSIDE]
    states = _states(reader.backend, question, due=due)
    states = _valued(reader.backend, states)
    states = _beside_others(states, [*slices, "is_open", "value"])
    table = stacked([*_stocks(states, slices), *_moves(states, slices)])
    table = table.filter(row[INSIDE])
    is_told = table.owner.nunique() >= question.group_size
    sums = {
        name: table.value.sum(where=table.flow == name).fill_null(0).cast("float64")
        for name in FLOWS
    }
    if question.group_size:
        sums = {name: ibis.ifelse(is_told, value, None) for name, value in sums.items()}
    return table.group_by(keys).agg(**sums) if keys else table.agg(**sums)


def _states(backend: Any, question: Question, *, due: bool) -> Any:
    """The deals' states up to their deletion, each with its slice and whether it counts as open.

    With `due` only what is expected to close by the end of the period does.
    """
    states = backend.table("opportunity_state", database="fact")
    states = with_sight(_of_the_time(states), question.sight)
    states = states.filter(row.created_at.notnull()).mutate(gone_at=row.deleted_at.fill_null(END))
    states = with_stretch(states.filter(row.since < row.gone_at))
    states = states.mutate(**{INSIDE: states.is_seen})
    for each in question.where:
        states = marked(states, "is_wanted", _held(states, each.dimension), each)
        states = states.mutate(**{INSIDE: row[INSIDE] & row.is_wanted}).drop("is_wanted")
    is_open = states.state == "open"
    if due:
        is_open = is_open & (states.expected_close_on < states.due_before).fill_null(False)
    is_gone = states.gone_at <= states.until
    return states.select(
        "opportunity_id",
        "state",
        "amount",
        "since",
        "begins_at",
        "ends_at",
        currency=states.currency.fill_null(question.currency),
        until=ibis.least(states.until, states.gone_at),
        becomes=ibis.ifelse(is_gone & (states.gone_at < END), "deleted", None),
        is_open=is_open,
        owner=states[OWNER.column(REP)],
        **{each.id: _held(states, each) for each in question.by},
        **{INSIDE: states[INSIDE]},
    )


def _of_the_time(states: Any) -> Any:
    """All states of the deals that were open in the stretch of time: nothing flows in the others.

    A closed one stands for ever, so without it every deal of the past would be looked at.
    """
    was = with_stretch(states).filter(row.state == "open")
    had = was.filter((row.since <= row.ends_at) & (row.until > row.begins_at))
    return states.semi_join(had.select("opportunity_id"), "opportunity_id")


def _held(states: Any, dimension: Dimension) -> Any:
    """A dimension's value in each state; that of its owner where it is one of reps."""
    return states[OWNER.column(dimension) if dimension.of_rep else dimension.id]


def _valued(backend: Any, states: Any) -> Any:
    """Add `value`, at the rate of the end, and `first_value`, at the rate of the beginning."""
    rates = with_stretch(backend.table("rate", database="fact"))
    for name, day in (("value", rates.ends_on), ("first_value", rates.begins_on)):
        held = rates.filter(
            (rates.since_on.isnull() | (rates.since_on <= day))
            & (rates.until_on.isnull() | (rates.until_on > day))
        )
        rated = attach(states, held, {"currency": "currency"}, {"rate": "rate"})
        worth = ibis.ifelse(row.is_open, times(row.amount, row.rate), None).fill_null(0)
        states = rated.mutate(**{name: worth.cast(MONEY)}).drop("rate")
    return states


def _beside_others(states: Any, columns: list[str]) -> Any:
    """Each state with the one before it and what the next one is."""
    in_order = ibis.window(group_by="opportunity_id", order_by="since")
    return states.mutate(
        before=row.state.lag().over(in_order),
        becomes=ibis.coalesce(row.becomes, row.state.lead().over(in_order)),
        **{f"before_{name}": row[name].lag().over(in_order) for name in columns},
    )


def _stocks(states: Any, slices: list[str]) -> list[Any]:
    """What stood open at the first instant and at the end, and what new rates did to it."""
    opening = states.filter(
        row.is_open & (row.since <= row.begins_at) & (row.until > row.begins_at)
    )
    closing = states.filter(row.is_open & (row.since <= row.ends_at) & (row.until > row.ends_at))
    return [
        _flow(opening, "opening", slices, row.first_value),
        _flow(opening, "revalued", slices, row.value - row.first_value),
        _flow(closing, "closing", slices, row.value),
    ]


def _moves(states: Any, slices: list[str]) -> list[Any]:
    """What happened in between, state by state."""
    came = states.filter((row.since > row.begins_at) & (row.since <= row.ends_at))
    left = states.filter(row.is_open & (row.until > row.begins_at) & (row.until <= row.ends_at))
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
        value=value.cast(MONEY),
        **{each.removeprefix("before_"): states[each] for each in slices},
    )
