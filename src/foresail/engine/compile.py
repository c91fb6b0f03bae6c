"""A question as one lazy query: a row per period and slice, a column per KPI and part.

Stages: the measures of all KPIs are tallied in as few scans as there can be; the tallies are
stacked and folded to one row per label and slice; the formulas are applied.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import ibis
import pyarrow as pa

from foresail.core.anchors import Count, Distinct, Mean, Quantile, Standing, Sum
from foresail.core.dimensions import REP, REP_DIMENSIONS
from foresail.core.errors import DefinitionError
from foresail.core.kpis import KPI
from foresail.core.measures import (
    ELAPSED,
    Above,
    Before,
    Clock,
    Constant,
    Formula,
    Measure,
    Term,
    kpis_inside,
    measures,
    ratio,
    walk,
)
from foresail.engine.question import Question
from foresail.engine.rows import matches
from foresail.engine.tally import PerRep, part_name, scans, tallies
from foresail.engine.windows import BEFORE, NOW, PREVIOUS, Window

CLOCKS = ("days", "elapsed", "is_known")


@dataclass(frozen=True)
class Column:
    """A column of a query's result: which KPI, which part of it, in which series."""

    name: str
    kpi: KPI
    part: str
    series: str


@dataclass(frozen=True)
class Query:
    """A lazy query and what its columns hold."""

    expression: Any
    columns: tuple[Column, ...]


def query(backend: Any, question: Question) -> Query:
    """The question as one lazy query, ordered by label and slice.

    Errors: `QuestionError` when a KPI cannot be split as asked.
    """
    question.check()
    terms = [*question.kpis, *question.targets.values()]
    wide = _wide(backend, question, terms, with_roster=True)
    roots = [NOW, BEFORE] if any(w.series == BEFORE for w in question.windows) else [NOW]
    values: dict[str, Any] = {}
    columns: list[Column] = []
    for kpi in question.kpis:
        for series in roots:
            for part, term in (*parts_of(kpi), *_target_parts(kpi, question)):
                column = Column(f"{kpi.id}@{series}.{part}", kpi, part, series)
                values[column.name] = _part(wide, term, part, series, question)
                columns.append(column)
    kept = wide.select(*question.keys, **values)
    order = [kept[key].asc(nulls_first=False) for key in question.keys]
    return Query(kept.order_by(order), tuple(columns))


def parts_of(kpi: KPI) -> Iterator[tuple[str, Term]]:
    """The parts of a KPI that travel with it: (name, term)."""
    yield "value", kpi
    found = ratio(kpi)
    if found is not None:
        yield "numerator", found.left
        yield "denominator", found.right
        return
    formula = kpi.formula
    if isinstance(formula, Measure) and isinstance(formula.value, Mean | Quantile):
        yield "n", formula
    for each in kpis_inside(kpi):
        yield each.id, each


def _target_parts(kpi: KPI, question: Question) -> Iterator[tuple[str, Term]]:
    """The target of a KPI and the pace towards it, where it has one."""
    if target := question.targets.get(kpi.id):
        yield "target", target
        yield "pace", kpi / (target * ELAPSED if is_summed(kpi) else target)


def is_summed(kpi: KPI) -> bool:
    """Whether the KPI of a longer period is what its days add up to."""
    found = [each for each in walk(kpi.formula) if isinstance(each, Measure | Formula)]
    return all(
        each.apply is operator.add
        if isinstance(each, Formula)
        else isinstance(each.value, Count | Sum | Distinct) and not isinstance(each.at, Standing)
        for each in found
    )


def _part(wide: Any, term: Term, part: str, series: str, question: Question) -> Any:
    if part == "n":
        assert isinstance(term, Measure)
        value = _column(wide, term, series, "n", question).fill_null(0)
    else:
        value = evaluate(wide, term, series, question)
    known = wide[f"is_known@{series}"]
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
    if isinstance(term, Clock):
        return wide[f"{term.column}@{series}"].cast("float64")
    raise DefinitionError(f"{term} is no term that can be evaluated.")


def _measured(wide: Any, measure: Measure, series: str, question: Question) -> Any:
    if is_missing(measure, question):
        return ibis.null("float64")
    value = _column(wide, measure, series, "", question)
    if measure.empty is None:
        return value
    if isinstance(measure.value, Sum):
        counted = _column(wide, measure, series, "rows", question)
        return ibis.ifelse(counted.fill_null(0) == 0, measure.empty, value)
    return value.fill_null(measure.empty)


def is_missing(measure: Measure, question: Question) -> bool:
    """Whether the data lack something without which the measure means nothing."""
    return any(str(need) in question.missing for need in measure.needs)


def _column(wide: Any, measure: Measure, series: str, part: str, question: Question) -> Any:
    if is_missing(measure, question):
        return ibis.null("float64")
    return wide[f"{part_name(measure, part)}@{series}"]


def needed(terms: Iterable[Term], question: Question) -> list[Measure]:
    """Every measure of some terms that the data can answer, each once."""
    found = {m.id: m for term in terms for m in measures(term)}
    return [m for m in found.values() if not is_missing(m, question)]


def has_previous(terms: Iterable[Term]) -> bool:
    """Whether a term asks for the period before."""
    return any(isinstance(each, Before) for term in terms for each in walk(term))


