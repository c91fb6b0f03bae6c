"""`foresail kpis`: the catalogue, and what this project's data can answer of it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foresail.cli.output import Format, FormatOption, refuse_terminal, write_rows
from foresail.cli.project import ProjectOption, chosen, named, opened

if TYPE_CHECKING:
    from foresail.project.results import KpiInfo

SETTINGS_FILE = "foresail.toml"


def kpis(
    context: typer.Context,
    theme: Annotated[
        str | None, typer.Option("--theme", metavar="T", help="Only the KPIs of this theme.")
    ] = None,
    demand: Annotated[
        str | None,
        typer.Option("--demand", metavar="S0.1", help="Only the KPIs that meet this demand."),
    ] = None,
    form: FormatOption = Format.TABLE,
    project: ProjectOption = None,
) -> None:
    """List the KPIs: their meaning, and whether the data can answer."""
    refuse_terminal(form)
    folder = chosen(context, project)
    has_project = named(context, project) is not None or (folder / SETTINGS_FILE).is_file()
    if form is Format.TABLE:
        _show(theme, demand, folder if has_project else None)
        return
    entries = _entries(theme, demand, folder if has_project else None)
    from foresail.project.results import KpiInfo
    from foresail.project.show.kpis import as_dict

    names = [*(each.name for each in dataclasses.fields(KpiInfo)), "is_answerable"]
    write_rows(form, names, [as_dict(each) for each in entries])


def _entries(theme: str | None, demand: str | None, folder: Path | None) -> list[KpiInfo]:
    """The entries; with a project's folder, also what its data lacks."""
    if folder is not None:
        with opened(folder) as source:
            return source.kpis(theme, demand)
    from foresail.catalogue import CATALOGUE
    from foresail.project.entries import catalogue_entries

    return catalogue_entries(CATALOGUE, theme, demand)


def _show(theme: str | None, demand: str | None, folder: Path | None) -> None:
    """Print the first line at once, then the entries."""
    from foresail.project.show.kpis import show_kpis
    from foresail.project.show.layout import console, say

    to = console()
    about = f" and the data of {folder.resolve().name}" if folder else ""
    say(to, f"The catalogue of KPIs{about}", "bold")
    to.file.flush()
    entries = _entries(theme, demand, folder)
    show_kpis(to, entries, knows_data=folder is not None)
    say(to)
    if folder is None:
        say(to, f"{len(entries)} KPIs. No project here, so nothing is said about data.")
    else:
        answerable = sum(each.is_answerable for each in entries)
        say(to, f"{answerable} of {len(entries)} KPIs can be answered from this project's data.")
