"""Loading files by a program."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from foresail.core.errors import SourceError
from foresail.web.api.entry import entry
from foresail.web.api.schemas import Name
from foresail.web.current import project_of
from foresail.web.data import reading
from foresail.web.data.checking import check
from foresail.web.data.drafts import Draft, make_draft, sweep
from foresail.web.people.audit import note
from foresail.web.people.guard import person_of, viewer_of
from foresail.web.people.rights import Right

router = Router(tags=["Data"])


class TableOut(Schema):
    """What became of the rows of one table: every row that was read is in exactly one count."""

    table: str
    read: int
    accepted: int
    updated: int
    unchanged: int
    quarantined: int
    replaced: int
    files: list[str]
    reasons: list[tuple[str, int]]
    ignored_columns: list[str]


class UploadOut(Schema):
    """What a load did, or with `dry_run` would do; `load_id` is then null."""

    load_id: int | None
    dry_run: bool
    tables: list[TableOut]
    not_loaded: list[str]
    left_out: list[str]
    seconds: float


@router.post("/upload", response=UploadOut, auth=entry(Right.LOAD), summary="Load files")
def upload(
    request: HttpRequest,
    files: File[list[UploadedFile]],
    mapping: Name | None = None,
    dry_run: bool = False,
) -> dict[str, Any]:
    """Load files in one transaction: bad rows are set aside with their reason, nothing is lost.

    Files named after Foresail's tables need no mapping; for others `mapping` names one that is kept
    with the project.
    """
    project = project_of(request).whole("load data")
    sweep(project.directory)
    check(files, project.settings.loading.megabytes)
    draft = make_draft(project.directory, person_of(request).pk, files)
    try:
        draft.way = _way(reading.ways(project, draft), mapping)
        report = reading.load(project, draft, dry_run=dry_run, by=str(viewer_of(request)))
        if not dry_run:
            note(request, "loaded data", f"load {report.load_id}: {_names(draft)}")
    finally:
        draft.remove()
    return report.to_dict()


def _way(ways: list[tuple[str, str]], mapping: str | None) -> str:
    """How the files are read: a program is never left to a guess."""
    known = [way for way, _ in ways]
    if mapping is not None:
        if f"{reading.KEPT}{mapping}" not in known:
            raise SourceError(
                f"No mapping {mapping} is kept here that fits these files. Make one on the page "
                "Data, or name the files after Foresail's tables."
            )
        return f"{reading.KEPT}{mapping}"
    if reading.NAMES in known:
        return reading.NAMES
    raise SourceError(
        "These files are not named after Foresail's tables. Say by which mapping they are to be "
        "read: mapping=NAME. The page Data makes mappings and lists those that are kept."
    )


def _names(draft: Draft) -> str:
    return ", ".join(draft.names)
