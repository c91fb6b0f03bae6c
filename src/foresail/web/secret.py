"""The key that signs cookies: made at the first start, kept in the project's folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

FILE_NAME = ".foresail-web-key"


def secret_key(directory: Path | None) -> str:
    """The project's key; without a project, one that lasts as long as the process.

    The file is made readable by its owner alone, and appears whole or not at all: two processes
    that start at once agree on the key.
    """
    if directory is None or not directory.is_dir():
        return secrets.token_urlsafe(50)
    path = directory / FILE_NAME
    if not path.exists():
        draft = directory / f"{FILE_NAME}.{os.getpid()}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
