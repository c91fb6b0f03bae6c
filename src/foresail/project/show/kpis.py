"""How the catalogue's entries and an explanation look in the terminal."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from foresail.catalogue.demands import DEMANDS
from foresail.project.show import dates, formats
from foresail.project.show.layout import folded, say, say_hanging

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from foresail.project.results import Benchmark, Explanation, KpiInfo

KINDS = {"A": "action", "R": "result"}
LABEL_WIDTH = 14


def as_dict(info: KpiInfo) -> dict[str, Any]:
    """An entry for programs."""
    return {**dataclasses.asdict(info), "is_answerable": info.is_answerable}


def show_kpis(to: Console, entries: Sequence[KpiInfo], knows_data: bool) -> None:
    """Print entries under the question of their theme."""
    for (theme, question), group in itertools.groupby(
        entries, key=lambda each: (each.theme, each.theme_question)
    ):
        say(to)
        say(to, Text.assemble((theme, "bold"), "  ", (question, "italic")))
        for info in group:
            say(to)
            _show_entry(to, info, knows_data)


def _show_entry(to: Console, info: KpiInfo, knows_data: bool) -> None:
    is_open = not knows_data or info.is_answerable
    mark = "  " if is_open else "✗ "
    say(to, Text.assemble((mark, "red"), (info.id, "bold" if is_open else "bold dim")))
    say_hanging(to, "    ", info.meaning)
    say_hanging(to, "    ", f"= {info.formula}", "dim")
    say_hanging(to, "    ", " · ".join(_traits(info)), "dim")
    if not is_open:
        say_hanging(to, "    ", f"missing in this project: {', '.join(info.missing)}", "red")
    for lack in info.lacking:
        say_hanging(to, "    ", f"unsafe: {lack}", "yellow")


def _traits(info: KpiInfo) -> Iterator[str]:
    yield info.unit
    yield KINDS.get(info.kind, info.kind.partition(":")[0])
    yield better_words(info.better)
    if info.benchmark:
        yield f"benchmark {benchmark_words(info.benchmark, info.unit)}"


def better_words(better: str) -> str:
    """Which direction is good.

    >>> better_words("lower"), better_words("on target")
    ('lower is better', 'best on target')
    """
    return "best on target" if better == "on target" else f"{better} is better"


def benchmark_words(benchmark: Benchmark, unit: str) -> str:
    """A published range, and who published it."""
    low, high = benchmark.low, benchmark.high
    if low is not None and high is not None:
        first, last = formats.value(low, unit), formats.value(high, unit)
        both = first if first == last else f"{first} to {last}"
        return f"{both} ({benchmark.source})"
    if low is not None:
        return f"from {formats.value(low, unit)} ({benchmark.source})"
    if high is not None:
        return f"up to {formats.value(high, unit)} ({benchmark.source})"
    return benchmark.source


def show_explanation(to: Console, explanation: Explanation, zone: ZoneInfo) -> None:
    """Print how a number is made."""
    show_definition(to, explanation.kpi, explanation.notes)
    say(to)
    say(to, query_heading(explanation, zone), "dim")
    _show_sql(to, explanation.sql)


def show_plan(to: Console, explanation: Explanation, zone: ZoneInfo) -> None:
    """Print the stages from a question to its query."""
    days = dates.days(*explanation.period)
    instant = dates.instant(explanation.as_of, zone)
    say(to, f"{explanation.kpi.id} · {days} · as of {instant}", "bold")
    for number, step in enumerate(explanation.plan, 1):
        say(to)
        say(to, Text.assemble((f"{number} ", "dim"), step.stage))
        for line in step.found:
            say_hanging(to, "    ", line)


def show_definition(to: Console, info: KpiInfo, notes: Sequence[str] = ()) -> None:
    """Print what a KPI means, and what to mind."""
    say(to, Text.assemble((info.label, "bold"), "  ", (info.id, "dim")))
    say_hanging(to, "", info.meaning)
    say(to)
    for label, text in definition(info):
        if text:
            _labelled(to, label, text)
    if info.missing:
        _labelled(to, "Missing", f"this project holds no {', '.join(info.missing)}", "red")
    for note in (*info.caveats, *notes):
        say_hanging(to, "· ", note)


def query_heading(explanation: Explanation, zone: ZoneInfo) -> str:
    """Which question the query answers."""
    days = dates.days(*explanation.period)
    return f"SQL for {days}, as of {dates.instant(explanation.as_of, zone)}"


def definition(info: KpiInfo) -> Iterator[tuple[str, str]]:
    """The parts of a definition by their labels; a text may be empty."""
    yield "Formula", info.formula
    yield "Dated by", info.anchor
    yield "Credited to", info.credit
    yield "Unit", f"{info.unit}, {better_words(info.better)}"
    yield "Kind", KINDS.get(info.kind, info.kind)
    yield "Benchmark", benchmark_words(info.benchmark, info.unit) if info.benchmark else ""
    yield "Split by", ", ".join(info.dimensions)
    yield "Answers", " ".join(f"{each} {DEMANDS[each]}" for each in info.demands)
    yield "Cases", f"docs/definitions.md, {info.section}" if info.section else ""


def _labelled(to: Console, label: str, text: str, style: str = "") -> None:
    lines = folded(text, max(to.width - LABEL_WIDTH, 20))
    say(to, Text.assemble((label.ljust(LABEL_WIDTH), "dim"), (lines[0], style)))
    for line in lines[1:]:
        say(to, " " * LABEL_WIDTH + line, style)


def _show_sql(to: Console, sql: str) -> None:
    """Print the SQL; in colour on a terminal, ready to be copied anywhere else."""
    if not to.is_terminal:
        to.file.write(sql.rstrip() + "\n")
        return
    from rich.syntax import Syntax

    painter = Syntax("", "sql", theme="ansi_dark", background_color="default")
    say(to, painter.highlight(sql.rstrip()))
