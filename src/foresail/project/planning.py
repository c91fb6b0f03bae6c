"""The stages from a question to its query, as people read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from foresail.core.anchors import Count, Mean, Sum
from foresail.core.measures import Measure
from foresail.engine.alike import grouped_by
from foresail.engine.rolled import lacks
from foresail.engine.scans import Scan
from foresail.engine.stages import STAGES, Draft, drafted
from foresail.project.results import Step

if TYPE_CHECKING:
    from foresail.project.asking import Asked
    from foresail.project.reading import Reader


def steps_of(reader: Reader, asked: Asked) -> tuple[Step, ...]:
    """What each stage found about a question, and what runs in the end."""
    is_known = reader.knows(asked.question)
    draft = drafted(reader.backend, asked.question)
    told = [
        Step(stage.__name__.replace("_", " "), tuple(words(draft)))
        for stage, words in zip(STAGES, WORDS, strict=True)
    ]
    return (*told, Step("queries", tuple(_queries(reader, asked, is_known=is_known))))


def _measures(draft: Draft) -> Iterator[str]:
    yield _listed(draft.measures) or "none that the data can answer"


def _scans(draft: Draft) -> Iterator[str]:
    whole: dict[tuple[str, str, str], list[Measure]] = {}
    for scan in draft.scans:
        first = scan.first
        credit = first.credit.rule if first.credit and draft.question.looks_at_credit else ""
        key = (first.fact.table, first.at.words, credit)
        whole.setdefault(key, []).extend(scan.measures)
    for (table, at, credit), measures in whole.items():
        credited = f", credited to {credit}" if credit else ""
        yield f"{table} by {at}{credited}: {_listed(measures)}"


def _rollups(draft: Draft) -> Iterator[str]:
    for scan in draft.scans:
        fact = scan.first.fact
        if scan.rollup:
            yield (
                f"{scan.rollup.table} has summed up: {_listed(scan.measures)}; "
                f"{fact.table} is read for the day that goes on"
            )
        elif not fact.rollups:
            yield f"{fact.table} has none"
        else:
            yield from _unserved(scan, draft)


def _unserved(scan: Scan, draft: Draft) -> Iterator[str]:
    """Why the rollups of a fact answer none of some measures."""
    reasons: dict[tuple[str, str], list[Measure]] = {}
    for measure in scan.measures:
        for rollup in measure.fact.rollups:
            why = lacks(rollup, measure, draft.question)
            reasons.setdefault((rollup.table, why), []).append(measure)
    for (table, why), measures in reasons.items():
        yield f"{table} does not answer {_listed(measures)}: {why}"


def _tallies(draft: Draft) -> Iterator[str]:
    for scan in draft.scans:
        additive = [each for each in scan.measures if isinstance(each.value, Count | Sum | Mean)]
        if scan.rollup:
            yield f"{scan.table}: sums of sums"
        elif additive:
            first = ", ".join(grouped_by(additive)) or "nothing besides"
            yield f"{scan.table}: rows grouped by {first}, then {len(additive)} sums of the groups"
        if rest := [each for each in scan.measures if each not in additive]:
            yield f"{scan.table}: one by one {_listed(rest)}"


def _slices(draft: Draft) -> Iterator[str]:
    by = ", ".join(each.label.lower() for each in draft.question.by) or "all in one"
    series = ", ".join(each.replace("_", " ") for each in draft.question.series)
    yield f"{by}, with the periods: {series}"


def _formulas(draft: Draft) -> Iterator[str]:
    assert draft.query is not None
    yield f"{len(draft.query.columns)} columns of {', '.join(e.id for e in draft.question.kpis)}"


def _queries(reader: Reader, asked: Asked, *, is_known: bool) -> Iterator[str]:
    gaps = reader.ways(asked)
    beside = ", one more for what is left out" if gaps else ", none for what is left out"
    yield f"one for the numbers{beside}, on {reader.runner.dialect.name}"
    if lookups := reader.plan(asked.question).lookups:
        yield (
            f"before it {len(lookups)} for what conditions look up, once for all questions of the "
            "same periods"
        )
    yield "the plan was known" if is_known else "the plan was made now"


def _listed(measures: Iterable[Measure]) -> str:
    return ", ".join(dict.fromkeys(map(str, measures)))


WORDS: tuple[Callable[[Draft], Iterator[str]], ...] = (
    _measures,
    _scans,
    _rollups,
    _tallies,
    _slices,
    _formulas,
)
"""What to say of each of the stages, in their order."""
