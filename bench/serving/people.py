"""People who click through the pages, each with a browser of his or her own.

First every page as of another instant, so that no answer is kept; then the same addresses again,
by a browser that kept nothing, and by one that asks whether its page is unchanged. Between two
clicks a person looks at the page: half to one and a half times the pause.
"""

from __future__ import annotations

import datetime as dt
import http.client
import itertools
import json
import random
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench.measuring import Table, ms, percentile, share_below, taken
from bench.pages import PAGES
from bench.serving.server import Server
from bench.serving.visitor import Answered, Visitor

ANEW, AGAIN, UNCHANGED = "asked anew", "asked again", "page unchanged"
LIMITS = {ANEW: 500.0, AGAIN: 100.0, UNCHANGED: 100.0}
"""In how many ms 95 of 100 clicks are to be answered."""
_instants = itertools.count(1)


@dataclass
class Clicker:
    """One of them: the addresses to be clicked, and what came of it."""

    visitor: Visitor
    number: int
    addresses: list[str] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)

    def choose(self, clicks: int) -> None:
        """Look at every page that this person may see, and choose where to click."""
        seen = [each for each in self._offered() if self.visitor.get(f"/{each}/").status == 200]
        chance = random.Random(self.number)
        self.addresses = [f"/{chance.choice(seen)}/?as_of={_instant()}" for _ in range(clicks)]

    def click(self, way: str, pause: float, times: list[float], errors: list[str]) -> None:
        """Click through all addresses in a way."""
        chance = random.Random(self.number)
        for address in self.addresses:
            time.sleep(pause * (0.5 + chance.random()))
            try:
                times.append(taken(self._open, way, address))
            except (AssertionError, OSError, http.client.HTTPException) as error:
                errors.append(f"{address}: {error!r}")

    def _open(self, way: str, address: str) -> None:
        tag = self.tags.get(address, "") if way == UNCHANGED else ""
        answered = self.visitor.get(address, tag)
        assert answered.status == (304 if tag else 200), answered.status
        self.tags[address] = answered.tag

    def _offered(self) -> Iterator[str]:
        asked = {"kpis": ["active_reps"], "by": ["rep"], "period": "this-year"}
        found: Answered = self.visitor.ask(asked)
        reps = [row["rep_id"] for row in json.loads(found.body)["rows"] if row["rep_id"]]
        for page in PAGES:
            if "{rep}" not in page:
                yield page
            elif reps:
                yield page.format(rep=reps[self.number % len(reps)])


def clicking(
    server: Server, title: str, roles: Sequence[str], *, clicks: int, pause: float
) -> None:
    """Print the table of what clicks take, and what the server then holds."""
    people = [Clicker(Visitor(server, role), number) for number, role in enumerate(roles)]
    for each in people:
        each.choose(clicks)
    table = Table(
        f"{title}, {len(people)} people, {pause:g} s between clicks",
        ("pages", "clicks", "a second", "median", "95 of 100 within", "in time", "errors"),
    )
    for way, most in LIMITS.items():
        times: list[float] = []
        errors: list[str] = []
        seconds = _all_at_once(people, way, pause, times, errors)
        within = f"{100 * share_below(times, most):.1f} % under {most:g} ms"
        spread = (ms(percentile(times, 0.5)), ms(percentile(times, 0.95)))
        table.row(
            way, str(len(times)), f"{len(times) / seconds:.1f}", *spread, within, str(len(errors))
        )
        for error in errors[:3]:
            table.say(f"  {error}")
    for each in people:
        each.visitor.close()


def _all_at_once(
    people: Sequence[Clicker], way: str, pause: float, times: list[float], errors: list[str]
) -> float:
    """Let all click; how many seconds they took."""
    threads = [
        threading.Thread(target=each.click, args=(way, pause, times, errors)) for each in people
    ]
    begun = time.perf_counter()
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return time.perf_counter() - begun


def _instant() -> str:
    """An instant that nobody asked for before."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0, tzinfo=None)
    return (now - dt.timedelta(seconds=next(_instants))).isoformat()
