"""From the words of a question to the question: names, periods, filters, the as-of instant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pyarrow as pa

from foresail.catalogue.catalogue import Catalogue
from foresail.core.dimensions import DIMENSIONS, Dimension
from foresail.core.errors import QuestionError, nearest
from foresail.core.expressions import _
from foresail.core.formulas import has_previous, is_summed
from foresail.core.kpis import KPI, carried
from foresail.core.measures import Above, Term
from foresail.core.periods import (
    COMPARISONS,
    CalendarRules,
    Grain,
    Period,
    parse,
    split,
    unit_start,
)
from foresail.core.scope import EVERYTHING, Scope
from foresail.engine import asked as asked_tables
from foresail.engine.question import Filter, Question, dimension
from foresail.engine.wanted import wanted
from foresail.engine.windows import MICROSECOND, Moment, Window, windows
from foresail.facts.market import market_of
from foresail.facts.quotas import Quotas, level_of
from foresail.project.data import Data
from foresail.project.filters import filters
from foresail.project.within import Seen, seen_by
from foresail.warehouse import Settings, business_clock
from foresail.warehouse.settings import WEEKDAYS
from foresail.warehouse.working_days import WorkingDays

DEFAULT_PERIOD = "this-month"


@dataclass(frozen=True)
class Words:
    """A question as it was put, and what whoever asks may see; a rep that `is_own` the own rows."""

    kpis: tuple[str, ...]
    by: tuple[str, ...] = ()
    grain: str | None = None
    period: str | None = None
    compare: str | None = None
    where: Mapping[str, Sequence[str]] | None = None
    as_of: str | None = None
    scope: Scope = EVERYTHING
    is_own: bool = False

    @property
    def key(self) -> tuple[Hashable, ...]:
        """The same for the same words, whatever the order of the filters."""
        return replace(self, where=None), *sorted((self.where or {}).items())


@dataclass(frozen=True)
class Asked:
    """A resolved question, with the period and moment that the answer speaks of."""

    question: Question
    windows: tuple[Window, ...]
    period: Period
    moment: Moment
    grain: Grain | None
    compare: str | None
    seen: Seen
    data: Data

    @cached_property
    def tables(self) -> dict[str, pa.Table]:
        """The tables that the question's query joins beside the facts."""
        key = tuple((each.label, each.series, each.start, each.end) for each in self.windows)
        found = self.data.once(
            ("windows", self.moment.as_of, self.period.is_all, key),
            lambda: asked_tables.tables(self.windows),
        )
        return {**found, **self.beside}

    @property
    def beside(self) -> dict[str, pa.Table]:
        """Those that say which rows count, whatever the time."""
        return {**wanted(self.question.where), **self.seen.tables}


def resolve(data: Data, settings: Settings, catalogue: Catalogue, words: Words) -> Asked:
    """The question that some words put to this project's data.

    Errors: `QuestionError` when a KPI, dimension, period, grain, comparison, filter or instant is
    not to be understood.
    """
    if not words.kpis:
        raise QuestionError("No KPI was asked for. foresail kpis lists them.")
    chosen = tuple(dict.fromkeys(catalogue.kpi(name) for name in words.kpis))
    by = tuple(dict.fromkeys(dimension(name, DIMENSIONS) for name in words.by))
    rules = CalendarRules(WEEKDAYS.index(settings.week_start), settings.fiscal_year_start)
    as_of = instant(words.as_of, settings, data.now)
    first = data.first_day()
    today = as_of.replace(tzinfo=dt.UTC).astimezone(settings.tzinfo).date()
    everything = (min(first or today, today), today + dt.timedelta(days=1))
    period = parse(words.period or DEFAULT_PERIOD, today, rules, everything)
    moment = _moment(settings, as_of, period.start, period.end)
    grain = _grain(words.grain)
    compare = words.compare if words.compare != "none" else None
    if compare is not None and compare not in COMPARISONS:
        raise QuestionError(
            f"{compare} is no comparison.{nearest(compare, COMPARISONS)} "
            "Compare with previous or year-ago."
        )
    if compare and period.is_all:
        raise QuestionError("The period all has nothing before it. Compare a bounded period.")
    labels = [(period.start, period)]
    if grain:
        labels = [
            (unit_start(part.start, grain, rules), part) for part in split(period, grain, rules)
        ]
    if len(labels) > 4000:
        raise QuestionError(
            f"{len(labels):,} {words.grain}s are too many. Ask for a shorter period or a longer "
            "grain."
        )
    shift = COMPARISONS[compare] if compare else None
    spans = tuple(windows(labels, shift, has_previous(chosen), moment))
    dimensions = {*by, *(dimension(name, DIMENSIONS) for name in words.where or {})}
    seen = seen_by(data, settings, words.scope, dimensions, moment, spans, is_own=words.is_own)
    where = filters(data, catalogue, words.where or {}, seen)
    question = Question(
        kpis=chosen,
        by=by,
        where=where,
        series=tuple(dict.fromkeys(each.series for each in spans)),
        is_all=period.is_all and grain is None,
        currency=settings.currency,
        context=context(settings, by, where, seen.kept_by),
        missing=data.missing(catalogue),
        targets=_targets(data.with_targets(), chosen, dimensions),
        sight=seen.sight,
        group_size=seen.group_size,
        is_from_facts=not data.has_rollups,
    )
    question.check()
    return Asked(question, spans, period, moment, grain, compare, seen, data)


