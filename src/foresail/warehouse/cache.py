"""Compiled statements kept between processes, in the user's cache folder.

They depend on declarations and settings, never on data. Losing them costs time only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from foresail.core.expressions import __file__ as _core

FILES_KEPT = 20_000
PACKAGE = Path(_core).parent.parent
DECLARING = ("core", "model", "warehouse", "facts", "engine", "catalogue")


def folder() -> Path:
    """Where compiled statements are kept: FORESAIL_CACHE, or foresail in the user's cache."""
    named = os.environ.get("FORESAIL_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "foresail"


@cache
def code_fingerprint() -> str:
    """A fingerprint of all declarations and of the code that compiles them."""
    files = sorted(path for name in DECLARING for path in (PACKAGE / name).rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def key_of(*parts: Any) -> str:
    """The key of something compiled from declarations and these further parts."""
    return hashlib.sha256(repr((code_fingerprint(), *parts)).encode()).hexdigest()


def read(key: str) -> Any:
    """What is kept under a key, and used just now; None where there is nothing."""
    path = folder() / f"{key}.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        os.utime(path)
    except (OSError, ValueError):
        return None
    return found


def keep(key: str, value: Any) -> None:
    """Keep something under a key; where the folder cannot be written, do without."""
    place = folder()
    with contextlib.suppress(OSError):
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(
            "w", dir=place, suffix=".part", delete=False, encoding="utf-8"
        ) as file:
            json.dump(value, file)
        Path(file.name).replace(place / f"{key}.json")
        if key.startswith("00"):
            _forget_unused(place.glob("*.json"))


def _forget_unused(files: Iterable[Path]) -> None:
    """Let go of what was not used for longest; looked at once in some 250 writings."""
    found = list(files)
    if len(found) > FILES_KEPT:
        found.sort(key=lambda path: path.stat().st_mtime)
        for path in found[: FILES_KEPT // 2]:
            path.unlink(missing_ok=True)
