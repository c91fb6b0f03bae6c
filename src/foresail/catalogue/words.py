"""What follows from a KPI's declaration, in words: what dates it, whose it is, what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from foresail.core.formulas import parts_of_value
from foresail.core.kpis import KPI, decisive
from foresail.core.measures import Formula, Measure, Need, Term, measures


def dated_by(kpi: KPI) -> str:
    """The events that put its records in a period; whose, where there are several.

    Those of the formula alone: what travels with it is dated alike.
    """
    return _grouped(_told_as(kpi.formula), lambda each: each.at.words)


def credited_to(kpi: KPI) -> str:
    """Whose number it is; of what, where there are several."""
    return _grouped(
        ((each, words) for each, words in _told_as(kpi.formula) if each.credit),
        lambda each: each.credit.rule if each.credit else "",
    )


def needs_of(kpi: KPI) -> tuple[Need, ...]:
    """The data without which it is unknown, each once."""
    found = [each for measure in decisive(kpi) for each in _with_looked_up(measure)]
    return tuple(dict.fromkeys(need for each in found for need in each.needs))


def parts_in_words(kpi: KPI) -> dict[str, str]:
    """What travels with its value, by the names in an answer; parts of a quotient left out."""
    return {
        name: _plainly(term)
        for name, term in parts_of_value(kpi).items()
        if name not in ("numerator", "denominator")
    }


def _with_looked_up(measure: Measure) -> Iterable[Measure]:
    yield measure
    for term in measure.looked_up:
        yield from measures(term)


def _told_as(term: Term) -> Iterator[tuple[Measure, str]]:
    """The measures of a term, each with the words that the term has for it."""
    if isinstance(term, KPI) or (isinstance(term, Formula) and term.words):
        yield from ((each, str(term)) for each in measures(term))
    elif isinstance(term, Measure):
        yield term, str(term)
    else:
        for part in term.parts():
            yield from _told_as(part)


def _grouped(found: Iterable[tuple[Measure, str]], told: Callable[[Measure], str]) -> str:
    """What is told of some measures; with their words where it differs."""
    by_words: dict[str, dict[str, None]] = {}
    for measure, words in found:
        by_words.setdefault(told(measure), {})[words] = None
    if len(by_words) < 2:
        return "".join(by_words)
    return "; ".join(f"{each} ({', '.join(of)})" for each, of in by_words.items())


def _plainly(term: Term) -> str:
    if isinstance(term, Measure | Formula | KPI):
        return str(term)
    return str(term).strip("()")
