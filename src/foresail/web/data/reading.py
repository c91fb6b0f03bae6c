"""How a draft's files become rows: the ways there are, and the mapping file of the chosen one."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from foresail.core.errors import SourceError
from foresail.load.guess.steering import Steered
from foresail.load.mapping import read_mapping
from foresail.load.sources import find_files
from foresail.model import TABLES
from foresail.project import Project
from foresail.project.mappings import kept_mappings, name_of
from foresail.project.results import LoadReport
from foresail.web.data.drafts import Draft

GUESS, NAMES, KEPT = "guess", "names", "kept:"
LOOKED_AT = 8
_looked: OrderedDict[str, Steered] = OrderedDict()
_looking = threading.Lock()


def ways(project: Project, draft: Draft) -> list[tuple[str, str]]:
    """How the files may be read, the likeliest first: value and words."""
    found = [
        (f"{KEPT}{name}", f"By the mapping “{name}”, used before")
        for name, path in kept_mappings(project.directory).items()
        if _fits(path, draft)
    ]
    if _are_canonical(draft):
        found.append((NAMES, "As they are: they are named after Foresail’s tables"))
    return [*found, (GUESS, "By a mapping to look through, guessed from names and values")]


def _fits(path: Path, draft: Draft) -> bool:
    """Whether a mapping finds all its files among those uploaded."""
    try:
        plan = read_mapping(path)
        files = find_files(draft.files)
    except SourceError:
        return False
    called = {name for each in files for name in each.names}
    aliases = {
        alias for alias, names in plan.files.items() if any(n.lower() in called for n in names)
    }
    needed = [each for each in plan.tables if each.file and not each.is_optional]
    return bool(needed) and all(
        each.file.lower() in called or each.file in aliases for each in needed
    )


def _are_canonical(draft: Draft) -> bool:
    try:
        return all(each.stem in TABLES for each in find_files(draft.files) if each.format)
    except SourceError:
        return False


def looked_at(project: Project, draft: Draft) -> Steered:
    """What the files hold and become by the choices so far; looked at once.

    Errors: `SourceError` when none can be read.
    """
    key = f"{draft.id} {draft.choices} {draft.without} {project.settings.zone}"
    with _looking:
        if key in _looked:
            return _looked[key]
    found = project.steer(draft.files, draft.choices, draft.without)
    with _looking:
        _looked[key] = found
        while len(_looked) > LOOKED_AT:
            _looked.popitem(last=False)
    return found


def mapping_text(project: Project, draft: Draft) -> str:
    """The mapping file that was chosen; empty for files that need none.

    Errors: `SourceError` when a column that every row needs is not filled yet.
    """
    if draft.way == NAMES:
        return ""
    if draft.way.startswith(KEPT):
        path = kept_mappings(project.directory).get(draft.way.removeprefix(KEPT))
        if path is None:
            raise SourceError("That mapping is not kept any more. Choose another way.")
        return path.read_text(encoding="utf-8-sig")
    steered = looked_at(project, draft)
    if steered.missing:
        lacks = "; ".join(f"{label} needs {name}" for label, name in steered.missing)
        raise SourceError(f"Not every table has what it needs yet: {lacks}.")
    if not steered.proposal.tables:
        raise SourceError("All files are left out. Choose a table for at least one of them.")
    return steered.proposal.to_toml()


def mapping_name(draft: Draft) -> str:
    """The name under which the mapping is kept, unless another one is given."""
    if draft.way.startswith(KEPT):
        return draft.way.removeprefix(KEPT)
    return name_of(draft.names[0].partition(".")[0])


def load(
    project: Project, draft: Draft, *, name: str = "", dry_run: bool = False, by: str = ""
) -> LoadReport:
    """Load the files as chosen, or say what that would do.

    Errors: `SourceError` when they cannot be loaded so; then nothing changes.
    """
    text = mapping_text(project, draft)
    mapping = draft.folder / f"{name or mapping_name(draft)}.toml" if text else None
    if mapping:
        mapping.write_text(text, encoding="utf-8")
    return project.load(*draft.files, mapping=mapping, dry_run=dry_run, by=by)
