"""Foresail and its peers, each against the SQL by hand in its own process.

Run: .venv/bin/python -m bench.peers [--millions N] [--rounds N] [PEER ...]

`make bench-peers` makes the environments. Every answer is checked equal to the SQL by hand before
it is timed; what a peer has no words for is said below the table.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.kpis.questions import QUESTIONS
from bench.measuring import Table, ms
from bench.organisation.kept import options, organisation

ROOT = Path(__file__).parent.parent.parent
OURS = "foresail"
PEERS = (OURS, *sorted(each.stem for each in (ROOT / "bench/peers/locks").glob("*.lock")))
NO_ANSWER = "–"


def main() -> None:
    """Print the table; end with an error where an answer differs."""
    parser = options(__doc__)
    parser.add_argument("peers", nargs="*", default=PEERS, help=", ".join(PEERS))
    given = parser.parse_args()
    folder = organisation(given.folder, given.millions).folder
    asked = [each for each in given.peers if _program(each).exists()]
    table = Table(
        f"Peers, {given.millions:g} M: times, and their ratios to the SQL by hand",
        ("peer", *(each.name for each in QUESTIONS)),
    )
    reasons: dict[str, list[str]] = {}
    wrong = []
    for peer in asked:
        found = _found(peer, folder, given.rounds)
        table.row(peer, *(_cell(each) for each in found))
        wrong += [
            f"{peer}, {each['question']}: {each['wrong']}" for each in found if "wrong" in each
        ]
        for each in found:
            if "cannot" in each:
                reasons.setdefault(f"{each['question']} {each['cannot']}", []).append(peer)
    table.say("")
    for reason, peers in reasons.items():
        table.say(f"{reason}: {', '.join(peers)}")
    for each in given.peers:
        if each not in asked:
            table.say(f"{each} is not installed; make bench-peers does it")
    if wrong:
        sys.exit("\n".join(("Not the same numbers:", *wrong)))


def _program(peer: str) -> Path:
    return Path(sys.executable) if peer == OURS else ROOT / f".venv-peers/{peer}/bin/python"


def _found(peer: str, folder: Path, rounds: int) -> list[dict[str, Any]]:
    """What came of each question."""
    command = [
        str(_program(peer)),
        "-m",
        "bench.peers.asking",
        peer,
        str(folder.resolve()),
        str(rounds),
    ]
    kept = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=ROOT, env=kept, stdout=subprocess.PIPE, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def _cell(found: dict[str, Any]) -> str:
    if "wrong" in found:
        return "differs"
    return f"{ms(found['ours'])} × {found['ratio']:.2f}" if "ours" in found else NO_ANSWER


if __name__ == "__main__":
    main()
