"""Many KPIs in one question against one SELECT with as many filtered aggregates.

Run: .venv/bin/python -m bench.kpis.many [--millions N] [--rounds N] [COUNT ...]

The KPIs are an organisation's own, declared in `foresail.toml`: calls, connects, mails and social
touches with leads of a channel and of some sources. Asked by rep, this month and the one before.
"""

from __future__ import annotations

import datetime as dt
import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from bench.kpis.comparing import AS_OF, ask, differences
from bench.kpis.questions import REP, TWO_MONTHS, Question
from bench.measuring import Table, in_turns
from bench.organisation.kept import options, organisation
from foresail.project import Project

COUNTS = (8, 32, 128)
SOURCES = ("web", "fair", "partner", "search", "social", "mail")
CHANNELS = ("inbound", "outbound")
BASES = {
    "outbound_calls": "kind = 'call'",
    "connects": "kind = 'call' and outcome = 'connected'",
    "emails_sent": "kind = 'email'",
    "social_touches": "kind = 'social'",
}
DECLARED = """
[[kpi]]
id = "{name}"
meaning = "Of leads of one channel and some sources."
formula = "{base}"
where = {{ channel = "{channel}", source = [{sources}] }}
unit = "count"
direction = "higher"
"""
SELECT = """
with recent as (
    select
        a.rep_id, a.kind, a.outcome, l.channel, l.source,
        a.occurred_at >= timestamp '2026-11-01' as is_now
    from activity a join lead l using (lead_id)
    where a.direction = 'outbound'
        and a.occurred_at >= timestamp '2026-10-01' and a.occurred_at < timestamp '2026-12-01'
)
select rep_id, {counts} from recent group by rep_id
"""


@dataclass(frozen=True)
class Own:
    """One KPI, as the settings declare it and as a filter of SQL."""

    name: str
    base: str
    channel: str
    sources: tuple[str, ...]

    @property
    def declaration(self) -> str:
        """What stands in `foresail.toml`."""
        sources = ", ".join(f'"{each}"' for each in self.sources)
        return DECLARED.format(
            name=self.name, base=self.base, channel=self.channel, sources=sources
        )

    @property
    def counts(self) -> str:
        """What stands in the SELECT."""
        sources = ", ".join(f"'{each}'" for each in self.sources)
        kept = f"{BASES[self.base]} and channel = '{self.channel}' and source in ({sources})"
        return (
            f"count(*) filter (is_now and {kept}) as {self.name}, "
            f"count(*) filter (not is_now and {kept}) as {self.name}_before"
        )


@dataclass(frozen=True)
class Written(Question):
    """A question whose SQL is written for it."""

    select: str

    @property
    def sql(self) -> str:
        """The same by hand."""
        return self.select


def own_kpis(count: int) -> list[Own]:
    """So many KPIs, all of them different."""
    found = itertools.product(_some_sources(), CHANNELS, BASES)
    return [
        Own(f"own_{number}", base, channel, sources)
        for number, (sources, channel, base) in enumerate(itertools.islice(found, count))
    ]


def declared(kpis: list[Own]) -> str:
    """The settings that declare them."""
    return 'name = "Bench"\n' + "".join(each.declaration for each in kpis)


def _some_sources() -> Iterator[tuple[str, ...]]:
    for size in range(1, len(SOURCES) + 1):
        yield from itertools.combinations(SOURCES, size)


def question_of(kpis: list[Own]) -> Written:
    """All of them in one question."""
    names = [each.name for each in kpis]
    before = {f"{each}.before": f"{each}_before" for each in names}
    return Written(
        name=str(len(kpis)),
        what="counts by rep, this month and the one before",
        kpis=tuple(names),
        words=TWO_MONTHS,
        keys=(REP,),
        columns={each: each for each in names} | before,
        select=SELECT.format(counts=", ".join(each.counts for each in kpis)),
    )


def main() -> None:
    """Print the table; end with an error where an answer differs."""
    parser = options(__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=COUNTS, help="8, 32, 128")
    given = parser.parse_args()
    found = organisation(given.folder, given.millions)
    table = Table(
        f"Many KPIs in one question, {given.millions:g} M",
        ("KPIs", "Foresail", "one SELECT", "ratio"),
    )
    with (
        found.fronted(declared(own_kpis(max(given.counts)))) as front,
        found.by_hand() as plain,
        Project.open(front) as project,
    ):
        assert isinstance(project, Project)
        for count in given.counts:
            _show(table, project, plain, question_of(own_kpis(count)), given.rounds)


def _show(
    table: Table,
    project: Project,
    plain: duckdb.DuckDBPyConnection,
    question: Question,
    rounds: int,
) -> None:
    wrong = differences(project, plain, question)
    if wrong:
        sys.exit("\n".join((f"{question.name} KPIs: not the same numbers", *wrong[:5])))
    timed = in_turns(
        lambda number: ask(project, question, AS_OF + dt.timedelta(seconds=1 + number)),
        lambda _: plain.execute(question.sql).to_arrow_table(),
        rounds,
    )
    table.timed(question.name, timed)


if __name__ == "__main__":
    main()
