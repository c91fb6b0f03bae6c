"""Who stands where in a KPI, as far as the numbers can tell people apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from foresail.core.errors import QuestionError
from foresail.project.results import Answer, KpiInfo, Records
from foresail.stats.intervals import Interval, count_interval, sum_interval
from foresail.stats.pairs import counts, samples, shares, sums
from foresail.stats.ranks import holm, ranks

LEVEL = 0.05
ROUNDING = 1e-6

Floats = npt.NDArray[np.float64]
Look = Callable[[], Records]


@dataclass(frozen=True)
class Standing:
    """One row of an answer in its rank.

    `place` is that of the bare value, equal ones sharing it; `best` to `worst` are the ranks that
    chance leaves open; `group` is the first rank of those that are told apart from all others. All
    are None where the value is unknown. `before` is the place in the period compared with. `low`
    and `high` are the range of the value, where the answer itself brings none.
    """

    row: Mapping[str, Any]
    place: int | None = None
    best: int | None = None
    worst: int | None = None
    group: int | None = None
    before: int | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Ranking:
    """The standings of a KPI, best first, and in words how they were told apart.

    `is_tested` is False where nothing is known of the chance in the numbers: then the ranks are
    those of the bare values.
    """

    standings: tuple[Standing, ...]
    method: str
    is_tested: bool

    @property
    def groups(self) -> int:
        """How many groups can be told apart."""
        return len({each.group for each in self.standings if each.group is not None})

    @property
    def ranked(self) -> int:
        """How many have a rank."""
        return sum(each.place is not None for each in self.standings)


@dataclass(frozen=True)
class Evidence:
    """The p-values of all pairs, the range of each value, and how both were found."""

    pairs: npt.NDArray[np.float64]
    method: str
    ranges: Interval | None = None


def ranking(info: KpiInfo, answer: Answer, look: Look) -> Ranking | None:
    """The rows of an answer by one dimension, ranked by one of its KPIs.

    `look` gives the records behind the KPI for the same question; it is called where the values
    alone do not say how much of them is chance. None where neither more nor less is better.
    """
    if info.better not in ("higher", "lower"):
        return None
    known = [row for row in answer.rows if row[info.id] is not None]
    unknown = [row for row in answer.rows if row[info.id] is None]
    values = np.array([float(row[info.id]) for row in known])
    found = _evidence(info, answer, known, values, look) if len(known) > 1 else None
    toward = values if info.better == "higher" else -values
    size = len(known)
    apart = holm(found.pairs) < LEVEL if found else ~np.eye(size, dtype=bool) & _differ(values)
    places = ranks(toward, apart)
    before = _places_before(info, answer)
    standings = [
        Standing(
            row,
            int(places.place[i]),
            int(places.best[i]),
            int(places.worst[i]),
            int(places.group[i]),
            before.get(_key(answer, row)),
            *_range_of(found, i),
        )
        for i, row in enumerate(known)
    ]
    standings.sort(key=lambda each: (each.place or 0, _name(answer, each.row)))
    rest = [Standing(row, before=before.get(_key(answer, row))) for row in unknown]
    rest.sort(key=lambda each: _name(answer, each.row))
    return Ranking((*standings, *rest), found.method if found else "", found is not None)


def _differ(values: Floats) -> npt.NDArray[np.bool_]:
    differ: npt.NDArray[np.bool_] = ~np.isclose(values[:, None], values)
    return differ


def _range_of(found: Evidence | None, place: int) -> tuple[float, float] | tuple[()]:
    if found is None or found.ranges is None:
        return ()
    low, high = float(found.ranges.low[place]), float(found.ranges.high[place])
    return () if np.isnan(low) else (low, high)


def _key(answer: Answer, row: Mapping[str, Any]) -> Any:
    by = answer.by[0]
    return row.get(f"{by}_id", row[by])


def _name(answer: Answer, row: Mapping[str, Any]) -> str:
    return str(row[answer.by[0]] or "").casefold()


def _places_before(info: KpiInfo, answer: Answer) -> dict[Any, int]:
    """The places by the bare values of the period compared with."""
    name = f"{info.id}.before"
    known = [row for row in answer.rows if row.get(name) is not None]
    values = np.array([float(row[name]) for row in known])
    toward = values if info.better == "higher" else -values
    places = ranks(toward, np.zeros((len(known), len(known)), bool)).place
    return {_key(answer, row): int(place) for row, place in zip(known, places, strict=True)}


def _evidence(
    info: KpiInfo, answer: Answer, rows: Sequence[Mapping[str, Any]], values: Floats, look: Look
) -> Evidence | None:
    """What tells the values apart; None where their chance is not known."""
    units = {each.name: each.unit for each in answer.columns}
    if info.unit == "share":
        is_counted = units.get(f"{info.id}.numerator") == "count"
        return _of_shares(info.id, rows, values) if is_counted else None
    if info.unit == "count":
        is_whole = bool((values == np.round(values)).all() and (values >= 0).all())
        words = "counts over the same time, tested in pairs by the Poisson law"
        return Evidence(counts(values), words, count_interval(values)) if is_whole else None
    if info.unit in ("money", "duration"):
        try:
            found = look()
        except QuestionError:
            # Whoever sees sums alone sees no records: of the chance in them nothing is known.
            return None
        return _of_records(f"{info.id}.n" in units, answer, rows, values, found)
    return None


def _of_shares(kpi: str, rows: Sequence[Mapping[str, Any]], values: Floats) -> Evidence | None:
    won = np.array([float(row[f"{kpi}.numerator"] or 0) for row in rows])
    of = np.array([float(row[f"{kpi}.denominator"] or 0) for row in rows])
    with np.errstate(divide="ignore", invalid="ignore"):
        is_plain = bool(((won <= of) & np.isclose(won / of, values, atol=ROUNDING)).all())
    words = "shares of cases, tested in pairs as two proportions"
    return Evidence(shares(won, of), words) if is_plain else None


def _of_records(
    is_typical: bool,
    answer: Answer,
    rows: Sequence[Mapping[str, Any]],
    values: Floats,
    found: Records,
) -> Evidence | None:
    """From the records, where they are all those that the values are made of."""
    by = answer.by[0]
    names = found.table.column_names
    key = f"{by}_id" if f"{by}_id" in names else by
    if "value" not in names or key not in names:
        return None
    groups: dict[Any, list[float]] = {_key(answer, row): [] for row in rows}
    for row in found.table.select([key, "value"]).to_pylist():
        if row["value"] is not None and row[key] in groups:
            groups[row[key]].append(float(row["value"]))
    records = [np.array(each) for each in groups.values()]
    if is_typical:
        numbers = [row[f"{found.kpi}.n"] for row in rows]
        words = "records ranked together, tested in pairs by their rank sums"
        is_all = [each.size for each in records] == numbers
        return Evidence(samples(records, values), words) if is_all else None
    totals = np.array([each.sum() for each in records])
    if not np.allclose(totals, values, rtol=ROUNDING, atol=ROUNDING):
        return None
    ranges = _ranges_of_sums(records, totals)
    words = "sums of records, tested in pairs by how large the single records are"
    return Evidence(sums(records), words, ranges)


def _ranges_of_sums(records: Sequence[Floats], totals: Floats) -> Interval:
    """The ranges of sums: not below nothing where no record is, and unknown without a record."""
    low, high = sum_interval(totals, [float((each**2).sum()) for each in records])
    never_below = np.array([bool((each >= 0).all()) for each in records])
    none = np.array([each.size == 0 for each in records])
    low = np.where(never_below, np.maximum(low, 0), low)
    return Interval(np.where(none, np.nan, low), np.where(none, np.nan, high))
