"""What is asked on the page Explore, as its address says it."""

from __future__ import annotations

from dataclasses import dataclass

from foresail.web.sheets.blocks import Choice
from foresail.web.sheets.desk import Desk

NOTHING = "none"
DEFAULT_KPIS = ("revenue", "win_rate")
DEFAULT_SPLIT = "team"
GRAINS = {
    NOTHING: "No course",
    "day": "By day",
    "week": "By week",
    "month": "By month",
    "quarter": "By quarter",
    "year": "By year",
}
CHARTS = {
    "fitting": "What fits",
    "lines": "Lines",
    "bars": "Bars",
    "columns": "Columns",
    "heat": "Heat map",
    NOTHING: "Table only",
}
LIMITS = {"all": "All", "5": "First 5", "10": "First 10", "20": "First 20", "50": "First 50"}


@dataclass(frozen=True)
class Wanted:
    """KPIs by up to two dimensions and a grain, drawn in some way, as many rows as `limit` says."""

    kpis: tuple[str, ...]
    split: str
    beside: str
    grain: str
    chart: str
    limit: str

    @classmethod
    def of(cls, desk: Desk) -> Wanted:
        """What the address of a page asks for."""
        kpis = desk.question.kpis or desk.answerable(DEFAULT_KPIS)
        names = [NOTHING, *dimensions(desk, kpis)]
        split = desk.options.get("split") or (DEFAULT_SPLIT if DEFAULT_SPLIT in names else NOTHING)
        beside = desk.options.get("beside") or NOTHING
        return cls(
            kpis,
            split,
            NOTHING if beside == split else beside,
            desk.option("grain", GRAINS, NOTHING),
            desk.option("chart", CHARTS, "fitting"),
            desk.option("limit", LIMITS, "all"),
        )

    @property
    def by(self) -> tuple[str, ...]:
        """The dimensions."""
        return tuple(each for each in (self.split, self.beside) if each != NOTHING)

    def choices(self, desk: Desk) -> tuple[Choice, ...]:
        """The controls of the page, each with what stands in the address."""
        names = dimensions(desk, self.kpis)
        return (
            _dimension("split", "Split by", names, self.split),
            _dimension("beside", "And by", names, self.beside),
            Choice("grain", "Over time", tuple(GRAINS.items()), self.grain),
            Choice("chart", "Drawn as", tuple(CHARTS.items()), self.chart),
            Choice("limit", "Rows", tuple(LIMITS.items()), self.limit),
        )


def _dimension(name: str, label: str, names: tuple[str, ...], chosen: str) -> Choice:
    offered = dict.fromkeys((NOTHING, *names, chosen))
    options = tuple((each, "Nothing" if each == NOTHING else spoken(each)) for each in offered)
    return Choice(name, label, options, chosen)


def spoken(dimension: str) -> str:
    """A dimension as people read it.

    >>> spoken("lost_reason")
    'Lost reason'
    """
    return dimension.replace("_", " ").capitalize()


def dimensions(desk: Desk, kpis: tuple[str, ...]) -> tuple[str, ...]:
    """What all KPIs can be split by."""
    known = [desk.kpis[kpi].dimensions for kpi in kpis if kpi in desk.kpis]
    first = known[0] if known else ()
    return tuple(each for each in first if all(each in other for other in known))
