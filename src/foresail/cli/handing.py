"""The asking side of a question that another process answers whole, printed form and all.

Where anything is in the way, the command runs in this process, which then says what it is. Only the
standard library is imported.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from foresail import __version__
from foresail.cli.words import folder_and_rest
from foresail.project.notice import LOOPBACK, Owner

QUESTIONS = ("ask", "records", "explain")
"""The commands that are handed over."""

OF_THE_SCREEN = ("COLUMNS", "TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE")
"""What the environment says of how people want to see something."""

CONNECT_SECONDS = 5


def handed_over(words: Sequence[str]) -> bool:
    """Whether another process answered a command, whose output was then printed here."""
    folder, rest = folder_and_rest(words)
    if not rest or rest[0] not in QUESTIONS or {"-h", "--help"} & set(rest):
        return False
    owner = Owner.read(folder)
    printed = _asked(owner, rest) if owner else None
    if printed is None:
        return False
    out, err = printed
    sys.stdout.flush()
    sys.stdout.buffer.write(out)
    sys.stderr.buffer.write(err)
    sys.stderr.flush()
    return True


def _asked(owner: Owner, words: Sequence[str]) -> tuple[bytes, bytes] | None:
    """What the owner printed on either stream; None where it does not answer, or not well."""
    import http.client
    import json

    screen = {name: os.environ[name] for name in OF_THE_SCREEN if name in os.environ}
    is_terminal = sys.stdout.isatty()
    if is_terminal and "COLUMNS" not in screen:
        screen["COLUMNS"] = str(os.get_terminal_size(sys.stdout.fileno()).columns)
    asked = {
        "version": __version__,
        "words": words,
        "environment": screen,
        "is_terminal": is_terminal,
    }
    connection = http.client.HTTPConnection(LOOPBACK, owner.port, timeout=CONNECT_SECONDS)
    try:
        connection.connect()
        if connection.sock:
            connection.sock.settimeout(None)  # An answer may take as long as it takes.
        connection.request("POST", "/command", json.dumps(asked), {"Authorization": owner.proof})
        response = connection.getresponse()
        body = response.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    if response.status != 200:
        return None
    length, _, printed = body.partition(b"\n")
    return printed[: int(length)], printed[int(length) :]
