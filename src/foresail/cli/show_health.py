"""How the health of the data looks in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from foresail.project.show import dates, formats
from foresail.project.show.layout import Cell, Column, draw, say, say_hanging, shortened, width

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from foresail.health.report import Finding, Health, KpiHealth, TableHealth

NARROWEST_COLUMNS = 12


def show_health(to: Console, health: Health, name: str, zone: ZoneInfo) -> None:
    """Print the tables, the KPIs that the data do not answer safely, and what looks wrong."""
    as_of = dates.instant(health.as_of, zone)
    say(to, Text.assemble((f"The data of {name}", "bold"), (f"  as of {as_of}", "dim")))
    say(to)
    _show_tables(to, [each for each in health.tables if each.rows])
    empty = [each.table for each in health.tables if not each.rows]
    if empty:
        say_hanging(to, "  ", f"Nothing loaded: {', '.join(empty)}", "dim")
    say(to)
    _show_kpis(to, health.kpis)
    say(to)
    if health.quarantined:
        rows = "row waits" if health.quarantined == 1 else "rows wait"
        say(to, f"{formats.number(health.quarantined)} {rows} in quarantine", "bold yellow")
        say(to, "  See them: foresail quarantine", "dim")
        say(to)
    _show_findings(to, health.findings)


def _show_tables(to: Console, tables: Sequence[TableHealth]) -> None:
    if not tables:
        say(to, "No data were loaded yet. Begin with: foresail load FILE...")
        return
    columns = [
        Column("Table", tuple(Cell(each.table) for each in tables), is_number=False),
        Column("rows", tuple(Cell(formats.number(each.rows)) for each in tables)),
        _days("from", [each.first_on for each in tables]),
        _days("to", [each.last_on for each in tables]),
    ]
    room = max(to.width - width(columns) - 2, NARROWEST_COLUMNS)
    empty = [shortened(", ".join(each.empty_columns), room) for each in tables]
    columns.append(Column("empty columns", tuple(Cell(each, "dim") for each in empty), False))
    for line in draw(columns):
        say(to, line)


def _days(header: str, days: Sequence[object]) -> Column:
    return Column(header, tuple(Cell("–" if day is None else str(day)) for day in days), False)


def _show_kpis(to: Console, kpis: Sequence[KpiHealth]) -> None:
    impossible = [each for each in kpis if each.state == "impossible"]
    unsafe = [each for each in kpis if each.state == "unsafe"]
    answerable = len(kpis) - len(impossible)
    say(to, f"{answerable} of {len(kpis)} KPIs can be answered", "bold")
    for each in impossible:
        say_hanging(to, "  ✗ ", f"{each.kpi}: nothing loaded for {', '.join(each.missing)}", "red")
    for each in unsafe:
        lacks = "; ".join(str(lack) for lack in each.lacking)
        say_hanging(to, "  ~ ", f"{each.kpi}: {lacks}", "yellow")


def _show_findings(to: Console, findings: Sequence[Finding]) -> None:
    if not findings:
        say(to, "Nothing looks wrong", "bold")
        return
    say(to, "What looks wrong", "bold")
    for each in sorted(findings, key=lambda found: not found.is_wrong):
        mark, style = ("  ! ", "red") if each.is_wrong else ("  ? ", "yellow")
        title = each.title[0].upper() + each.title[1:]
        many = f"{formats.number(each.n)} of {formats.number(each.rows)}"
        say_hanging(to, mark, f"{title}: {many}", style)
        say_hanging(to, "    ", f"{each.meaning} {each.remedy}")
        say_hanging(to, "    ", f"such as {', '.join(each.samples)}", "dim")
