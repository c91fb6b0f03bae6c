"""What can be asked of a project: by itself of everything, by a scope of what that lets be seen."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from foresail.core.errors import QuestionError
from foresail.core.scope import Kind, Scope
from foresail.project.names import Names, listed, lists
from foresail.project.results import Answer, Explanation, KpiInfo, Kpis, Records, Waterfall

if TYPE_CHECKING:
    from foresail.catalogue.catalogue import Catalogue
    from foresail.project.asking import Asked, Words
    from foresail.project.history.results import History
    from foresail.project.project import Project
    from foresail.project.reading import Reader
    from foresail.warehouse import Settings

Found = TypeVar("Found", "Answer", "Records", "Waterfall")


class Questions(ABC):
    """Answers from the data of a project, kept to what a scope lets be seen."""

    scope: Scope
    settings: Settings
    catalogue: Catalogue

    @property
    @abstractmethod
    def _project(self) -> Project:
        """Whose data answer."""

    def ask(
        self,
        *kpis: str,
        by: Names = (),
        grain: str | None = None,
        period: str | None = None,
        compare: str | None = None,
        where: Mapping[str, Sequence[str]] | None = None,
        as_of: str | None = None,
        order: str | None = None,
        limit: int | None = None,
        totals: bool = False,
    ) -> Answer:
        """The answer to a question: one row per period and slice.

        Totals are asked anew, never added up from the rows. The same question of the same data is
        answered once to those who see the same; where it is put as of now, once in a minute.

        Errors: `QuestionError` says what was asked, what is in the way and what to do.
        """
        from foresail.project.answering import ordered

        words = self._words(kpis, by, grain, period, compare, where, as_of)
        answer = self._once(
            words, ("answer", totals), lambda reader: self._answer(reader, words, totals=totals)
        )
        table = ordered(answer.table, order, limit)
        whole = None if answer.totals is None else dict(answer.totals)
        return replace(answer, table=table, totals=whole)

    def _once(
        self, words: Words, about: tuple[Hashable, ...], find: Callable[[Reader], Found]
    ) -> Found:
        """What was found for the same words before, by who sees the same; found now if nothing was.

        Each caller gets an object of its own.
        """
        from foresail.project.asking import minute_of

        key = (*about, minute_of(words.as_of, self.settings, dt.datetime.now(dt.UTC)), *words.key)
        project = self._project
        found: Found | None = project._answers.find(project.warehouse.version, key)
        if found is None:
            with project._reader() as reader:
                found = find(reader)
                project._answers.keep(reader.data.version, key, found)
        return replace(found)

    def _answer(self, reader: Reader, words: Words, *, totals: bool) -> Answer:
        from foresail.project.answering import sheet_of
        from foresail.project.notes import notes_of, withheld

        asked = self._resolved(reader, words)
        result, columns = reader.values(asked)
        has_grain = asked.grain is not None
        data = reader.data
        sheet = sheet_of(result, columns, asked.question, has_grain, data.names(), data.places())
        whole = self._totals(reader, words) if totals else None
        notes = (*withheld(result, columns, asked), *notes_of(reader, asked, self.settings))
        windows = {each.series: each for each in asked.windows if not has_grain}
        now, before = windows.get("now"), windows.get("before")
        return Answer(
            table=sheet.table(),
            columns=tuple(sheet.infos),
            kpis=tuple(each.id for each in asked.question.kpis),
            by=tuple(each.id for each in asked.question.by),
            grain=words.grain,
            period=(asked.period.start, asked.period.end),
            period_name=asked.period.name,
            as_of=asked.moment.as_of,
            currency=self.settings.currency,
            compared_with=(before.start, before.end) if before else None,
            working_days=now.working_days if now else 0,
            compared_working_days=before.working_days if before else None,
            totals=whole,
            notes=notes,
            zone=self.settings.zone,
        )

    def _totals(self, reader: Reader, words: Words) -> dict[str, Any]:
        from foresail.project.answering import sheet_of
        from foresail.project.within import OF_ONE_REP

        is_own = any(each.id in words.by for each in OF_ONE_REP)
        whole = replace(words, by=(), grain=None, is_own=is_own)
        asked = self._resolved(reader, whole)
        result, columns = reader.values(asked)
        sheet = sheet_of(result, columns, asked.question, has_grain=False, names={})
        row: dict[str, Any] = sheet.table().to_pylist()[0]
        return row

    def records(
        self,
        kpi: str,
        *,
        part: str | None = None,
        by: Names = (),
        grain: str | None = None,
        period: str | None = None,
        compare: str | None = None,
        where: Mapping[str, Sequence[str]] | None = None,
        as_of: str | None = None,
        order: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Records:
        """The records behind a number: found by the same filters that made it.

        With `limit` and `offset` some of them alone are fetched; `count` tells of all. Like
        answers they are found once until the data change.

        Errors: `QuestionError` as for `ask`, and when the KPI has no such part.
        """
        words = self._own(self._words((kpi,), by, grain, period, compare, where, as_of))

        def find(reader: Reader) -> Records:
            return self._records(reader, words, part, order, limit, offset)

        return self._once(words, ("records", part, order, limit, offset), find)

    def sample(
        self,
        kpi: str,
        *,
        key: str,
        by: str,
        size: int,
        period: str | None = None,
        where: Mapping[str, Sequence[str]] | None = None,
        as_of: str | None = None,
    ) -> Records:
        """`size` of the records behind a number for each value of their column `by`, by lot.

        Lots are drawn for the values of `key`: whenever the same period is asked for, the same ones
        come first.

        Errors: `QuestionError` as for `records`, and when they have no such column.
        """
        from foresail.project.drawing import drawn

        words = self._own(self._words((kpi,), (), None, period, None, where, as_of))

        def find(reader: Reader) -> Records:
            found = self._records(reader, words, None, None, None, 0)
            seed = f"{found.period[0]}..{found.period[1]}"
            return replace(found, table=drawn(found.table, key, by, size, seed))

        return self._once(words, ("sample", key, by, size), find)

    def _records(
        self,
        reader: Reader,
        words: Words,
        part: str | None,
        order: str | None,
        limit: int | None,
        offset: int,
    ) -> Records:
        from foresail.core.units import unit_of
        from foresail.engine.parts import part_of, parts
        from foresail.project.listing import cut_of, named, nameless, record_column
        from foresail.project.notes import notes_of

        declared = self.catalogue.kpi(words.kpis[0])
        name, term = part_of(declared, part)
        asked = self._resolved(reader, words)
        plan = reader.records(asked, name, term)
        shown = [each for each in plan.about if asked.grain or each != "period"]
        names = None if asked.question.group_size else reader.data.names()["rep"]
        cut = cut_of(shown, order, limit, offset, names)
        table, count = reader.cut(plan, asked, cut)
        table = table.select(shown)
        table = nameless(table) if names is None else named(table, names)
        return Records(
            table=table,
            columns=tuple(
                record_column(each, unit_of(name, declared)) for each in table.column_names
            ),
            kpi=words.kpis[0],
            count=count,
            part=name,
            parts=tuple(filter(None, parts(declared))),
            period=(asked.period.start, asked.period.end),
            as_of=asked.moment.as_of,
            currency=self.settings.currency,
            notes=notes_of(reader, asked, self.settings),
            zone=self.settings.zone,
        )

    def waterfall(
        self,
        *,
        by: Names = (),
        period: str | None = None,
        due: bool = False,
        where: Mapping[str, Sequence[str]] | None = None,
        as_of: str | None = None,
    ) -> Waterfall:
        """How the open value of the period's first instant became that of its end.

        With `due` only what is expected to close by the end of the period counts.

        Errors: `QuestionError` as for `ask`.
        """
        words = self._words(("pipeline_value",), by, None, period, None, where, as_of)

        def find(reader: Reader) -> Waterfall:
            from foresail.project.flows.telling import waterfall

            return waterfall(reader, self._resolved(reader, words), self.settings, due=due)

        return self._once(words, ("waterfall", due), find)

    def waterfall_records(
        self,
        flow: str,
        *,
        period: str | None = None,
        due: bool = False,
        where: Mapping[str, Sequence[str]] | None = None,
        as_of: str | None = None,
    ) -> Records:
        """The deals behind one step of the waterfall; their values add up to it.

        Errors: `QuestionError` as for `ask`, and when there is no such step.
        """
        from foresail.project.flows.telling import deals_behind

        words = self._own(self._words(("pipeline_value",), (), None, period, None, where, as_of))
        with self._project._reader() as reader:
            asked = self._resolved(reader, words)
            return deals_behind(reader, asked, self.settings, flow, due=due)

    def explain(
        self,
        kpi: str,
        *,
        by: Names = (),
        grain: str | None = None,
        period: str | None = None,
        compare: str | None = None,
        where: Mapping[str, Sequence[str]] | None = None,
        as_of: str | None = None,
        engine: str | None = None,
        with_plan: bool = False,
    ) -> Explanation:
        """How a number is made: its definition, and the SQL that runs for this question.

        With `engine` it is the SQL for another one: `spark`, `postgres`, `trino`, `snowflake` or
        `bigquery`. `with_plan` tells the stages from the question to its query here.

        Errors: `QuestionError` as for `ask`.
        """
        from foresail.engine.dialects import dialect
        from foresail.project.entries import entry
        from foresail.project.notes import notes_of
        from foresail.project.planning import steps_of
        from foresail.project.sql import readable

        words = self._words((kpi,), by, grain, period, compare, where, as_of)
        with self._project._reader() as reader:
            asked = self._resolved(reader, words)
            found = self.catalogue.kpi(kpi)
            written_for = dialect(engine) if engine else self._project.runner.dialect
            steps = steps_of(reader, asked) if with_plan else ()
            is_here = written_for.name == self._project.runner.dialect.name
            question = asked.question if is_here else replace(asked.question, is_from_facts=True)
            plan = reader.plan(question, written_for)
            return Explanation(
                kpi=entry(found, self.catalogue.group_of(found), asked.question.missing),
                sql=readable(plan, asked, written_for),
                as_of=asked.moment.as_of,
                period=(asked.period.start, asked.period.end),
                notes=notes_of(reader, asked, self.settings),
                zone=self.settings.zone,
                plan=steps,
            )

    def kpis(self, theme: str | None = None, demand: str | None = None) -> Kpis:
        """The catalogue, with what this project's data lack for each KPI.

        How much of the records leaves a column empty is told to whoever sees all of them.

        Errors: `QuestionError` when there is no such theme or demand.
        """
        from foresail.project.entries import catalogue_entries

        sees_all = self.scope.is_everything
        with self._project._reader() as reader:
            data = reader.data

            def make() -> list[KpiInfo]:
                found = data.lacks() if sees_all else None
                missing = data.missing(self.catalogue)
                return catalogue_entries(self.catalogue, theme, demand, missing, found)

            return Kpis(data.once(("kpis", theme, demand, sees_all), make))

    def history(self, kind: str, record_id: str, *, as_of: str | None = None) -> History:
        """All that happened to a record: a lead, opportunity, meeting, account, contact or rep.

        Errors: `QuestionError` when there is no such record, or none that may be seen.
        """
        from foresail.project.history.telling import history_of

        self._project._refuse_export("none of the records that a history tells of")
        with self._project._reader() as reader:
            return history_of(reader, self.settings, self.scope, kind, record_id, as_of)

    @property
    def refused(self) -> frozenset[str]:
        """The dimensions by which no number is split or filtered for whoever asks."""
        from foresail.project.within import refused

        return frozenset(each.id for each in refused(self.scope, self.settings))

    def _own(self, words: Words) -> Words:
        """The words of a question for records, which whoever sees sums alone may not see.

        Errors: `QuestionError` for whom that is so.
        """
        if self.scope.kind is Kind.SUMS:
            raise QuestionError("You see sums, not records. Ask for the number itself.")
        return replace(words, is_own=True)

    def _words(
        self,
        kpis: Sequence[str],
        by: Names,
        grain: str | None,
        period: str | None,
        compare: str | None,
        where: Mapping[str, Sequence[str]] | None,
        as_of: str | None,
    ) -> Words:
        from foresail.project.asking import Words

        return Words(
            tuple(kpis), listed(by), grain, period, compare, lists(where), as_of, self.scope
        )

    def _resolved(self, reader: Reader, words: Words) -> Asked:
        from foresail.project.asking import resolve

        return resolve(reader.data, self.settings, self.catalogue, words)
