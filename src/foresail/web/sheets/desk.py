"""Where a page asks from: who looks, at which question, and everything that was answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from django.http import HttpRequest
from django.urls import resolve, reverse

from foresail.core.scope import Kind
from foresail.core.slices import NONE
from foresail.project.history import History
from foresail.project.results import Answer, KpiInfo, Records, Waterfall
from foresail.web.current import project_of
from foresail.web.people.guard import right_of
from foresail.web.people.rights import Right
from foresail.web.people.viewer import viewer_of
from foresail.web.question import DEFAULT_PERIOD, NO_COMPARISON, Question, asked
from foresail.web.sheets.blocks import Section
from foresail.web.sheets.together import at_once

Shown = Section | Sequence[Section | None] | None
"""What a part of a page comes to: nothing where there is nothing to show."""

BACK = "from"
"""The choice of the records page that holds where one came from."""


@dataclass
class Desk:
    """One request to one page.

    Every question goes through it, so that the page can say at its foot as of when the data are
    and what must be noted, whatever was asked. `period` and `compare` are what the page speaks of
    unless its address says otherwise; `form` is the file that is asked for, empty for the page.
    """

    request: HttpRequest
    page: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    answers: list[Answer | Records | Waterfall | History] = field(default_factory=list)
    period: str = DEFAULT_PERIOD
    compare: str = NO_COMPARISON
    form: str = ""

    def __post_init__(self) -> None:
        self.project = project_of(self.request)
        self.question: Question = asked(self.request, self.period, self.compare)
        if "by" not in self.request.GET:
            self.question = self.question.but(by=self.people)
        self._kpis: dict[str, KpiInfo] | None = None
        self._open: dict[str, bool] = {}
        self._queries: dict[tuple[Question, str], str] = {}
        self.basis: Answer | None = None
        """The first answer about the period of the page, which stands at the top."""

    @property
    def settings(self) -> Any:
        """The settings of the organisation."""
        return self.project.settings

    @property
    def currency(self) -> str:
        """The currency of all money."""
        return str(self.settings.currency)

    @property
    def kpis(self) -> dict[str, KpiInfo]:
        """The catalogue by id."""
        if self._kpis is None:
            self._kpis = {each.id: each for each in self.project.kpis()}
        return self._kpis

    @property
    def sees_records(self) -> bool:
        """Whether whoever asks sees more than sums."""
        is_allowed = viewer_of(self.request).may(Right.SEE_RECORDS)
        return is_allowed and self.project.scope.kind is not Kind.SUMS

    @property
    def names_people(self) -> bool:
        """Whether single people are shown: in works-council mode to reps alone, each of oneself."""
        is_told = not self.settings.privacy.works_council or self.project.scope.kind is Kind.REP
        return self.sees_records and is_told

    @property
    def people(self) -> str:
        """What tables of people are split by: reps, or teams where no single people are shown."""
        return "rep" if self.names_people else "team"

    @property
    def may_export(self) -> bool:
        """Whether whoever asks may take out what is shown."""
        return viewer_of(self.request).may(Right.EXPORT)

    @property
    def is_shared(self) -> bool:
        """Whether whoever asks came by a share link, which leads to no other page."""
        return viewer_of(self.request).is_visitor

    def answerable(self, kpis: Iterable[str]) -> tuple[str, ...]:
        """Those of some KPIs that the data can answer."""
        return tuple(kpi for kpi in kpis if kpi in self.kpis and self.kpis[kpi].is_answerable)

    def ask(
        self,
        *kpis: str,
        by: Sequence[str] = (),
        grain: str | None = None,
        compare: bool = False,
        order: str | None = None,
        limit: int | None = None,
        totals: bool = False,
        question: Question | None = None,
    ) -> Answer:
        """The answer for the question of the page, or for another one.

        With `compare` it is held against what the page compares with.
        """
        about = question or self.question
        answer = self.project.ask(
            *kpis,
            by=tuple(by),
            grain=grain,
            compare=about.comparison if compare else None,
            order=order,
            limit=limit,
            totals=totals,
            **about.slice,
        )
        self.answers.append(answer)
        if self.basis is None and about.when == self.question.when:
            self.basis = answer
        return answer

    def records(
        self,
        kpi: str,
        *,
        part: str | None = None,
        order: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        question: Question | None = None,
    ) -> Records:
        """The records behind a KPI for the question of the page, or for another one."""
        about = question or self.question
        found = self.project.records(
            kpi, part=part, order=order, limit=limit, offset=offset, **about.slice
        )
        self.answers.append(found)
        return found

    def sample(self, kpi: str, *, key: str, by: str, size: int) -> Records:
        """Some of the records behind a KPI, drawn by lot for each value of a column."""
        found = self.project.sample(kpi, key=key, by=by, size=size, **self.question.slice)
        self.answers.append(found)
        return found

    def noted(self, answer: Answer) -> Answer:
        """An answer that was asked elsewhere for this page, so that its notes stand there too."""
        self.answers.append(answer)
        return answer

    def waterfall(self, *, by: Sequence[str] = (), due: bool = False) -> Waterfall:
        """How the open value of the period's first instant became that of its end."""
        found = self.project.waterfall(by=tuple(by), due=due, **self.question.slice)
        self.answers.append(found)
        return found

    def waterfall_records(self, flow: str, *, due: bool = False) -> Records:
        """The deals behind one step of the waterfall."""
        found = self.project.waterfall_records(flow, due=due, **self.question.slice)
        self.answers.append(found)
        return found

    def together(self, *makes: Callable[[Desk], Shown]) -> tuple[Section, ...]:
        """The sections that some functions make, worked out at the same time, in their order.

        Each is given a desk of its own, so that what they are told stands in the same order as if
        they had asked one after the other. They must not look at the accounts.
        """
        made = self.gathered(*makes)
        found = (each if isinstance(each, Sequence) else (each,) for each in made)
        return tuple(section for each in found for section in each if section is not None)

    def gathered(self, *makes: Callable[[Desk], Any]) -> list[Any]:
        """What some functions make of a desk of their own each, worked out at the same time."""
        known = len(self.answers)
        desks = [self._own() for _ in makes]
        made = at_once([partial(make, desk) for make, desk in zip(makes, desks, strict=True)])
        for each in desks:
            self.answers += each.answers[known:]
            self.basis = self.basis or each.basis
        return made

    def _own(self) -> Desk:
        """A desk like this one, that keeps its answers for itself."""
        _ = self.kpis, self._here
        own = copy(self)
        own.answers = [*self.answers]
        return own

    def option(self, name: str, known: Iterable[str], default: str) -> str:
        """What the address says for a choice of this page; the default where it says nothing."""
        given = self.request.GET.get(name, "")
        return given if given in tuple(known) else default

    @property
    def options(self) -> dict[str, str]:
        """What the address says beyond the question: the choices of this page."""
        own = {*QUESTION_NAMES, "format", "block", "page"}
        given = self.request.GET
        return {name: given.get(name, "") for name in given if name not in own}

    def url(self, page: str = "", *arguments: Any, **changes: Any) -> str:
        """The address of a page for the same question, with other choices; empty where no way is.

        Changes whose names are those of a `Question` change it; others are choices of the page.
        """
        name = page or self.page
        given = arguments or (() if page else tuple(self.arguments.values()))
        fields = {key: changes.pop(key) for key in list(changes) if key in QUESTION_FIELDS}
        kept = {} if page and page != self.page else self.options
        more = {key: str(value) for key, value in {**kept, **changes}.items()}
        return self._way(name, given, self.question.but(**fields).query(**more))

    def _way(self, page: str, arguments: Sequence[Any], query: str = "") -> str:
        """An address; empty where whoever asks is not let in, so that no link leads to a shut door.

        A share link opens no page but its own. Those who see sums find no records.
        """
        path = reverse(page, args=arguments)
        if page not in self._open:
            self._open[page] = self._is_open(path)
        return path + query if self._open[page] else ""

    def _is_open(self, path: str) -> bool:
        right = right_of(resolve(path).func)
        if self.is_shared:
            return False
        if right is Right.SEE_RECORDS:
            return self.sees_records
        return not isinstance(right, Right) or viewer_of(self.request).may(right)

    def records_url(self, kpi: str, question: Question | None = None, part: str = "") -> str:
        """Where the records behind a number are; empty for those who see sums alone."""
        about = question or self.question
        if (about, part) not in self._queries:
            self._queries[about, part] = about.query(**{"part": part, BACK: self._here})
        return self._way("records", [kpi], self._queries[about, part])

    @cached_property
    def _here(self) -> str:
        """Where records lead back to; empty for the scoreboard, to which they do unless told."""
        if self.page == "records":
            return self.options.get(BACK, "")
        return "" if self.page == "scoreboard" else self.url()

    def history_url(self, kind: str, id: Any) -> str:
        """Where the history of a record is; empty where there is none to be seen."""
        return self._way("history", [kind, id]) if id not in (None, "") else ""

    def definition_url(self, kpi: str) -> str:
        """Where a KPI is explained; empty for those who came by a share link."""
        return self._way("definition", [kpi], self.question.query())

    def only(self, dimension: str, value: Any) -> Question:
        """The question limited to one value of a dimension."""
        return self.question.but(of=(dimension, NONE if value is None else str(value)))


QUESTION_FIELDS = frozenset(
    {"kpis", "period", "start", "end", "compare", "by", "where", "of", "order", "as_of"}
)
QUESTION_NAMES = QUESTION_FIELDS - {"kpis"} | {"kpi"}
