"""What must be said beside a number so that it does not mislead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

from foresail.core.kpis import KPI
from foresail.core.measures import Measure, measures
from foresail.engine.gaps import Gap, gaps
from foresail.project.asking import Asked
from foresail.warehouse import Settings

HISTORIES = {
    "opportunity_state": ("opportunity_change", "owner, amount and expected close"),
    "booking": ("opportunity_change", "owner and amount"),
}


def notes_of(
    cursor: duckdb.DuckDBPyConnection, backend: Any, asked: Asked, settings: Settings
) -> tuple[str, ...]:
    """The notes of an answer, most important first."""
    found = [
        *_unbegun(asked),
        *_missing(asked),
        *_compared(asked),
        *_gaps(gaps(backend, asked.question, asked.question.kpis), asked, settings),
        *_without_quota(backend, asked),
        *_history(cursor, asked),
    ]
    return tuple(dict.fromkeys(found))


def _unbegun(asked: Asked) -> Iterator[str]:
    if asked.period.start > asked.moment.today:
        yield (
            f"The period begins on {asked.period.start}, after the as-of instant: "
            "nothing is known of it yet."
        )


def _missing(asked: Asked) -> Iterator[str]:
    missing = asked.question.missing
    for kpi in asked.question.kpis:
        needs = dict.fromkeys(
            str(need) for each in measures(kpi) for need in each.needs if str(need) in missing
        )
        if needs:
            yield f"{kpi.id} is unknown: nothing was loaded for {', '.join(needs)}."


def _compared(asked: Asked) -> Iterator[str]:
    if not asked.compare or asked.grain:
        return
    now, before = (
        next(w for w in asked.question.windows if w.series == name) for name in ("now", "before")
    )
    if now.is_over or not now.is_known:
        return
    if not before.is_known:
        yield "No working day of the period has passed yet: there is nothing to compare with."
    else:
        yield (
            f"The period still runs: it is compared with the first {before.working_days} working "
            "days of the other one."
        )


def _gaps(found: list[Gap], asked: Asked, settings: Settings) -> Iterator[str]:
    undated: dict[str, int] = {}
    unknown: dict[str, int] = {}
    late = 0
    for gap in found:
        thing = _thing(gap.measure)
        if gap.undated:
            key = f"{thing} without {_date(gap.measure)}"
            undated[key] = max(undated.get(key, 0), gap.undated)
        if gap.unknown:
            unknown[thing] = max(unknown.get(thing, 0), gap.unknown)
        late = max(late, gap.late)
    for what, number in undated.items():
        yield f"{number:,} {what} are in no period and left out; the period all includes them."
    for what, number in unknown.items():
        yield f"{number:,} {what} have an unknown value (or no exchange rate) and add nothing."
    if late and settings.as_of is None:
        yield f"{late:,} of the rows were loaded after the as-of instant."


THINGS = {
    "activity": "activities",
    "lead_state": "leads",
    "opportunity_state": "opportunities",
    "booking": "bookings",
    "recognised": "revenue rows",
}


def _thing(measure: Measure) -> str:
    return THINGS.get(measure.fact.table, "rows")


def _date(measure: Measure) -> str:
    words = {"the close": "a closing date", "E": "a creation date", "creation": "a creation date"}
    return words.get(measure.at.words, f"a date of {measure.at.words}")


def _without_quota(backend: Any, asked: Asked) -> Iterator[str]:
    """How much was booked by nobody who carries a quota."""
    from dataclasses import replace

    from foresail.catalogue.revenue import Revenue
    from foresail.engine.compile import query

    named = {each.id for each in asked.question.kpis} & {"quota_attainment", "quota_pace"}
    if not named:
        return
    attained: KPI = Revenue.quota_attainment
    total = replace(
        asked.question, kpis=(Revenue.revenue, attained), by=(), targets={}
    )
    rows = backend.to_pyarrow(query(backend, total).expression).to_pylist()
    whole = sum(row["revenue@now.value"] or 0 for row in rows)
    carried = sum(row["quota_attainment@now.numerator"] or 0 for row in rows)
    if whole - carried > 0.005:
        yield (
            f"Bookings of {whole - carried:,.2f} {asked.question.currency} have no rep, or a rep "
            "without a quota in the period: they are in revenue, not here."
        )


def _history(cursor: duckdb.DuckDBPyConnection, asked: Asked) -> Iterator[str]:
    if asked.question.as_of_on >= _today() and asked.period.end > _today():
        return
    facts = {each.fact.table for kpi in asked.question.kpis for each in measures(kpi)}
    for fact, (table, fields) in HISTORIES.items():
        if fact not in facts:
            continue
        loaded = cursor.execute(f"select count(*) from canonical.{table}").fetchone()  # noqa: S608
        if loaded == (0,):
            yield f"No history of changes is loaded: {fields} are as of now."
            return


def _today() -> Any:
    import datetime as dt

    return dt.datetime.now(dt.UTC).date()
