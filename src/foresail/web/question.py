"""What is asked, as the address says it: every page reads its question from the query string.

A link, a reload and the back button therefore ask the same again, and pages hand a question on to
each other by its address.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from django import forms
from django.http import HttpRequest

from foresail.core.errors import QuestionError

CUSTOM = "custom"
DEFAULT_PERIOD = "this-month"
PERIODS = (
    ("today", "Today"),
    ("yesterday", "Yesterday"),
    ("this-week", "This week"),
    ("last-week", "Last week"),
    ("this-month", "This month"),
    ("last-month", "Last month"),
    ("this-quarter", "This quarter"),
    ("last-quarter", "Last quarter"),
    ("this-year", "This year"),
    ("last-year", "Last year"),
    ("last-30-days", "Last 30 days"),
    ("all", "All time"),
    (CUSTOM, "From – to"),
)
NO_COMPARISON = "none"
COMPARISONS = (
    (NO_COMPARISON, "No comparison"),
    ("previous", "Period before"),
    ("year-ago", "A year ago"),
)


@dataclass(frozen=True)
class Question:
    """A question as an address carries it.

    `where` holds pairs of dimension and value; `of` is the one row of a board that is looked into.
    `usual` is the period that the page stands for where its address says none, `usually_compared`
    what it then compares with.
    """

    kpis: tuple[str, ...] = ()
    period: str = DEFAULT_PERIOD
    start: dt.date | None = None
    end: dt.date | None = None
    compare: str = NO_COMPARISON
    by: str = "rep"
    where: tuple[tuple[str, str], ...] = ()
    of: tuple[str, str] | None = None
    order: str = ""
    as_of: str = ""
    usual: str = DEFAULT_PERIOD
    usually_compared: str = NO_COMPARISON

    @property
    def range(self) -> str:
        """The period in the words of `Project.ask`."""
        if self.period != CUSTOM:
            return self.period
        if not (self.start and self.end):
            raise QuestionError("Choose the first and the last day of the period.")
        return f"{self.start}..{self.end}"

    @property
    def filters(self) -> dict[str, list[str]]:
        """The values that each filtered dimension may have."""
        filters: dict[str, list[str]] = {}
        for dimension, value in self.where:
            filters.setdefault(dimension, []).append(value)
        if self.of:
            filters[self.of[0]] = [self.of[1]]
        return filters

    @property
    def when(self) -> tuple[str, str]:
        """The period, and as of when."""
        return self.range, self.as_of

    @property
    def slice(self) -> dict[str, Any]:
        """Which records are looked at: what `ask`, `records` and `explain` share."""
        return {
            "period": self.range,
            "where": self.filters or None,
            "as_of": self.as_of or None,
        }

    @property
    def comparison(self) -> str | None:
        """The comparison in the words of `Project.ask`."""
        return None if self.compare == NO_COMPARISON else self.compare

    def but(self, **changes: Any) -> Question:
        """The same question with something else in places."""
        return replace(self, **changes)

    def only(self, dimension: str, value: str) -> Question:
        """The same question, limited to one value of a dimension."""
        others = tuple(pair for pair in self.where if pair[0] != dimension)
        return replace(self, where=(*others, (dimension, value)))

    def query(self, **more: str) -> str:
        """The query string: only what differs from the defaults, always in the same order."""
        pairs: list[tuple[str, str]] = []
        blank = Question()
        if self.period != blank.period or self.usual != blank.usual:
            pairs.append(("period", self.period))
        if self.period == CUSTOM:
            pairs += [("start", str(self.start or "")), ("end", str(self.end or ""))]
        if self.compare != blank.compare or self.usually_compared != blank.compare:
            pairs.append(("compare", self.compare))
        for name in ("by", "order", "as_of"):
            if getattr(self, name) != getattr(blank, name):
                pairs.append((name, getattr(self, name)))
        pairs += [("where", f"{dimension}:{value}") for dimension, value in self.where]
        pairs += [("kpi", kpi) for kpi in self.kpis]
        if self.of:
            pairs.append(("of", ":".join(self.of)))
        pairs += [pair for pair in more.items() if pair[1]]
        return f"?{'&'.join(f'{_quoted(name)}={_quoted(value)}' for name, value in pairs)}"


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    """A text as a part of a query string; a page writes the same few hundreds of times."""
    return quote_plus(text, safe=":")


class Several(forms.Field):
    """A field that may be given several times; empty ones do not count."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> tuple[str, ...]:
        """The values given, in their order, each once."""
        return tuple(dict.fromkeys(each for each in value or () if each))


class Pair(forms.CharField):
    """A dimension and a value, written `team:North`."""

    def to_python(self, value: Any) -> Any:
        """The two, or None."""
        return pair(value) if value else None


def pair(text: str) -> tuple[str, str]:
    """`team:North` as dimension and value.

    >>> pair("team:North: East")
    ('team', 'North: East')
    """
    dimension, colon, value = text.partition(":")
    if not colon:
        raise forms.ValidationError("Write a filter as team:North.")
    return dimension, value


class QuestionForm(forms.Form):
    """Reads a question from a query string."""

    kpi = Several(required=False)
    period = forms.CharField(required=False, max_length=40)
    start = forms.DateField(required=False)
    end = forms.DateField(required=False)
    compare = forms.ChoiceField(required=False, choices=COMPARISONS)
    by = forms.SlugField(required=False, max_length=40)
    where = Several(required=False)
    of = Pair(required=False)
    order = forms.CharField(required=False, max_length=120)
    as_of = forms.CharField(required=False, max_length=40)

    def clean_where(self) -> tuple[tuple[str, str], ...]:
        """Pairs of dimension and value."""
        return tuple(pair(text) for text in self.cleaned_data["where"])


def asked(
    request: HttpRequest, usual: str = DEFAULT_PERIOD, usually_compared: str = NO_COMPARISON
) -> Question:
    """The question in a request's address; of the usual period and comparison where it says none.

    Errors: `QuestionError` where the address is not well-formed.
    """
    form = QuestionForm(request.GET)
    if not form.is_valid():
        field, problems = next(iter(form.errors.items()))
        given = ", ".join(request.GET.getlist(field))
        raise QuestionError(f"{field} = {given}: {problems[0]}")
    filled = {name: value for name, value in form.cleaned_data.items() if value}
    stated = {"period": usual, "compare": usually_compared, **filled}
    kpis = stated.pop("kpi", ())
    return Question(kpis=kpis, usual=usual, usually_compared=usually_compared, **stated)
