"""What a scope does to every KPI of the catalogue, and to all that is told beside it.

A query knows which way rows are held against a scope, never whose. So one KPI for each way in which
rows are dated and credited stands for the others; marked slow, each KPI is asked.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

import pytest

from foresail.core.dimensions import REP
from foresail.core.errors import QuestionError
from foresail.core.measures import measures
from foresail.core.scope import EVERYTHING, Scope
from foresail.engine.parts import part_of, parts, pieces
from foresail.project import Project
from foresail.project.results import Answer
from tests.scope.company import MARCH, PEOPLE, REPS, company, marks_of
from tests.scope.company.marks import named, of_team, record, rep_id
from tests.scope.company.people import BEFORE, MARKS

OF_WHOM = re.compile(r"id_([a-z]{3})_")
EVERYBODY = PEOPLE["ada"].sees
BESIDE = ("deals_won", "outbound_calls", "lead_flow", "quota_attainment", "pipeline_value")
"""KPIs of different facts, asked for what is told beside them."""

AT_ONCE = 24
"""One query of all KPIs takes longer to plan than several of some."""

UNDER = {
    "mia": {"mia", "ann", "bob", "ida", "cid", "dot", "eli"},
    "max": {"max", "eve", "fay", "gus", "hal", "jon", "ivy"},
    "ann": {"ann"},
    "eve": {"eve"},
}
"""Whose people are whose in March."""

Rows = Sequence[dict[str, Any]]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with company(tmp_path_factory.mktemp("company")) as made:
        yield made


def split(project: Project) -> tuple[str, ...]:
    """The KPIs that are split by rep."""
    return tuple(each.id for each in project.kpis() if "rep" in each.dimensions)


def covering(project: Project) -> tuple[str, ...]:
    """A few KPIs that hold every way in which rows are dated and credited."""
    ways = {
        kpi: {
            (each.fact.table, each.credit, type(each.at))
            for each in measures(project.catalogue.kpi(kpi))
        }
        for kpi in split(project)
    }
    left = set().union(*ways.values())
    found = []
    while left:
        best = max(ways, key=lambda kpi: len(ways[kpi] & left))
        left -= ways[best]
        found.append(best)
    return tuple(found)


def values(project: Project, scope: Scope, kpis: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """The values of some KPIs in March, by rep."""
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(kpis), AT_ONCE):
        few = kpis[start : start + AT_ONCE]
        for row in project.scoped(scope).ask(*few, by="rep", period=MARCH).rows:
            found.setdefault(row["rep_id"], {}).update({kpi: row[kpi] for kpi in few})
    return found


def same(one: Any, other: Any) -> bool:
    """Whether two values are: unknown is not 0."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def differing(one: dict[str, Any], other: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The KPIs whose values differ."""
    return {kpi: (one[kpi], other[kpi]) for kpi in one if not same(one[kpi], other[kpi])}


def by_rep_is_what_the_whole_says(project: Project, kpis: tuple[str, ...]) -> None:
    whole = values(project, EVERYTHING, kpis)
    assert set(whole) == {rep_id(each) for each in (*REPS, "mia", "max", "zoe")}
    for name, people in UNDER.items():
        seen = values(project, PEOPLE[name].scope, kpis)
        assert set(seen) == {rep_id(each) for each in people}
        # what somebody did under another manager is that manager's; one's own is always one's own
        stayed = people - set(BEFORE) if name in ("mia", "max") else people
        wrong = {rep: differing(seen[rep_id(rep)], whole[rep_id(rep)]) for rep in stayed}
        assert {rep: found for rep, found in wrong.items() if found} == {}
    # the values would tell one from another
    told = [kpi for kpi in kpis if len({whole[rep_id(rep)][kpi] for rep in REPS}) > 2]
    assert len(told) > len(kpis) / 8


def test_by_rep_everybody_sees_what_the_whole_says_of_those_within(project: Project) -> None:
    kpis = covering(project)
    assert 20 < len(kpis) < 60
    by_rep_is_what_the_whole_says(project, kpis)


@pytest.mark.slow
def test_each_kpi_by_rep_is_what_the_whole_says_of_those_within(project: Project) -> None:
    kpis = split(project)
    assert len(kpis) > 100
    by_rep_is_what_the_whole_says(project, kpis)


