"""A page cut into parts, each with an address and a tab of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import Http404

from foresail.web.sheets.blocks import Section, Sheet, Tab
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.lacking import lacking


@dataclass(frozen=True)
class Part:
    """One part of a page. `kpis` are all that it asks; `make` is given those that can be answered.

    The first part of a page has no slug: it stands at the page's own address.
    """

    slug: str
    label: str
    kpis: tuple[str, ...]
    make: Callable[[Desk, Answerable], Sequence[Section | None]]


class Answerable:
    """Which KPIs of a part the data can answer."""

    def __init__(self, desk: Desk, kpis: Sequence[str]):
        self.kpis = frozenset(desk.answerable(kpis))

    def of(self, *kpis: str) -> tuple[str, ...]:
        """Those of some KPIs that can be answered, in their order."""
        return tuple(kpi for kpi in kpis if kpi in self.kpis)


def in_parts(title: str, parts: Sequence[Part]) -> Callable[..., Sheet]:
    """A page of parts, for `sheet_view`: the one argument of its address gives the part.

    What a part cannot show, as nothing is loaded for it, is named in one line at its end.
    """

    def make(desk: Desk, **arguments: str) -> Sheet:
        part = next(iter(arguments.values()), "")
        chosen = next((each for each in parts if each.slug == part), None)
        if chosen is None:
            raise Http404
        sections = chosen.make(desk, Answerable(desk, chosen.kpis))
        shown = tuple(each for each in sections if each is not None)
        missing = lacking(desk, chosen.kpis)
        return Sheet(
            title,
            (*shown, *((missing,) if missing else ())),
            of=chosen.label if part else "",
            tabs=tuple(_tab(desk, each, chosen) for each in parts),
        )

    make.__doc__ = f"{title}: {', '.join(each.label.lower() for each in parts)}."
    return make


def _tab(desk: Desk, part: Part, chosen: Part) -> Tab:
    url = desk.url(desk.page, *((part.slug,) if part.slug else ()))
    return Tab(part.label, url, is_open=part is chosen)
