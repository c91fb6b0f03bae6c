"""The generated catalogue follows from the declarations, and speaks to people."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from foresail.catalogue import CATALOGUE, KPIS
from foresail.catalogue.demands import DEMANDS
from foresail.catalogue.sections import SECTIONS
from foresail.core.measures import walk
from foresail.project.document import anchor_of, documents
from foresail.warehouse.sections import Thresholds

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def page() -> str:
    return documents()["catalogue.md"]


@pytest.mark.parametrize("name", ["catalogue.md", "catalogue.json"])
def test_the_catalogue_follows_from_the_declarations(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    assert text == documents()[name], "make catalogue writes it anew"


def test_every_link_leads_to_a_heading(page: str) -> None:
    for place, anchor in re.findall(r"\]\(([\w.-]*)#([^)]+)\)", page):
        text = page if not place else (DOCS / place).read_text(encoding="utf-8")
        found: dict[str, int] = {}
        known = set()
        for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
            each = anchor_of(heading)
            number = found.get(each, 0)
            known.add(f"{each}-{number}" if number else each)
            found[each] = number + 1
        assert anchor in known, (place, anchor)


def test_an_entry_says_all_that_the_declaration_says(page: str) -> None:
    entry = page[page.index("### Win rate\n") : page.index("### Win rate value\n")]
    assert entry == (
        "### Win rate\n\n"
        "Share of the opportunities closed in the period that were won.\n\n"
        "`win_rate`: a share in %; higher is better; a result.\n\n"
        "- **How it is worked out**: decided deals won ÷ decided deals\n"
        "- **Counts in the period of**: the close\n"
        "- **Credited to**: the owner at that moment\n"
        "- **Can be split by**: rep, team, manager, role, seniority, territory, pipeline, product, "
        "deal type, stage, lost reason, source, channel, campaign, territory of the lead, segment, "
        "industry, country, company size, title level, hour of day, weekday\n"
        "- **Needs**: [opportunity](model.md#opportunity) (outcome)\n"
        f"- **Answers**: {DEMANDS['S0.7']} {DEMANDS['S2.9']}\n"
        "- **Cases between the lines**: [Winning](definitions.md#winning)\n"
        "- **Mind**: Deals lost as a duplicate or a test (the setting not_a_loss) are no losses.\n"
        "- **Mind**: It flatters a rep who never closes what is lost.\n\n"
    )


def test_what_differs_within_a_formula_is_told_apart(page: str) -> None:
    start = page.index("### Opportunities per 1,000 calls\n")
    entry = page[start : page.index("###", start + 4)]
    assert "creation (opportunities created by outbound work); the start (outbound calls)" in entry


def test_every_demand_and_section_that_is_named_is_known() -> None:
    for kpi in KPIS.values():
        assert set(kpi.demands) <= set(DEMANDS), kpi.id
        assert kpi.demands, kpi.id
        assert kpi.section in SECTIONS, kpi.id
    headings = re.findall(r"^## (.+)$", (DOCS / "definitions.md").read_text(encoding="utf-8"), re.M)
    assert {each for each in SECTIONS.values() if each} <= set(headings)


def test_the_file_for_programs_holds_every_kpi() -> None:
    found = {each["id"]: each for each in json.loads(documents()["catalogue.json"])}
    assert list(found) == list(CATALOGUE.kpis)
    rate = found["connect_rate"]
    assert rate["unit"] == "share"
    assert rate["demands"][0]["text"] == DEMANDS[rate["demands"][0]["id"]]
    assert "activity.direction" in rate["needs"]
    assert found["win_rate_cohort"]["parts"]["open"] == "of these still open"


def test_meanings_are_sentences_and_formulas_words() -> None:
    """The only names of programs that a formula says are those of settings."""
    for kpi in KPIS.values():
        assert kpi.meaning.endswith("."), kpi.id
        named = {word for word in str(kpi.formula).split() if "_" in word}
        assert named <= set(Thresholds.model_fields), kpi.id
        assert any(True for _ in walk(kpi.formula))
