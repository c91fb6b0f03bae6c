"""`foresail ask`, `records` and `explain`: a number, what is behind it, how it is made."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foresail.cli.output import (
    Format,
    FormatOption,
    TextFormat,
    TextFormatOption,
    refuse_terminal,
    write_binary,
    write_csv,
    write_json,
)
from foresail.cli.place import err, screen
from foresail.cli.project import ProjectOption, chosen, opened
from foresail.cli.question import (
    AsOf,
    By,
    CompareOption,
    EngineOption,
    GrainOption,
    Limit,
    Order,
    PeriodOption,
    Where,
    conditions,
    separated,
)

if TYPE_CHECKING:
    from foresail.project.results import Table

KpiArgument = Annotated[
    str, typer.Argument(metavar="KPI", help="A KPI's id; foresail kpis lists them.")
]


def ask(
    context: typer.Context,
    kpis: Annotated[
        list[str], typer.Argument(metavar="KPI", help="Ids of KPIs; foresail kpis lists them.")
    ],
    by: By = None,
    grain: GrainOption = None,
    period: PeriodOption = None,
    compare: CompareOption = None,
    where: Where = None,
    as_of: AsOf = None,
    order: Order = None,
    limit: Limit = None,
    totals: Annotated[
        bool, typer.Option("--totals", help="Add a last row over everything, asked anew.")
    ] = False,
    engine: EngineOption = None,
    form: FormatOption = Format.TABLE,
    project: ProjectOption = None,
) -> None:
    """Answer a question: KPIs of a period, split and compared."""
    refuse_terminal(form)
    if totals and form is Format.CSV:
        raise typer.BadParameter(
            "A total among rows of CSV would be counted with them. Use --format json.",
            param_hint="--totals",
        )
    question = _question(
        by=by,
        where=where,
        grain=grain,
        period=period,
        compare=compare,
        as_of=as_of,
        order=order,
        limit=limit,
    )
    with opened(chosen(context, project), engine) as source:
        answer = source.ask(*kpis, **question, totals=totals)
        if form is Format.TABLE:
            from foresail.project.show.answers import show_answer

            show_answer(screen(), answer, source.settings.tzinfo)
            return
    _write(form, answer, answer.to_dict(), answer.notes)


def records(
    context: typer.Context,
    kpi: KpiArgument,
    part: Annotated[
        str | None,
        typer.Option(
            "--part",
            metavar="numerator|denominator|KPI",
            help="Which part of a ratio or of a formula.",
        ),
    ] = None,
    by: By = None,
    grain: GrainOption = None,
    period: PeriodOption = None,
    compare: CompareOption = None,
    where: Where = None,
    as_of: AsOf = None,
    order: Order = None,
    limit: Limit = None,
    offset: Annotated[
        int, typer.Option("--offset", metavar="N", min=0, help="Leave out the first rows.")
    ] = 0,
    engine: EngineOption = None,
    form: FormatOption = Format.TABLE,
    project: ProjectOption = None,
) -> None:
    """List the records behind a number."""
    refuse_terminal(form)
    question = _question(
        by=by,
        where=where,
        grain=grain,
        period=period,
        compare=compare,
        as_of=as_of,
        order=order,
        limit=limit,
    )
    with opened(chosen(context, project), engine) as source:
        found = source.records(kpi, part=part, offset=offset, **question)
        if form is Format.TABLE:
            from foresail.project.show.records import show_records

            show_records(screen(), found, source.settings.tzinfo)
            return
    start, end = found.period
    content = {
        "kpi": found.kpi,
        "part": found.part,
        "period": {"start": start, "end": end},
        "as_of": found.as_of.isoformat(timespec="microseconds") + "Z",
        "currency": found.currency,
        "count": found.count,
        "rows": found.rows,
        "notes": list(found.notes),
    }
    _write(form, found, content, found.notes)


def explain(
    context: typer.Context,
    kpi: KpiArgument,
    by: By = None,
    grain: GrainOption = None,
    period: PeriodOption = None,
    compare: CompareOption = None,
    where: Where = None,
    as_of: AsOf = None,
    order: Order = None,
    limit: Limit = None,
    engine: Annotated[
        str | None,
        typer.Option(
            "--engine",
            metavar="E",
            help="Give the SQL for spark, postgres, trino, snowflake or bigquery.",
        ),
    ] = None,
    plan: Annotated[
        bool, typer.Option("--plan", help="Show the stages from the question to its query.")
    ] = False,
    form: TextFormatOption = TextFormat.TABLE,
    project: ProjectOption = None,
) -> None:
    """Say how a number is made, from its definition to its SQL."""
    del order, limit  # Which rows are shown changes nothing about how they are made.
    question = _question(
        by=by,
        where=where,
        grain=grain,
        period=period,
        compare=compare,
        as_of=as_of,
    )
    with opened(chosen(context, project)) as source:
        explanation = source.explain(kpi, **question, engine=engine, with_plan=plan)
        zone = source.settings.tzinfo
    from foresail.project.show.kpis import as_dict, show_explanation, show_plan

    if form is TextFormat.TABLE:
        (show_plan if plan else show_explanation)(screen(), explanation, zone)
        return
    start, end = explanation.period
    write_json(
        {
            "kpi": as_dict(explanation.kpi),
            "period": {"start": start, "end": end},
            "as_of": explanation.as_of.isoformat(timespec="microseconds") + "Z",
            "sql": explanation.sql,
            "notes": list(explanation.notes),
            "plan": [{"stage": each.stage, "found": each.found} for each in explanation.plan],
        }
    )


def _question(*, by: list[str] | None, where: list[str] | None, **as_it_is: Any) -> dict[str, Any]:
    """The question as a project takes it."""
    return {"by": separated(by), "where": conditions(where), **as_it_is}


def _write(form: Format, rows: Table, content: dict[str, Any], notes: Iterable[str]) -> None:
    """Write rows for programs; where the format has no place for the notes, they go to stderr."""
    if form is Format.JSON:
        write_json(content)
        return
    table = rows.to_arrow()
    if form is Format.CSV:
        write_csv(table.column_names, (row.values() for row in rows.rows))
    else:
        about = {key: each for key, each in content.items() if key != "rows"}
        described = json.dumps(about, default=str).encode()
        metadata = {**(table.schema.metadata or {}), b"foresail": described}
        write_binary(table.replace_schema_metadata(metadata), form)
    for note in notes:
        print(f"Note: {note}", file=err())
