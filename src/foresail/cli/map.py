"""`foresail map`: look at files and propose how they become the model's tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foresail.cli.output import TextFormat, TextFormatOption, write_json

MAPPING = Path("mapping.toml")


def map(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="Files, or folders of files.")
    ],
    output: Annotated[
        Path, typer.Option("--output", metavar="FILE", help="The mapping file to write.")
    ] = MAPPING,
    is_forced: Annotated[
        bool, typer.Option("--force", help="Replace the mapping file where there is one.")
    ] = False,
    form: TextFormatOption = TextFormat.TABLE,
) -> None:
    """Guess the mapping of files, and write it to a file to review.

    Needs no project. Nothing is loaded; with --format json nothing is written either.
    """
    from foresail.core.errors import SourceError
    from foresail.load.guess import propose

    is_written = form is TextFormat.TABLE
    if is_written and output.exists() and not is_forced:
        raise SourceError(
            f"{output} exists already, and may hold corrections. Name another file with --output, "
            "or replace it with --force."
        )
    proposal = propose(paths)
    if not is_written:
        write_json(proposal.to_dict())
        return
    try:
        output.write_text(proposal.to_toml(), encoding="utf-8")
    except OSError as error:
        raise SourceError(f"{output} cannot be written: {error.strerror}.") from error
    from foresail.cli.show_map import show_proposal
    from foresail.project.show.layout import console

    show_proposal(console(), proposal, output, paths)
