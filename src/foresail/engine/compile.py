"""Formulas over rows of measures, and what a question's rows and columns are."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, replace
from typing import Any

import ibis

from foresail.core.anchors import CensoredMedian, Mean, Median, Quantile, Standing, Stands, Sum
from foresail.core.dimensions import PERSON, PIPELINE, REP, REP_DIMENSIONS, STAGE, Dimension
from foresail.core.errors import DefinitionError
from foresail.core.formulas import is_summed, kpis_inside, ninth_decile, ratio
from foresail.core.kpis import KPI, Unit, decisive
from foresail.core.measures import (
    ELAPSED,
    Above,
    Absolute,
    Before,
    Clock,
    Constant,
    Finished,
    Formula,
    Measure,
    Term,
    measures,
)
from foresail.engine.columns import WITHHELD, Column, column_name
from foresail.engine.groups import is_of_group, is_withheld
from foresail.engine.measured import Lookup
from foresail.engine.question import Question
from foresail.engine.rolled import served
from foresail.engine.rows import asked_labels, asked_windows
from foresail.engine.scans import part_name, scans
from foresail.engine.sight import is_beyond, is_of_teams, same, stretches
from foresail.engine.stack import aligned
from foresail.engine.tables import Tables
from foresail.engine.tally import REPS, tallies
from foresail.engine.wanted import kept
from foresail.engine.windows import BEFORE, NOW, PREVIOUS
from foresail.engine.writing import Piece

FEW = frozenset({PIPELINE, STAGE})
"""Dimensions of few values, so that what is looked up by them is a small table."""


def kept_columns(backend: Tables, row: Any, kpi: KPI, question: Question) -> dict[str, Any]:
    """What the answer selects for a KPI, and what these columns hold."""
    target = question.targets.get(kpi.id)
    alone = replace(question, kpis=(kpi,), targets={kpi.id: target} if target else {})

    def make() -> dict[str, Any]:
        found = dict(_columns(row, kpi, alone))
        values = {column.name: value for column, value in found.items()}
        written = backend.writer.values(row, values)
        return {"values": written, "columns": [astuple(column) for column in found]}

    made: dict[str, Any] = backend.kept(("columns", *alone.shape), make)
    return made


def _columns(row: Any, kpi: KPI, question: Question) -> Iterator[tuple[Column, Any]]:
    if question.group_size:
        column = Column(column_name(kpi.id, NOW, WITHHELD), kpi.id, WITHHELD, NOW)
        yield column, _withheld(row, kpi, question)
    for series in (each for each in question.series if each in (NOW, BEFORE)):
        for part, term in (*parts_of(kpi), *_target_parts(kpi, question)):
            column = Column(column_name(kpi.id, series, part), kpi.id, part, series)
            yield column, _part(row, term, part, series, question)


def without_kpis(question: Question) -> tuple[Any, ...]:
    """What pieces depend on besides measures."""
    return replace(question, kpis=(), targets={}).shape


def parts_of(kpi: KPI) -> Iterator[tuple[str, Term]]:
    """The parts of a KPI that travel with it: (name, term)."""
    yield "value", kpi
    if kpi.left_out is not None:
        yield "left_out", kpi.left_out
    yield from kpi.beside.items()
    found = ratio(kpi)
    if found is not None:
        yield "numerator", found.left
        yield "denominator", found.right
        return
    formula = kpi.formula
    if isinstance(formula, Measure) and isinstance(formula.value, CensoredMedian):
        yield "n", formula
        yield "not_reached", formula
    elif isinstance(formula, Measure) and isinstance(formula.value, Mean | Quantile):
        yield "n", formula
        if isinstance(formula.value, Median) and kpi.unit is Unit.DURATION:
            yield "p90", ninth_decile(formula)
    for each in kpis_inside(kpi):
        yield each.id, each


def _target_parts(kpi: KPI, question: Question) -> Iterator[tuple[str, Term]]:
    """The target of a KPI and the pace towards it, where it has one."""
    if target := question.targets.get(kpi.id):
        yield "target", target
        yield "pace", kpi / (target * ELAPSED if is_summed(kpi) else target)


def _part(wide: Any, term: Term, part: str, series: str, question: Question) -> Any:
    if part in ("n", "not_reached"):
        assert isinstance(term, Measure)
        value = _column(wide, term, series, part, question).fill_null(0)
        value = _told(wide, term, series, question, value)
    else:
        value = evaluate(wide, term, series, question)
    known = wide[column_name("is_known", series)]
    return ibis.ifelse(known, value.cast("float64"), None)


def evaluate(wide: Any, term: Term, series: str, question: Question) -> Any:
    """A term over one row of measures."""
    if isinstance(term, Measure):
        return _measured(wide, term, series, question)
    if isinstance(term, KPI):
        value = evaluate(wide, term.formula, series, question)
        if term.given is None:
            return value
        given = evaluate(wide, term.given, series, question)
        return ibis.ifelse(given > 0, value, None)
    if isinstance(term, Formula):
        left = evaluate(wide, term.left, series, question)
        right = evaluate(wide, term.right, series, question)
        return (
            term.apply(left, right.nullif(0))
            if term.apply is operator.truediv
            else term.apply(left, right)
        )
    if isinstance(term, Constant):
        return ibis.literal(float(term.number))
    if isinstance(term, Before):
        return evaluate(wide, term.inner, series + PREVIOUS, question)
    if isinstance(term, Above):
        value = evaluate(wide, term.inner, series, question)
        return ibis.ifelse(value > 0, value, None)
    if isinstance(term, Absolute):
        return evaluate(wide, term.inner, series, question).abs()
    if isinstance(term, Finished):
        value = evaluate(wide, term.inner, series, question)
        return ibis.ifelse(wide[column_name("is_finished", series)], value, None)
    if isinstance(term, Clock):
        return wide[column_name(term.column, series)].cast("float64")
    raise DefinitionError(f"{term} is no term that can be evaluated.")


def _measured(wide: Any, measure: Measure, series: str, question: Question) -> Any:
    if is_missing(measure, question):
        return ibis.null("float64")
    value = _column(wide, measure, series, "", question)
    if is_of_teams(measure, question.sight):
        return value
    if measure.empty is not None and isinstance(measure.value, Sum):
        counted = _column(wide, measure, series, "rows", question)
        value = ibis.ifelse(counted.fill_null(0) == 0, measure.empty, value)
    elif measure.empty is not None:
        value = value.fill_null(measure.empty)
    return _told(wide, measure, series, question, value)


def _told(wide: Any, measure: Measure, series: str, question: Question, value: Any) -> Any:
    """A number where enough reps are credited with what it counts."""
    if is_missing(measure, question) or not is_of_group(measure, question):
        return value
    counted = _column(wide, measure, series, REPS, question)
    return ibis.ifelse(counted >= question.group_size, value, None)


def _withheld(wide: Any, kpi: KPI, question: Question) -> Any:
    """1 where a KPI is not told because few reps are credited with what it counts."""
    counts = [
        _column(wide, each, NOW, REPS, question)
        for each in decisive(kpi)
        if is_of_group(each, question) and not is_missing(each, question)
    ]
    known = wide[column_name("is_known", NOW)]
    return ibis.ifelse(known & is_withheld(counts, question), 1.0, 0.0)


def is_missing(measure: Measure, question: Question) -> bool:
    """Whether the data lack something without which the measure means nothing.

    To whoever may not see what it counts, they lack that.
    """
    if is_beyond(measure, question.sight):
        return True
    looked_at = [each for term in measure.looked_up for each in measures(term)]
    return any(
        str(need) in question.missing
        for each in (measure, *looked_at)
        for need in each.needed_by(question.dimensions)
    )


def _column(wide: Any, measure: Measure, series: str, part: str, question: Question) -> Any:
    if is_missing(measure, question):
        return ibis.null("float64")
    name = part_name(measure, part)
    return wide[column_name(name, series)]


def needed(terms: Iterable[Term], question: Question) -> list[Measure]:
    """Every measure of some terms that the data can answer, each once."""
    found = {m.id: m for term in terms for m in measures(term)}
    return [m for m in found.values() if not is_missing(m, question)]


def _stack(backend: Any, question: Question, terms: list[Any]) -> list[Any]:
    """The tallies of all measures of some terms."""
    found = served(scans(needed(terms, question), question), question)
    lookup = lookup_of(backend, question)
    return [each for scan in found for each in tallies(backend, scan, question, lookup)]


def spine(backend: Tables, question: Question) -> Iterator[Piece]:
    """Rows that must appear although nothing happened: every period; every active rep."""

    def make() -> list[Any]:
        labels = asked_labels()
        if not question.by:
            spine = labels.select("label", series=ibis.literal(NOW))
        elif REP in question.by and set(question.by) <= set(REP_DIMENSIONS):
            spine = roster(backend, question)
        else:
            nobody = {each.id: ibis.null("string") for each in question.by}
            spine = labels.filter(False).select("label", series=ibis.literal(NOW), **nobody)
        return list(astuple(backend.writer.piece(spine)))

    yield Piece(*backend.kept(("spine", *without_kpis(question)), make))


def roster(backend: Any, question: Question) -> Any:
    """The reps active in each window, in their last position in it.

    Where no position is asked about, a rep may come once for each: slices are folded anyway.
    """
    states, windows = backend.table("rep_state", database="fact"), asked_windows()
    joined = states.inner_join(
        windows,
        [
            states.since <= windows.stands_at,
            states.until > windows.starts_at,
            windows.series == NOW,
        ],
    )
    if question.sight:
        joined = _seen_within(joined)
    if any(each.of_rep and each is not REP for each in question.dimensions):
        last = ibis.window(group_by=["label", "person_rep"], order_by=ibis.desc("since"))
        joined = joined.mutate(from_last=ibis.row_number().over(last))
        joined = joined.filter(joined.from_last == 0)
    for each in question.where:
        if each.dimension.of_rep:
            joined = kept(joined, joined[f"person_{each.dimension.id}"], each)
    return joined.select(
        "label", "series", **{each.id: joined[f"person_{each.id}"] for each in question.by}
    )


def _seen_within(states: Any) -> Any:
    """The positions in which a rep may be seen at some time in a window."""
    scope = stretches()
    overlap = [
        scope.scope_since_at <= states.stands_at,
        scope.scope_until_at > states.starts_at,
        scope.scope_since_at < states.until,
        scope.scope_until_at > states.since,
    ]
    joined = states.inner_join(scope, [*same(states, PERSON, scope), *overlap])
    return joined.select(**{name: states[name] for name in states.columns})


def lookup_of(backend: Any, question: Question) -> Lookup:
    """How the values that conditions look at are found, per window and slice.

    They are facts about the organisation, whoever asks: whether an account is a key account, or a
    stage is passed slowly, must not depend on how much of it somebody may see. Those that are few
    are found once for all questions of the same windows.
    """

    def lookup(dimensions: tuple[Dimension, ...], terms: Mapping[str, Term]) -> Any:
        context = {**question.context}
        if REP in dimensions:
            context["level"] = "rep"
        inside = replace(
            question, by=dimensions, where=(), context=context, sight=None, group_size=0
        )
        stack = _stack(backend, inside, list(terms.values()))
        keys = ["label", "series", *(each.id for each in dimensions)]
        rows = aligned(stack, keys)
        parts = [name for name in rows.columns if name not in keys]
        wide = rows.group_by(keys).agg(**{part: rows[part].max() for part in parts})
        values = {name: evaluate(wide, term, "", inside) for name, term in terms.items()}
        found = wide.select(*keys, **{name: each.cast("float64") for name, each in values.items()})
        if not set(dimensions) <= FEW:
            return found
        if not all(_is_as_of(each) for term in terms.values() for each in measures(term)):
            return backend.lent(found, is_as_of=False)
        slices = found.group_by([each.id for each in dimensions]) if dimensions else found
        once = slices.agg(**{name: found[name].max() for name in terms})
        return backend.lent(once, is_as_of=True)

    return lookup


def _is_as_of(measure: Measure) -> bool:
    """Whether a measure comes to the same in every window of a question."""
    return isinstance(measure.at, Standing) and measure.at.stands is Stands.AS_OF
