"""`foresail refresh`: the facts and their rollups made anew."""

from __future__ import annotations

import dataclasses

import typer

from foresail.cli.output import TextFormat, TextFormatOption, write_json
from foresail.cli.project import ProjectOption, chosen, opened


def refresh(
    context: typer.Context,
    form: TextFormatOption = TextFormat.TABLE,
    project: ProjectOption = None,
) -> None:
    """Make the facts and rollups anew from what was loaded; no number changes by it."""
    with opened(chosen(context, project)) as source:
        report = source.refresh()
    if form is TextFormat.JSON:
        write_json(dataclasses.asdict(report))
        return
    facts, rollups = sum(report.facts.values()), sum(report.rollups.values())
    typer.echo(
        f"Made {len(report.facts)} tables of facts with {facts:,} rows anew, and "
        f"{len(report.rollups)} of rollups with {rollups:,}, in {report.seconds:,.1f} s."
    )
