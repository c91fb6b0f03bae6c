"""From a question to one query, in stages: a row per period and slice, a column per KPI and part.

The tallies of a scan and the columns of a KPI are pieces that other questions of the same shape use
again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, replace
from typing import Any

import ibis

from foresail.core.formulas import signature
from foresail.core.measures import Measure
from foresail.engine.columns import ROW, Column
from foresail.engine.compile import (
    kept_columns,
    lookup_of,
    needed,
    parts_of,
    spine,
    without_kpis,
)
from foresail.engine.folding import folded
from foresail.engine.question import Question
from foresail.engine.rolled import served
from foresail.engine.scans import Scan, scans
from foresail.engine.tables import Tables
from foresail.engine.tally import tallies
from foresail.engine.writing import Piece


@dataclass(frozen=True)
class Query:
    """A query, what its columns hold, and the queries of what is lent to it."""

    sql: str
    columns: tuple[Column, ...]
    lookups: Mapping[str, str]


@dataclass(frozen=True)
class Draft:
    """A question on its way to a query: each stage fills in what it finds."""

    question: Question
    measures: tuple[Measure, ...] = ()
    scans: tuple[Scan, ...] = ()
    tallies: tuple[Piece, ...] = ()
    slices: Piece | None = None
    query: Query | None = None


Stage = Callable[[Tables, Draft], Draft]


def measures_of_formulas(_backend: Tables, draft: Draft) -> Draft:
    """Every measure of the KPIs, their parts and targets, each once."""
    question = draft.question
    parts = [term for kpi in question.kpis for _, term in parts_of(kpi)]
    terms = [*question.kpis, *parts, *question.targets.values()]
    return replace(draft, measures=tuple(needed(terms, question)))


def scans_of_facts(_backend: Tables, draft: Draft) -> Draft:
    """One scan per fact, anchor and credit; comparison periods are windows of the same scan."""
    return replace(draft, scans=tuple(scans(draft.measures, draft.question)))


def rollups_that_serve(_backend: Tables, draft: Draft) -> Draft:
    """Measures that a rollup holds leave the scan of the fact for one of the rollup."""
    return replace(draft, scans=tuple(served(draft.scans, draft.question)))


def tallies_of_scans(backend: Tables, draft: Draft) -> Draft:
    """Each scan summed up by period and slice, rows of like columns grouped first."""
    found: list[Piece] = []
    for scan in draft.scans:

        def make(scan: Scan = scan) -> list[Any]:
            lookup = lookup_of(backend, draft.question)
            made = tallies(backend, scan, draft.question, lookup)
            return [astuple(backend.piece(each)) for each in made]

        measured = tuple(signature(each) for each in scan.measures)
        rest = without_kpis(draft.question)
        kept = backend.kept(("tallies", scan.table, measured, *rest), make)
        found += [Piece(*each) for each in kept]
    return replace(draft, tallies=tuple(found))


def slices_folded(backend: Tables, draft: Draft) -> Draft:
    """All tallies folded to one row per label and slice, with a row for whoever did nothing."""
    stack = [*draft.tallies, *spine(backend, draft.question)]
    return replace(draft, slices=folded(backend.writer, stack, draft.question))


def formulas_applied(backend: Tables, draft: Draft) -> Draft:
    """The formulas over these rows, ordered by label and slice."""
    question, writer = draft.question, backend.writer
    assert draft.slices is not None
    row = ibis.table(dict(draft.slices.columns), name="answer")
    values = [kept_columns(backend, row, kpi, question) for kpi in question.kpis]
    keys = [writer.name(key) for key in question.keys]
    selected = [*keys, *(value for each in values for value in each["values"])]
    order = ", ".join(f"{key} ASC NULLS LAST" for key in keys)
    sql = f"{writer.select(selected, draft.slices.sql, ROW)} ORDER BY {order}"
    columns = tuple(Column(*column) for each in values for column in each["columns"])
    lookups = {name: sql for each in draft.tallies for name, sql in each.lookups.items()}
    return replace(draft, query=Query(sql, columns, lookups))


STAGES: tuple[Stage, ...] = (
    measures_of_formulas,
    scans_of_facts,
    rollups_that_serve,
    tallies_of_scans,
    slices_folded,
    formulas_applied,
)


def drafted(backend: Tables, question: Question) -> Draft:
    """All that the stages find about a question.

    Errors: `QuestionError` when a KPI cannot be split as asked.
    """
    question.check()
    draft = Draft(question)
    for stage in STAGES:
        draft = stage(backend, draft)
    return draft


def query(backend: Tables, question: Question) -> Query:
    """The question as one query, ordered by label and slice.

    Errors: `QuestionError` when a KPI cannot be split as asked.
    """
    found = drafted(backend, question).query
    assert found is not None
    return found
