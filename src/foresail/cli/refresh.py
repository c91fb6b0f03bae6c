"""`foresail refresh`: the facts and their rollups made anew, or brought after their records."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import typer

from foresail.cli.output import TextFormat, TextFormatOption, write_json
from foresail.cli.project import ProjectOption, chosen, is_export, opened


def refresh(
    context: typer.Context,
    engine: Annotated[
        str | None,
        typer.Option(
            "--engine",
            metavar="E",
            help="What makes the facts of an export: spark or spark://HOST:PORT.",
        ),
    ] = None,
    whole: Annotated[
        bool,
        typer.Option("--whole", help="All facts of an export, whatever has changed."),
    ] = False,
    form: TextFormatOption = TextFormat.TABLE,
    project: ProjectOption = None,
) -> None:
    """Make the facts and rollups anew from what was loaded; no number changes by it.

    In an export Spark makes them: those that tell of changed records, or all.
    """
    folder = chosen(context, project)
    if is_export(folder):
        from foresail.project.making.refresh import refresh_export

        report = refresh_export(folder, engine, whole=whole)
    else:
        with opened(folder, engine) as source:
            report = source.refresh()
    if form is TextFormat.JSON:
        write_json(dataclasses.asdict(report))
        return
    if not report.facts:
        typer.echo("The facts are those of the records and settings: nothing was made.")
        return
    facts, rollups = sum(report.facts.values()), sum(report.rollups.values())
    typer.echo(
        f"Made {len(report.facts)} tables of facts with {facts:,} rows anew, and "
        f"{len(report.rollups)} of rollups with {rollups:,}, in {report.seconds:,.1f} s."
    )
