"""The library that draws charts, taken out of the package that holds it.

vl-convert brings Vega, Vega-Lite and Vega-Embed for its own use and writes them as one script. It
is written once per version, beside the plans that are kept.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder

from foresail.warehouse import cache

NAME = "charts/vega.js"


def chart_library() -> Path:
    """The script's file, written if this version has none yet. It appears whole or not at all."""
    name = f"vega-{version('vl-convert-python')}.js"
    try:
        return _written(cache.folder() / "web" / name)
    except OSError:
        return _written(Path(tempfile.gettempdir()) / f"foresail-{os.getuid()}" / name)


def _written(path: Path) -> Path:
    import vl_convert

    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        script = vl_convert.javascript_bundle()  # type: ignore[call-arg]  # may be left out
        draft.write_text(script, encoding="utf-8")
        draft.replace(path)
    return path


class Bundles:
    """Where Django looks for the script, as it does in the storage of an application."""

    prefix = ""

    @staticmethod
    def path(name: str) -> str:  # noqa: ARG004 (there is one file)
        """The file's place."""
        return str(chart_library())


class BundleFinder(BaseFinder):
    """Finds the script among Django's static files."""

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:
        """The file of that name."""
        found = [str(chart_library())] if path == NAME else []
        return found if find_all else (found[0] if found else None)

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Any]]:  # noqa: ARG002 (Django's signature)
        """Every file it knows, and where it lies."""
        yield NAME, Bundles()
