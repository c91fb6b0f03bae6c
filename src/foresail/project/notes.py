"""What must be said beside a number so that it does not mislead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import pyarrow as pa

from foresail.catalogue.revenue import Revenue
from foresail.core.dimensions import CLOCK_DIMENSIONS
from foresail.core.errors import nearest
from foresail.core.formulas import kpis_within
from foresail.core.kpis import KPI, decisive
from foresail.core.measures import Measure, measures
from foresail.core.restriction import slices_of
from foresail.engine.columns import WITHHELD, Column, column_name
from foresail.engine.question import Question
from foresail.engine.sight import is_beyond, is_of_teams
from foresail.engine.windows import NOW
from foresail.health.answering import kpi_health
from foresail.project.asking import Asked, instant
from foresail.project.filters import known_values
from foresail.project.reading import Reader
from foresail.warehouse import Settings

OF_ANSWERS = {"response", "response_spell"}
THINGS = {
    "activity": "activities",
    "lead_state": "leads",
    "opportunity_state": "opportunities",
    "quiet_deal": "opportunities",
    "stage_passage": "passages of stages",
    "stage_time": "visits to stages",
    "booking": "bookings",
    "recognised": "revenue rows",
    "cost_day": "days of costs",
    "vacancy": "vacancies",
    "lead_win": "wins",
    "own_sale": "sales",
    "market_day": "days of the market",
    "rep_state": "reps",
    "response": "requests",
    "response_spell": "owners' turns",
    "touch": "touches",
    "interaction": "activities",
    "account_touch": "activities",
    "key_account": "key accounts",
    "survey": "surveys",
    "mail": "mails",
    "mail_link": "links in mails",
    "share": "assets shared",
    "handout": "assets handed out",
    "asset": "assets",
    "follow_up": "follow-ups",
    "lead_exit": "leads",
    "meeting": "meetings",
    "held_meeting": "meetings",
    "win": "wins",
    "first_win": "wins",
    "customer_spell": "customers",
    "customer_state": "customers",
    "customer_mrr": "prices of customers",
    "service": "calls and meetings",
}
DATES = {
    "the close": "a closing date",
    "the end of the period": "a creation date",
    "creation": "a creation date",
    "the first instant of the period": "a creation date",
    "the loss": "a closing date",
    "the start": "a start",
    "the mail": "a date",
    "the attempt": "a date",
    "the sending": "a date of sending",
    "the booking": "a time of booking",
    "the request": "a time of request",
    "the opening": "a day of opening",
    "the revenue's day": "a day",
    "the first day of service": "a first day of service",
    "service at the end of the period": "a first day of service",
}
OF_QUOTA = {"quota_attainment", "quota_pace"}


def notes_of(reader: Reader, asked: Asked, settings: Settings) -> tuple[str, ...]:
    """The notes of an answer, most important first."""
    found = [
        *filter(None, [asked.seen.words]),
        *_unbegun(asked),
        *_beyond(asked),
        *_missing(asked),
        *_lacking(reader, asked),
        *_compared(asked),
        *_gaps(reader, asked, settings),
        *_left_out(reader, asked),
        *_unknown_slices(reader, asked),
        *_without_quota(reader, asked),
        *_only_won(reader, asked),
        *_without_history(reader, asked),
        *_what_answers(asked, settings),
    ]
    return tuple(dict.fromkeys(found))


def withheld(result: pa.Table, columns: Iterable[Column], asked: Asked) -> Iterator[str]:
    """How many numbers are not told because few reps are credited with them."""
    marks = [result[each.name].to_pylist() for each in columns if each.part == WITHHELD]
    found = sum(bool(mark) for each in marks for mark in each)
    if found:
        yield (
            f"{found:,} of {sum(map(len, marks)):,} figures are withheld: fewer than "
            f"{asked.question.group_size} reps are credited with what they count."
        )


def _unbegun(asked: Asked) -> Iterator[str]:
    if asked.period.start > asked.moment.today:
        yield (
            f"The period begins on {asked.period.start}, after the as-of instant: "
            "nothing is known of it yet."
        )


def _beyond(asked: Asked) -> Iterator[str]:
    """What is the whole organisation's, and so not told to whoever sees a part of it."""
    for kpi in asked.question.kpis:
        sight = asked.question.sight
        found = [each for each in decisive(kpi) if is_beyond(each, sight)]
        of_teams = [each for each in decisive(kpi) if is_of_teams(each, sight)]
        if of_teams and not found:
            named = ", ".join(dict.fromkeys(map(str, of_teams)))
            yield f"{kpi.id} counts {named} where it names a team; without any it is unknown."
        if found:
            named = ", ".join(dict.fromkeys(str(each) for each in found))
            yield (
                f"{kpi.id} is unknown here: {named} is the organisation's, and not within what "
                "you may see."
            )


def _missing(asked: Asked) -> Iterator[str]:
    for kpi in asked.question.kpis:
        lacking = _not_loaded(decisive(kpi), asked.question)
        if lacking:
            yield f"{kpi.id} is unknown: nothing was loaded for {', '.join(lacking)}."
        for part, term in kpi.beside.items():
            further = _not_loaded(measures(term), asked.question)
            if further and not lacking:
                yield f"{kpi.id}.{part} is unknown: nothing was loaded for {', '.join(further)}."


def _not_loaded(found: Iterable[Measure], question: Question) -> list[str]:
    """What some measures need and nobody loaded, each once."""
    dimensions = question.dimensions
    needed = (str(need) for each in found for need in each.needed_by(dimensions))
    return [need for need in dict.fromkeys(needed) if need in question.missing]


