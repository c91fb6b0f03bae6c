"""`foresail health`: what can be trusted of the data."""

from __future__ import annotations

import typer

from foresail.cli.output import TextFormat, TextFormatOption, write_json
from foresail.cli.project import ProjectOption, chosen, opened


def health(
    context: typer.Context,
    form: TextFormatOption = TextFormat.TABLE,
    project: ProjectOption = None,
) -> None:
    """Say which data are there, which KPIs they answer, and what looks wrong."""
    with opened(chosen(context, project)) as source:
        report = source.health()
        name, zone = source.settings.name, source.settings.tzinfo
    if form is TextFormat.JSON:
        write_json(report.to_dict())
        return
    from foresail.cli.show_health import show_health
    from foresail.project.show.layout import console

    show_health(console(), report, name, zone)
