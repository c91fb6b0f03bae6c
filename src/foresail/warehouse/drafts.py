"""Folders written beside, which take the place of another whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def draft_of(folder: Path) -> Iterator[Path]:
    """A folder beside, which takes the place of the named one once it is whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    _remove_remains(folder)
    draft = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    aside = draft.with_suffix(".old")
    try:
        draft.mkdir()
        yield draft
        if folder.exists():
            folder.rename(aside)
        try:
            draft.rename(folder)
        except OSError:
            if aside.exists():
                aside.rename(folder)
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(aside, ignore_errors=True)


def _remove_remains(folder: Path) -> None:
    """Clear up after exports that were killed; put back what one of them had set aside."""
    name = re.compile(rf"\.{re.escape(folder.name)}\.(\d+)\.(part|old)")
    for path in folder.parent.iterdir():
        found = name.fullmatch(path.name)
        if not found or _is_alive(int(found[1])):
            continue
        if found[2] == "old" and not folder.exists():
            path.rename(folder)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        pass
    return True
