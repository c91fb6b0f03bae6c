"""One peer: its answers checked against the SQL by hand, then timed in turns with it.

Run in the peer's environment: python -m bench.peers.asking PEER ORGANISATION ROUNDS
"""

from __future__ import annotations

import datetime as dt
import importlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.kpis.numbers import by_hand, differing
from bench.kpis.questions import QUESTIONS, REP, Question
from bench.measuring import in_turns
from bench.peers.peer import Peer, Row

THIS_MONTH = "2026-11-01"


def main() -> None:
    """Print a line of JSON for each question."""
    name, folder, rounds = sys.argv[1:]
    module = importlib.import_module(f"bench.peers.{name.replace('-', '_')}")
    with module.ready(Path(folder)) as peer:
        for question in QUESTIONS:
            print(json.dumps(_found(peer, question, int(rounds))), flush=True)


def _found(peer: Peer, question: Question, rounds: int) -> dict[str, Any]:
    """What came of a question: its times, or why there are none."""
    ask = peer.asks.get(question.name)
    if ask is None:
        return {"question": question.name, "cannot": peer.cannot[question.name]}
    rows = list(_named(question, peer.rows(ask())))
    wrong = differing(question, rows, by_hand(peer.plain, question))
    if wrong:
        return {"question": question.name, "wrong": wrong[:3]}
    sql = question.sql
    timed = in_turns(lambda _: ask(), lambda _: peer.plain.execute(sql).to_arrow_table(), rounds)
    return {"question": question.name, **asdict(timed)}


def _named(question: Question, rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """The rows with dates as the SQL has them; months side by side where they are compared."""
    plain = [{name: _plain(value) for name, value in row.items()} for row in rows]
    if "period" in question.keys or "period" not in plain[0]:
        yield from plain
        return
    beside: dict[str, dict[str, Any]] = {}
    for row in plain:
        end = "" if row["period"] == THIS_MONTH else "_before"
        found = beside.setdefault(row[REP], {REP: row[REP]})
        found.update({f"{name}{end}": row[name] for name in row if name not in (REP, "period")})
    empty = dict.fromkeys(question.columns.values())
    yield from ({**empty, **row} for row in beside.values())


def _plain(value: Any) -> Any:
    """A day as text, and nothing in place of what is no number."""
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    return None if value != value else value  # not a number


if __name__ == "__main__":
    main()
