"""The records behind one number, with its definition beside them."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404
from django.urls import resolve, reverse

from foresail.project.results import Answer, Records
from foresail.web.number import number
from foresail.web.question import Question
from foresail.web.records.listing import Paged, listed
from foresail.web.sheets.blocks import Block, Link, Own, Section, Sheet, Tab, Tile, Tiles
from foresail.web.sheets.desk import BACK, Desk
from foresail.web.site import MENU

CALLED = {"rep": "Rep", "moves": "Moves", "tv": "Office screen", "definition": "Definition"}
"""Pages that are called otherwise than the entry of the menu which they belong to."""
CONTROLS = ("period", "compare", "team", "filters")


def records(desk: Desk, kpi: str) -> Sheet:
    """The value, its definition, and its records, a page of them at a time; in a file all."""
    question, part = desk.question, desk.request.GET.get("part", "")
    answer = desk.ask(kpi, by=tuple(question.filters), compare=True, totals=True)
    paged = Paged(desk, kpi, part)
    return Sheet(
        desk.kpis[kpi].label,
        (
            Section("number", "", (_card(desk, answer, kpi),), width="full"),
            Section("records", "", _listed(desk, answer, paged), width="full"),
        ),
        of=", ".join(_about(desk, answer)),
        controls=CONTROLS,
        trail=(back_link(desk.options.get(BACK, ""), question),),
    )


def back_link(address: str, question: Question) -> Link:
    """The way back to the page of this site that an address names, else to the scoreboard."""
    parts = urlsplit(address)
    try:
        page = "" if parts.netloc or parts.scheme else resolve(parts.path).view_name
    except Http404:
        page = ""
    label = next((each.label for each in MENU if page in (each.name, *each.within)), "")
    if not label:
        return Link("Scoreboard", reverse("scoreboard") + question.but(of=None).query())
    return Link(CALLED.get(page, label), f"{parts.path}?{parts.query}")


def _card(desk: Desk, answer: Answer, kpi: str) -> Block:
    """The number with what it means; in a file the number."""
    found = number(answer.totals or {}, answer.columns, kpi)
    tile = Tile(found, definition_url=desk.definition_url(kpi))
    return Own(
        "card",
        path="records/card.html",
        data={
            "number": found,
            "kpi": desk.kpis[kpi],
            "currency": answer.currency,
            "definition_url": tile.definition_url,
        },
        plain=(Tiles("card", tiles=(tile,), currency=answer.currency),),
    )


def _listed(desk: Desk, answer: Answer, paged: Paged) -> tuple[Block, ...]:
    parts = _parts(desk, answer, paged.records)
    table = listed(paged, empty=_empty(answer, paged.records))
    if not parts:
        return (table,)
    return (Own("parts", path="records/parts.html", data={"parts": parts}), table)


def _parts(desk: Desk, answer: Answer, found: Records) -> tuple[dict[str, object], ...]:
    """The parts with records of their own: those of a ratio, or the KPIs inside a formula."""
    totals = answer.totals or {}
    units = {column.name: column.unit for column in answer.columns}
    shown = found.part.partition(".")[0]
    return tuple(
        {
            "tab": Tab(
                name,
                desk.question.query(**{"part": name, BACK: desk.options.get(BACK, "")}),
                is_open=name == shown,
            ),
            "value": totals.get(f"{found.kpi}.{name}"),
            "unit": units[f"{found.kpi}.{name}"],
        }
        for name in found.parts
    )


def _empty(answer: Answer, found: Records) -> str:
    said = "No record counts towards this number."
    is_unknown = (answer.totals or {}).get(found.kpi) is None
    return f"{said} Unknown is shown as “–”, not as 0." if is_unknown else said


def _about(desk: Desk, answer: Answer) -> list[str]:
    """What the question is limited to, by the names people know."""
    about = []
    for dimension, values in desk.question.filters.items():
        names = {
            str(row.get(f"{dimension}_id", row[dimension])): row[dimension] for row in answer.rows
        }
        about += [str(names.get(value) or value) for value in values]
    return about