def _lacking(reader: Reader, asked: Asked) -> Iterator[str]:
    """What a good part of the records that the KPIs need leaves empty, to whoever sees them all."""
    if asked.question.sight:
        return
    found = reader.data.lacks()
    for kpi in asked.question.kpis:
        for lack in kpi_health(kpi, asked.question.missing, found).lacking:
            yield f"{lack}."


def _compared(asked: Asked) -> Iterator[str]:
    if not asked.compare or asked.grain:
        return
    now, before = (next(w for w in asked.windows if w.series == name) for name in ("now", "before"))
    if now.is_over or not now.is_known:
        return
    if not before.is_known:
        yield "No working day of the period has passed yet: there is nothing to compare with."
    elif asked.period.unit is None:
        yield f"The period still runs: it is compared with the first {before.length} days before."
    else:
        yield (
            f"The period still runs: it is compared with the first {before.working_days} working "
            "days of the other one."
        )


SAYING = {
    "undated": "{thing} without {date}, left out but of the period all: {n:,}.",
    "unknown": "{thing} without a known value or exchange rate, which add nothing: {n:,}.",
    "deleted": "Deleted {thing}, left out: {n:,}.",
    "late": "{thing} loaded after the as-of instant: {n:,}.",
}


def _gaps(reader: Reader, asked: Asked, settings: Settings) -> Iterator[str]:
    is_fixed = settings.as_of is not None and asked.moment.as_of == instant(None, settings)
    most: dict[tuple[str, str, str], int] = {}
    for measure, kind, number in reader.gaps(asked):
        if kind == "late" and is_fixed:
            continue
        thing = THINGS.get(measure.fact.table, "rows")
        key = (kind, thing, _date(measure) if kind == "undated" else "")
        most[key] = max(most.get(key, 0), number)
    for kind, words in SAYING.items():
        for (found, thing, date), number in most.items():
            if found == kind:
                said = words.format(n=number, thing=thing, date=date)
                yield said[0].upper() + said[1:]


def _left_out(reader: Reader, asked: Asked) -> Iterator[str]:
    for kpi in _within(asked):
        if kpi.left_out is None:
            continue
        number = reader.total(asked, kpi)[column_name(kpi.id, NOW, "left_out")]
        if number:
            yield f"{number:,.0f} {kpi.left_out} are left out of {kpi.id}."


def _unknown_slices(reader: Reader, asked: Asked) -> Iterator[str]:
    """Which values an own KPI keeps to that no record has, to whoever sees them all."""
    if asked.question.sight or asked.question.group_size:
        return
    for kpi in asked.question.kpis:
        for dimension, values in slices_of(kpi):
            known = known_values(reader.data, [kpi], dimension, asked.seen)
            for value in values:
                if value is not None and value not in known and dimension not in CLOCK_DIMENSIONS:
                    hint = nearest(value, known)
                    label = dimension.label.lower()
                    yield f"{kpi.id} keeps to the {label} {value}, which no record has.{hint}"


def _within(asked: Asked) -> list[KPI]:
    """The KPIs that are asked for, and those inside of them."""
    return list(dict.fromkeys(each for kpi in asked.question.kpis for each in kpis_within(kpi)))


def _date(measure: Measure) -> str:
    return DATES.get(measure.at.words, f"a date of {measure.at.words}")


def _without_quota(reader: Reader, asked: Asked) -> Iterator[str]:
    """How much was booked by nobody who carries a quota."""
    if not OF_QUOTA & {each.id for each in _within(asked)}:
        return
    row = reader.total(asked, Revenue.revenue, Revenue.quota_attainment)
    whole = row[column_name("revenue", NOW, "value")]
    carried = row[column_name("quota_attainment", NOW, "numerator")]
    is_told = not asked.question.group_size or None not in (whole, carried)
    whole, carried = whole or 0, carried or 0
    if is_told and whole - carried > 0.005:
        yield (
            f"Bookings of {whole - carried:,.2f} {asked.question.currency} have no rep, or a rep "
            "without a quota in the period: they are in revenue, not here."
        )


def _only_won(reader: Reader, asked: Asked) -> Iterator[str]:
    """Whether a win rate says nothing because losses were never loaded."""
    named = {each.id for each in _within(asked)}
    if not named & {"win_rate", "win_rate_cohort", "deals_lost"}:
        return
    if not reader.data.has_losses():
        yield "No lost opportunity was ever loaded: a win rate says nothing here."


def _without_history(reader: Reader, asked: Asked) -> Iterator[str]:
    """Whether today's owners and amounts stand for those of the past."""
    today = dt.datetime.now(dt.UTC).date()
    facts = {each.fact.table for kpi in asked.question.kpis for each in measures(kpi)}
    if not facts & {"opportunity_state", "booking"} or asked.period.end > today:
        return
    if not reader.data.has_history():
        yield "No history of changes is loaded: owner, amount and expected close are as of now."


def _what_answers(asked: Asked, settings: Settings) -> Iterator[str]:
    """Which kinds of attempt answer a request, and how long one may wait."""
    facts = {each.fact.table for kpi in asked.question.kpis for each in measures(kpi)}
    if not facts & OF_ANSWERS:
        return
    kinds = ", ".join(settings.thresholds.response_kinds)
    yield f"A request is answered by: {kinds} (the setting response_kinds)."
