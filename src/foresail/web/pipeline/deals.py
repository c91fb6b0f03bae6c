"""Deals one by one: when they are due, how old they are, which need somebody's look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import pyarrow as pa

from foresail.project import standing
from foresail.project.results import Records
from foresail.web.sheets import charts
from foresail.web.sheets.blocks import Cell, Chart, Column, Link, Row, Section, Table
from foresail.web.sheets.desk import Desk

SHOWN = 10
LOOKED_AT = ("opportunity_id", "stage", "created_at", "expected_close_on", "value")
PLACE = "place"
HEADS = (
    Column("name", "Deal"),
    Column("rep", "Rep"),
    Column("stage", "Stage"),
    Column("expected_close_on", "Expected close"),
    Column("value", "Value", "money", is_number=True),
)


def deal_sections(desk: Desk) -> tuple[Section, ...]:
    """The open deals by month and age, and the lists that call for work."""
    if not desk.answerable(["pipeline_value"]):
        return ()
    found = desk.records("pipeline_value")
    today = found.last_day
    deals = _looked_at(found)
    large, late = standing.largest(deals), standing.overdue(deals, today)
    return (
        Section("months", "Open by expected month", (_months(desk, deals, today),), width="half"),
        Section("ages", "Age by stage", (_ages(desk, deals, today),), AGES, width="half"),
        Section("largest", "Largest open deals", (_largest(desk, found, large),)),
        Section("late", "Expected close has passed", (_late(desk, found, late),)),
        *_quiet(desk),
        *_pushed(desk, deals),
    )


def _looked_at(found: Records) -> list[standing.Deal]:
    """What is asked of each of many deals, and its place among the records."""
    names = [each for each in LOOKED_AT if each in found.table.column_names]
    table = found.table.select(names)
    table = table.append_column(PLACE, pa.array(range(table.num_rows)))
    deals: list[standing.Deal] = table.to_pylist()
    return deals


def _whole(found: Records, deals: Sequence[standing.Deal]) -> list[standing.Deal]:
    """All that is known of the first deals of some."""
    places = pa.array([each[PLACE] for each in deals[:SHOWN]], pa.int64())
    rows: list[standing.Deal] = found.table.take(places).to_pylist()
    return rows


AGES = "Days since the deal was opened; the darker, the more it is worth."


def _months(desk: Desk, deals: Sequence[standing.Deal], today: dt.date) -> Chart:
    heaps = standing.by_month(deals, today)
    url = desk.records_url("pipeline_value")
    late = desk.records_url("overdue_deals")
    drawn = [
        {"month": name, "value": heap.value, "url": late if name == standing.PASSED else url}
        for name, heap in heaps.items()
    ]
    columns = (
        Column("month", "Expected close"),
        Column("deals", "Deals", "count", is_number=True),
        Column("value", "Value", "money", is_number=True),
    )
    rows = tuple(
        Row((Cell(name), Cell(heap.deals, "count"), Cell(heap.value, "money")))
        for name, heap in heaps.items()
    )
    table = Table("months-table", columns=columns, rows=rows, currency=desk.currency)
    return Chart(
        "months-chart",
        "Open value by the month of its expected close",
        spec=charts.columns(drawn, unit="money", x="month"),
        table=table,
        about="What is expected to close in which month; what has passed comes first.",
    )


def _ages(desk: Desk, deals: Sequence[standing.Deal], today: dt.date) -> Chart:
    now = dt.datetime.combine(today + dt.timedelta(days=1), dt.time())
    heaps = standing.by_age(deals, now)
    stages = dict.fromkeys(stage for stage, _ in heaps)
    bands = [standing.band_name(each) for each in standing.BANDS]
    nothing = standing.Heap(0, 0.0)
    drawn, rows = [], []
    for stage in stages:
        question = desk.question.only("stage", "(none)" if stage is None else stage)
        url = desk.records_url("pipeline_value", question)
        held = [heaps.get((stage, band), nothing) for band in bands]
        drawn += [
            {
                "stage": stage or "no stage",
                "age": band,
                "value": heap.value,
                "n": heap.deals,
                "url": url,
            }
            for band, heap in zip(bands, held, strict=True)
        ]
        cells = (Cell(heap.deals, "count") for heap in held)
        rows.append(Row((Cell(stage or "no stage", url=url), *cells)))
    columns = (Column("stage", "Stage"), *(Column(b, b, "count", is_number=True) for b in bands))
    table = Table("ages-table", columns=columns, rows=tuple(rows), caption="Deals by stage and age")
    return Chart(
        "ages-chart",
        "Open deals by stage and age",
        spec=charts.heat(drawn, unit="money", x="age", y="stage"),
        table=table,
        about="What the open deals of each stage are worth, by how long ago they were opened.",
    )


def _largest(desk: Desk, found: Records, deals: Sequence[standing.Deal]) -> Table:
    all_of_them = Link(f"All {len(deals):,} open deals", desk.records_url("pipeline_value"))
    rows = _whole(found, deals)
    return _list(desk, "largest-table", rows, "The largest open deals", NOTHING, all_of_them)


def _late(desk: Desk, found: Records, late: Sequence[standing.Deal]) -> Table:
    onward = Link(f"All {len(late):,} overdue deals", desk.records_url("overdue_deals"))
    empty = "No open deal is overdue."
    rows = _whole(found, late)
    return _list(desk, "late-table", rows, "Deals whose expected close has passed", empty, onward)


NOTHING = "No deal stands open."


def _quiet(desk: Desk) -> Iterable[Section]:
    """Deals that nobody touches, the longest untouched first."""
    if desk.answerable(["untouched_deals"]):
        found = desk.records("untouched_deals", order="touched_at", limit=SHOWN)
        heads = (*HEADS[:3], Column("touched_at", "Last touched"))
        onward = Link(f"All {found.count:,} stale deals", desk.records_url("untouched_deals"))
        rows = tuple(_row(each, heads) for each in found.rows)
        table = Table(
            "stale-table",
            columns=heads,
            rows=rows,
            caption="Open deals that nobody touched, the longest untouched first",
            empty="Every open deal was touched lately, or something is planned.",
            onward=onward if rows else None,
        )
        yield Section("stale", "Stale deals", (table,))


def _pushed(desk: Desk, deals: Sequence[standing.Deal]) -> Iterable[Section]:
    """Deals that were due in the period and were put off to after it."""
    if desk.answerable(["push_rate"]):
        now = {deal["opportunity_id"]: deal["expected_close_on"] for deal in deals}
        put_off = standing.pushes(desk.records("push_rate"), now)
        heads = (*HEADS[:4], Column("days", "Days put off", "count", is_number=True))
        rows = tuple(_row({**each.deal, "days": each.days}, heads) for each in put_off[:SHOWN])
        table = Table(
            "pushed-table",
            columns=heads,
            rows=rows,
            caption="Deals put off to after the period, the furthest first",
            empty="No deal that was due in this period was put off to after it.",
            onward=Link(f"All {len(put_off):,} put off", desk.records_url("push_rate"))
            if rows
            else None,
        )
        yield Section("pushed", "Put off", (table,))


def _list(
    desk: Desk,
    id: str,
    deals: Sequence[standing.Deal],
    caption: str,
    empty: str,
    onward: Link,
) -> Table:
    return Table(
        id,
        columns=HEADS,
        rows=tuple(_row(each, HEADS) for each in deals),
        caption=caption,
        empty=empty,
        onward=onward if deals else None,
        currency=desk.currency,
    )


def _row(deal: standing.Deal, heads: Sequence[Column]) -> Row:
    return Row(tuple(Cell(deal.get(each.name), each.unit) for each in heads))
