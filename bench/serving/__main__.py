"""What a server answers in which time: questions over HTTP, ten people, and its memory after it.

Run: .venv/bin/python -m bench.serving [--millions N] [--rounds N] [--demo DIR]
         [--clicks N] [--pause SECONDS]

With --demo the ten people click through that demo instead, as an admin, managers and reps; the
measured organisation knows no managers, so all ten see everything there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.measuring import Table
from bench.memory import held
from bench.organisation.kept import options, organisation
from bench.serving.people import clicking
from bench.serving.questions import over_http
from bench.serving.server import Server, served

SETTINGS = 'name = "Bench"\ndemo = true\n'
ALL_SEE_ALL = ("admin",) * 10
AS_IN_A_TEAM = ("admin", *("manager",) * 3, *("rep",) * 6)


def main() -> None:
    """Print the tables; end with an error where an answer differs."""
    parser = options(__doc__)
    parser.add_argument("--demo", type=Path, help="the folder of a demo")
    parser.add_argument("--clicks", type=int, default=25, help="of each person, in each way")
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between two clicks")
    given = parser.parse_args()
    wrong: list[str] = []
    if given.demo:
        with served(given.demo) as server:
            server.rest()
            clicking(server, "Demo", AS_IN_A_TEAM, clicks=given.clicks, pause=given.pause)
            _memory(server, "the demo")
        return
    found = organisation(given.folder, given.millions)
    size = f"{given.millions:g} M"
    with found.fronted(SETTINGS) as front, served(front) as server, found.by_hand() as plain:
        server.rest()
        wrong = over_http(server, plain, f"Over HTTP, {size}", given.rounds)
        clicking(server, size, ALL_SEE_ALL, clicks=given.clicks, pause=given.pause)
        _memory(server, size)
    if wrong:
        sys.exit(f"Not the same numbers: {', '.join(wrong)}")


def _memory(server: Server, of: str) -> None:
    now, most = held(server.process.pid)
    table = Table("Memory of the server after all of that", ("data", "holds", "held at most"))
    table.row(of, f"{now:.0f} MiB", f"{most:.0f} MiB")


if __name__ == "__main__":
    main()