def context(
    settings: Settings,
    by: Sequence[Dimension],
    where: Sequence[Filter],
    kept: Collection[Dimension] = (),
) -> dict[str, Any]:
    """What conditions may refer to: thresholds, and whose quotas and which market answer.

    Rows that are `kept` by some dimensions are those of some reps or teams: so are the quotas.
    """
    filtered = {each.dimension: len(each.values) for each in where}
    return {
        **settings.thresholds.model_dump(),
        "level": level_of({*by, *filtered, *kept}),
        **market_of(by, filtered),
    }


def present() -> dt.datetime:
    """This instant in UTC."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def instant(
    text: str | None, settings: Settings, now: Callable[[], dt.datetime] = present
) -> dt.datetime:
    """The as-of instant T in UTC; a date means the end of that day.

    Errors: `QuestionError` when the text is no date and no instant.
    """
    if text is None or text == "now":
        if text is None and settings.as_of is not None:
            return _of_setting(settings.as_of, settings)
        return now()
    try:
        if len(text) == 10:
            return _of_setting(dt.date.fromisoformat(text), settings)
        return _of_setting(dt.datetime.fromisoformat(text), settings)
    except (ValueError, OverflowError):
        raise QuestionError(
            f"{text} is no instant. Write a date (2017-12-31: its end) or a date with time "
            "(2017-12-31T18:00)."
        ) from None


def minute_of(text: str | None, settings: Settings, now: dt.datetime) -> str:
    """Until when an answer as of the given instant stands for later ones, the data unchanged.

    One as of a fixed instant does so all day: its notes look at today's date.
    """
    is_fixed = settings.as_of is not None if text is None else text != "now"
    return now.date().isoformat() if is_fixed else now.isoformat(timespec="minutes")


def _of_setting(value: dt.date | dt.datetime, settings: Settings) -> dt.datetime:
    if isinstance(value, dt.datetime):
        local = value if value.tzinfo else value.replace(tzinfo=settings.tzinfo)
        return local.astimezone(dt.UTC).replace(tzinfo=None)
    following = dt.datetime.combine(value + dt.timedelta(days=1), dt.time(), settings.tzinfo)
    return following.astimezone(dt.UTC).replace(tzinfo=None) - MICROSECOND


def _moment(settings: Settings, as_of: dt.datetime, *days: dt.date | None) -> Moment:
    known = [as_of.date(), *(day for day in days if day)]
    first, last = min(known), max(known)
    first = max(first, dt.date(1902, 1, 1)) - dt.timedelta(days=366)
    working = WorkingDays(settings, first, last + dt.timedelta(days=366))
    moment = Moment(as_of, settings.tzinfo, working)
    return replace(
        moment,
        as_of_business=business_clock.reading(moment.local(as_of), settings),
        as_of_working=business_clock.working_days_until(moment.passed_until, settings),
    )


def _grain(name: str | None) -> Grain | None:
    if name is None:
        return None
    known = {each.value: each for each in Grain}
    if name not in known:
        raise QuestionError(f"{name} is no grain.{nearest(name, known)} Use {', '.join(known)}.")
    return known[name]


def _targets(
    known: frozenset[str], kpis: tuple[KPI, ...], dimensions: set[Dimension]
) -> dict[str, Term]:
    if not dimensions <= set(carried(Quotas.quota)):
        return {}
    return {
        each.id: Above(
            (Quotas.amounts if is_summed(each) else Quotas.levels).only(_.kpi == each.id)
        )
        for each in kpis
        if each.id in known
    }
