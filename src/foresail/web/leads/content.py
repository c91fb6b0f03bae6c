"""Content and social: which assets are shared, by whom, what comes of it, and social touches."""

from __future__ import annotations

from collections.abc import Sequence

from foresail.web.sheets import charts, tables
from foresail.web.sheets.blocks import Chart, Section
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.drawn import drawn
from foresail.web.sheets.parts import Answerable

TILES = (
    "content_link_rate",
    "tailored_link_rate",
    "content_click_rate",
    "collateral_usage_rate",
    "collateral_adoption",
    "callback_rate",
)
BY_ASSET = ("content_click_rate", "tailored_link_rate", "callback_rate")
USED = "collateral_usage_rate"
BY_REP = ("content_link_rate", "tailored_link_rate", "social_touches", "social_active_days")
SOCIAL = ("social_touches", "social_active_days", "social_lead_share")
KPIS = tuple(dict.fromkeys((*TILES, *SOCIAL)))


def content(desk: Desk, has: Answerable) -> Sequence[Section | None]:
    """Assets and mails with links, then social touches, each by rep."""
    return (
        _tiled(desk, "now", "Content in mails", has.of(*TILES)),
        _assets(desk, has),
        _tiled(desk, "social", "Social touches", has.of(*SOCIAL)),
        _networks(desk, has),
        _reps(desk, has),
    )


def _tiled(desk: Desk, id: str, title: str, kpis: tuple[str, ...]) -> Section | None:
    if not kpis:
        return None
    return Section(id, title, (tables.tiles(desk, f"{id}-tiles", desk.ask(*kpis, compare=True)),))


def _assets(desk: Desk, has: Answerable) -> Section | None:
    """The assets available, those that nobody shared first."""
    kpis = has.of(USED, *BY_ASSET)
    if USED not in kpis:
        return None
    assets = desk.ask(*kpis, by=("content",), order=USED)
    empty = "No asset was available in this period."
    return Section(
        "assets",
        "Assets",
        (tables.table(desk, "assets-table", assets, empty=empty),),
        lead="Those that nobody shared stand first, with a usage rate of 0 %.",
    )


def _networks(desk: Desk, has: Answerable) -> Section | None:
    if not has.of("social_touches"):
        return None
    found = desk.ask("social_touches", by=("network",), order="-social_touches")
    table = tables.table(desk, "networks-table", found)
    if not found.rows:
        return None
    chart = Chart(
        "networks-chart",
        spec=charts.bars(drawn(desk, found, "social_touches"), unit="count", x="network"),
        table=table,
        about="Social touches by network.",
    )
    return Section("networks", "By network", (chart,), width="half")


def _reps(desk: Desk, has: Answerable) -> Section | None:
    kpis = has.of(*BY_REP)
    if not kpis:
        return None
    found = desk.ask(*kpis, by=(desk.people,), order=kpis[0], totals=True)
    title = f"{desk.people.capitalize()}s"
    return Section("people", title, (tables.table(desk, "people-table", found),))
