"""A rep beside those who may fairly be compared: colleagues of the same role and seniority."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from foresail.core.slices import NONE

if TYPE_CHECKING:
    from foresail.project.results import Answer
    from foresail.stats.quartiles import MiddleHalf

FEWEST_PEERS = 3
"""With fewer than that many others a range would show single people."""

SUMMED = frozenset({"count", "money"})
"""Units of numbers that a team has more of, the more reps it has."""


class Asks(Protocol):
    """What answers questions: a project, or what somebody may see of one."""

    @property
    def ask(self) -> Callable[..., Answer]:
        """Answers a question."""


@dataclass(frozen=True)
class Peers:
    """What the others reach.

    `others` are colleagues of the same role and seniority who were there for all of the period.
    `ranges` hold the middle half of them per KPI, where at least `FEWEST_PEERS` have a value.
    `team` holds the team's number per KPI, for each rep where it is a sum over reps.
    """

    role: str
    seniority: str
    others: int
    ranges: Mapping[str, MiddleHalf] = field(default_factory=dict)
    team: Mapping[str, float | None] = field(default_factory=dict)
    team_name: str = ""
    team_size: int = 0


def peers(
    project: Asks,
    rep: str,
    place: Mapping[str, str | None],
    kpis: Sequence[str],
    *,
    steady: Callable[[dt.date], Collection[str]],
    period: str,
    as_of: str | None = None,
    is_alone: bool = False,
) -> Peers:
    """The peers of a rep who stands in a team, role and seniority, as far as they may be seen.

    `steady` gives the ids of those who have been there since a day: it is asked for the period's
    first. Where whoever asks sees the rep alone (`is_alone`), nobody else is looked for.

    Errors: `QuestionError` as for `ask`.
    """
    where = {name: [place[name] or NONE] for name in ("role", "seniority")}
    rows: list[Mapping[str, Any]] = []
    if not is_alone:
        answer = project.ask(*kpis, by=("rep",), where=where, period=period, as_of=as_of)
        there = set(steady(answer.period[0])) - {rep}
        rows = [row for row in answer.rows if row["rep_id"] in there]
    found = Peers(place["role"] or "", place["seniority"] or "", len(rows))
    if len(rows) >= FEWEST_PEERS:
        return replace(found, ranges=ranges(rows, kpis))
    team = place["team"]
    if not team:
        return found
    answer = project.ask(*kpis, "active_reps", where={"team": [team]}, period=period, as_of=as_of)
    size = answer.rows[0]["active_reps"] or 0
    return replace(found, team=for_each(answer, kpis, size), team_name=team, team_size=int(size))


def ranges(rows: Sequence[Mapping[str, Any]], kpis: Iterable[str]) -> dict[str, MiddleHalf]:
    """The middle half of each KPI that enough of some reps have."""
    from foresail.stats.quartiles import middle_half

    known = {kpi: [float(row[kpi]) for row in rows if row[kpi] is not None] for kpi in kpis}
    return {
        kpi: middle_half(values) for kpi, values in known.items() if len(values) >= FEWEST_PEERS
    }


def for_each(answer: Answer, kpis: Iterable[str], size: float) -> dict[str, float | None]:
    """The team's numbers: a sum over reps for each of them, everything else as it is."""
    units = {each.name: each.unit for each in answer.columns}
    row = answer.rows[0]
    return {
        kpi: row[kpi]
        if row[kpi] is None or units[kpi] not in SUMMED
        else (row[kpi] / size if size else None)
        for kpi in kpis
    }


def standing(
    value: float | None, low: float | None, high: float | None, middle: MiddleHalf | None
) -> str:
    """Where a value stands to the middle half: `above`, `below`, `within`, or empty where unknown.

    A share whose own range reaches into the middle half stands within it: what separates them may
    be chance.

    >>> from foresail.stats.quartiles import MiddleHalf
    >>> standing(0.1, 0.02, 0.4, MiddleHalf(0.3, 0.4, 0.5)), standing(3, None, None, None)
    ('within', '')
    >>> standing(3, None, None, MiddleHalf(4, 5, 6)), standing(7, None, None, MiddleHalf(4, 5, 6))
    ('below', 'above')
    """
    if value is None or middle is None:
        return ""
    if (value if low is None else low) > middle.high:
        return "above"
    if (value if high is None else high) < middle.low:
        return "below"
    return "within"