def _wide(backend: Any, question: Question, terms: list[Any], *, with_roster: bool) -> Any:
    """One row per label and slice, a column per part of a measure and series."""
    asked = [each for each in question.windows if each.is_known]
    stack = []
    parts: list[str] = []

    if asked:
        per_rep = per_rep_of(backend, question)
        for scan in scans(needed(terms, question), question):
            for tally in tallies(backend, scan, question, asked, per_rep):
                stack.append(tally)
                parts += [name for name in tally.columns if "__" in name or name in _names(scan)]
    spine = _spine(backend, question, with_roster=with_roster)
    stack.extend(spine)
    parts = list(dict.fromkeys(parts))
    keys = ["series", *question.keys]
    kinds = _key_types(stack, keys)
    stacked = reduce(ibis.union, (_stackable(each, keys, kinds, parts) for each in stack))
    series = list(dict.fromkeys(each.series for each in question.windows))
    folded = stacked.group_by(question.keys).agg(
        **{
            f"{part}@{one}": stacked[part].max(where=stacked.series == one)
            for part in parts
            for one in series
        }
    )
    return _with_clocks(folded, question)


def _names(scan: Any) -> set[str]:
    return {part_name(measure) for measure in scan.measures}


def _key_types(stack: list[Any], keys: list[str]) -> dict[str, Any]:
    kinds: dict[str, Any] = {}
    for table in stack:
        for key in keys:
            if key in table.columns and not table[key].type().is_null():
                kinds.setdefault(key, table[key].type())
    return kinds


def _stackable(table: Any, keys: list[str], kinds: dict[str, Any], parts: list[str]) -> Any:
    return table.select(
        **{key: table[key].cast(kinds.get(key, "string")) for key in keys},
        **{
            part: table[part].cast("float64") if part in table.columns else ibis.null("float64")
            for part in parts
        },
    )


def _spine(backend: Any, question: Question, *, with_roster: bool) -> list[Any]:
    """Rows that must appear although nothing happened: every period; every active rep."""
    labels = [each for each in question.windows if each.series == NOW]
    if not question.by:
        return [
            ibis.memtable(
                pa.table(
                    {
                        "label": pa.array([each.label for each in labels], pa.date32()),
                        "series": pa.array([NOW] * len(labels), pa.string()),
                    }
                )
            )
        ]
    known = [each for each in labels if each.is_known]
    if with_roster and known and REP in question.by and set(question.by) <= set(REP_DIMENSIONS):
        return [roster(backend, question, known)]
    empty = {"label": pa.array([], pa.date32()), "series": pa.array([], pa.string())}
    empty |= {each.id: pa.array([], pa.null()) for each in question.by}
    return [ibis.memtable(pa.table(empty), schema=_empty_schema(question))]


def _empty_schema(question: Question) -> dict[str, str]:
    return {"label": "date", "series": "string"} | {each.id: "string" for each in question.by}


def roster(backend: Any, question: Question, windows: list[Window]) -> Any:
    """The reps active in each window, in their last position in it."""
    states = backend.table("rep_state", database="fact")
    spans = ibis.memtable(
        pa.table(
            {
                "label": pa.array([w.label for w in windows], pa.date32()),
                "series": pa.array([NOW] * len(windows), pa.string()),
                "starts_at": pa.array([w.starts_at for w in windows], pa.timestamp("us")),
                "stands_at": pa.array([w.stands_at for w in windows], pa.timestamp("us")),
            }
        )
    )
    joined = states.inner_join(
        spans, [states.since <= spans.stands_at, states.until > spans.starts_at]
    )
    last = ibis.window(group_by=["label", "person_rep"], order_by=ibis.desc("since"))
    joined = joined.mutate(from_last=ibis.row_number().over(last)).filter(
        lambda table: table.from_last == 0
    )
    for each in question.where:
        if each.dimension.of_rep:
            value = joined[f"person_{each.dimension.id}"]
            joined = joined.filter(matches(value, each.values))
    return joined.select(
        "label", "series", **{each.id: joined[f"person_{each.id}"] for each in question.by}
    )


def _with_clocks(table: Any, question: Question) -> Any:
    """Add the lengths of each label's windows, and whether they are known."""
    by_label: dict[Any, dict[str, Any]] = {}
    for window in question.windows:
        known = by_label.setdefault(window.label, {"clock_label": window.label})
        for clock in CLOCKS:
            known[f"{clock}@{window.series}"] = getattr(window, clock)
    clocks = list(by_label.values())
    kinds = {"days": pa.int64(), "elapsed": pa.float64(), "is_known": pa.bool_()}
    schema = pa.schema(
        [
            (name, pa.date32() if name == "clock_label" else kinds[name.split("@")[0]])
            for name in clocks[0]
        ]
    )
    if len(clocks) == 1:
        only = clocks[0]
        return table.mutate(
            **{
                name: ibis.literal(only[name], "boolean" if "known" in name else "float64")
                for name in only
                if name != "clock_label"
            }
        )
    lengths = ibis.memtable(pa.Table.from_pylist(clocks, schema))
    return table.inner_join(lengths, table.label == lengths.clock_label).drop("clock_label")


def per_rep_of(backend: Any, question: Question) -> PerRep:
    """How the values that conditions look at are found, per window and rep."""

    def per_rep(known: dict[str, Term], windows: list[Window]) -> Any:
        series = dict.fromkeys(window.series for window in windows)
        return reduce(
            ibis.union,
            (
                _known(backend, question, known, [w for w in windows if w.series == each], each)
                for each in series
            ),
        )

    return per_rep


def _known(
    backend: Any, question: Question, known: dict[str, Term], windows: list[Window], series: str
) -> Any:
    asked = replace(
        question,
        by=(REP,),
        where=(),
        windows=tuple(replace(window, series=NOW) for window in windows),
        context={**question.context, "level": "rep"},
    )
    wide = _wide(backend, asked, list(known.values()), with_roster=False)
    values = {
        name: evaluate(wide, term, NOW, asked).cast("float64") for name, term in known.items()
    }
    return wide.select("label", "rep", **values).mutate(series=ibis.literal(series))
