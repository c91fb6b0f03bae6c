"""The notice in a project's folder of the process that holds its warehouse.

Whoever has a question for that process reads it first: nothing but the standard library is needed.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

OWNER_FILE = ".foresail-owner.json"
LOOPBACK = "127.0.0.1"


class Owner(NamedTuple):
    """The process that holds a project's warehouse, as its notice says."""

    port: int
    pid: int
    token: str
    address: str = ""

    @classmethod
    def read(cls, directory: Path) -> Owner | None:
        """The owner named in a project's folder, if the process is alive."""
        try:
            found = json.loads((directory / OWNER_FILE).read_text(encoding="utf-8"))
            owner = cls(**found)
            os.kill(owner.pid, 0)
        except (OSError, ValueError, TypeError, OverflowError):
            return None
        return owner

    @property
    def proof(self) -> str:
        """What proves to the owner that a caller may read the notice."""
        return f"Bearer {self.token}"
