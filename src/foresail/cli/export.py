"""`foresail export`: the facts as Parquet files, for any engine to read."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from foresail.cli.output import TextFormat, TextFormatOption, write_json
from foresail.cli.project import ProjectOption, chosen, opened


def export(
    context: typer.Context,
    directory: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="A new folder, or one that holds an earlier export."),
    ],
    records: Annotated[
        bool,
        typer.Option(
            "--records",
            help="All that was loaded as well, personal data too: foresail refresh makes facts of "
            "it on Spark.",
        ),
    ] = False,
    records_only: Annotated[
        bool,
        typer.Option(
            "--records-only",
            help="What was loaded and no facts: those in DIR stay as they are until foresail "
            "refresh brings them after the records on Spark.",
        ),
    ] = False,
    form: TextFormatOption = TextFormat.TABLE,
    project: ProjectOption = None,
) -> None:
    """Write the facts as Parquet files, for Spark and others to read."""
    with opened(chosen(context, project)) as source:
        report = source.export(directory, records=records or records_only, facts=not records_only)
    if form is TextFormat.JSON:
        write_json({**dataclasses.asdict(report), "directory": str(report.directory)})
        return
    rows = sum(report.tables.values())
    state = f"as of load {report.load}" if report.load else "of an empty project"
    typer.echo(
        f"Exported {len(report.tables)} tables with {rows:,} rows ({report.size / 1e6:,.1f} MB), "
        f"{state}, to {report.directory}."
    )
    if records_only:
        typer.echo(f"Make the facts: foresail refresh --project {report.directory} --engine spark")
    else:
        typer.echo(f"Ask it: foresail ask KPI --project {report.directory} --engine spark")
