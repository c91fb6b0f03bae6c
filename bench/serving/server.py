"""A server in a process of its own, as `foresail serve` starts it, and what it takes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 600
RESTING = 0.1
"""Whoever uses less of one core than this rests."""


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    process: subprocess.Popen[str]
    host: str
    port: int

    def rest(self, watched: float = 3.0) -> float:
        """Wait until it has opened its pages ahead and rests; how many seconds that took."""
        begun = time.monotonic()
        while time.monotonic() - begun < PATIENCE_SECONDS:
            before = self._used()
            time.sleep(watched)
            if self._used() - before < RESTING * watched:
                break
        return time.monotonic() - begun

    def _used(self) -> float:
        """The seconds of processors that it used."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8")
        own, system = stat.rpartition(")")[2].split()[11:13]
        return (int(own) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(project: Path) -> Iterator[Server]:
    """The server of a project, ended at the end, also where this process is asked to end."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    program = Path(sys.executable).with_name("foresail")
    command = [str(program), "serve", "--port", "0", "--project", str(project)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            told = process.stdout.readline()
            host, port = told.split()[3].removeprefix("http://").rstrip("/").split(":")
            yield Server(process, host, int(port))
        finally:
            process.terminate()
            process.wait(timeout=60)
