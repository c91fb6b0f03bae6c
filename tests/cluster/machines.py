"""A cluster of Spark on this machine: a master and workers, each a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

HERE = "127.0.0.1"
WORKERS = 2
BEGIN_SECONDS = 90.0
END_SECONDS = 15.0
CLASSES = "org.apache.spark.deploy"
UNTIL_WE_END = '"$@" & cat > /dev/null; trap "" TERM; kill 0; wait'
"""Runs a process until our end of the pipe is closed, which it is as well when we are killed."""


@dataclass(frozen=True)
class Cluster:
    """Where the master is reached, by Spark and by whoever asks how it stands."""

    port: int
    status_port: int

    @property
    def master(self) -> str:
        """What Spark calls it."""
        return f"spark://{HERE}:{self.port}"

    @property
    def workers(self) -> list[dict[str, Any]]:
        """Those that the master knows to be alive."""
        with urlopen(f"http://{HERE}:{self.status_port}/json/", timeout=10) as answer:
            known = json.load(answer)["workers"]
        return [each for each in known if each["state"] == "ALIVE"]


@contextmanager
def cluster_of(pyspark: Path, folder: Path) -> Iterator[Cluster]:
    """A master and workers with a core and a gigabyte each, of the package that is installed."""
    found = Cluster(_free_port(), _free_port())
    with ExitStack() as processes:

        def begin(name: str, kind: str, *words: str) -> None:
            command = [str(pyspark / "bin" / "spark-class"), f"{CLASSES}.{kind}", "--host", HERE]
            processes.enter_context(_running([*command, *words], folder / f"{name}.log"))

        ports = ("--port", str(found.port), "--webui-port", str(found.status_port))
        begin("master", "master.Master", *ports)
        _wait(lambda: found.workers == [], folder)
        for number in range(WORKERS):
            size = ("--cores", "1", "--memory", "1g", "--webui-port", "0")
            place = ("--work-dir", str(folder / f"work-{number}"), found.master)
            begin(f"worker-{number}", "worker.Worker", *size, *place)
        _wait(lambda: len(found.workers) == WORKERS, folder)
        yield found


@contextmanager
def _running(command: list[str], log: Path) -> Iterator[None]:
    """A process and all that it begins, in a group of their own, which ends with the block."""
    settings = {**os.environ, "SPARK_LOCAL_IP": HERE, "SPARK_DAEMON_MEMORY": "512m"}
    with (
        log.open("wb") as out,
        subprocess.Popen(
            ["sh", "-c", UNTIL_WE_END, "sh", *command],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=out,
            env=settings,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def _wait(holds: Callable[[], bool], folder: Path) -> None:
    """Wait until something holds. Errors: `TimeoutError`, with the end of what was logged."""
    deadline = time.monotonic() + BEGIN_SECONDS
    while time.monotonic() < deadline:
        try:
            if holds():
                return
        except OSError:
            pass  # the master does not answer yet
        time.sleep(0.2)
    said = "\n".join(path.read_text()[-2000:] for path in sorted(folder.glob("*.log")))
    raise TimeoutError(f"The cluster did not start in {BEGIN_SECONDS:.0f} seconds.\n{said}")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HERE, 0))
        port: int = free.getsockname()[1]
        return port
