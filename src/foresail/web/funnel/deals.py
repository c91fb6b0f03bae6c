"""The deal side: what passes each stage, where it is lost, and how long it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foresail.project.leakage import Leak, leaks, worst
from foresail.project.results import Answer
from foresail.web.funnel.choosing import Subject
from foresail.web.funnel.figures import lost_more, range_cell, share_cell, verdict
from foresail.web.number import number
from foresail.web.question import Question
from foresail.web.sheets import charts
from foresail.web.sheets.blocks import Cell, Chart, Column, Link, Row, Section, Table, Words
from foresail.web.sheets.desk import Desk
from foresail.web.templatetags.formats import length, quantity

EXPECTED = ("leak_rate", "time_in_stage", "leaked_value")
"""What is held against that of others."""

KPIS = ("stage_conversion", *EXPECTED)
BY = ("pipeline", "stage")
Values = Mapping[str, Any]


def deal_sections(desk: Desk, about: Subject) -> tuple[Section, ...]:
    """The stages in their order, and what leaks from them; what is missing where none are known."""
    if len(desk.answerable(KPIS)) < len(KPIS):
        return (_without_history(desk),)
    own = desk.ask(*KPIS, by=BY, question=about.question)
    asked = about.basis(own)
    basis = desk.ask(*EXPECTED, by=BY, question=asked) if asked else own
    found = leaks(own, basis, is_inside=about.is_inside) if asked else []
    stages = Stages(desk, about, own)
    return (
        Section("answer", "Where most is lost", (_answer(stages, found),)),
        Section("leaks", "What leaks, stage by stage", (_leaks(stages, found),), LEAKS),
        Section("passing", "Deals, from stage to stage", (_bars(stages), _funnel(stages)), PASSING),
        Section("time", "Where time goes", (_times(stages, basis),), TIMES),
    )


LEAKS = (
    "Of the deals that entered the stage in the period: lost or disqualified there, or stalled. "
    "Fresh ones are left out. Money is the deals beyond expectation at the mean amount lost there."
)
PASSING = "Deals by the stages that they entered in the period, and what has become of them."
TIMES = (
    "Time within which half of the deals have left a stage; those that still stand there count for "
    "as long as they do."
)


class Stages:
    """The rows of an answer by stage, with their names and addresses."""

    def __init__(self, desk: Desk, about: Subject, answer: Answer):
        self.desk, self.about, self.answer = desk, about, answer
        self.rows = [row for row in answer.rows if row["stage"] is not None]
        self.has_pipelines = len({row["pipeline"] for row in self.rows}) > 1

    def name(self, row: Values) -> str:
        """The stage, with its pipeline where there are several."""
        pipeline, stage = row["pipeline"], row["stage"]
        return f"{stage} ({pipeline or 'no pipeline'})" if self.has_pipelines else str(stage)

    def inside(self, row: Values) -> Question:
        """The question of one stage."""
        question = self.about.question
        for each in BY:
            value = row[each]
            question = question.only(each, "(none)" if value is None else str(value))
        return question

    def cell(self, row: Values, kpi: str, part: str = "") -> Cell:
        """A number of a stage, or a count beside it, with the way to its records."""
        url = self.desk.records_url(kpi, self.inside(row), part)
        if part:
            return Cell(row[f"{kpi}.{part}"], "count", url)
        found = number(row, self.answer.columns, kpi)
        return Cell(found.value, found.unit, url, found)


def _without_history(desk: Desk) -> Section:
    lacking = {
        need for kpi in KPIS for need in (desk.kpis[kpi].missing if kpi in desk.kpis else ())
    }
    tables = ", ".join(sorted(lacking)) or "opportunity_stage"
    words = Words(
        "no-history",
        sentences=(
            "Nothing says when deals entered their stages, so what passes and leaks is unknown.",
            f"Load {tables}: for opportunity_stage a row for each deal and entry into a stage "
            "(opportunity_id, stage, entered_at), and for stage the order of the stages.",
        ),
        tone="warn",
    )
    return Section("passing", "Deals, from stage to stage", (words,))


def _answer(stages: Stages, found: Sequence[Leak]) -> Words:
    desk, about = stages.desk, stages.about
    if not stages.rows:
        return Words("answer-words", sentences=("No deal entered a stage in this period.",))
    leak = worst(found)
    if leak is None:
        said = (
            f"No stage of {about.name} loses more than {about.peers} lets expect, "
            "beyond what chance does."
        )
        return Words("answer-words", sentences=(said,))
    said = f"Most is lost at {stages.name(leak.row)}: {lost_more(leak, desk.currency)}"
    url = desk.records_url("leak_rate", stages.inside(leak.row))
    link = Link(f"The {quantity(leak.gap.counted, 'count')} deals", url)
    return Words("answer-words", sentences=(said,), links=(link,))


def _leaks(stages: Stages, found: Sequence[Leak]) -> Table:
    columns = (
        Column("stage", "Stage"),
        Column("leaked", "Went no further", "share", is_number=True),
        Column("expected", "Expected", "share", is_number=True),
        Column("beyond", "Deals beyond", "count", is_number=True),
        Column("money", "Money beyond", "money", is_number=True),
        Column("lost", "Lost in the period", "money", is_number=True),
        Column("verdict", "Separable?"),
    )
    rows = tuple(
        Row(
            (
                Cell(stages.name(each.row)),
                stages.cell(each.row, "leak_rate"),
                share_cell(each.gap.expected),
                range_cell(each.gap.beyond, "count"),
                range_cell(each.money, "money"),
                stages.cell(each.row, "leaked_value"),
                verdict(each.gap),
            )
        )
        for each in found
    )
    return Table(
        "leaks-table",
        columns=columns,
        rows=rows,
        caption=f"What leaks from each stage, against {stages.about.peers}",
        empty="There is no expectation to hold this against: choose a period with days before it.",
        currency=stages.desk.currency,
    )


def _bars(stages: Stages) -> Chart:
    drawn, rows = [], []
    for row in stages.rows:
        cells = [Cell(stages.name(row))]
        for what, kpi, part, counted in OUTCOMES:
            known = [row[f"{kpi}.{each}"] for each in counted]
            value = None if None in known else sum(known)
            url = stages.desk.records_url(kpi, stages.inside(row), part)
            drawn.append({"stage": stages.name(row), "now": what, "value": value, "url": url})
            cells.append(Cell(value, "count"))
        rows.append(Row(tuple(cells)))
    heads = (
        Column("stage", "Stage"),
        *(Column(each[0], each[0], "count", True) for each in OUTCOMES),
    )
    table = Table("passing-drawn", columns=heads, rows=tuple(rows), caption="Deals by stage")
    return Chart(
        "passing-chart",
        "Deals that entered each stage, and what became of them",
        spec=charts.bars(drawn, unit="count", x="stage", by="now", colours="outcomes"),
        table=table,
        about="Deals that entered each stage: gone on, still there, lost there or gone back.",
    )


OUTCOMES = (
    ("went on", "stage_conversion", "numerator", ("numerator",)),
    ("still there", "stage_conversion", "fresh", ("stalled", "fresh")),
    ("lost there", "stage_conversion", "lost", ("lost", "disqualified")),
    ("went back", "stage_conversion", "back", ("back",)),
)
"""Each with the part whose records a mark leads to, and the parts that are counted."""


def _funnel(stages: Stages) -> Table:
    heads = (
        ("entered", "Entered"),
        ("numerator", "Went on"),
        ("lost", "Lost there"),
        ("disqualified", "Disqualified"),
        ("back", "Went back"),
        ("stalled", "Stalled"),
        ("fresh", "Fresh"),
    )
    columns = (
        Column("stage", "Stage"),
        *(Column(part, label, "count", is_number=True) for part, label in heads),
        Column("rate", "Pass rate", "share", True, stages.desk.definition_url("stage_conversion")),
        Column(
            "time", "Median time", "duration", True, stages.desk.definition_url("time_in_stage")
        ),
    )
    rows = tuple(
        Row(
            (
                Cell(stages.name(row)),
                *(stages.cell(row, "stage_conversion", part) for part, _ in heads),
                stages.cell(row, "stage_conversion"),
                stages.cell(row, "time_in_stage"),
            )
        )
        for row in stages.rows
    )
    return Table(
        "passing-table",
        columns=columns,
        rows=rows,
        caption="Deals by the stages that they entered",
        empty="No deal entered a stage in this period.",
    )


def _times(stages: Stages, basis: Answer) -> Chart:
    others = {tuple(row[each] for each in BY): row["time_in_stage"] for row in basis.rows}
    own, peers = stages.about.name, stages.about.peers
    peers = "everybody" if stages.about.is_inside else peers
    drawn, rows = [], []
    for row in stages.rows:
        usual = others.get(tuple(row[each] for each in BY))
        url = stages.desk.records_url("time_in_stage", stages.inside(row))
        for who, value in ((own, row["time_in_stage"]), (peers, usual)):
            drawn.append({"stage": stages.name(row), "whose": who, "value": value, "url": url})
        cells = (Cell(stages.name(row)), stages.cell(row, "time_in_stage"), Cell(usual, "duration"))
        rows.append(Row(cells))
    columns = (
        Column("stage", "Stage"),
        Column("own", own.capitalize() if own == "everybody" else own, "duration", True),
        Column("usual", peers.capitalize(), "duration", True),
    )
    table = Table("time-table", columns=columns, rows=tuple(rows), caption="Median time in stage")
    return Chart(
        "time-chart",
        "Median time in each stage",
        spec=charts.columns(drawn, unit="duration", x="stage", by="whose"),
        table=table,
        about=_longest(stages),
    )


def _longest(stages: Stages) -> str:
    known = [row for row in stages.rows if row["time_in_stage"] is not None]
    if not known:
        return "How long deals stand in their stages is unknown."
    slowest = max(known, key=lambda row: float(row["time_in_stage"]))
    return f"Deals stand longest in {stages.name(slowest)}: {length(slowest['time_in_stage'])}."
