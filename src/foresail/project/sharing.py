"""The owner's side of the hand-over: the process that holds the warehouse answers for others.

DuckDB lets one process hold the file. That process listens on loopback for calls from the same
person's other commands, who prove themselves by a token that only they can read.
"""

from __future__ import annotations

import hmac
import json
import logging
import os
import secrets
import threading
from collections.abc import Callable, Mapping
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from foresail import __version__
from foresail.core import errors
from foresail.core.errors import ForesailError
from foresail.project import wire
from foresail.project.notice import LOOPBACK, OWNER_FILE

if TYPE_CHECKING:
    from foresail.project import Project

METHODS = (
    "ask",
    "records",
    "waterfall",
    "waterfall_records",
    "explain",
    "kpis",
    "health",
    "load",
    "export",
    "refresh",
    "loads",
    "quarantine",
    "retry",
    "set_aside",
)
LOOPBACK_NAMES = (LOOPBACK, "localhost")
CALL, COMMAND = "/call", "/command"
PRINTED_TYPE = "application/octet-stream"
BODY_LIMIT = 4 * 1024 * 1024
IDLE_SECONDS = 30

log = logging.getLogger(__name__)


Answering = Callable[["Project", Any], bytes | None]
"""What a command prints that another process was asked to run; None where that is to do it."""


def share(project: Project, address: str = "", commands: Answering | None = None) -> Sharing:
    """Answer other commands' calls from now on, until it is closed.

    `address` is where people reach the web application of this process, if it has one; `commands`
    runs whole commands for others.
    """
    return Sharing(project, address, commands)


class Sharing:
    """A project that answers for others; a context manager that stops doing so at its end."""

    def __init__(self, project: Project, address: str = "", commands: Answering | None = None):
        self.token = secrets.token_urlsafe(32)
        self.path = project.directory / OWNER_FILE
        self._server = OwnerServer(project, self.token, commands)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, name="foresail-sharing", daemon=True
        )
        notice = {"port": self.port, "pid": os.getpid(), "token": self.token, "address": address}
        try:
            _write_private(self.path, notice)
        except BaseException:
            self._server.server_close()
            raise
        self._thread.start()

    def answer_for(self, project: Project) -> None:
        """Answer for this project from now on."""
        self._server.project = project

    def close(self) -> None:
        """Stop answering, and take the notice out of the project's folder."""
        if self._is_announced():
            self.path.unlink(missing_ok=True)
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _is_announced(self) -> bool:
        """Whether the folder's notice is still this owner's."""
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return isinstance(found, dict) and found.get("token") == self.token

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _write_private(path: Path, content: Mapping[str, Any]) -> None:
    """Write a file that its owner alone can read, whole or not at all."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


class OwnerServer(ThreadingHTTPServer):
    """Listens on loopback, a thread per connection."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, project: Project, token: str, commands: Answering | None):
        self.project = project
        self.commands = commands
        self.token = token
        super().__init__((LOOPBACK, 0), CallHandler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Log a broken connection; the caller is gone and cannot be told."""
        log.debug("connection %s from %s broke", request, client_address, exc_info=True)


class CallHandler(BaseHTTPRequestHandler):
    """One call: checked, done, answered."""

    server: OwnerServer
    protocol_version = "HTTP/1.1"
    server_version = "Foresail"
    sys_version = ""
    timeout = IDLE_SECONDS

    def do_POST(self) -> None:
        """Answer a call, or refuse it."""
        length = self._length()
        if length is None:
            self.close_connection = True
            self._refuse(413, "The body is too long, or does not say how long it is.")
            return
        body = self.rfile.read(length)
        refusal = self._refusal()
        if refusal:
            self._refuse(*refusal)
            return
        if self.path == COMMAND:
            self._run_command(body)
            return
        try:
            method, arguments = read_call(body)
        except ValueError:
            self._refuse(400, "A call is a JSON object with method and kwargs.")
            return
        call = self._callable(method)
        if call is None:
            self._refuse(404, "There is no such method.")
            return
        many = arguments.pop(wire.POSITIONAL.get(method, ""), ())
        self._answer(partial(call, *many, **arguments))

    def _refusal(self) -> tuple[int, str] | None:
        """Why a request is not looked at. A browser's page sends an Origin or a foreign Host."""
        host = (self.headers["Host"] or "").rpartition(":")[0] or self.headers["Host"]
        if host not in LOOPBACK_NAMES or "Origin" in self.headers:
            return 403, "Only this machine's own commands may call."
        given = (self.headers["Authorization"] or "").encode()
        if not hmac.compare_digest(given, f"Bearer {self.server.token}".encode()):
            return 401, "The token is missing or wrong."
        if self.path not in (CALL, COMMAND):
            return 404, "There is nothing here."
        return None

    def _length(self) -> int | None:
        """How long the body is, unless it is too long or unknown."""
        length = self.headers["Content-Length"] or ""
        if not (length.isascii() and length.isdigit()) or len(length) > 9:
            return None
        return int(length) if int(length) <= BODY_LIMIT else None

    def _callable(self, method: str) -> Callable[..., Any] | None:
        if method == "hello":
            return lambda: {"version": __version__}
        found: Callable[..., Any] | None = None
        if method in METHODS:
            found = getattr(self.server.project, method)
        return found

    def _run_command(self, body: bytes) -> None:
        """Answer with what a command prints, or that whoever asked is to run it."""
        commands, printed = self.server.commands, None
        try:
            if commands:
                printed = commands(self.server.project, json.loads(body))
        except Exception:  # whoever asked runs it then, and sees what is wrong
            log.exception("a command failed")
        if printed is None:
            self._refuse(409, "Run it yourself.")
        else:
            self._send(200, PRINTED_TYPE, printed)

    def _answer(self, call: Callable[[], Any]) -> None:
        try:
            kind, body = wire.encoded(call())
        except ForesailError as error:
            self._refuse(422, str(error), known_name(error))
        except Exception:  # the caller gets no insides; the log has them
            log.exception("a call failed")
            self._refuse(500, "The process that holds the warehouse failed; its log says why.")
        else:
            self._send(200, kind, body)

    def _refuse(self, status: int, message: str, error: str = "") -> None:
        body = json.dumps({"error": error, "message": message}).encode()
        self._send(status, wire.JSON_TYPE, body)

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the terminal quiet."""


def read_call(body: bytes) -> tuple[str, dict[str, Any]]:
    """The method and arguments of a call. Errors: `ValueError` when it is none."""
    call = json.loads(body)
    if not (isinstance(call, dict) and isinstance(call.get("method"), str)):
        raise ValueError("no method")
    arguments = wire.typed(call.get("kwargs"))
    if not (isinstance(arguments, dict) and all(isinstance(each, str) for each in arguments)):
        raise ValueError("no arguments")
    return call["method"], arguments


def known_name(error: ForesailError) -> str:
    """The nearest class of the error's tree that every process knows."""
    names: list[str] = [
        kind.__name__
        for kind in type(error).__mro__
        if getattr(errors, kind.__name__, None) is kind
    ]
    return names[0]
