"""A cluster of Spark on this machine: a master and two workers, each a process of its own."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.engines.conftest import exported, own

__all__ = ["cluster", "exported", "own"]

WORKERS = 2
SECONDS = 90.0
CLASSES = "org.apache.spark.deploy"


@dataclass(frozen=True)
class Cluster:
    """Where the master is reached, by Spark and by whoever asks how it stands."""

    master: str
    status: str

    def state(self) -> dict[str, Any]:
        """The workers and programs that the master knows."""
        with urlopen(f"{self.status}/json/", timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    @property
    def workers(self) -> list[dict[str, Any]]:
        """Those that are alive."""
        return [each for each in self.state()["workers"] if each["state"] == "ALIVE"]


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    pyspark = pytest.importorskip("pyspark", reason="needs pyspark, which make cluster installs")
    jars = Path(pyspark.__file__).parent / "jars"
    folder = tmp_path_factory.mktemp("cluster")
    with ExitStack() as processes:

        def begin(name: str, *words: str) -> None:
            processes.enter_context(_process(folder / f"{name}.log", jars, *words))

        found = Cluster(f"spark://127.0.0.1:{_port()}", f"http://127.0.0.1:{_port()}")
        place = ["--host", "127.0.0.1", "--port", found.master.rpartition(":")[2]]
        status = ["--webui-port", found.status.rpartition(":")[2]]
        begin("master", f"{CLASSES}.master.Master", *place, *status)
        _until(lambda: not found.workers, found, folder)
        for number in range(WORKERS):
            work = ["--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", "0"]
            work += ["--work-dir", str(folder / f"work-{number}"), found.master]
            begin(f"worker-{number}", f"{CLASSES}.worker.Worker", *work)
        _until(lambda: len(found.workers) == WORKERS, found, folder)
        yield found


@contextmanager
def _process(log: Path, jars: Path, *words: str) -> Iterator[None]:
    command = ["java", "-Xmx512m", *OPENED, "-cp", f"{jars}/*", *words]
    with log.open("w") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        try:
            yield
        finally:
            process.terminate()


OPENED = [
    f"--add-opens=java.base/{name}=ALL-UNNAMED"
    for name in ("java.lang", "java.nio", "java.util", "java.util.concurrent", "sun.nio.ch")
]
"""What Spark's own scripts open of Java's inside."""


def _until(holds: Any, cluster: Cluster, folder: Path) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            if holds():
                return
        except OSError:
            pass  # the master does not answer yet
        time.sleep(0.5)
    said = "\n".join(path.read_text()[-2000:] for path in sorted(folder.glob("*.log")))
    pytest.fail(f"The cluster at {cluster.master} did not start.\n{said}")


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
