"""The catalogue as a page for people and as a file for programs.

python -m foresail.project.document docs
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from foresail.catalogue import CATALOGUE
from foresail.catalogue.demands import DEMANDS
from foresail.core.dimensions import DIMENSIONS
from foresail.project.entries import catalogue_entries
from foresail.project.results import KpiInfo
from foresail.project.show.kpis import benchmark_words, better_words

OPENING = """\
# The catalogue of KPIs

Every KPI that Foresail knows, by the question it helps to answer. `foresail kpis` lists them with
what your data can answer; `foresail explain` adds the query. You can make
[your own](own-kpis.md) of them. For programs there is [catalogue.json](catalogue.json).

How to read an entry:

- **How it is worked out**: what is counted, divided and multiplied. A division by nothing is
  unknown, never zero.
- **Counts in the period of**: the event whose date decides in which month, quarter or year a record
  counts.
- **Credited to**: the rep, and so the team, whose number it is. Where nothing is said, it is the
  organisation's.
- **Comes with**: what stands beside the value in every answer. Shares come with both numbers and a
  range, medians with the number of cases.
- **Benchmark**: what others published. A comparison, never a truth; set
  [your own](own-kpis.md#benchmarks-and-thresholds).
- **Needs**: the [tables](model.md) and columns without which it is unknown.

An *action* can be changed this week; a *result* is what comes of it.
"""
UNITS = {
    "count": "a number",
    "share": "a share in %",
    "money": "money",
    "duration": "a length of time",
    "ratio": "a ratio",
    "per day": "a number per day",
    "per 1,000": "a number per 1,000",
    "money/day": "money per day",
}


def page(entries: Sequence[KpiInfo]) -> str:
    """The page, as Markdown."""
    themes = [(key, list(group)) for key, group in groupby(entries, _theme)]
    links = Links()
    for (theme, _), kpis in themes:
        links.add(theme, theme)
        for each in kpis:
            links.add(each.id, each.label)
    lines = [OPENING, *_index(themes, links)]
    for (theme, question), kpis in themes:
        lines += [f"## {theme}\n", f"{question}\n"]
        for each in kpis:
            lines += _entry(each)
    return "\n".join([*lines, *_by_demand(entries, links)]) + "\n"


class Links:
    """Links to the headings of the page, by the anchors that Markdown viewers give them.

    Headings of one text are numbered in their order.
    """

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._links: dict[str, str] = {}

    def add(self, key: str, heading: str) -> None:
        """The next heading of the page."""
        anchor = anchor_of(heading)
        number = self._seen.get(anchor, 0)
        self._seen[anchor] = number + 1
        self._links[key] = f"[{heading}](#{anchor}{f'-{number}' if number else ''})"

    def to(self, key: str) -> str:
        """The link to a heading."""
        return self._links[key]


def anchor_of(heading: str) -> str:
    """The anchor of a heading.

    >>> anchor_of("Opportunities per 1,000 calls")
    'opportunities-per-1000-calls'
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _theme(info: KpiInfo) -> tuple[str, str]:
    return info.theme, info.theme_question


def _index(themes: Sequence[tuple[tuple[str, str], list[KpiInfo]]], links: Links) -> Iterator[str]:
    yield "| theme | question | KPIs |"
    yield "|---|---|---|"
    for (theme, question), kpis in themes:
        inside = ", ".join(links.to(each.id) for each in kpis)
        yield f"| {links.to(theme)} | {question} | {inside} |"
    yield ""


def _entry(info: KpiInfo) -> Iterator[str]:
    yield f"### {info.label}\n"
    yield f"{info.meaning}\n"
    unit = UNITS.get(info.unit, info.unit)
    yield f"`{info.id}`: {unit}; {better_words(info.better)}; {_article(info.kind)}.\n"
    for label, text in _facts(info):
        if text:
            yield f"- **{label}**: {text}"
    yield from (f"- **Mind**: {each}" for each in info.caveats)
    yield ""


def _facts(info: KpiInfo) -> Iterator[tuple[str, str]]:
    yield "How it is worked out", _spelled(_worked_out(info.formula))
    yield "Counts in the period of", _spelled(info.anchor)
    yield "Credited to", _spelled(info.credit)
    yield "Comes with", _spelled(", ".join(_part(*each) for each in info.parts.items()))
    yield "Can be split by", ", ".join(DIMENSIONS[each].label.lower() for each in info.dimensions)
    yield "Benchmark", benchmark_words(info.benchmark, info.unit) if info.benchmark else ""
    yield "Needs", "; ".join(_needs(info.needs))
    yield "Answers", " ".join(DEMANDS[each] for each in info.demands)
    yield "Cases between the lines", _cases(info.section)


def _worked_out(formula: str) -> str:
    """A formula; what is part of its denominator is told after it.

    >>> _worked_out("of these won since ÷ deals created")
    'deals created: of these won since, as a share'
    """
    part, sign, whole = formula.partition(" ÷ ")
    return f"{whole}: {part}, as a share" if sign and part.startswith("of these ") else formula


def _spelled(text: str) -> str:
    """A text with the field's abbreviations in capitals."""
    return re.sub(r"\b(mql|sql|mrr|nps)\b", lambda found: found[0].upper(), text)


def _cases(section: str) -> str:
    return f"[{section}](definitions.md#{anchor_of(section)})" if section else ""


def _part(name: str, words: str) -> str:
    """What travels with a value: its name, and what it counts where the name does not say it."""
    plain = name.replace("_", " ")
    return plain if plain == words else f"{plain} ({words})"


def _needs(needs: Sequence[str]) -> Iterator[str]:
    """The tables, each with the columns that are needed of it; what does in place of another."""
    columns: dict[str, dict[str, None]] = {}
    for need in (each for each in needs if " or " in each):
        yield " or ".join(each for one in need.split(" or ") for each in _needs([one]))
    for need in (each for each in needs if " or " not in each):
        table, _, column = need.partition(".")
        columns.setdefault(table, {}).update({column.replace("_", " "): None} if column else {})
    for table, found in columns.items():
        link = f"[{table.replace('_', ' ')}](model.md#{table})"
        yield f"{link} ({', '.join(found)})" if found else link


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _by_demand(entries: Sequence[KpiInfo], links: Links) -> Iterator[str]:
    yield "## By what is asked\n"
    yield "`foresail kpis --demand S0.1` lists those of one question.\n"
    yield "| | asked | KPIs |"
    yield "|---|---|---|"
    for demand, text in DEMANDS.items():
        answering = ", ".join(links.to(each.id) for each in entries if demand in each.demands)
        if answering:
            yield f"| {demand} | {text} | {answering} |"


def data(entries: Sequence[KpiInfo]) -> str:
    """The file, as JSON: a list of entries."""
    return json.dumps([_record(each) for each in entries], indent=1, ensure_ascii=False) + "\n"


def _record(info: KpiInfo) -> dict[str, Any]:
    """An entry for programs; what only a project knows is left out."""
    record = asdict(info)
    del record["missing"], record["lacking"]
    record["demands"] = [{"id": each, "text": DEMANDS[each]} for each in info.demands]
    return record


def documents() -> dict[str, str]:
    """The files of the folder docs that follow from the declarations, by name."""
    entries = catalogue_entries(CATALOGUE)
    return {"catalogue.md": page(entries), "catalogue.json": data(entries)}


if __name__ == "__main__":
    for name, text in documents().items():
        (Path(sys.argv[1]) / name).write_text(text, encoding="utf-8")
