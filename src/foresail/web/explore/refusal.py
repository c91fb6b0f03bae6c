"""KPIs that do not carry a dimension: which do they have, and how is the question mended."""

from __future__ import annotations

from foresail.web.explore.wanted import NOTHING, Wanted, dimensions, spoken
from foresail.web.sheets.blocks import Link, Words
from foresail.web.sheets.desk import Desk

SHOWN = 6


def refusal(desk: Desk, wanted: Wanted) -> Words | None:
    """What is in the way, with links that mend it; None where nothing is."""
    sentences, links = [], []
    for kpi in wanted.kpis:
        info = desk.kpis.get(kpi)
        lacks = [each for each in wanted.by if info and each not in info.dimensions]
        if info is None or not lacks:
            continue
        named = ", ".join(each.replace("_", " ") for each in info.dimensions) or "nothing"
        by = " or ".join(each.replace("_", " ") for each in lacks)
        sentences.append(f"{info.label} cannot be split by {by}. It can be split by: {named}.")
        others = tuple(each for each in wanted.kpis if each != kpi)
        if others:
            links.append(Link(f"Without {info.label}", desk.url(kpis=others)))
    if not sentences:
        return None
    return Words(
        "refusal",
        "This cannot be asked together",
        sentences=tuple(sentences),
        links=(*links, *_other_splits(desk, wanted)),
        tone="warn",
    )


def _other_splits(desk: Desk, wanted: Wanted) -> tuple[Link, ...]:
    """The same KPIs by what they all carry, or by nothing."""
    shared = dimensions(desk, wanted.kpis)
    name = "split" if wanted.split not in (*shared, NOTHING) else "beside"
    other = wanted.beside if name == "split" else wanted.split
    offered = [each for each in shared if each != other][:SHOWN]
    links = [Link(f"By {spoken(each).lower()}", desk.url(**{name: each})) for each in offered]
    return (*links, Link("Not split", desk.url(split=NOTHING, beside=NOTHING)))