def test_by_team_everybody_sees_what_the_whole_says_of_the_own_teams(project: Project) -> None:
    def told(scope: Scope) -> dict[str, dict[str, Any]]:
        answer = project.scoped(scope).ask(*kpis, by="team", period=MARCH)
        return {row["team"]: {kpi: row[kpi] for kpi in kpis} for row in answer.rows}

    kpis = ("revenue", "sales_cost", "outbound_calls")
    whole = told(EVERYTHING)
    assert told(PEOPLE["vera"].scope) == whole
    for name, teams in (("mia", ("nor", "eas")), ("ann", ("nor",)), ("hal", ("wes",))):
        seen = told(PEOPLE[name].scope)
        assert set(seen) == {of_team(each) for each in teams}
        assert {team: differing(seen[team], whole[team]) for team in seen} == {
            team: {} for team in seen
        }
    # Ivy is in no team: what belongs to teams is unknown beside what she does
    assert {each["sales_cost"] for each in told(PEOPLE["max"].scope).values()} == {None}


def test_quotas_are_those_of_the_people_in_sight(project: Project) -> None:
    def attained(scope: Scope, **by: Any) -> Any:
        return project.scoped(scope).ask("quota_attainment", period=MARCH, **by).rows

    by_team = {row["team"]: row["quota_attainment"] for row in attained(EVERYTHING, by="team")}
    (ann,) = attained(PEOPLE["ann"].scope)
    assert ann["quota_attainment"] == pytest.approx(by_team[of_team("nor")])
    (whole,) = attained(EVERYTHING)
    assert whole["quota_attainment"] != pytest.approx(by_team[of_team("nor")])


def test_what_was_done_before_a_move_is_seen_by_whoever_led_then(project: Project) -> None:
    def calls(name: str, **when: Any) -> dict[str, int]:
        answer = project.scoped(PEOPLE[name].scope).ask("outbound_calls", by="rep", **when)
        return {
            row["rep_id"]: row["outbound_calls"] for row in answer.rows if row["outbound_calls"]
        }

    for when in ({"period": "2026-01"}, {"period": "2026-01", "as_of": "2026-01-31"}):
        assert calls("mia", **when) == {rep_id("eve"): 4}
        assert calls("max", **when) == {rep_id(each): 4 for each in ("cid", "dot", "eli")}
        assert calls("eve", **when) == {rep_id("eve"): 4}
        assert calls("fay", **when) == {}


def lists(project: Project, *, every: bool) -> Iterator[tuple[str, str | None]]:
    """The parts of KPIs that have records: each, or one for each way of dating and crediting."""
    met: set[Any] = set()
    for info in project.kpis():
        if not info.is_answerable:
            continue
        kpi = project.catalogue.kpi(info.id)
        for part in parts(kpi):
            _, term = part_of(kpi, part or None)
            held = (piece.measure for piece in pieces(term))
            ways = {(each.fact.table, each.credit, type(each.at)) for each in held}
            if every or not ways <= met:
                met |= ways
                yield kpi.id, part or None


def is_credited(project: Project, kpi: str, part: str | None) -> bool:
    """Whether the records of a KPI's part are somebody's."""
    _, term = part_of(project.catalogue.kpi(kpi), part)
    credits = [piece.measure.credit for piece in pieces(term)]
    return all(each is not None and REP in each.carries for each in credits)


def owners(rows: Rows, sees: Iterable[str]) -> Counter[frozenset[str]]:
    """How many rows are of whom, of those that are of some people alone.

    By the ids in a row. Which call stands for all that are about a lead is anybody's guess.
    """
    found = (frozenset(OF_WHOM.findall(" ".join(map(str, row.values())))) for row in rows)
    return Counter(each for each in found if each and each <= frozenset(sees))


def records_are_those_of_the_whole(project: Project, tried: list[tuple[str, str | None]]) -> int:
    told = 0
    for kpi, part in tried:
        whole = project.records(kpi, part=part, period=MARCH).rows
        for name in UNDER:
            person = PEOPLE[name]
            seen = project.scoped(person.scope).records(kpi, part=part, period=MARCH).rows
            assert marks(seen) <= person.marks, (kpi, part, name)
            # what is credited to nobody is the organisation's, and none of theirs
            expected = owners(whole, person.sees if is_credited(project, kpi, part) else ())
            assert owners(seen, EVERYBODY) == expected, (kpi, part, name)
            told += bool(expected)
    return told


