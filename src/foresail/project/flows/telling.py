"""The waterfall of the pipeline, and the deals behind each of its steps, as they are told."""

from __future__ import annotations

from foresail.project.asking import Asked
from foresail.project.flows.moved_deals import deals_of_flow
from foresail.project.flows.waterfall import FLOWS, sheet_of_flows
from foresail.project.listing import named, nameless, record_column
from foresail.project.notes import notes_of
from foresail.project.reading import Reader
from foresail.project.results import Records, Waterfall
from foresail.warehouse import Settings


def waterfall(reader: Reader, asked: Asked, settings: Settings, *, due: bool) -> Waterfall:
    """How the open value of the period's first instant became that of its end."""
    sheet = sheet_of_flows(reader, asked, reader.data.names(), due=due)
    return Waterfall(
        table=sheet.table(),
        columns=tuple(sheet.infos),
        by=tuple(each.id for each in asked.question.by),
        is_due=due,
        period=(asked.period.start, asked.period.end),
        period_name=asked.period.name,
        as_of=asked.moment.as_of,
        currency=settings.currency,
        notes=notes_of(reader, asked, settings),
        zone=settings.zone,
    )


def deals_behind(
    reader: Reader, asked: Asked, settings: Settings, flow: str, *, due: bool
) -> Records:
    """The deals behind one step; their values add up to it.

    Errors: `QuestionError` when there is no such step.
    """
    table = deals_of_flow(reader, asked, flow, due=due)
    is_guarded = bool(asked.question.group_size)
    table = nameless(table) if is_guarded else named(table, reader.data.names()["rep"])
    return Records(
        table=table,
        columns=tuple(record_column(each, "money") for each in table.column_names),
        kpi="pipeline_value",
        count=table.num_rows,
        part=flow,
        parts=FLOWS,
        period=(asked.period.start, asked.period.end),
        as_of=asked.moment.as_of,
        currency=settings.currency,
        notes=notes_of(reader, asked, settings),
        zone=settings.zone,
    )
