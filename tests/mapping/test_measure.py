"""How much of the mappings made by hand a guess finds, on public data sets.

docs/mapping.md shows these figures and what they mean.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from foresail.core.errors import SourceError
from foresail.load.guess import propose
from tests.examples.opening import EXAMPLES, opened
from tests.mapping.measure import measured, proposed

pytestmark = pytest.mark.shared_data

DOCUMENT = Path(__file__).parents[2] / "docs" / "mapping.md"
# data set: mapping, columns right, lines that stand, columns that the mapping fills
SETS = {
    "maven_crm": ("maven-crm", 17, 17, 20),
    "leadforge_dev_seed42": ("leadforge", 22, 31, 30),
    "sfdx_data_trees": ("sfdx-data-trees", 26, 26, 29),
    "fivetran_salesforce": ("fivetran-salesforce", 44, 48, 78),
    "fivetran_hubspot": ("fivetran-hubspot", 32, 36, 58),
    "ravenstack": ("ravenstack", 14, 15, 21),
    "telco_churn": ("telco-churn", 5, 5, 12),
    "adventureworks_sales": ("adventureworks", 5, 7, 14),
    "uci_bank_marketing": ("uci-bank", 0, 0, 3),
}


@pytest.mark.parametrize("name", SETS)
def test_a_guess_finds_what_was_mapped_by_hand(shared_data: Path, name: str) -> None:
    mapping, right, stood, wanted = SETS[name]
    found = measured(shared_data / name, EXAMPLES / f"{mapping}.toml")
    assert found.wanted == wanted
    assert found.right >= right
    assert found.stood - found.right <= stood - right


@pytest.mark.parametrize("name", SETS)
def test_the_document_shows_these_figures(name: str) -> None:
    mapping, right, stood, wanted = SETS[name]
    precision = f"{right / stood:.0%}" if stood else "–"
    row = f"| {mapping} | {right} | {stood} | {precision} | {wanted} | {right / wanted:.0%} |"
    assert row in DOCUMENT.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", [name for name in SETS if SETS[name][2]])
def test_a_proposal_loads_as_it_is(shared_data: Path, tmp_path: Path, name: str) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(proposed(shared_data / name).to_toml(), encoding="utf-8")
    with opened(tmp_path / "project") as project:
        report = project.load(shared_data / name, mapping=mapping, dry_run=True)
    read = sum(each.read for each in report.tables)
    assert sum(each.quarantined for each in report.tables) <= 0.02 * read


def test_a_set_that_fits_nothing_says_so(shared_data: Path) -> None:
    with pytest.raises(SourceError, match=r"No canonical table fits any of these: bank-full\.csv"):
        propose([shared_data / "uci_bank_marketing"])
