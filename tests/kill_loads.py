"""Kill loads at random moments and see that the warehouse holds all of a load or nothing of it.

    python tests/kill_loads.py --kills 100 --seed 1

Each round a child process loads a folder of canonical files and is killed by SIGKILL. The
warehouse must then equal what it was before, or what the whole load makes of it.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from foresail.load import load_files
from foresail.warehouse import Settings, Warehouse
from foresail.warehouse.changes import Changes

TABLES = {
    "rep": "rep_id",
    "lead": "lead_id",
    "activity": "activity_id",
    "revenue": "row_key",
}
State = tuple[tuple[object, ...], ...]


def write_files(folder: Path, rows: int, version: int) -> None:
    """Files of which each version has some rows new, some changed and some broken."""
    folder.mkdir(parents=True)
    first = version * rows // 4
    reps = [f"r{n},Rep {n} of {version}" for n in range(20)]
    leads = [f"l{n},2024-01-{n % 28 + 1:02d},r{n % 20}" for n in range(first, first + rows // 10)]
    calls = [
        f"a{n},call,2024-02-{n % 28 + 1:02d} 10:{n % 60:02d},r{n % 20},l{n % 500},{version % 7}"
        for n in range(first, first + rows)
    ]
    money = [f"A{n % 50},2024-03-{n % 28 + 1:02d},{n % 9}" for n in range(first, first + rows // 5)]
    for name, header, lines in (
        ("rep", "rep_id,name", reps),
        ("lead", "lead_id,created_at,owner_id", [*leads, "too few"]),
        ("activity", "activity_id,kind,occurred_at,rep_id,lead_id,duration_seconds", calls),
        ("revenue", "account_id,day,amount", [*money, "A,never,1"]),
    ):
        (folder / f"{name}.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")


def load(project: Path, files: Path) -> None:
    """Load a folder of files as the product does: one load, one transaction."""
    settings = Settings()
    warehouse = Warehouse.open(project, settings)
    try:
        with warehouse.writing() as cursor, Changes(cursor) as changes:
            load_files(cursor, settings, [files], changes)
    finally:
        warehouse.close()


def state(project: Path) -> State:
    """How many rows each table holds, how many keys, and the checksum of what a load decides."""
    warehouse = Warehouse.open(project, Settings())
    try:
        cursor = warehouse.cursor()
        found: list[tuple[object, ...]] = []
        for table, key in TABLES.items():
            found += cursor.execute(
                f"select '{table}', count(*), count(distinct {key}), "
                f"bit_xor(hash((columns(* exclude (loaded_at, load_id))::varchar))) "
                f"from canonical.{table}"
            ).fetchall()
        for table in ("load", "load_count", "quarantine"):
            found += cursor.execute(f"select '{table}', count(*) from meta.{table}").fetchall()
        return tuple(found)
    finally:
        warehouse.close()


def run(kills: int, seed: int, rows: int) -> dict[str, int]:
    """Kill that many loads; count how each ended. The wrong ends are `neither` and `broken`."""
    rng = random.Random(seed)
    ends = dict.fromkeys(("before", "after", "neither"), 0)
    with tempfile.TemporaryDirectory(prefix="foresail-kill-") as name:
        folder = Path(name)
        project = folder / "project"
        project.mkdir()
        Warehouse.open(project, Settings()).close()
        usual = 0.0
        for round_ in range(kills):
            files = folder / f"files_{round_}"
            write_files(files, rows, round_)
            before = state(project)
            whole = folder / "whole"
            shutil.copytree(project, whole)
            begun = time.monotonic()
            _child(whole, files).wait()
            usual = time.monotonic() - begun
            after = state(whole)
            shutil.rmtree(whole)
            end = _killed(project, files, rng.uniform(0, usual * 1.05), before, after)
            ends[end] += 1
            if end == "before":
                load(project, files)
                ends["neither"] += state(project) != after
            shutil.rmtree(files)
    return ends


def _killed(project: Path, files: Path, seconds: float, before: State, after: State) -> str:
    child = _child(project, files)
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    child.wait()
    found = state(project)
    return "before" if found == before else "after" if found == after else "neither"


def _child(project: Path, files: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(Path(__file__)), "--load", str(project), str(files)]
    return subprocess.Popen(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the rounds and print how they ended; 0 when nothing was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--load", nargs=2, type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.load:
        load(*asked.load)
        return 0
    ends = run(asked.kills, asked.seed, asked.rows)
    print(
        f"{asked.kills} loads killed: {ends['before']} left the warehouse as it was, "
        f"{ends['after']} had been kept whole, {ends['neither']} lost or doubled rows."
    )
    return 1 if ends["neither"] else 0


if __name__ == "__main__":
    sys.exit(main())