def test_records_are_those_of_the_whole_that_are_of_somebody_within(project: Project) -> None:
    tried = list(lists(project, every=False))
    assert 20 < len(tried) < 60
    assert records_are_those_of_the_whole(project, tried) > len(tried)


@pytest.mark.slow
def test_each_kpis_records_are_those_of_the_whole_within(project: Project) -> None:
    tried = list(lists(project, every=True))
    assert len(tried) > 150
    assert records_are_those_of_the_whole(project, tried) > len(tried)


def marks(found: Any) -> set[str]:
    """The marks in anything that can be written down."""
    return marks_of(json.dumps(found, default=repr)) & MARKS


def told(answer: Answer) -> list[Any]:
    """All that an answer says."""
    return [answer.rows, answer.totals, answer.notes, repr(answer)]


def everything_told(project: Project, name: str) -> Iterator[Any]:
    """What somebody is told in answers, records, flows, histories, explanations and refusals."""
    part = project.scoped(PEOPLE[name].scope)
    march: dict[str, Any] = {"period": MARCH}
    yield told(part.ask(*BESIDE, by="team", totals=True, **march))
    yield told(part.ask("lead_flow", by="source", totals=True, **march))
    yield part.waterfall(by="team", **march).rows
    yield repr(part.explain("deals_won", **march))
    yield [(each.id, each.missing, each.lacking) for each in part.kpis()]
    for wish in ({"rep": ["name_ha"]}, {"rep": ["name_an"]}, {"team": ["team_we"]}):
        with pytest.raises(QuestionError) as raised:
            part.ask("outbound_calls", where=wish, **march)
        yield str(raised.value)
    for source in (of_team("nor", "fair"), "fair team_we"):
        for kpi in ("lead_flow", "marketing_cost"):
            with suppress(QuestionError):
                yield told(part.ask(kpi, where={"source": [source]}, **march))
    with suppress(QuestionError):
        yield told(part.ask(*BESIDE, by="rep", totals=True, **march))
        for flow in ("created", "won", "closing"):
            yield part.waterfall_records(flow, **march).rows
    for (kind, words), code in ((kind, code) for kind in HISTORIES for code in REPS):
        with suppress(QuestionError):
            yield part.history(kind, record(code, words))


HISTORIES = (("lead", "in"), ("opportunity", "open"), ("account", "firm"), ("meeting", "held"))


@pytest.mark.parametrize("name", ["mia", "max", "ann", "eve", "vera"])
def test_nothing_that_is_told_has_marks_of_others(project: Project, name: str) -> None:
    asked = {*marks_of(of_team("nor", "fair"))}
    met: set[str] = set()
    for each in everything_told(project, name):
        strange = marks(each) - PEOPLE[name].marks - asked
        assert not strange, each
        met |= marks(each)
    # the own ones are met: the search would find others
    assert {f"mark_{each}_" for each in UNDER.get(name, set()) & set(REPS)} <= met


def test_a_name_is_an_id_to_whoever_sees_records_that_were_answered_by_it(project: Project) -> None:
    def sql(name: str) -> str:
        part = project.scoped(PEOPLE[name].scope)
        where = {"answered_by": [named("hal")]}
        return part.explain("mean_lead_response_time", period=MARCH, where=where).sql

    knowing = {
        name for name in ("ada", "max", "hal", "mia", "ann", "ivy") if rep_id("hal") in sql(name)
    }
    assert knowing == {"ada", "max", "hal"}


def test_shares_of_empty_columns_are_told_to_whoever_sees_everything(project: Project) -> None:
    def lacking(scope: Scope) -> bool:
        return any(each.lacking for each in project.scoped(scope).kpis())

    assert lacking(EVERYTHING)
    assert not any(lacking(PEOPLE[name].scope) for name in ("zoe", "mia", "ann", "vera"))


def test_notes_on_empty_columns_are_told_to_whoever_sees_everything(project: Project) -> None:
    def told(name: str) -> set[str]:
        return set(project.scoped(PEOPLE[name].scope).ask(kpi, period=MARCH).notes)

    kpi, sentences = next((each.id, each.lacking) for each in project.kpis() if each.lacking)
    noted = {f"{each}." for each in sentences}
    assert noted <= told("ada")
    for name in ("zoe", "mia", "ann"):
        assert not noted & told(name)
