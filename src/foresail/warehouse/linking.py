"""One file under two names, so that what stays the same takes no room again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def link(source: str | Path, target: str | Path) -> None:
    """The same file under another name, where the disk can; else a copy.

    A file that has two names is never written into: another one takes its place.
    """
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
